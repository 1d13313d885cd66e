package plan

import "github.com/aksidentity/pulumi-aksidentity/rbac"

// Uses of external resources by the kubelet, the add-ons and what stands around a cluster.
const (
	Registry              Use = "registry"
	ABACRegistry          Use = "registry in ABAC mode"
	RegistryCatalog       Use = "registry catalogue in ABAC mode"
	BootstrapRegistry     Use = "bootstrap registry"
	ABACBootstrapRegistry Use = "bootstrap registry in ABAC mode"
	Gateway               Use = "application gateway"
	GatewayGroup          Use = "resource group of application gateways"
	GatewaySubnet         Use = "gateway subnet"
	GatewayIP             Use = "public IP of an application gateway"
	GatewayNetwork        Use = "virtual network of a gateway subnet"
	GatewayIdentity       Use = "identity of an application gateway"
	VirtualNodeSubnet     Use = "subnet of the virtual-node add-on"
	PublicZone            Use = "public DNS zone"
	PrivateRecordZone     Use = "private DNS zone of workloads"
	RoutingVault          Use = "key vault of application routing"
	SecretVault           Use = "key vault of secrets"
	CertificateVault      Use = "key vault of certificates and keys"
	MeshVault             Use = "key vault of the mesh's certificate authority"
	LegacyMetrics         Use = "cluster with legacy monitoring"
	MonitorWorkspace      Use = "monitor workspace of a dashboard"
	BackupSnapshotGroup   Use = "resource group of backup snapshots"
	BackupAccount         Use = "storage account of backups"
	BackedUpCluster       Use = "cluster that is backed up"
	BackupVaultSnapshots  Use = "resource group of snapshots that a backup vault reads"
)

const (
	typeRegistry = "Microsoft.ContainerRegistry/registries"
	typeGateway  = "Microsoft.Network/applicationGateways"
	typeDNSZone  = "Microsoft.Network/dnsZones"
	typeCluster  = "Microsoft.ContainerService/managedClusters"
	typeMonitor  = "Microsoft.Monitor/accounts"
)

func registryRows() []UseInfo {
	const (
		sourceRegistry = "Microsoft, container registry integration (azure-aks-docs cluster-container-registry-integration.md, read 2026-08-21)"
		sourceIsolated = "Microsoft, network isolated clusters (azure-aks-docs network-isolated.md, read 2026-08-21)"
		firstBoot      = "pull AKS's own images at first boot; a network-isolated node has no other source"
	)
	return []UseInfo{
		row(Registry, kubelet, typeRegistry, rule(rbac.AcrPull, AtResource, "pull images", sourceRegistry, "acr-pull-rbac")).mode(RegistryWithRBAC),
		row(ABACRegistry, kubelet, typeRegistry,
			rule(rbac.ContainerRegistryRepositoryReader, AtResource, "pull images; the registry is in ABAC mode, where AcrPull has no effect",
				sourceServicePermissions, "acr-pull-abac")).mode(RegistryWithABAC),
		// The reference page spells the action registries/catalog/repositories/read; the live role has this one.
		row(RegistryCatalog, kubelet, typeRegistry,
			rule(rbac.ContainerRegistryRepositoryCatalogLister, AtResource, "list the repositories of the registry", sourceRegistry).
				andData("Microsoft.ContainerRegistry/registries/catalog/read")).mode(RegistryWithABAC),
		row(BootstrapRegistry, kubelet, typeRegistry, rule(rbac.AcrPull, AtResource, firstBoot, sourceIsolated, "acr-bootstrap-cache")).mode(RegistryWithRBAC),
		row(ABACBootstrapRegistry, kubelet, typeRegistry,
			rule(rbac.ContainerRegistryRepositoryReader, AtResource, firstBoot, sourceIsolated+"; "+sourceServicePermissions, "acr-pull-abac")).
			mode(RegistryWithABAC),
	}
}

// gatewayRows give Network Contributor on the gateway's group. The documentation adds Reader there, whose reads that role
// has itself; older tools give Contributor. docs/grants.md tells the cases apart.
func gatewayRows() []UseInfo {
	const sourceGateway = "Microsoft, Application Gateway ingress (azure-docs, stored version); azure-cli 2.91"
	const joined = "inferred from the linked-access rule of ARM: who writes a gateway needs join on what stands in it; not verified"
	ingress := AddonIdentity(IngressGateway)
	configure := func(use Use, resourceType string, level Level, reason string) UseInfo {
		return row(use, ingress, resourceType, rule(rbac.NetworkContributor, level, reason, sourceGateway, "agic-gateway"))
	}
	return []UseInfo{
		configure(Gateway, typeGateway, AtResourceGroup, "configure the gateway").grouped(GatewayGroup, "gatewayGroupIds"),
		configure(GatewayGroup, ResourceGroupType, AtResource, "configure the gateways of the group"),
		row(GatewaySubnet, ingress, typeSubnet,
			rule(rbac.NetworkContributor, AtResource, "join the gateway to its subnet", sourceGateway, "agic-subnet").
				undocumented("a notice of the controller asks for more than the documented pair")),
		row(GatewayIP, ingress, typeIP,
			rule(rbac.NetworkContributor, AtResource, "keep the gateway's public address when the gateway is written", joined, "outbound-own-public-ip").
				undocumented("no source lists the actions")),
		row(GatewayNetwork, ingress, typeNetwork,
			rule(rbac.NetworkContributor, AtResource, "make the gateway's subnet in the network and join it", sourceGateway, "agic-subnet").
				undocumented("the documented pair does not make a subnet")),
		row(GatewayIdentity, ingress, TypeUserAssignedIdentity,
			rule(rbac.ManagedIdentityOperator, AtResource, "keep the gateway's own identity when the gateway is written",
				"AKS-Construction (2025-02-18)", "agic-gateway-identity")),
		row(VirtualNodeSubnet, AddonIdentity(VirtualNode), typeSubnet,
			rule(rbac.NetworkContributor, AtResource, "run virtual nodes in the subnet",
				"Microsoft, virtual nodes (azure-aks-docs virtual-nodes-cli.md, read 2026-08-21); azure-cli 2.91 grants Contributor on the whole network",
				"virtual-node-subnet")),
	}
}

func dnsRows() []UseInfo {
	const records = "write the records of ingresses"
	routing := AddonIdentity(WebAppRouting)
	return []UseInfo{
		row(PublicZone, routing, typeDNSZone, rule(rbac.DNSZoneContributor, AtResource, records, sourceRouting, "approuting-public-dns")),
		// The role of public zones covers nothing on private ones.
		row(PrivateRecordZone, routing, TypePrivateZone,
			rule(rbac.PrivateDNSZoneContributor, AtResource, records, sourceRouting, "approuting-private-dns")),
		zoneGroup(RoutingZoneGroup, routing),
	}
}

const sourceRouting = "Microsoft, application routing DNS and TLS (azure-aks-docs app-routing-dns-ssl.md, read 2026-08-21)"

func vaultRows() []UseInfo {
	const sourceSecrets = "Microsoft, secrets store driver (azure-aks-docs csi-secrets-store-driver.md, read 2026-08-21)"
	secrets := AddonIdentity(SecretsProvider)
	return []UseInfo{
		// azure-cli 2.91 gives Key Vault Secrets User; the documentation's role includes it.
		row(RoutingVault, AddonIdentity(WebAppRouting), typeVault,
			rule(rbac.KeyVaultCertificateUser, AtResource, "read the certificates of ingresses", sourceRouting, "approuting-keyvault")).mode(VaultWithRBAC),
		row(SecretVault, secrets, typeVault,
			rule(rbac.KeyVaultSecretsUser, AtResource, "mount secrets into pods", sourceSecrets, "keyvault-secrets-provider")).mode(VaultWithRBAC),
		// The capability is about secrets; certificates and keys without their private part are objects of their own.
		row(CertificateVault, secrets, typeVault,
			rule(rbac.KeyVaultCertificateUser, AtResource, "mount certificates and keys into pods", sourceSecrets, "keyvault-secrets-provider").
				andData(typeVault+"/certificates/read", typeVault+"/keys/read")).mode(VaultWithRBAC),
		row(MeshVault, secrets, typeVault,
			rule(rbac.KeyVaultSecretsUser, AtResource, "read the certificate authority of the mesh",
				"Microsoft, Istio plug-in CA (azure-aks-docs istio-plugin-ca.md, read 2026-08-21)", "keyvault-secrets-provider")).mode(VaultWithRBAC),
	}
}

func monitoringRows() []UseInfo {
	const roleOnly = "the source names the role only"
	return []UseInfo{
		row(LegacyMetrics, AddonIdentity(Monitoring), typeCluster,
			rule(rbac.MonitoringMetricsPublisher, AtResource, "publish metrics with legacy authentication, which ends 2026-09-30", "azure-cli 2.91",
				"monitoring-legacy-metrics")),
		row(MonitorWorkspace, Dashboard, typeMonitor,
			rule(rbac.MonitoringDataReader, AtResource, "show the metrics of the workspace", "azure-cli 2.91").
				andData("Microsoft.Monitor/accounts/data/metrics/read").undocumented(roleOnly)),
	}
}

func backupRows() []UseInfo {
	const sourceBackup = "Microsoft, AKS backup (azure-docs, stored version of 2023)"
	reads := func(use Use, resourceType, reason, action string) UseInfo {
		reader := rule(rbac.Reader, AtResource, reason, sourceBackup).undocumented("the documentation names the role only")
		reader.MoreActions = []string{action}
		return row(use, BackupVault, resourceType, reader)
	}
	return []UseInfo{
		row(BackupSnapshotGroup, controlPlane, ResourceGroupType,
			rule(rbac.Contributor, AtResource, "make and restore the snapshots of backups", sourceBackup, "backup-snapshot-rg")),
		row(BackupAccount, BackupExtension, typeStorage,
			rule(rbac.StorageBlobDataContributor, AtResource, "write backups", sourceBackup, "backup-extension-storage")),
		reads(BackedUpCluster, typeCluster, "look at the cluster that is backed up", typeCluster+"/read"),
		reads(BackupVaultSnapshots, ResourceGroupType, "look at the snapshots of backups", "Microsoft.Compute/snapshots/read"),
	}
}
