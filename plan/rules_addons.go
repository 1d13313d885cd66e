package plan

import (
	"maps"
	"slices"
	"sync"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Uses of external resources by the kubelet, the add-ons and what stands around a cluster.
const (
	Registry            Use = "registry"
	ABACRegistry        Use = "registry in ABAC mode"
	RegistryCatalog     Use = "registry catalogue in ABAC mode"
	BootstrapRegistry   Use = "bootstrap registry"
	FileShareAccount    Use = "storage account of file shares"
	Gateway             Use = "application gateway"
	GatewaySubnet       Use = "gateway subnet"
	GatewayNetwork      Use = "virtual network of a gateway subnet"
	GatewayNodeNetwork  Use = "the nodes' virtual network, for a gateway subnet"
	GatewayIdentity     Use = "identity of an application gateway"
	VirtualNodes        Use = "subnet of the virtual-node add-on"
	PublicZone          Use = "public DNS zone"
	PrivateRecordZone   Use = "private DNS zone of workloads"
	RoutingVault        Use = "key vault of application routing"
	SecretVault         Use = "key vault of secrets"
	CertificateVault    Use = "key vault of certificates and keys"
	MeshVault           Use = "key vault of the mesh's certificate authority"
	LegacyMetrics       Use = "cluster with legacy monitoring"
	BackupSnapshotGroup Use = "resource group of backup snapshots"
	BackupAccount       Use = "storage account of backups"
	MonitorWorkspace    Use = "monitor workspace of a dashboard"
)

// Principals around a cluster that are no identity of it.
var (
	// BackupExtension is the identity of the Azure Backup extension.
	BackupExtension = Identity{Kind: Principal, Name: "backup-extension"}
	// Dashboard is the identity of a Grafana workspace.
	Dashboard = Identity{Kind: Principal, Name: "grafana"}
)

// AddonUse is a use together with the identity that needs it.
type AddonUse struct {
	UseInfo
	Identity Identity
}

const (
	sourceRegistry = "Microsoft, container registry integration (azure-aks-docs cluster-container-registry-integration.md, read 2026-08-21)"
	sourceGateway  = "Microsoft, Application Gateway ingress (azure-docs, stored version); azure-cli 2.91"
	sourceRouting  = "Microsoft, application routing DNS and TLS (azure-aks-docs app-routing-dns-ssl.md, read 2026-08-21)"
	sourceSecrets  = "Microsoft, secrets store driver (azure-aks-docs csi-secrets-store-driver.md, read 2026-08-21)"
	sourceBackup   = "Microsoft, AKS backup (azure-docs, stored version of 2023)"

	typeRegistry = "Microsoft.ContainerRegistry/registries"
	typeGateway  = "Microsoft.Network/applicationGateways"
	typeDNSZone  = "Microsoft.Network/dnsZones"
	typeStorage  = "Microsoft.Storage/storageAccounts"
	typeCluster  = "Microsoft.ContainerService/managedClusters"
	typeMonitor  = "Microsoft.Monitor/accounts"
)

// AddonUseOf returns what is known about a use by the kubelet, an add-on or something around the cluster.
func AddonUseOf(u Use) (AddonUse, bool) {
	use, ok := addonUses()[u]
	use.Rules = slices.Clone(use.Rules)
	return use, ok
}

// addonUses is the grant table of everybody but the control plane, made once and only read.
var addonUses = sync.OnceValue(func() map[Use]AddonUse {
	uses := kubeletUses()
	for _, more := range []map[Use]AddonUse{gatewayUses(), routingUses(), vaultUses(), aroundUses()} {
		maps.Copy(uses, more)
	}
	return uses
})

func by(identity Identity, resourceType string, rules ...Rule) AddonUse {
	return AddonUse{Identity: identity, UseInfo: UseInfo{ResourceType: resourceType, Rules: rules}}
}

func at(role rbac.RoleName, level Level, capability rbac.CapabilityID, reason, source string) Rule {
	rule := Rule{Role: role, Level: level, Reason: reason, Source: source}
	if capability != "" {
		rule.Capabilities = []rbac.CapabilityID{capability}
	}
	return rule
}

func kubeletUses() map[Use]AddonUse {
	nodes := Identity{Kind: Kubelet}
	catalog := at(rbac.ContainerRegistryRepositoryCatalogLister, AtResource, "", "list the repositories of the registry", sourceRegistry)
	// The reference page spells the action registries/catalog/repositories/read; the live role has this one.
	catalog.MoreDataActions = []string{"Microsoft.ContainerRegistry/registries/catalog/read"}
	return map[Use]AddonUse{
		Registry: by(nodes, typeRegistry,
			at(rbac.AcrPull, AtResource, "acr-pull-rbac", "pull images", sourceRegistry)),
		ABACRegistry: by(nodes, typeRegistry,
			at(rbac.ContainerRegistryRepositoryReader, AtResource, "acr-pull-abac", "pull images; the registry is in ABAC mode, where AcrPull has no effect",
				"Microsoft, AKS service permissions (azure-aks-docs aks-service-permissions.md, read 2026-08-21)")),
		RegistryCatalog: by(nodes, typeRegistry, catalog),
		BootstrapRegistry: by(nodes, typeRegistry,
			at(rbac.AcrPull, AtResource, "acr-bootstrap-cache", "pull AKS's own images at first boot; a network-isolated node has no other source",
				"Microsoft, network isolated clusters (azure-aks-docs network-isolated.md, read 2026-08-21)")),
		FileShareAccount: by(nodes, typeStorage,
			at(rbac.StorageFileDataSMBMIAdmin, AtResource, "files-smb-managed-identity", "mount file shares with the nodes' identity",
				"Microsoft, Azure Files volumes (azure-aks-docs create-volume-azure-files.md, read 2026-08-21)")),
	}
}

// gatewayUses give Network Contributor on the gateway's group. The documentation adds Reader there, whose reads that role
// has itself; older tools give Contributor. docs/grants.md tells the cases apart.
func gatewayUses() map[Use]AddonUse {
	ingress := Identity{Kind: Addon, Name: IngressGateway}
	return map[Use]AddonUse{
		Gateway: by(ingress, typeGateway,
			at(rbac.NetworkContributor, AtResourceGroup, "agic-gateway", "configure the gateway", sourceGateway)),
		GatewaySubnet: by(ingress, typeSubnet,
			at(rbac.NetworkContributor, AtResource, "agic-subnet", "join the gateway to its subnet", sourceGateway)),
		GatewayNetwork: by(ingress, typeNetwork,
			at(rbac.NetworkContributor, AtResource, "agic-subnet", "make the gateway's subnet in the network and join it", sourceGateway)),
		GatewayNodeNetwork: by(ingress, typeSubnet,
			at(rbac.NetworkContributor, AtVirtualNetwork, "agic-subnet", "make the gateway's subnet in the nodes' network and join it", sourceGateway)),
		GatewayIdentity: by(ingress, TypeUserAssignedIdentity,
			at(rbac.ManagedIdentityOperator, AtResource, "agic-gateway-identity", "keep the gateway's own identity when the gateway is written",
				"AKS-Construction (2025-02-18)")),
		VirtualNodes: by(Identity{Kind: Addon, Name: VirtualNode}, typeSubnet,
			at(rbac.NetworkContributor, AtResource, "virtual-node-subnet", "run virtual nodes in the subnet",
				"Microsoft, virtual nodes (azure-aks-docs virtual-nodes-cli.md, read 2026-08-21); azure-cli 2.91 grants Contributor on the whole network")),
	}
}

func routingUses() map[Use]AddonUse {
	routing := Identity{Kind: Addon, Name: WebAppRouting}
	return map[Use]AddonUse{
		PublicZone: by(routing, typeDNSZone,
			at(rbac.DNSZoneContributor, AtResource, "approuting-public-dns", "write the records of ingresses", sourceRouting)),
		// The role of public zones covers nothing on private ones.
		PrivateRecordZone: by(routing, TypePrivateZone,
			at(rbac.PrivateDNSZoneContributor, AtResource, "approuting-private-dns", "write the records of ingresses", sourceRouting)),
		// azure-cli 2.91 gives Key Vault Secrets User; the documentation's role includes it.
		RoutingVault: by(routing, typeVault,
			at(rbac.KeyVaultCertificateUser, AtResource, "approuting-keyvault", "read the certificates of ingresses", sourceRouting)),
	}
}

func vaultUses() map[Use]AddonUse {
	secrets := Identity{Kind: Addon, Name: SecretsProvider}
	certificates := at(rbac.KeyVaultCertificateUser, AtResource, "keyvault-secrets-provider", "mount certificates and keys into pods", sourceSecrets)
	// The capability is about secrets; certificates and keys without their private part are objects of their own.
	certificates.MoreDataActions = []string{typeVault + "/certificates/read", typeVault + "/keys/read"}
	return map[Use]AddonUse{
		SecretVault: by(secrets, typeVault,
			at(rbac.KeyVaultSecretsUser, AtResource, "keyvault-secrets-provider", "mount secrets into pods", sourceSecrets)),
		CertificateVault: by(secrets, typeVault, certificates),
		MeshVault: by(secrets, typeVault,
			at(rbac.KeyVaultSecretsUser, AtResource, "keyvault-secrets-provider", "read the certificate authority of the mesh",
				"Microsoft, Istio plug-in CA (azure-aks-docs istio-plugin-ca.md, read 2026-08-21)")),
	}
}

func aroundUses() map[Use]AddonUse {
	workspace := at(rbac.MonitoringDataReader, AtResource, "", "show the metrics of the workspace", "azure-cli 2.91")
	workspace.MoreDataActions = []string{"Microsoft.Monitor/accounts/data/metrics/read"}
	return map[Use]AddonUse{
		LegacyMetrics: by(Identity{Kind: Addon, Name: Monitoring}, typeCluster,
			at(rbac.MonitoringMetricsPublisher, AtResource, "monitoring-legacy-metrics", "publish metrics with legacy authentication, which ends 2026-09-30", "azure-cli 2.91")),
		BackupSnapshotGroup: by(Identity{Kind: ControlPlane}, ResourceGroupType,
			at(rbac.Contributor, AtResource, "backup-snapshot-rg", "make and restore the snapshots of backups", sourceBackup)),
		BackupAccount: by(BackupExtension, typeStorage,
			at(rbac.StorageBlobDataContributor, AtResource, "backup-extension-storage", "write backups", sourceBackup)),
		MonitorWorkspace: by(Dashboard, typeMonitor, workspace),
	}
}
