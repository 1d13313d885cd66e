package upgrade

import (
	"strings"

	"github.com/pulumi/pulumi-azure-native-sdk/managedidentity/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	azurenative "github.com/pulumi/pulumi-azure-native-sdk/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// formerDelegation is the example vnet-delegation as it was in the previous version, since what users deployed with that stays what they
// have: its cluster has kubenet, which today's example does without. It says that it goes on with that.
func formerDelegation(ctx *pulumi.Context) error {
	group, err := resources.NewResourceGroup(ctx, "shop", &resources.ResourceGroupArgs{Location: pulumi.StringPtr("westeurope")})
	if err != nil {
		return err
	}
	identity, err := managedidentity.NewUserAssignedIdentity(ctx, "shop", &managedidentity.UserAssignedIdentityArgs{ResourceGroupName: group.Name})
	if err != nil {
		return err
	}
	delegation, err := formerGrants(ctx, identity)
	if err != nil {
		return err
	}
	cluster, err := formerCluster(ctx, group, identity, delegation)
	if err != nil {
		return err
	}
	ctx.Export("grants", delegation.Grants)
	ctx.Export("clusterId", cluster.ClusterID)
	ctx.Export("kubeconfig", cluster.Kubeconfig)
	return nil
}

// formerGrants gives the identity what it needs on resources that other teams made.
func formerGrants(ctx *pulumi.Context, identity *managedidentity.UserAssignedIdentity) (*components.VnetDelegation, error) {
	resource := func(key string) map[string]pulumi.StringInput {
		return map[string]pulumi.StringInput{"shop": pulumi.String(config.Require(ctx, key))}
	}
	return components.NewVnetDelegation(ctx, "shop", &components.VnetDelegationArgs{
		PrincipalID:   identity.PrincipalId,
		IdentityType:  components.UserAssigned,
		NodeSubnetIDs: resource("subnetId"),
		RouteTableIDs: resource("routeTableId"),
		PublicIPIDs:   resource("publicIpId"),
		DiskIDs:       resource("diskId"),
	})
}

// formerCluster takes the principal from the delegation, and so waits for it: AKS finds the grants when it looks for them, and
// the cluster is destroyed before they go.
func formerCluster(
	ctx *pulumi.Context, group *resources.ResourceGroup, identity *managedidentity.UserAssignedIdentity, delegation *components.VnetDelegation,
) (*components.ManagedIdentityCluster, error) {
	return components.NewManagedIdentityCluster(ctx, "shop", &components.ManagedIdentityClusterArgs{
		ResourceGroupName: group.Name,
		Identity: &components.ClusterIdentityArgs{UserAssigned: &components.UserAssignedIdentityArgs{
			ResourceID: identity.ID(), PrincipalID: delegation.PrincipalID, ClientID: identity.ClientId,
		}},
		Subnets:    map[string]pulumi.StringInput{"nodes": pulumi.String(config.Require(ctx, "subnetId"))},
		SystemPool: &components.NodePoolArgs{Subnet: "nodes"},
		Network:    &components.NetworkArgs{Plugin: components.NetworkPluginKubenet}, AcceptRetired: []string{"network.plugin"},
		APIServer: &components.APIServerArgs{AuthorizedIPRanges: pulumi.StringArray{pulumi.String("192.0.2.0/24")}},
		// The delegation has made every grant.
		GrantMode: components.GrantNone,
	})
}

// formerHub is the network team's stack of the example hub-and-spoke as it was in the previous version, see formerDelegation.
func formerHub(ctx *pulumi.Context) error {
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
		PrivateDNSZoneIDs: inShop(config.Require(ctx, "privateDnsZoneId")),
		RouteTableIDs:     inShop(config.Require(ctx, "routeTableId")),
	}, pulumi.Provider(hub))
	if err != nil {
		return err
	}
	ctx.Export("grants", delegation.Grants)
	return nil
}

func inShop(id string) map[string]pulumi.StringInput {
	return map[string]pulumi.StringInput{"shop": pulumi.String(id)}
}

// formerSpoke is the app team's stack of it.
func formerSpoke(ctx *pulumi.Context) error {
	subnet := config.Require(ctx, "subnetId")
	spoke, _, _ := strings.Cut(subnet, "/subnets/")
	own, err := components.NewVnetDelegation(ctx, "spoke", &components.VnetDelegationArgs{
		PrincipalID:        pulumi.String(config.Require(ctx, "principalId")),
		IdentityType:       "UserAssigned",
		NodeSubnetIDs:      inShop(subnet),
		ZoneLinkNetworkIDs: inShop(spoke),
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
		Network:           &components.NetworkArgs{Plugin: "kubenet", OutboundType: "userDefinedRouting"}, AcceptRetired: []string{"network.plugin"},
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
