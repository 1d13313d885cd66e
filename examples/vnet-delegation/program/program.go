// Package program delegates four resources of three other resource groups to the identity of a cluster, and then makes the
// cluster with it.
package program

import (
	"github.com/pulumi/pulumi-azure-native-sdk/managedidentity/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// Program makes a group and an identity, delegates, and makes the cluster: each takes its inputs from the one before.
func Program(ctx *pulumi.Context) error {
	group, err := resources.NewResourceGroup(ctx, "shop", &resources.ResourceGroupArgs{Location: pulumi.StringPtr("westeurope")})
	if err != nil {
		return err
	}
	identity, err := managedidentity.NewUserAssignedIdentity(ctx, "shop", &managedidentity.UserAssignedIdentityArgs{ResourceGroupName: group.Name})
	if err != nil {
		return err
	}
	delegation, err := delegate(ctx, identity)
	if err != nil {
		return err
	}
	cluster, err := makeCluster(ctx, group, identity, delegation)
	if err != nil {
		return err
	}
	ctx.Export("grants", delegation.Grants)
	ctx.Export("clusterId", cluster.ClusterID)
	ctx.Export("kubeconfig", cluster.Kubeconfig)
	return nil
}

// delegate grants the identity what it needs on resources that other teams made.
func delegate(ctx *pulumi.Context, identity *managedidentity.UserAssignedIdentity) (*components.VnetDelegation, error) {
	resource := func(key string) map[string]pulumi.StringInput {
		return map[string]pulumi.StringInput{"shop": pulumi.String(config.Require(ctx, key))}
	}
	return components.NewVnetDelegation(ctx, "shop", &components.VnetDelegationArgs{
		PrincipalID:         identity.PrincipalId,
		IdentityType:        components.UserAssigned,
		NodeSubnetIDs:       resource("subnetId"),
		SubnetRouteTableIDs: resource("routeTableId"),
		PublicIPIDs:         resource("publicIpId"),
		DiskIDs:             resource("diskId"),
	})
}

// makeCluster takes the principal from the delegation, and so waits for it: AKS finds the grants when it looks for them, and
// the cluster is destroyed before they go.
func makeCluster(
	ctx *pulumi.Context, group *resources.ResourceGroup, identity *managedidentity.UserAssignedIdentity, delegation *components.VnetDelegation,
) (*components.ManagedIdentityCluster, error) {
	return components.NewManagedIdentityCluster(ctx, "shop", &components.ManagedIdentityClusterArgs{
		ResourceGroupName: group.Name,
		Identity: &components.ClusterIdentityArgs{UserAssigned: &components.UserAssignedIdentityArgs{
			ResourceID: identity.ID(), PrincipalID: delegation.PrincipalID, ClientID: identity.ClientId,
		}},
		Subnets:    map[string]pulumi.StringInput{"nodes": pulumi.String(config.Require(ctx, "subnetId"))},
		SystemPool: &components.NodePoolArgs{Subnet: "nodes"},
		APIServer:  &components.APIServerArgs{AuthorizedIPRanges: pulumi.StringArray{pulumi.String("192.0.2.0/24")}},
		// The delegation has made every grant.
		GrantMode: components.GrantNone,
	})
}
