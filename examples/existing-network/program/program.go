// Package program puts a cluster into a subnet that another team made, once for each kind of control-plane identity.
package program

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// SystemAssigned grants the subnet right after the cluster exists; ready and the kubeconfig wait for the grant.
func SystemAssigned(ctx *pulumi.Context) error { return cluster(ctx, components.SystemAssigned) }

// UserAssigned makes an identity, grants it the subnet, and then makes the cluster.
func UserAssigned(ctx *pulumi.Context) error { return cluster(ctx, components.UserAssigned) }

func cluster(ctx *pulumi.Context, identityType components.IdentityType) error {
	subnet, err := config.Try(ctx, "subnetId")
	if err != nil {
		return err
	}
	made, err := components.NewManagedIdentityCluster(ctx, "shop", &components.ManagedIdentityClusterArgs{
		Location:   pulumi.StringPtr("westeurope"),
		Identity:   &components.ClusterIdentityArgs{Type: identityType},
		Subnets:    map[string]pulumi.StringInput{"nodes": pulumi.String(subnet)},
		SystemPool: &components.NodePoolArgs{Subnet: "nodes"},
		APIServer:  &components.APIServerArgs{AuthorizedIPRanges: pulumi.StringArray{pulumi.String("192.0.2.0/24")}},
	})
	if err != nil {
		return err
	}
	ctx.Export("principalId", made.PrincipalID)
	ctx.Export("grants", made.Grants)
	ctx.Export("kubeconfig", made.Kubeconfig)
	return nil
}
