package plan

// What to say where a value alone will not do.
const (
	sayMode     = "say network.pluginMode as the cluster has it; for the azure plugin without overlay it is network.flat: true."
	sayIdentity = "give the identity that the cluster has in identity.userAssigned, or leave identity out when it has one of its own."
	sayOutbound = "name the addresses in network.loadBalancer.outboundIpIds, or the prefixes in outboundIpPrefixIds: grants depend on them."
	sayPrivate  = "say apiServer as the cluster has it: private: true, with its privateDnsZone or privateDnsZoneId."
	sayRanges   = "say apiServer.authorizedIpRanges as the cluster has them."
	sayKMS      = "say security.kms as the cluster has it: grants depend on it."
	saySubnet   = "put the subnet into subnets and name its key as the subnet of the pool: grants depend on it."
	sayPods     = "put the subnet into subnets and name its key as the podSubnet of the pool: grants depend on it."
	sayPrefix   = "put the prefix into nodeIpPrefixIds and name its key as the nodeIpPrefix of the pool: grants depend on it."
	sayReserved = "put the group into capacityReservationGroupIds and name its key as the capacityReservationGroup of the pool: grants depend on it."
	sayHosts    = "put the group into hostGroupIds and name its key as the hostGroup of the pool: grants depend on it."
	sayScaling  = "give autoscaling with the min and max that the pool has, or leave it out when the pool has none."
)

// AdoptedCluster are the rules of a cluster; its pools have their own. Fixed is what azure-native 2.92.3 replaces a cluster for, and
// what grants depend on. What absent values mean is AKS's default (API version 2025-01-01, read 2026-11).
var AdoptedCluster = AdoptionRules{
	{property: "location", argument: "location", fixed: true},
	{property: "tags", argument: "tags", exact: true},
	{property: "sku.tier", argument: "tier", absent: "Free"},
	{property: "sku.name", absent: "Base"},
	{property: "supportPlan", argument: "supportPlan", absent: "KubernetesOfficial"},
	{property: "kubernetesVersion", argument: "kubernetesVersion"},
	{property: "dnsPrefix", argument: "dnsPrefix"},
	{property: "fqdnSubdomain", argument: "fqdnSubdomain", fixed: true},
	{property: "nodeResourceGroup", argument: "nodeResourceGroup", fixed: true},
	{property: "diskEncryptionSetID", argument: "diskEncryptionSetId", fixed: true, hasToBeSaid: true},
	{property: "enableRBAC", argument: "enableRbac"},
	{property: "disableLocalAccounts", argument: "disableLocalAccounts"},
	{property: "aadProfile", argument: "entra"},
	{property: "identity", argument: "identity", fixed: true, firm: true, say: sayIdentity},
	{property: "identity.userAssignedIdentities", argument: "identity.userAssigned", fixed: true, firm: true, hasToBeSaid: true, say: sayIdentity},
	{property: "identityProfile", argument: "kubeletIdentity"},
	{property: "networkProfile", argument: "network", fixed: true},
	{property: "networkProfile.networkPlugin", argument: "network.plugin", fixed: true, firm: true},
	{property: "networkProfile.networkPluginMode", argument: "network.pluginMode", fixed: true, firm: true, hasToBeSaid: true, absent: "none", say: sayMode},
	{property: "networkProfile.networkDataplane", argument: "network.dataplane", absent: "azure"},
	{property: "networkProfile.networkPolicy", argument: "network.policy", absent: "none"},
	{property: "networkProfile.outboundType", argument: "network.outboundType", fixed: true, firm: true, absent: "loadBalancer"},
	{property: "networkProfile.podCidr", argument: "network.podCidr", fixed: true},
	{property: "networkProfile.podCidrs", argument: "network.podCidrs", fixed: true},
	{property: "networkProfile.serviceCidr", argument: "network.serviceCidr", fixed: true},
	{property: "networkProfile.serviceCidrs", argument: "network.serviceCidrs", fixed: true},
	{property: "networkProfile.dnsServiceIP", argument: "network.dnsServiceIp"},
	{property: "networkProfile.ipFamilies", argument: "network.ipFamilies", fixed: true},
	{property: "networkProfile.loadBalancerProfile", argument: "network.loadBalancer"},
	{property: "networkProfile.loadBalancerProfile.outboundIPs", argument: "network.loadBalancer", hasToBeSaid: true, say: sayOutbound},
	{property: "networkProfile.loadBalancerProfile.outboundIPPrefixes", argument: "network.loadBalancer", hasToBeSaid: true, say: sayOutbound},
	{property: "networkProfile.natGatewayProfile", argument: "network.natGateway"},
	{property: "apiServerAccessProfile.enablePrivateCluster", argument: "apiServer", fixed: true, hasToBeSaid: true, say: sayPrivate},
	{property: "apiServerAccessProfile.privateDNSZone", argument: "apiServer", fixed: true, hasToBeSaid: true, absent: "system", say: sayPrivate},
	{property: "apiServerAccessProfile.authorizedIPRanges", argument: "apiServer.authorizedIpRanges", hasToBeSaid: true, say: sayRanges},
	{property: "apiServerAccessProfile.disableRunCommand", argument: "apiServer.runCommand"},
	{property: "apiServerAccessProfile.enablePrivateClusterPublicFQDN", argument: "apiServer.publicFqdn", absent: true},
	{property: "autoUpgradeProfile.upgradeChannel", argument: "upgrade.channel", absent: "none"},
	{property: "autoUpgradeProfile.nodeOSUpgradeChannel", argument: "upgrade.nodeOsChannel"},
	{property: "nodeResourceGroupProfile.restrictionLevel", argument: "lockNodeResourceGroup", absent: "Unrestricted"},
	{property: "oidcIssuerProfile.enabled", argument: "oidcIssuer"},
	{property: "securityProfile.workloadIdentity.enabled", argument: "workloadIdentity"},
	{property: "securityProfile.imageCleaner.enabled", argument: "security.imageCleaner"},
	{property: "securityProfile.imageCleaner.intervalHours", argument: "security.imageCleanerIntervalHours"},
	{property: "securityProfile.azureKeyVaultKms", argument: "security.kms"},
	{property: "securityProfile.azureKeyVaultKms.enabled", argument: "security.kms", hasToBeSaid: true, say: sayKMS},
	{property: "securityProfile.defender", argument: "security.defenderWorkspaceId"},
	{property: "securityProfile.customCATrustCertificates", argument: "security.customCaCertificates"},
	{property: "storageProfile.diskCSIDriver.enabled", argument: "storage.disk", absent: true},
	{property: "storageProfile.fileCSIDriver.enabled", argument: "storage.file", absent: true},
	{property: "storageProfile.snapshotController.enabled", argument: "storage.snapshots", absent: true},
	{property: "storageProfile.blobCSIDriver.enabled", argument: "storage.blob"},
	{property: "metricsProfile", argument: "costAnalysis"},
	{property: "addonProfiles", argument: "addons.other"},
	{property: "addonProfiles.azurepolicy", argument: "addons.azurePolicy"},
	{property: "addonProfiles.omsagent", argument: "addons.monitoring"},
	{property: "addonProfiles.ingressApplicationGateway", argument: "addons.ingressGateway"},
	{property: "addonProfiles.aciConnectorLinux", argument: "addons.virtualNode"},
	{property: "addonProfiles.azureKeyvaultSecretsProvider", argument: "addons.secretsProvider"},
	{property: "addonProfiles.ACCSGXDevicePlugin", argument: "addons.confidentialComputing"},
	{property: "ingressProfile", argument: "addons.appRouting"},
	{property: "serviceMeshProfile", argument: "addons.istio"},
	{property: "azureMonitorProfile", argument: "addons.prometheus"},
	{property: "workloadAutoScalerProfile.keda", argument: "addons.keda"},
	{property: "workloadAutoScalerProfile.verticalPodAutoscaler", argument: "addons.verticalPodAutoscaler"},
	{property: "bootstrapProfile", argument: "bootstrapRegistryId"},
}

// AdoptedPool are the rules of a pool, inside the cluster or beside it. Fixed is what AKS refuses to change.
var AdoptedPool = AdoptionRules{
	{property: "name", argument: "name", fixed: true, firm: true},
	{property: "mode", argument: "mode", absent: "User"},
	{property: "type", absent: "VirtualMachineScaleSets"},
	{property: "vmSize", argument: "vmSize"},
	{property: "count", argument: "count"},
	{property: "enableAutoScaling", argument: "autoscaling", fixed: true, firm: true, say: sayScaling},
	{property: "minCount", argument: "autoscaling", say: sayScaling},
	{property: "maxCount", argument: "autoscaling", say: sayScaling},
	{property: "availabilityZones", argument: "availabilityZones", fixed: true},
	{property: "osType", argument: "osType", fixed: true, firm: true, absent: "Linux"},
	{property: "osSKU", argument: "osSku"},
	{property: "osDiskType", argument: "osDiskType"},
	{property: "osDiskSizeGB", argument: "osDiskSizeGb"},
	{property: "maxPods", argument: "maxPods"},
	{property: "nodeLabels", argument: "nodeLabels", exact: true},
	{property: "nodeTaints", argument: "nodeTaints", exact: true},
	{property: "tags", argument: "tags", exact: true},
	{property: "orchestratorVersion", argument: "kubernetesVersion"},
	{property: "enableNodePublicIP", argument: "enableNodePublicIp"},
	{property: "nodePublicIPPrefixID", argument: "nodeIpPrefix", fixed: true, hasToBeSaid: true, say: sayPrefix},
	{property: "enableEncryptionAtHost", argument: "enableEncryptionAtHost"},
	{property: "enableFIPS", argument: "enableFips"},
	{property: "enableUltraSSD", argument: "enableUltraSsd"},
	{property: "proximityPlacementGroupID", argument: "proximityPlacementGroupId", fixed: true, hasToBeSaid: true},
	{property: "capacityReservationGroupID", argument: "capacityReservationGroup", fixed: true, hasToBeSaid: true, say: sayReserved},
	{property: "hostGroupID", argument: "hostGroup", fixed: true, hasToBeSaid: true, say: sayHosts},
	{property: "scaleDownMode", argument: "scaleDownMode", absent: "Delete"},
	{property: "vnetSubnetID", argument: "subnet", fixed: true, hasToBeSaid: true, say: saySubnet},
	{property: "podSubnetID", argument: "podSubnet", fixed: true, hasToBeSaid: true, say: sayPods},
	{property: "upgradeSettings.maxSurge", argument: "maxSurge"},
	{property: "upgradeSettings.drainTimeoutInMinutes", argument: "drainTimeoutMinutes"},
	{property: "upgradeSettings.nodeSoakDurationInMinutes", argument: "nodeSoakMinutes"},
	{property: "scaleSetPriority", argument: "spot", fixed: true, absent: "Regular"},
	{property: "scaleSetEvictionPolicy", argument: "spot"},
	{property: "spotMaxPrice", argument: "spot"},
	{property: "securityProfile.enableSecureBoot", argument: "secureBoot"},
	{property: "securityProfile.enableVTPM", argument: "vtpm"},
	{property: "windowsProfile", argument: "disableWindowsOutboundNat"},
}
