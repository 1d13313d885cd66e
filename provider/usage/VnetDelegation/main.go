// Command VnetDelegation delegates a subnet and its route table to a cluster of another stack.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		network, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
			PrincipalID:   pulumi.String("11111111-1111-4111-8111-111111111111"),
			NodeSubnetIDs: pulumi.StringMap{"nodes": pulumi.String("/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes")},
			RouteTableIDs: pulumi.StringMap{"nodes": pulumi.String("/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/network/providers/Microsoft.Network/routeTables/nodes")},
		})
		if err != nil {
			return err
		}
		ctx.Export("ready", network.Ready)
		return nil
	})
}
