// Shop is the first program of docs/getting-started.md: a cluster in a subnet that another team made.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

func main() { pulumi.Run(shop) }

// shop makes a cluster whose nodes are in the subnet that the configuration names.
func shop(ctx *pulumi.Context) error {
	cluster, err := components.NewManagedIdentityCluster(ctx, "shop", &components.ManagedIdentityClusterArgs{
		Identity:   &components.ClusterIdentityArgs{Type: components.UserAssigned},
		Subnets:    pulumi.StringMap{"nodes": pulumi.String(config.Require(ctx, "subnetId"))},
		SystemPool: &components.NodePoolArgs{Subnet: "nodes"},
		APIServer:  &components.APIServerArgs{AuthorizedIPRanges: pulumi.StringArray{pulumi.String(config.Require(ctx, "myAddress"))}},
	})
	if err != nil {
		return err
	}
	ctx.Export("cluster", cluster.ClusterID)
	ctx.Export("grants", cluster.Grants)
	ctx.Export("kubeconfig", cluster.Kubeconfig)
	return nil
}
