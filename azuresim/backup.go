package azuresim

import (
	"fmt"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// BackedUpBy tells whether a backup vault can read what it has to: the cluster, and the resource group of its snapshots.
// The documentation asks for Reader at both (azure-docs azure-kubernetes-service-cluster-backup-concept, read 2026-08-22);
// the actions are inferred. Azure needs a trusted access role binding besides, which is not simulated.
//
// The error is for questions that have no answer: what does not exist, or a vault without an identity.
func (cl *Cluster) BackedUpBy(vault, snapshotGroup string) (rbac.Decision, error) {
	c := cl.cloud
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, each := range [][2]string{{cl.ID, ManagedClusterType}, {vault, BackupVaultType}, {snapshotGroup, ResourceGroupType}} {
		if r := c.lookup(each[0]); r == nil || r.Type != each[1] {
			return rbac.Decision{}, refuse(404, CodeResourceNotFound, "", "'%s' is no %s.", each[0], each[1])
		}
	}
	principal := identityPrincipal(c.lookup(vault))
	if principal == "" {
		return rbac.Decision{}, fmt.Errorf("the backup vault %s has no identity", vault)
	}
	asked := append(needs(cl.ID, ManagedClusterType+"/read"),
		needs(snapshotGroup, "Microsoft.Resources/subscriptions/resourceGroups/read", SnapshotType+"/read")...)
	return c.evaluate(principal, asked), nil
}
