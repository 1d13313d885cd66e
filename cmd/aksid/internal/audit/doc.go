// Package audit judges the identities of AKS clusters: is each thing that a cluster touches covered by a role assignment, which
// assignments give more than anything asks for, and which have lost their holder.
//
// It is pure: an estate in, findings out. What a cluster touches is read from the cluster's own properties; which actions that takes is
// asked of package plan, where the one table of rules stands; whether the assignments give them is decided by package rbac.
//
//	report, err := audit.Of(e, audit.Source{})
//	fmt.Print(report.Text(100))
//
// What it does not see: what Kubernetes objects ask for later (public IPs of services, disks of volumes, registries of images, vaults of
// secrets). So a right on a single resource that nothing in the cluster's properties mentions is no finding.
package audit
