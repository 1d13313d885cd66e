// Package program is the quickstart's cluster with four things that other teams made: a subnet, a static address, a disk and a
// registry. It is a package of its own so that the demo and the tests run the very same program.
package program

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// Program makes the cluster and every grant that it needs. The other teams' resources are the configuration values subnetId,
// publicIpId, diskId and registryId.
func Program(ctx *pulumi.Context) error {
	cluster, err := makeCluster(ctx)
	if err != nil {
		return err
	}
	volumes, err := delegate(ctx, cluster)
	if err != nil {
		return err
	}
	ctx.Export("clusterId", cluster.ClusterID)
	ctx.Export("principalId", cluster.PrincipalID)
	ctx.Export("grants", cluster.Grants)
	ctx.Export("delegated", volumes.Grants)
	ctx.Export("kubeconfig", cluster.Kubeconfig)
	return nil
}

// makeCluster mentions what the cluster itself works with, and so the cluster is granted it: the subnet of its nodes and the
// registry of its images.
func makeCluster(ctx *pulumi.Context) (*components.ManagedIdentityCluster, error) {
	return components.NewManagedIdentityCluster(ctx, "shop", &components.ManagedIdentityClusterArgs{
		Location:             pulumi.StringPtr("westeurope"),
		NewResourceGroupName: pulumi.StringPtr("myResourceGroup"),
		ClusterName:          pulumi.StringPtr("myManagedCluster"),
		// Grants of a user-assigned identity precede the cluster.
		Identity:    &components.ClusterIdentityArgs{Type: components.UserAssigned},
		Subnets:     map[string]pulumi.StringInput{"nodes": pulumi.String(config.Require(ctx, "subnetId"))},
		SystemPool:  &components.NodePoolArgs{Subnet: "nodes"},
		RegistryIDs: map[string]pulumi.StringInput{"images": pulumi.String(config.Require(ctx, "registryId"))},
		// Everybody may reach the API server of this demonstration. In earnest, give ranges or make it private.
		APIServer: &components.APIServerArgs{Public: true},
	})
}

// delegate grants what only Services and volumes will name one day, and no argument of a cluster: an address and a disk.
func delegate(ctx *pulumi.Context, cluster *components.ManagedIdentityCluster) (*components.VnetDelegation, error) {
	return components.NewVnetDelegation(ctx, "workloads", &components.VnetDelegationArgs{
		PrincipalID:  cluster.PrincipalID,
		IdentityType: components.UserAssigned,
		PublicIPIDs:  map[string]pulumi.StringInput{"web": pulumi.String(config.Require(ctx, "publicIpId"))},
		DiskIDs:      map[string]pulumi.StringInput{"orders": pulumi.String(config.Require(ctx, "diskId"))},
	})
}
