package upgrade

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// formerAddons is the example addons as it was in the previous version, since what users deployed with that stays what they have: today's
// example shows what to use instead of application routing. It says that it goes on with what Azure gives up.
func formerAddons(ctx *pulumi.Context) error {
	outside := map[string]pulumi.String{}
	for _, name := range []string{
		"nodeSubnetId", "virtualNodeSubnetId", "gatewayId", "vaultId", "publicZoneId", "privateZoneId", "workspaceId",
	} {
		id, err := config.Try(ctx, name)
		if err != nil {
			return err
		}
		outside[name] = pulumi.String(id)
	}
	one := func(name string) pulumi.StringMap { return pulumi.StringMap{"shop": outside[name]} }
	cluster, err := components.NewManagedIdentityCluster(ctx, "shop", &components.ManagedIdentityClusterArgs{
		Location: pulumi.StringPtr("westeurope"),
		Identity: &components.ClusterIdentityArgs{Type: components.UserAssigned},
		Subnets:  pulumi.StringMap{"nodes": outside["nodeSubnetId"]},
		// Given once, because the secrets provider and application routing both read it.
		KeyVaultIDs: one("vaultId"),
		SystemPool:  &components.NodePoolArgs{Subnet: "nodes"},
		// Virtual nodes do not work with authorised ranges.
		APIServer: &components.APIServerArgs{Private: true},
		// Virtual nodes do not work with overlay: pods take addresses of the subnet.
		Network: &components.NetworkArgs{Flat: true, Policy: components.NetworkPolicyAzure},
		Addons: &components.AddonsArgs{
			// Needs no role: logs go through Entra authentication. The workspace lies in the cluster's region, else it is said here.
			Monitoring:      &components.MonitoringArgs{WorkspaceID: outside["workspaceId"]},
			IngressGateway:  &components.IngressGatewayArgs{GatewayID: outside["gatewayId"]},
			VirtualNode:     &components.VirtualNodeArgs{SubnetID: outside["virtualNodeSubnetId"]},
			SecretsProvider: &components.SecretsProviderArgs{SecretVaults: []string{"shop"}},
			AppRouting: &components.AppRoutingArgs{
				PublicDNSZoneIDs: one("publicZoneId"), PrivateDNSZoneIDs: one("privateZoneId"), Vaults: []string{"shop"},
			},
			KEDA: true, VerticalPodAutoscaler: true, Prometheus: true,
		},
		AcceptRetired: []string{"addons.appRouting", "network.policy"},
	})
	if err != nil {
		return err
	}
	ctx.Export("addonIdentities", cluster.AddonIdentities)
	ctx.Export("grants", cluster.Grants)
	return nil
}
