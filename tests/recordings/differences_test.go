package recordings

import (
	"slices"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// absent says that a property is not sent.
const absent = "nothing"

// difference is a property that we send otherwise than the CLI did, with both values and the reason.
type difference struct{ path, cli, ours, reason string }

func (d difference) key() difference {
	d.reason = ""
	return d
}

// differences that may occur in the situation. One with other values is a new one, and has to be listed.
func (s situation) differences() []difference {
	if s.before != nil {
		return slices.Concat(differences(), readBack(), s.but, notYetSent()[s.name()])
	}
	return slices.Concat(differences(), s.but, notYetSent()[s.name()])
}

// differences between the recorded bodies and ours.
func differences() []difference {
	return slices.Concat(leftOut(), filledIn(), defaults(), []difference{
		{"dnsPrefix", "MyManagedC-myResourceGroup-5ab000", "aks",
			"the CLI makes it of names and the subscription, we of the component's name: Pulumi makes up names that a preview does not know"},
		{"networkProfile.dockerBridgeCidr", "172.17.0.1/16", absent, "no longer in API version 2025-01-01"},
		{"addonProfiles.omsagent.config.useAADAuth", "True", "true",
			"the CLI prints Python's spelling; public Bicep templates spell it as we do"},
	})
}

// leftOut are empty and default values that the CLI spells out.
func leftOut() []difference {
	const pool = "agentPoolProfiles[0]."
	var out []difference
	for _, d := range []difference{
		{path: "addonProfiles", cli: "{}"},
		{path: "apiServerAccessProfile.authorizedIPRanges", cli: "[]"},
		{path: "kubernetesVersion", cli: `""`},
		{path: "storageProfile", cli: "{}"},
		{path: pool + "enableEncryptionAtHost", cli: "false"},
		{path: pool + "enableFIPS", cli: "false"},
		{path: pool + "enableNodePublicIP", cli: "false"},
		{path: pool + "enableUltraSSD", cli: "false"},
		{path: pool + "orchestratorVersion", cli: `""`},
		{path: pool + "osDiskSizeGB", cli: "0"},
		{path: pool + "scaleSetEvictionPolicy", cli: "Delete"},
		{path: pool + "scaleSetPriority", cli: "Regular"},
		{path: pool + "spotMaxPrice", cli: "-1"},
		{path: pool + "upgradeSettings", cli: "{}"},
	} {
		out = append(out, difference{d.path, d.cli, absent, "AKS's own default or an empty value; the CLI spells it out, or we fill it"})
	}
	return out
}

// filledIn are what azure-native's SDK adds to a profile that is given.
func filledIn() []difference {
	const reason = "azure-native's SDK fills it in whenever the profile is given; it is AKS's own default"
	return []difference{
		{"networkProfile.dnsServiceIP", absent, "10.0.0.10", reason},
		{"networkProfile.loadBalancerProfile.backendPoolType", absent, "NodeIPConfiguration", reason},
		{"networkProfile.podCidr", absent, "10.244.0.0/16", reason + "; with flat networking it has no meaning (not verified with a live service)"},
		{"networkProfile.serviceCidr", absent, "10.0.0.0/16", reason},
	}
}

// defaults are ours; the reasons in full stand at the arguments.
func defaults() []difference {
	const emptied = "said in either case: AKS keeps what an update leaves out"
	const off = "AKS keeps an add-on that a PUT does not mention (Azure/AKS issue 2904), so what is not asked for is switched off"
	return []difference{
		{"addonProfiles.ACCSGXDevicePlugin.enabled", absent, "false", off},
		{"addonProfiles.aciConnectorLinux.enabled", absent, "false", off},
		{"addonProfiles.azureKeyvaultSecretsProvider.enabled", absent, "false", off},
		{"addonProfiles.ingressApplicationGateway.enabled", absent, "false", off},
		{"addonProfiles.omsagent.enabled", absent, "false", off},
		{"addonProfiles.azurepolicy.config.version", absent, "v2", "the version of the add-on; the CLI leaves it to AKS"},
		{"addonProfiles.azurepolicy.enabled", absent, "true", "without it, policies about pods are ignored"},
		{"agentPoolProfiles[0].enableAutoScaling", absent, "false", emptied},
		{"agentPoolProfiles[0].nodeLabels", absent, "{}", emptied},
		{"agentPoolProfiles[0].nodeTaints", absent, "[]", emptied},
		{"agentPoolProfiles[0].osSKU", absent, "AzureLinux", "AKS's own node image"},
		{"agentPoolProfiles[0].upgradeSettings.maxSurge", absent, "33%", "upgrades take a third of the nodes at a time"},
		{"apiServerAccessProfile.disableRunCommand", absent, "true", "it is a way round the network rules"},
		{"autoUpgradeProfile.nodeOSUpgradeChannel", absent, "NodeImage", "nodes get security fixes without a hand"},
		{"autoUpgradeProfile.upgradeChannel", absent, "patch", "security fixes without new minor versions"},
		{"metricsProfile.costAnalysis.enabled", absent, "true", "shows cost by namespace"},
		{"nodeResourceGroupProfile.restrictionLevel", absent, "ReadOnly", "a change by hand breaks nodes in ways that are hard to find"},
		{"oidcIssuerProfile.enabled", absent, "true", "workload identity needs it"},
		{"securityProfile.imageCleaner.enabled", absent, "true", "removes unused vulnerable images"},
		{"securityProfile.imageCleaner.intervalHours", absent, "168", "weekly"},
		{"securityProfile.workloadIdentity.enabled", absent, "true", "pods act as identities without secrets"},
		{"sku.name", absent, "Base", "comes with the tier"},
		{"sku.tier", absent, "Standard", "Free, which the CLI leaves AKS to choose, has no uptime commitment"},
		{"storageProfile.blobCSIDriver.enabled", absent, "false", "off until it is asked for"},
		{"storageProfile.diskCSIDriver.enabled", absent, "true", "AKS's own default, sent with the others"},
		{"storageProfile.fileCSIDriver.enabled", absent, "false", "clusters that use no Azure Files should not run it"},
		{"storageProfile.snapshotController.enabled", absent, "true", "AKS's own default, sent with the others"},
	}
}

// readBack are the properties that an update of the CLI read from the cluster and sends back. We send what the program says.
func readBack() []difference {
	const (
		pool   = "agentPoolProfiles[0]."
		chosen = "AKS chose it; the CLI read it and sends it back, and would do so with a value that somebody changed meanwhile"
		own    = "AKS's own identity for the nodes; who gives one gives it in kubeletIdentity"
	)
	nodes := "/subscriptions/" + azuresim.DefaultSubscriptionID + "/resourcegroups/MC_myResourceGroup_MyManagedCluster_westus2"
	return []difference{
		{"kubernetesVersion", "1.24.9", absent, chosen},
		{pool + "orchestratorVersion", "1.24.9", absent, chosen},
		{pool + "osDiskSizeGB", "128", absent, chosen},
		{pool + "powerState.code", "Running", absent, chosen},
		{"networkProfile.loadBalancerProfile.managedOutboundIPs.count", "1", absent, chosen},
		{"networkProfile.loadBalancerSku", "Standard", "standard", "the name of the SKU in other letters"},
		{"nodeResourceGroup", "MC_myResourceGroup_MyManagedCluster_westus2", absent, "AKS's own default; it cannot be changed"},
		{"servicePrincipalProfile.clientId", "msi", absent, "AKS's word for a managed identity"},
		{"securityProfile", "{}", absent, "an empty value; ours is filled"},
		{"sku.tier", "Free", "Standard", "the clusters of the recordings are free ones; ours are not unless they are asked to be"},
		{"identityProfile.kubeletidentity.resourceId",
			nodes + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/MyManagedCluster-agentpool", absent, own},
		{"identityProfile.kubeletidentity.clientId", "{clientId:kubelet}", absent, own},
		{"identityProfile.kubeletidentity.objectId", "{principalId:kubelet}", absent, own},
	}
}
