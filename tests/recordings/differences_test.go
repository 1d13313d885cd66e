package recordings

// difference is a property that we send otherwise than the CLI did, with the reason. The path is a pattern of path.Match.
type difference struct{ path, reason string }

// differences between the recorded bodies and ours. All of them are defaults on purpose, or empty values that the CLI sends
// and we leave out.
func differences() []difference {
	const (
		empty   = "the CLI sends the empty or default value, we leave it out"
		sdk     = "azure-native's SDK fills it in whenever a network profile is given"
		secured = "a default of ours, for the reason at the argument"
	)
	return []difference{
		{`kubernetesVersion`, empty},
		{`dnsPrefix`, "the CLI makes it of names and the subscription, we of the component's name: Pulumi makes up names that a preview does not know"},
		{`agentPoolProfiles\[0\].osDiskSizeGB`, empty},
		{`agentPoolProfiles\[0\].enable*`, empty},
		{`agentPoolProfiles\[0\].orchestratorVersion`, empty},
		{`agentPoolProfiles\[0\].scaleSet*`, empty},
		{`agentPoolProfiles\[0\].spotMaxPrice`, empty},
		{`agentPoolProfiles\[0\].osSKU`, "a default of ours: AzureLinux"},
		{`agentPoolProfiles\[0\].upgradeSettings.maxSurge`, "a default of ours: upgrades take a third of the nodes at a time"},
		{`networkProfile.dockerBridgeCidr`, "no longer in API version 2025-01-01"},
		{`networkProfile.podCidr`, sdk},
		{`networkProfile.serviceCidr`, sdk},
		{`networkProfile.dnsServiceIP`, sdk},
		{`networkProfile.loadBalancerProfile.backendPoolType`, "azure-native's SDK fills it in whenever the profile is given"},
		{`addonProfiles.azurepolicy.*`, secured},
		{`apiServerAccessProfile.disableRunCommand`, secured},
		{`autoUpgradeProfile.*`, secured},
		{`metricsProfile.costAnalysis.enabled`, secured},
		{`nodeResourceGroupProfile.restrictionLevel`, secured},
		{`oidcIssuerProfile.enabled`, secured},
		{`securityProfile.imageCleaner.*`, secured},
		{`securityProfile.workloadIdentity.enabled`, secured},
		{`sku.*`, "a default of ours: tier Standard; the CLI left it to AKS, which meant Free"},
		{`storageProfile.*.enabled`, secured},
	}
}
