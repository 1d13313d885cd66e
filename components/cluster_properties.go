package components

import (
	"maps"
	"slices"

	aks "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// clusterProperties builds what azure-native is told about the cluster, apart from identity, names, group and add-ons. effective
// are the arguments with defaults; args hold the inputs that may be late.
func (g *granter) clusterProperties(args *ManagedIdentityClusterArgs, effective plan.Cluster) *aks.ManagedClusterArgs {
	return &aks.ManagedClusterArgs{
		Location:                 args.Location,
		Tags:                     args.Tags,
		KubernetesVersion:        args.KubernetesVersion,
		NodeResourceGroup:        args.NodeResourceGroup,
		FqdnSubdomain:            args.FQDNSubdomain,
		Sku:                      aks.ManagedClusterSKUArgs{Name: pulumi.StringPtr("Base"), Tier: textInput(effective.Tier)},
		SupportPlan:              textInput(effective.SupportPlan),
		EnableRBAC:               boolPtrInput(effective.KubernetesRBAC),
		DisableLocalAccounts:     pulumi.BoolPtr(effective.LocalAccountsOff()),
		AadProfile:               g.entraProfile(args.Entra, effective),
		AgentPoolProfiles:        aks.ManagedClusterAgentPoolProfileArray{inlinePool(args, effective)},
		NetworkProfile:           networkProfile(args.Network, effective.Network),
		ApiServerAccessProfile:   g.apiServerProfile(args.APIServer, effective.APIServer),
		AutoUpgradeProfile:       upgradeProfile(effective.Upgrade),
		NodeResourceGroupProfile: nodeGroupProfile(args.LockNodeResourceGroup),
		OidcIssuerProfile:        aks.ManagedClusterOIDCIssuerProfileArgs{Enabled: boolPtrInput(effective.OIDCIssuer)},
		SecurityProfile:          g.securityProfile(args.Security, effective),
		StorageProfile:           storageProfile(args.Storage),
		MetricsProfile: aks.ManagedClusterMetricsProfileArgs{
			CostAnalysis: aks.ManagedClusterCostAnalysisArgs{Enabled: boolPtrInput(effective.CostAnalysis)},
		},
		DiskEncryptionSetID:       args.DiskEncryptionSetID,
		IngressProfile:            ingressProfile(args.Addons),
		ServiceMeshProfile:        meshProfile(args.Addons, args.KeyVaultIDs),
		AzureMonitorProfile:       monitorProfile(args.Addons),
		WorkloadAutoScalerProfile: autoscalerProfile(args.Addons),
		BootstrapProfile:          bootstrapProfile(args.BootstrapRegistryID, args.ABACBootstrapRegistryID),
	}
}

func (g *granter) entraProfile(args *EntraArgs, effective plan.Cluster) aks.ManagedClusterAADProfilePtrInput {
	if args == nil {
		return nil
	}
	return aks.ManagedClusterAADProfileArgs{
		Managed:             pulumi.BoolPtr(true),
		EnableAzureRBAC:     pulumi.BoolPtr(args.AzureRBAC == nil || *args.AzureRBAC),
		AdminGroupObjectIDs: g.list(args.AdminGroupObjectIDs, effective.CheckAdmins),
		TenantID:            args.TenantID,
	}
}

func upgradeProfile(upgrade plan.Upgrade) aks.ManagedClusterAutoUpgradeProfilePtrInput {
	return aks.ManagedClusterAutoUpgradeProfileArgs{
		UpgradeChannel:       textInput(upgrade.Channel),
		NodeOSUpgradeChannel: textInput(upgrade.NodeOSChannel),
	}
}

func nodeGroupProfile(lock *bool) aks.ManagedClusterNodeResourceGroupProfilePtrInput {
	level := "ReadOnly"
	if lock != nil && !*lock {
		level = "Unrestricted"
	}
	return aks.ManagedClusterNodeResourceGroupProfileArgs{RestrictionLevel: pulumi.StringPtr(level)}
}

func storageProfile(args *StorageArgs) aks.ManagedClusterStorageProfilePtrInput {
	if args == nil {
		args = &StorageArgs{}
	}
	on := func(value *bool, fallback bool) pulumi.BoolPtrInput {
		if value == nil {
			return pulumi.BoolPtr(fallback)
		}
		return pulumi.BoolPtr(*value)
	}
	return aks.ManagedClusterStorageProfileArgs{
		DiskCSIDriver:      aks.ManagedClusterStorageProfileDiskCSIDriverArgs{Enabled: on(args.Disk, true)},
		SnapshotController: aks.ManagedClusterStorageProfileSnapshotControllerArgs{Enabled: on(args.Snapshots, true)},
		FileCSIDriver:      aks.ManagedClusterStorageProfileFileCSIDriverArgs{Enabled: on(args.File, false)},
		BlobCSIDriver:      aks.ManagedClusterStorageProfileBlobCSIDriverArgs{Enabled: on(args.Blob, false)},
	}
}

func (g *granter) securityProfile(args *SecurityArgs, effective plan.Cluster) aks.ManagedClusterSecurityProfilePtrInput {
	if args == nil {
		args = &SecurityArgs{}
	}
	profile := aks.ManagedClusterSecurityProfileArgs{
		WorkloadIdentity: aks.ManagedClusterSecurityProfileWorkloadIdentityArgs{Enabled: boolPtrInput(effective.WorkloadIdentity)},
		ImageCleaner:     imageCleaner(args),
	}
	if len(valuesIn(args.CustomCACertificates)) > 0 {
		profile.CustomCATrustCertificates = args.CustomCACertificates
	}
	if args.DefenderWorkspaceID != nil {
		profile.Defender = aks.ManagedClusterSecurityProfileDefenderArgs{
			LogAnalyticsWorkspaceResourceId: args.DefenderWorkspaceID,
			SecurityMonitoring:              aks.ManagedClusterSecurityProfileDefenderSecurityMonitoringArgs{Enabled: pulumi.BoolPtr(true)},
		}
	}
	if args.KMS != nil {
		profile.AzureKeyVaultKms = g.kmsProfile(args.KMS)
	}
	return profile
}

func imageCleaner(args *SecurityArgs) aks.ManagedClusterSecurityProfileImageCleanerPtrInput {
	if args.ImageCleaner != nil && !*args.ImageCleaner {
		return aks.ManagedClusterSecurityProfileImageCleanerArgs{Enabled: pulumi.BoolPtr(false)}
	}
	hours := pulumi.IntPtr(plan.DefaultCleanerHours)
	if args.ImageCleanerIntervalHours != nil {
		hours = args.ImageCleanerIntervalHours
	}
	return aks.ManagedClusterSecurityProfileImageCleanerArgs{Enabled: pulumi.BoolPtr(true), IntervalHours: hours}
}

func (g *granter) kmsProfile(args *KMSArgs) aks.AzureKeyVaultKmsPtrInput {
	access := args.NetworkAccess
	if access == "" {
		access = KMSNetworkAccessPublic
	}
	profile := aks.AzureKeyVaultKmsArgs{
		Enabled: pulumi.BoolPtr(true), KeyId: g.vaultKey(args.KeyID, args.KeyVaultID), KeyVaultNetworkAccess: textInput(access),
	}
	if access == KMSNetworkAccessPrivate {
		profile.KeyVaultResourceId = args.KeyVaultID.ToStringOutput().ToStringPtrOutput()
	}
	return profile
}

// vaultKey is the key's URL; one that is known late is checked when it arrives.
func (g *granter) vaultKey(key, vault pulumi.StringInput) pulumi.StringPtrOutput {
	return textsOf(key, vault).ApplyT(func(texts []string) (*string, error) {
		if problem := plan.CheckVaultKey("security.kms.keyId", texts[0], texts[1]); problem != nil && !g.mocked() {
			return nil, g.hide(plan.Problems{*problem}, key, vault)
		}
		return &texts[0], nil
	}).(pulumi.StringPtrOutput)
}

func (g *granter) apiServerProfile(args *APIServerArgs, effective plan.APIServer) aks.ManagedClusterAPIServerAccessProfilePtrInput {
	profile := aks.ManagedClusterAPIServerAccessProfileArgs{
		DisableRunCommand:  pulumi.BoolPtr(args.RunCommand == nil || !*args.RunCommand),
		AuthorizedIPRanges: g.list(args.AuthorizedIPRanges, effective.CheckRanges),
	}
	if !args.Private {
		return profile
	}
	profile.EnablePrivateCluster = pulumi.BoolPtr(true)
	profile.EnablePrivateClusterPublicFQDN = boolPtrInput(args.PublicFQDN)
	profile.PrivateDNSZone = textInput(args.PrivateDNSZone)
	if args.PrivateDNSZoneID != nil {
		profile.PrivateDNSZone = args.PrivateDNSZoneID
	}
	return profile
}

// networkProfile is sent whole and explicitly: left out, AKS's own defaults would change under the cluster.
func networkProfile(args *NetworkArgs, effective plan.Network) aks.ContainerServiceNetworkProfilePtrInput {
	if args == nil {
		args = &NetworkArgs{}
	}
	return aks.ContainerServiceNetworkProfileArgs{
		NetworkPlugin:       textInput(effective.Plugin),
		NetworkPluginMode:   textInput(effective.PluginMode),
		NetworkDataplane:    textInput(effective.Dataplane),
		NetworkPolicy:       textInput(effective.Policy),
		OutboundType:        textInput(effective.OutboundType),
		LoadBalancerSku:     pulumi.StringPtr("standard"),
		PodCidr:             textPtrInput(args.PodCIDR),
		ServiceCidr:         textPtrInput(args.ServiceCIDR),
		DnsServiceIP:        textInput(effective.DNSServiceIP.Or("")),
		PodCidrs:            plainArray(args.PodCIDRs),
		ServiceCidrs:        plainArray(args.ServiceCIDRs),
		IpFamilies:          plainArray(args.IPFamilies),
		LoadBalancerProfile: loadBalancerProfile(args.LoadBalancer),
		NatGatewayProfile:   natGatewayProfile(args.NATGateway),
	}
}

func loadBalancerProfile(args *LoadBalancerArgs) aks.ManagedClusterLoadBalancerProfilePtrInput {
	if args == nil {
		return nil
	}
	profile := aks.ManagedClusterLoadBalancerProfileArgs{
		AllocatedOutboundPorts: intPtrInput(args.AllocatedPorts),
		IdleTimeoutInMinutes:   intPtrInput(args.IdleTimeoutMinutes),
		BackendPoolType:        textInput(args.BackendPoolType),
	}
	if args.ManagedIPs != nil || args.ManagedIPv6s != nil {
		profile.ManagedOutboundIPs = aks.ManagedClusterLoadBalancerProfileManagedOutboundIPsArgs{
			Count: intPtrInput(args.ManagedIPs), CountIPv6: intPtrInput(args.ManagedIPv6s),
		}
	}
	if len(args.OutboundIPIDs) > 0 {
		profile.OutboundIPs = aks.ManagedClusterLoadBalancerProfileOutboundIPsArgs{PublicIPs: references(args.OutboundIPIDs)}
	}
	if len(args.OutboundIPPrefixIDs) > 0 {
		profile.OutboundIPPrefixes = aks.ManagedClusterLoadBalancerProfileOutboundIPPrefixesArgs{
			PublicIPPrefixes: references(args.OutboundIPPrefixIDs),
		}
	}
	return profile
}

func references(ids map[string]pulumi.StringInput) aks.ResourceReferenceArray {
	keys := slices.Sorted(maps.Keys(ids))
	list := make(aks.ResourceReferenceArray, len(keys))
	for i, key := range keys {
		list[i] = aks.ResourceReferenceArgs{Id: ids[key].ToStringOutput().ToStringPtrOutput()}
	}
	return list
}

func natGatewayProfile(args *ManagedNATGatewayArgs) aks.ManagedClusterNATGatewayProfilePtrInput {
	if args == nil {
		return nil
	}
	profile := aks.ManagedClusterNATGatewayProfileArgs{IdleTimeoutInMinutes: intPtrInput(args.IdleTimeoutMinutes)}
	if args.IPs != nil {
		profile.ManagedOutboundIPProfile = aks.ManagedClusterManagedOutboundIPProfileArgs{Count: intPtrInput(args.IPs)}
	}
	return profile
}
