// Command ManagedIdentityCluster makes a cluster in a subnet and with a registry that other teams own.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		shop, err := components.NewManagedIdentityCluster(ctx, "shop", &components.ManagedIdentityClusterArgs{
			Location:   pulumi.String("westeurope"),
			Identity:   &components.ClusterIdentityArgs{Type: components.UserAssigned},
			Subnets:    pulumi.StringMap{"nodes": pulumi.String("/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes")},
			SystemPool: &components.NodePoolArgs{Subnet: "nodes"},
			Pools: []*components.NodePoolArgs{{
				Name: "web", Subnet: "nodes",
				Autoscaling: &components.AutoscalingArgs{Min: pulumi.Int(1), Max: pulumi.Int(5)},
			}},
			RegistryIDs: pulumi.StringMap{"shop": pulumi.String("/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/shopimages")},
			APIServer:   &components.APIServerArgs{AuthorizedIPRanges: pulumi.StringArray{pulumi.String("192.0.2.0/24")}},
		})
		if err != nil {
			return err
		}
		ctx.Export("kubeconfig", shop.Kubeconfig)
		return nil
	})
}
