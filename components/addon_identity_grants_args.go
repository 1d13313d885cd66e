package components

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// AddonIdentityGrantsArgs name the identities of a cluster and the resources they work with. Give the principals that the
// resources need; one that is needed and missing is an error that names it. Each map holds Azure resource IDs by names of
// your choice. A [ManagedIdentityCluster] does the same by itself for what its own arguments mention.
type AddonIdentityGrantsArgs struct {
	// KubeletPrincipalID is the object ID of the nodes' identity.
	KubeletPrincipalID pulumi.StringPtrInput `pulumi:"kubeletPrincipalId,optional"`
	// ControlPlanePrincipalID is the object ID of the control plane, for backups.
	ControlPlanePrincipalID pulumi.StringPtrInput `pulumi:"controlPlanePrincipalId,optional"`
	// AddonPrincipalIDs are the object IDs of add-on identities by add-on key, in any letter case: webAppRouting,
	// azureKeyvaultSecretsProvider, ingressApplicationGateway, aciConnectorLinux, omsagent.
	AddonPrincipalIDs map[string]pulumi.StringInput `pulumi:"addonPrincipalIds,optional"`
	// BackupExtensionPrincipalID is the object ID of the Azure Backup extension's identity.
	BackupExtensionPrincipalID pulumi.StringPtrInput `pulumi:"backupExtensionPrincipalId,optional"`
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
	// GatewayIDs are application gateways: the ingress add-on gets Network Contributor on their resource group.
	GatewayIDs map[string]pulumi.StringInput `pulumi:"gatewayIds,optional"`
	// GatewaySubnetIDs are subnets of gateways that the add-on makes.
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
	// MonitorWorkspaceIDs are Azure Monitor workspaces: Grafana gets Monitoring Data Reader.
	MonitorWorkspaceIDs map[string]pulumi.StringInput `pulumi:"monitorWorkspaceIds,optional"`

	// RoleStrategy is "builtin" (the default) or "custom".
	RoleStrategy string `pulumi:"roleStrategy,optional"`
	// Propagation bounds the wait for a principal that Entra does not know yet.
	Propagation *PropagationArgs `pulumi:"propagation,optional"`
}

func (a *AddonIdentityGrantsArgs) resourceMaps() []resourceMap {
	return []resourceMap{
		{plan.Registry, "registryIds", a.RegistryIDs},
		{plan.ABACRegistry, "abacRegistryIds", a.ABACRegistryIDs},
		{plan.RegistryCatalog, "registryCatalogIds", a.RegistryCatalogIDs},
		{plan.FileShareAccount, "fileShareAccountIds", a.FileShareAccountIDs},
		{plan.Gateway, "gatewayIds", a.GatewayIDs},
		{plan.GatewaySubnet, "gatewaySubnetIds", a.GatewaySubnetIDs},
		{plan.GatewayNetwork, "gatewayNetworkIds", a.GatewayNetworkIDs},
		{plan.GatewayIdentity, "gatewayIdentityIds", a.GatewayIdentityIDs},
		{plan.VirtualNodes, "virtualNodeSubnetIds", a.VirtualNodeSubnetIDs},
		{plan.PublicZone, "publicDnsZoneIds", a.PublicDNSZoneIDs},
		{plan.PrivateRecordZone, "privateDnsZoneIds", a.PrivateDNSZoneIDs},
		{plan.RoutingVault, "routingVaultIds", a.RoutingVaultIDs},
		{plan.SecretVault, "secretVaultIds", a.SecretVaultIDs},
		{plan.CertificateVault, "certificateVaultIds", a.CertificateVaultIDs},
		{plan.MeshVault, "meshVaultIds", a.MeshVaultIDs},
		{plan.BackupSnapshotGroup, "backupSnapshotGroupIds", a.BackupSnapshotGroupIDs},
		{plan.BackupAccount, "backupAccountIds", a.BackupAccountIDs},
		{plan.MonitorWorkspace, "monitorWorkspaceIds", a.MonitorWorkspaceIDs},
	}
}

// givenPrincipal is one principal of the arguments.
type givenPrincipal struct {
	identity plan.Identity
	argument string
	id       pulumi.StringInput
}

func (a *AddonIdentityGrantsArgs) givenPrincipals() []givenPrincipal {
	single := func(identity plan.Identity, argument string, id pulumi.StringPtrInput) givenPrincipal {
		p := givenPrincipal{identity: identity, argument: argument}
		if !isNil(id) {
			p.id = plainOrElem(id)
		}
		return p
	}
	out := []givenPrincipal{
		single(plan.Identity{Kind: plan.Kubelet}, "kubeletPrincipalId", a.KubeletPrincipalID),
		single(plan.Identity{Kind: plan.ControlPlane}, "controlPlanePrincipalId", a.ControlPlanePrincipalID),
		single(plan.BackupExtension, "backupExtensionPrincipalId", a.BackupExtensionPrincipalID),
		single(plan.Dashboard, "grafanaPrincipalId", a.GrafanaPrincipalID),
	}
	for _, key := range sortedKeys(a.AddonPrincipalIDs) {
		out = append(out, givenPrincipal{
			identity: plan.Identity{Kind: plan.Addon, Name: plan.AddonKey(key)},
			argument: "addonPrincipalIds." + key, id: a.AddonPrincipalIDs[key],
		})
	}
	return out
}

// plainOrElem keeps a literal a literal, so that it can be checked at preview.
func plainOrElem(id pulumi.StringPtrInput) pulumi.StringInput {
	if text, known := valueOf[string](id).Get(); known {
		return pulumi.String(text)
	}
	return id.ToStringPtrOutput().Elem()
}
