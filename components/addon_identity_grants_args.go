package components

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// AddonIdentityGrantsArgs name the identities of a cluster and the resources they work with. Give the cluster, or the principals
// that the resources need; one that is needed and missing is an error that names it. Each map holds Azure resource IDs by names of
// your choice, and takes a pulumi.StringMap. A [ManagedIdentityCluster] does the same by itself for what its own arguments mention.
type AddonIdentityGrantsArgs struct {
	// ClusterID is the resource ID of a cluster that exists already, or of one that the program makes. The principals of its
	// kubelet, control plane and add-ons are read from it when something needs them. Those that are given as well are compared with
	// it. A cluster in another subscription than the azure-native provider's needs a provider of that subscription on the component.
	ClusterID pulumi.StringPtrInput `pulumi:"clusterId,optional"`
	// KubeletPrincipalID is the object ID of the nodes' identity.
	KubeletPrincipalID pulumi.StringPtrInput `pulumi:"kubeletPrincipalId,optional"`
	// ControlPlanePrincipalID is the object ID of the control plane, for backups.
	ControlPlanePrincipalID pulumi.StringPtrInput `pulumi:"controlPlanePrincipalId,optional"`
	// AddonPrincipalIDs are the object IDs of add-on identities by add-on key, in any letter case: webAppRouting,
	// azureKeyvaultSecretsProvider, ingressApplicationGateway, aciConnectorLinux, omsagent.
	AddonPrincipalIDs map[string]pulumi.StringInput `pulumi:"addonPrincipalIds,optional"`
	// BackupExtensionPrincipalID is the object ID of the Azure Backup extension's identity.
	BackupExtensionPrincipalID pulumi.StringPtrInput `pulumi:"backupExtensionPrincipalId,optional"`
	// BackupVaultPrincipalID is the object ID of a backup vault's identity.
	BackupVaultPrincipalID pulumi.StringPtrInput `pulumi:"backupVaultPrincipalId,optional"`
	// DiskEncryptionSetPrincipalID is the object ID of a disk encryption set's identity.
	DiskEncryptionSetPrincipalID pulumi.StringPtrInput `pulumi:"diskEncryptionSetPrincipalId,optional"`
	// GrafanaPrincipalID is the object ID of a Grafana workspace's identity.
	GrafanaPrincipalID pulumi.StringPtrInput `pulumi:"grafanaPrincipalId,optional"`

	// RegistryIDs: the kubelet gets AcrPull.
	RegistryIDs map[string]pulumi.StringInput `pulumi:"registryIds,optional"`
	// ABACRegistryIDs are registries in ABAC mode: the kubelet gets Container Registry Repository Reader.
	ABACRegistryIDs map[string]pulumi.StringInput `pulumi:"abacRegistryIds,optional"`
	// RegistryCatalogIDs are registries in ABAC mode whose repositories are listed too: Repository Catalog Lister.
	RegistryCatalogIDs map[string]pulumi.StringInput `pulumi:"registryCatalogIds,optional"`
	// FileShareAccountIDs are storage accounts whose shares nodes mount with their identity.
	FileShareAccountIDs map[string]pulumi.StringInput `pulumi:"fileShareAccountIds,optional"`
	// StorageAccountIDs are storage accounts whose keys nodes read at each mount: the kubelet gets Storage Account Contributor.
	StorageAccountIDs map[string]pulumi.StringInput `pulumi:"storageAccountIds,optional"`
	// GatewayIDs are application gateways: the ingress add-on gets Network Contributor on their resource group. Several late IDs
	// of one group need GatewayGroupIDs instead.
	GatewayIDs map[string]pulumi.StringInput `pulumi:"gatewayIds,optional"`
	// GatewayGroupIDs are resource groups of application gateways. They take the place of GatewayIDs, which have to lie in one
	// of them.
	GatewayGroupIDs map[string]pulumi.StringInput `pulumi:"gatewayGroupIds,optional"`
	// GatewayPublicIPIDs are public addresses of gateways that lie in another resource group than the gateway.
	GatewayPublicIPIDs map[string]pulumi.StringInput `pulumi:"gatewayPublicIpIds,optional"`
	// GatewaySubnetIDs are subnets of gateways: those that the add-on makes, and existing ones in another resource group.
	GatewaySubnetIDs map[string]pulumi.StringInput `pulumi:"gatewaySubnetIds,optional"`
	// GatewayNetworkIDs are virtual networks in which the add-on makes the gateway's subnet.
	GatewayNetworkIDs map[string]pulumi.StringInput `pulumi:"gatewayNetworkIds,optional"`
	// GatewayIdentityIDs are user-assigned identities of gateways: Managed Identity Operator.
	GatewayIdentityIDs map[string]pulumi.StringInput `pulumi:"gatewayIdentityIds,optional"`
	// VirtualNodeSubnetIDs: the virtual-node add-on gets Network Contributor.
	VirtualNodeSubnetIDs map[string]pulumi.StringInput `pulumi:"virtualNodeSubnetIds,optional"`
	// PublicDNSZoneIDs: application routing gets DNS Zone Contributor.
	PublicDNSZoneIDs map[string]pulumi.StringInput `pulumi:"publicDnsZoneIds,optional"`
	// PrivateDNSZoneIDs: application routing gets Private DNS Zone Contributor.
	PrivateDNSZoneIDs map[string]pulumi.StringInput `pulumi:"privateDnsZoneIds,optional"`
	// DNSZoneGroupIDs are resource groups of zones: application routing gets Reader. Sources disagree whether it lists the zones of a
	// group, which a right on a zone does not let it (docs/grants.md), so nothing is granted there by itself.
	DNSZoneGroupIDs map[string]pulumi.StringInput `pulumi:"dnsZoneGroupIds,optional"`
	// RoutingVaultIDs are vaults of ingress certificates: application routing gets Key Vault Certificate User.
	RoutingVaultIDs map[string]pulumi.StringInput `pulumi:"routingVaultIds,optional"`
	// SecretVaultIDs: the secrets provider gets Key Vault Secrets User.
	SecretVaultIDs map[string]pulumi.StringInput `pulumi:"secretVaultIds,optional"`
	// CertificateVaultIDs: the secrets provider gets Key Vault Certificate User.
	CertificateVaultIDs map[string]pulumi.StringInput `pulumi:"certificateVaultIds,optional"`
	// MeshVaultIDs are vaults of a mesh's certificate authority: the secrets provider gets Key Vault Secrets User.
	MeshVaultIDs map[string]pulumi.StringInput `pulumi:"meshVaultIds,optional"`
	// BackupSnapshotGroupIDs are resource groups of backup snapshots: the control plane gets Contributor.
	BackupSnapshotGroupIDs map[string]pulumi.StringInput `pulumi:"backupSnapshotGroupIds,optional"`
	// BackupAccountIDs are storage accounts of backups: the backup extension gets Storage Blob Data Contributor.
	BackupAccountIDs map[string]pulumi.StringInput `pulumi:"backupAccountIds,optional"`
	// BackedUpClusterIDs are clusters that a backup vault looks at: it gets Reader.
	BackedUpClusterIDs map[string]pulumi.StringInput `pulumi:"backedUpClusterIds,optional"`
	// BackupVaultSnapshotGroupIDs are resource groups of snapshots that a backup vault looks at: it gets Reader.
	BackupVaultSnapshotGroupIDs map[string]pulumi.StringInput `pulumi:"backupVaultSnapshotGroupIds,optional"`
	// EncryptionVaultIDs are vaults of a disk encryption set's keys: the set gets Key Vault Crypto Service Encryption User.
	EncryptionVaultIDs map[string]pulumi.StringInput `pulumi:"encryptionVaultIds,optional"`
	// MonitorWorkspaceIDs are Azure Monitor workspaces: Grafana gets Monitoring Data Reader.
	MonitorWorkspaceIDs map[string]pulumi.StringInput `pulumi:"monitorWorkspaceIds,optional"`

	// RoleStrategy chooses between built-in and generated roles. Default builtin.
	RoleStrategy RoleStrategy `pulumi:"roleStrategy,optional"`
	// RenamedKeys names the former keys of what you call otherwise now, so that nothing is made or deleted for a new name: today's
	// property path, and the paths that it had before, the oldest last, as "registryIds.shop": ["registryIds.main"]. What has a
	// key of its own can be renamed. An entry can go once every stack is deployed with it.
	RenamedKeys map[string][]string `pulumi:"renamedKeys,optional"`
	// Adopt takes over role assignments that exist already under the names that the component gives, as an interrupted deployment
	// leaves them. Default: an existing one is an error.
	Adopt *AdoptArgs `pulumi:"adopt,optional"`
	// AdoptedAssignments takes over role assignments that somebody made by hand: the assignment's GUID by the name of the grant, as
	// plannedGrants has it. They stay as they are; once they are deployed, the entry can go when the stack has an output.
	AdoptedAssignments map[string]string `pulumi:"adoptedAssignments,optional"`
	// Explain says how a preview tells the grants with their reasons. Default: those that are not deployed yet, a line for each of up to 12, a
	// summary of more.
	Explain Explain `pulumi:"explain,optional"`
	// Propagation bounds the wait for a principal that Entra does not know yet, and for grants to take effect.
	Propagation *PropagationArgs `pulumi:"propagation,optional"`
}

// mentions lists what the arguments name: one line is one target.
func (a *AddonIdentityGrantsArgs) mentions() []plan.Mention {
	return slices.Concat(
		each(plan.Registry, "registryIds", a.RegistryIDs),
		each(plan.ABACRegistry, "abacRegistryIds", a.ABACRegistryIDs),
		each(plan.RegistryCatalog, "registryCatalogIds", a.RegistryCatalogIDs),
		each(plan.FileShareAccount, "fileShareAccountIds", a.FileShareAccountIDs),
		each(plan.KubeletStorageAccount, "storageAccountIds", a.StorageAccountIDs),
		each(plan.Gateway, "gatewayIds", a.GatewayIDs),
		each(plan.GatewayGroup, "gatewayGroupIds", a.GatewayGroupIDs),
		each(plan.GatewaySubnet, "gatewaySubnetIds", a.GatewaySubnetIDs),
		each(plan.GatewayIP, "gatewayPublicIpIds", a.GatewayPublicIPIDs),
		each(plan.GatewayNetwork, "gatewayNetworkIds", a.GatewayNetworkIDs),
		each(plan.GatewayIdentity, "gatewayIdentityIds", a.GatewayIdentityIDs),
		each(plan.VirtualNodeSubnet, "virtualNodeSubnetIds", a.VirtualNodeSubnetIDs),
		each(plan.PublicZone, "publicDnsZoneIds", a.PublicDNSZoneIDs),
		each(plan.PrivateRecordZone, "privateDnsZoneIds", a.PrivateDNSZoneIDs),
		each(plan.RoutingZoneGroup, "dnsZoneGroupIds", a.DNSZoneGroupIDs),
		each(plan.RoutingVault, "routingVaultIds", a.RoutingVaultIDs),
		each(plan.SecretVault, "secretVaultIds", a.SecretVaultIDs),
		each(plan.CertificateVault, "certificateVaultIds", a.CertificateVaultIDs),
		each(plan.MeshVault, "meshVaultIds", a.MeshVaultIDs),
		each(plan.BackupSnapshotGroup, "backupSnapshotGroupIds", a.BackupSnapshotGroupIDs),
		each(plan.BackupAccount, "backupAccountIds", a.BackupAccountIDs),
		each(plan.BackedUpCluster, "backedUpClusterIds", a.BackedUpClusterIDs),
		each(plan.BackupVaultSnapshots, "backupVaultSnapshotGroupIds", a.BackupVaultSnapshotGroupIDs),
		each(plan.EncryptionVault, "encryptionVaultIds", a.EncryptionVaultIDs),
		each(plan.MonitorWorkspace, "monitorWorkspaceIds", a.MonitorWorkspaceIDs),
	)
}

// principals lists the identities that the arguments can name, given or not.
func (a *AddonIdentityGrantsArgs) principals() []plan.GivenPrincipal {
	single := func(identity plan.Identity, path plan.Path, id pulumi.StringPtrInput) plan.GivenPrincipal {
		return plan.GivenPrincipal{Identity: identity, Path: path, ID: valueOf[string](id)}
	}
	out := []plan.GivenPrincipal{
		single(plan.Identity{Kind: plan.Kubelet}, "kubeletPrincipalId", a.KubeletPrincipalID),
		single(plan.Identity{Kind: plan.ControlPlane}, "controlPlanePrincipalId", a.ControlPlanePrincipalID),
		single(plan.BackupExtension, "backupExtensionPrincipalId", a.BackupExtensionPrincipalID),
		single(plan.BackupVault, "backupVaultPrincipalId", a.BackupVaultPrincipalID),
		single(plan.EncryptionSet, "diskEncryptionSetPrincipalId", a.DiskEncryptionSetPrincipalID),
		single(plan.Dashboard, "grafanaPrincipalId", a.GrafanaPrincipalID),
	}
	for _, key := range slices.Sorted(maps.Keys(a.AddonPrincipalIDs)) {
		out = append(out, plan.GivenPrincipal{
			Identity: plan.AddonIdentity(plan.SpellAddon(key)), Path: plan.Path("addonPrincipalIds").Key(key), ID: valueOf[string](a.AddonPrincipalIDs[key]),
		})
	}
	return out
}
