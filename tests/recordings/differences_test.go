package recordings

import "slices"

// absent says that a property is not sent.
const absent = "nothing"

// difference is a property that we send otherwise than the CLI did, with both values and the reason.
type difference struct{ path, cli, ours, reason string }

func (d difference) key() difference {
	d.reason = ""
	return d
}

// differences that may occur in the situation. One with other values is a new one, and has to be listed.
func (s situation) differences() []difference { return slices.Concat(differences(), s.but) }

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
		{path: pool + "enableAutoScaling", cli: "false"},
		{path: pool + "enableEncryptionAtHost", cli: "false"},
		{path: pool + "enableFIPS", cli: "false"},
		{path: pool + "enableNodePublicIP", cli: "false"},
		{path: pool + "enableUltraSSD", cli: "false"},
		{path: pool + "nodeTaints", cli: "[]"},
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
	return []difference{
		{"addonProfiles.azurepolicy.config.version", absent, "v2", "the version of the add-on; the CLI leaves it to AKS"},
		{"addonProfiles.azurepolicy.enabled", absent, "true", "without it, policies about pods are ignored"},
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
