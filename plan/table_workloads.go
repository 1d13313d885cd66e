package plan

import "github.com/aksidentity/pulumi-aksidentity/rbac"

// Uses of external resources by pods that act as an identity of their own. Only what has one least role stands here; for anything
// else there are the roles of a workload's arguments.
const (
	PodRegistry      Use = "registry that pods read"
	PodPushRegistry  Use = "registry that pods push to"
	PodVault         Use = "key vault whose secrets pods read"
	PodBlobsRead     Use = "storage account whose blobs pods read"
	PodBlobsWritten  Use = "storage account whose blobs pods write"
	PodPublicZone    Use = "public DNS zone of a controller in pods"
	PodPrivateZone   Use = "private DNS zone of a controller in pods"
	PodZoneGroup     Use = "resource group whose DNS zones pods list"
	RoutingZoneGroup Use = "resource group whose DNS zones application routing lists"
)

// sourceZones: the sources disagree, see docs/grants.md. The error that users of both controllers saw names the action, and as the
// scope /subscriptions/.../resourceGroups/.../providers/Microsoft.Network.
const sourceZones = "kubernetes-sigs/external-dns, docs/tutorials/azure.md, provider/azure/azure.go and issues 813, 1973; Azure/AKS issue 4036 (all read 2026-11-26)"

// workloads is the holder of the rows below; the plan of a workload puts its own identity there.
var workloads = Identity{Kind: WorkloadKind}

func workloadRows() []UseInfo {
	const (
		sourceRole  = "Azure built-in roles, the role's own permissions (read 2026-08-22)"
		registries  = typeRegistry + "/"
		blobs       = typeStorage + "/blobServices/containers/blobs/"
		records     = "write the records of services and ingresses"
		sourceZone  = "kubernetes-sigs/external-dns, docs/tutorials/azure.md (read 2026-11-26)"
		sourceVault = "Microsoft, secrets store driver with workload identity (azure-aks-docs csi-secrets-store-identity-access.md, read 2026-08-21)"
	)
	pods := func(use Use, resourceType string, r Rule) UseInfo { return row(use, workloads, resourceType, r) }
	push := rule(rbac.AcrPush, AtResource, "push and pull images and artifacts", sourceRole)
	push.MoreActions = []string{registries + "pull/read", registries + "push/write"}
	return []UseInfo{
		pods(PodRegistry, typeRegistry, rule(rbac.AcrPull, AtResource, "pull images and artifacts", sourceRole, "acr-pull-rbac")).mode(RegistryWithRBAC),
		pods(PodPushRegistry, typeRegistry, push).mode(RegistryWithRBAC),
		pods(PodVault, typeVault, rule(rbac.KeyVaultSecretsUser, AtResource, "read secrets", sourceVault, "keyvault-secrets-provider")).mode(VaultWithRBAC),
		pods(PodBlobsRead, typeStorage, rule(rbac.StorageBlobDataReader, AtResource, "read blobs", sourceRole).andData(blobs+"read")),
		pods(PodBlobsWritten, typeStorage, rule(rbac.StorageBlobDataContributor, AtResource, "read, write and delete blobs", sourceRole).
			andData(blobs+"read", blobs+"write", blobs+"delete")),
		pods(PodPublicZone, typeDNSZone, rule(rbac.DNSZoneContributor, AtResource, records, sourceZone, "approuting-public-dns")),
		pods(PodPrivateZone, TypePrivateZone, rule(rbac.PrivateDNSZoneContributor, AtResource, records, sourceZone, "approuting-private-dns")),
		zoneGroup(PodZoneGroup, workloads),
	}
}

// zoneGroup is for controllers that look for their zones: they list those of a group, which a right on one zone does not give.
func zoneGroup(use Use, holder Identity) UseInfo {
	list := rule(rbac.Reader, AtResource, "list the DNS zones of the group", sourceZones)
	list.MoreActions = []string{typeDNSZone + "/read", TypePrivateZone + "/read"}
	return row(use, holder, ResourceGroupType, list)
}
