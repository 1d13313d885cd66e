// Package program switches on the add-ons that have an identity of their own, and grants each what it works with.
package program

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
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
		Location:    pulumi.StringPtr("westeurope"),
		Identity:    &components.ClusterIdentityArgs{Type: components.UserAssigned},
		Subnets:     pulumi.StringMap{"nodes": outside["nodeSubnetId"]},
		KeyVaultIDs: one("vaultId"),
		SystemPool:  &components.NodePoolArgs{Subnet: "nodes"},
		// Virtual nodes do not work with authorised ranges.
		APIServer: &components.APIServerArgs{Private: true},
		// Virtual nodes do not work with overlay: pods take addresses of the subnet.
		Network: &components.NetworkArgs{Flat: true, Policy: components.NetworkPolicyCalico},
		Addons: &components.AddonsArgs{
			// Needs no role: logs go through Entra authentication. The workspace lies in the cluster's region, else it is said here.
			Monitoring:      &components.MonitoringArgs{WorkspaceID: outside["workspaceId"]},
			IngressGateway:  &components.IngressGatewayArgs{GatewayID: outside["gatewayId"]},
			VirtualNode:     &components.VirtualNodeArgs{SubnetID: outside["virtualNodeSubnetId"]},
			SecretsProvider: &components.SecretsProviderArgs{SecretVaults: []string{"shop"}, CertificateVaults: []string{"shop"}},
			// In the place of application routing with NGINX, which ends in November 2026: Istio's gateways take the traffic.
			Istio: &components.IstioArgs{ExternalIngress: true},
			KEDA:  true, VerticalPodAutoscaler: true, Prometheus: true,
		},
	})
	if err != nil {
		return err
	}
	// external-dns, which you deploy, writes the records of the gateways.
	records := func(role rbac.RoleName, zone string) *components.WorkloadGrantArgs {
		return &components.WorkloadGrantArgs{Role: role, ResourceID: outside[zone], Reason: "write the records of gateways"}
	}
	dns, err := components.NewWorkloadIdentity(ctx, "dns", &components.WorkloadIdentityArgs{
		ResourceGroupName: cluster.ResourceGroupName, Location: pulumi.StringPtr("westeurope"), IssuerURL: cluster.OIDCIssuerURL,
		ServiceAccounts: map[string]*components.ServiceAccountArgs{
			"external-dns": {Namespace: pulumi.String("external-dns"), Name: pulumi.String("external-dns")},
		},
		Roles: map[string]*components.WorkloadGrantArgs{
			"public": records("DNS Zone Contributor", "publicZoneId"), "private": records("Private DNS Zone Contributor", "privateZoneId"),
		},
	})
	if err != nil {
		return err
	}
	ctx.Export("addonIdentities", cluster.AddonIdentities)
	ctx.Export("grants", cluster.Grants)
	ctx.Export("dnsGrants", dns.Grants)
	return nil
}
