package components

import (
	"maps"
	"slices"

	aks "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

func (a *AddonsArgs) shape() (out plan.Addons) {
	if a == nil {
		return out
	}
	out.NoPolicy = a.AzurePolicy != nil && !*a.AzurePolicy
	out.ConfidentialComputing, out.VirtualNode = a.ConfidentialComputing != nil, a.VirtualNode != nil
	if m := a.Monitoring; m != nil {
		out.Monitoring = &plan.MonitoringAddon{
			Workspace: valueOf[string](m.WorkspaceID), Rule: valueOf[string](m.DataCollectionRuleID),
			WorkspaceLocation: valueOf[string](m.WorkspaceLocation), Legacy: m.LegacyAuthentication,
		}
	}
	if g := a.IngressGateway; g != nil {
		out.Gateway = &plan.GatewayAddon{SubnetCIDR: valueOf[string](g.SubnetCIDR)}
	}
	if s := a.SecretsProvider; s != nil {
		out.Secrets = &plan.SecretsAddon{SecretVaults: s.SecretVaults, CertificateVaults: s.CertificateVaults}
	}
	if r := a.AppRouting; r != nil {
		out.Routing = &plan.RoutingAddon{Vaults: r.Vaults}
	}
	if a.Istio != nil {
		out.Mesh = &plan.MeshAddon{}
		if ca := a.Istio.CertificateAuthority; ca != nil {
			out.Mesh = &plan.MeshAddon{OwnAuthority: true, Vault: ca.KeyVault}
		}
	}
	if len(a.Other) > 0 {
		out.Other = map[string]bool{}
		for key, addon := range a.Other {
			out.Other[key] = addon != nil && addon.Enabled
		}
	}
	return out
}

// addonProfile is one add-on that is on.
func addonProfile(config pulumi.StringMap) aks.ManagedClusterAddonProfileArgs {
	profile := aks.ManagedClusterAddonProfileArgs{Enabled: pulumi.Bool(true)}
	if len(config) > 0 {
		profile.Config = config
	}
	return profile
}

// addonProfiles are the add-ons; workspace is the one of the monitoring add-on.
func (g *granter) addonProfiles(args *AddonsArgs, workspace pulumi.StringInput) aks.ManagedClusterAddonProfileMapInput {
	if args == nil {
		args = &AddonsArgs{}
	}
	profiles := aks.ManagedClusterAddonProfileMap{}
	if args.AzurePolicy == nil || *args.AzurePolicy {
		profiles[string(plan.AzurePolicy)] = addonProfile(pulumi.StringMap{"version": pulumi.String("v2")})
	}
	if m := args.Monitoring; m != nil {
		profiles[string(plan.Monitoring)] = addonProfile(pulumi.StringMap{
			"logAnalyticsWorkspaceResourceID": workspace, "useAADAuth": flagText(!m.LegacyAuthentication),
		})
	}
	if gateway := args.IngressGateway; gateway != nil {
		profiles[string(plan.IngressGateway)] = addonProfile(gatewayConfig(gateway))
	}
	if v := args.VirtualNode; v != nil {
		profiles[string(plan.VirtualNode)] = addonProfile(pulumi.StringMap{"SubnetName": g.subnetName(v.SubnetID)})
	}
	if s := args.SecretsProvider; s != nil {
		config := pulumi.StringMap{"enableSecretRotation": flagText(s.Rotation == nil || *s.Rotation)}
		if !isNil(s.RotationPollInterval) {
			config["rotationPollInterval"] = s.RotationPollInterval.ToStringPtrOutput().Elem()
		}
		profiles[string(plan.SecretsProvider)] = addonProfile(config)
	}
	if c := args.ConfidentialComputing; c != nil {
		profiles[string(plan.ConfidentialComputing)] = addonProfile(pulumi.StringMap{"ACCSGXQuoteHelperEnabled": flagText(c.QuoteHelper)})
	}
	// AKS keeps an add-on that a PUT does not mention (Azure/AKS issue 2904), so what is not asked for is switched off.
	for _, key := range []plan.AddonKey{
		plan.AzurePolicy, plan.Monitoring, plan.IngressGateway, plan.VirtualNode, plan.SecretsProvider, plan.ConfidentialComputing,
	} {
		if _, on := profiles[string(key)]; !on {
			profiles[string(key)] = aks.ManagedClusterAddonProfileArgs{Enabled: pulumi.Bool(false)}
		}
	}
	for key, other := range args.Other {
		if other != nil {
			profiles[key] = aks.ManagedClusterAddonProfileArgs{Enabled: pulumi.Bool(other.Enabled), Config: orEmpty(other.Config)}
		}
	}
	return profiles
}

// orEmpty is an empty map where none is given: the state has one.
func orEmpty(config pulumi.StringMapInput) pulumi.StringMapInput {
	if isNil(config) {
		return pulumi.StringMap{}
	}
	return config
}

func flagText(on bool) pulumi.String {
	if on {
		return "true"
	}
	return "false"
}

func gatewayConfig(args *IngressGatewayArgs) pulumi.StringMap {
	config := pulumi.StringMap{}
	set := func(key string, value pulumi.StringPtrInput) {
		if !isNil(value) {
			config[key] = value.ToStringPtrOutput().Elem()
		}
	}
	set("applicationGatewayId", args.GatewayID)
	set("applicationGatewayName", args.GatewayName)
	set("subnetId", args.SubnetID)
	set("subnetCIDR", args.SubnetCIDR)
	set("watchNamespace", args.WatchNamespace)
	return config
}

// subnetName is the last part of the ID: the add-on takes a name, in the nodes' network.
func (g *granter) subnetName(id pulumi.StringInput) pulumi.StringOutput {
	return id.ToStringOutput().ApplyT(func(text string) (string, error) {
		scope, err := rbac.ParseScope(text)
		if err != nil && g.mocked() {
			return text, nil
		}
		if err != nil {
			return "", g.hide(err, id)
		}
		return scope.Name(), nil
	}).(pulumi.StringOutput)
}

func ingressProfile(args *AddonsArgs) aks.ManagedClusterIngressProfilePtrInput {
	if args == nil || args.AppRouting == nil {
		return nil
	}
	routing := aks.ManagedClusterIngressProfileWebAppRoutingArgs{Enabled: pulumi.BoolPtr(true)}
	zones := pulumi.StringArray{}
	for _, ids := range []map[string]pulumi.StringInput{args.AppRouting.PublicDNSZoneIDs, args.AppRouting.PrivateDNSZoneIDs} {
		for _, key := range slices.Sorted(maps.Keys(ids)) {
			zones = append(zones, ids[key])
		}
	}
	if len(zones) > 0 {
		routing.DnsZoneResourceIds = zones
	}
	return aks.ManagedClusterIngressProfileArgs{WebAppRouting: routing}
}

func meshProfile(args *AddonsArgs, vaults map[string]pulumi.StringInput) aks.ServiceMeshProfilePtrInput {
	if args == nil || args.Istio == nil {
		return nil
	}
	istio := aks.IstioServiceMeshArgs{Revisions: args.Istio.Revisions}
	var gateways aks.IstioIngressGatewayArray
	for _, gateway := range []struct {
		mode string
		on   bool
	}{{"External", args.Istio.ExternalIngress}, {"Internal", args.Istio.InternalIngress}} {
		if gateway.on {
			gateways = append(gateways, aks.IstioIngressGatewayArgs{Enabled: pulumi.Bool(true), Mode: pulumi.String(gateway.mode)})
		}
	}
	if len(gateways) > 0 {
		istio.Components = aks.IstioComponentsArgs{IngressGateways: gateways}
	}
	if ca := args.Istio.CertificateAuthority; ca != nil {
		istio.CertificateAuthority = aks.IstioCertificateAuthorityArgs{Plugin: aks.IstioPluginCertificateAuthorityArgs{
			KeyVaultId:          vaults[ca.KeyVault].ToStringOutput().ToStringPtrOutput(),
			CertChainObjectName: objectName(ca.CertChain), CertObjectName: objectName(ca.Cert),
			KeyObjectName: objectName(ca.Key), RootCertObjectName: objectName(ca.RootCert),
		}}
	}
	return aks.ServiceMeshProfileArgs{Mode: pulumi.String("Istio"), Istio: istio}
}

func objectName(in pulumi.StringInput) pulumi.StringPtrInput {
	if isNil(in) {
		return nil
	}
	return in.ToStringOutput().ToStringPtrOutput()
}

func monitorProfile(args *AddonsArgs) aks.ManagedClusterAzureMonitorProfilePtrInput {
	if args == nil || !args.Prometheus {
		return nil
	}
	return aks.ManagedClusterAzureMonitorProfileArgs{
		Metrics: aks.ManagedClusterAzureMonitorProfileMetricsArgs{Enabled: pulumi.Bool(true)},
	}
}

func autoscalerProfile(args *AddonsArgs) aks.ManagedClusterWorkloadAutoScalerProfilePtrInput {
	if args == nil || !args.KEDA && !args.VerticalPodAutoscaler {
		return nil
	}
	profile := aks.ManagedClusterWorkloadAutoScalerProfileArgs{}
	if args.KEDA {
		profile.Keda = aks.ManagedClusterWorkloadAutoScalerProfileKedaArgs{Enabled: pulumi.Bool(true)}
	}
	if args.VerticalPodAutoscaler {
		profile.VerticalPodAutoscaler = aks.ManagedClusterWorkloadAutoScalerProfileVerticalPodAutoscalerArgs{Enabled: pulumi.Bool(true)}
	}
	return profile
}

func bootstrapProfile(registries ...pulumi.StringPtrInput) aks.ManagedClusterBootstrapProfilePtrInput {
	for _, registry := range registries {
		if !isNil(registry) {
			return aks.ManagedClusterBootstrapProfileArgs{ArtifactSource: pulumi.StringPtr("Cache"), ContainerRegistryId: registry}
		}
	}
	return nil
}
