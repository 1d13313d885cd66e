package program

import (
	"strings"

	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// App is the app team's stack: it grants what lies in its own subscription, and makes the private cluster.
func App(ctx *pulumi.Context) error {
	subnet := config.Require(ctx, "subnetId")
	spoke, _, _ := strings.Cut(subnet, "/subnets/")
	own, err := components.NewVnetDelegation(ctx, "spoke", &components.VnetDelegationArgs{
		PrincipalID:        pulumi.String(config.Require(ctx, "principalId")),
		IdentityType:       "UserAssigned",
		NodeSubnetIDs:      one(subnet),
		ZoneLinkNetworkIDs: one(spoke),
	})
	if err != nil {
		return err
	}
	group, err := resources.NewResourceGroup(ctx, "shop", &resources.ResourceGroupArgs{Location: pulumi.StringPtr("westeurope")})
	if err != nil {
		return err
	}
	cluster, err := components.NewManagedIdentityCluster(ctx, "shop", &components.ManagedIdentityClusterArgs{
		ResourceGroupName: group.Name,
		Identity:          &components.ClusterIdentityArgs{Type: "UserAssigned", UserAssigned: givenIdentity(ctx, own)},
		Subnets:           map[string]pulumi.StringInput{"nodes": pulumi.String(subnet)},
		SystemPool:        &components.NodePoolArgs{Subnet: "nodes"},
		// All traffic leaves through the hub's firewall.
		Network: &components.NetworkArgs{OutboundType: "userDefinedRouting"},
		APIServer: &components.APIServerArgs{
			Private: true, PrivateDNSZoneID: pulumi.StringPtr(config.Require(ctx, "privateDnsZoneId")),
		},
		// The network team has granted what is in the hub; this team has granted its own part above.
		GrantMode: components.GrantNone,
	})
	if err != nil {
		return err
	}
	ctx.Export("clusterId", cluster.ClusterID)
	ctx.Export("fqdn", cluster.FQDN)
	return nil
}

// givenIdentity is the identity that both teams were told of. Its principal comes from this stack's own grants, so the cluster
// waits for them.
func givenIdentity(ctx *pulumi.Context, own *components.VnetDelegation) *components.UserAssignedIdentityArgs {
	return &components.UserAssignedIdentityArgs{
		ResourceID:  pulumi.String(config.Require(ctx, "identityId")),
		PrincipalID: own.PrincipalID,
		ClientID:    pulumi.String(config.Require(ctx, "clientId")),
	}
}
