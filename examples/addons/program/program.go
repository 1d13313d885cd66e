// Package program switches on the add-ons that have an identity of their own, and grants each what it works with.
package program

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// Program makes one cluster with its add-ons. The resources they work with are configuration values: nodeSubnetId,
// virtualNodeSubnetId, gatewayId, vaultId, publicZoneId, privateZoneId, workspaceId.
func Program(ctx *pulumi.Context) error {
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
	})
	if err != nil {
		return err
	}
	ctx.Export("addonIdentities", cluster.AddonIdentities)
	ctx.Export("grants", cluster.Grants)
	return nil
}
