// Package program is a private cluster in a hub-and-spoke network, as two stacks: the network team owns the private DNS zone
// and the firewall's route table in the hub's subscription and delegates them; the app team makes the cluster.
package program

import (
	azurenative "github.com/pulumi/pulumi-azure-native-sdk/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// Network is the network team's stack: what it lets the app team's identity do in the hub. The identity comes in as a
// principal ID; the network team needs to know nothing else of the cluster.
func Network(ctx *pulumi.Context) error {
	hub, err := azurenative.NewProvider(ctx, "hub", &azurenative.ProviderArgs{
		SubscriptionId: pulumi.StringPtr(config.Require(ctx, "hubSubscriptionId")),
	})
	if err != nil {
		return err
	}
	delegation, err := components.NewVnetDelegation(ctx, "shop", &components.VnetDelegationArgs{
		PrincipalID:  pulumi.String(config.Require(ctx, "principalId")),
		IdentityType: "UserAssigned",
		// The hub's own network is not among them: AKS links the zone to the nodes' network only.
		PrivateDNSZoneIDs:   one(config.Require(ctx, "privateDnsZoneId")),
		SubnetRouteTableIDs: one(config.Require(ctx, "routeTableId")),
	}, pulumi.Provider(hub))
	if err != nil {
		return err
	}
	ctx.Export("grants", delegation.Grants)
	return nil
}

func one(id string) map[string]pulumi.StringInput {
	return map[string]pulumi.StringInput{"shop": pulumi.String(id)}
}
