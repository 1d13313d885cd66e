// Package program is what the tool deploys for each team: the platform's own idea of a cluster.
package program

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// Cluster is all that a team cannot choose: it says in which subnet, and nothing else.
func Cluster(subnet string) *components.ManagedIdentityClusterArgs {
	return &components.ManagedIdentityClusterArgs{
		Location:   pulumi.StringPtr("westeurope"),
		Identity:   &components.ClusterIdentityArgs{Type: components.UserAssigned},
		Subnets:    pulumi.StringMap{"nodes": pulumi.String(subnet)},
		SystemPool: &components.NodePoolArgs{Subnet: "nodes"},
		APIServer:  &components.APIServerArgs{AuthorizedIPRanges: pulumi.StringArray{pulumi.String("192.0.2.0/24")}},
	}
}

// For is the program of a team: Pulumi runs it in the process of the tool.
func For(team, subnet string) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		made, err := components.NewManagedIdentityCluster(ctx, team, Cluster(subnet))
		if err != nil {
			return err
		}
		ctx.Export("clusterId", made.ClusterID)
		ctx.Export("grants", made.Grants)
		return nil
	}
}
