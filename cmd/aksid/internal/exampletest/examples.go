// Package exampletest deploys the examples of this repository with the Pulumi engine in the process and the simulated Azure, so that the
// tests of aksid have their states and previews. It is for tests only.
package exampletest

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/resource/autonaming"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	addongrants "github.com/aksidentity/pulumi-aksidentity/examples/addon-identity-grants/program"
	addons "github.com/aksidentity/pulumi-aksidentity/examples/addons/program"
	network "github.com/aksidentity/pulumi-aksidentity/examples/existing-network/program"
	hub "github.com/aksidentity/pulumi-aksidentity/examples/hub-and-spoke/program"
	outside "github.com/aksidentity/pulumi-aksidentity/examples/outside/program"
	platform "github.com/aksidentity/pulumi-aksidentity/examples/platform/program"
	"github.com/aksidentity/pulumi-aksidentity/examples/production/daytwo"
	quickstart "github.com/aksidentity/pulumi-aksidentity/examples/quickstart/program"
	registry "github.com/aksidentity/pulumi-aksidentity/examples/registry/program"
	delegation "github.com/aksidentity/pulumi-aksidentity/examples/vnet-delegation/program"
	workload "github.com/aksidentity/pulumi-aksidentity/examples/workload-identity/program"
)

// Example is one program of the repository, ready to be deployed.
type Example struct {
	Name string
	// New is a stack of its own with what the program finds in Azure, not deployed yet.
	New func(t testing.TB) *simtest.Stack
}

const otherSubscription = "00000000-0000-4000-8000-0000000000bb"

// All are the examples, in order of name.
func All() []Example {
	return []Example{
		{"addon-identity-grants", addonGrants},
		{"addons", withThings(addons.Program, "shop", things{
			"nodeSubnetId": subnet("nodes"), "virtualNodeSubnetId": subnet("virtual"), "gatewayId": thing(azuresim.ApplicationGatewayType, "edge"),
			"vaultId": thing(azuresim.VaultType, "shop"), "publicZoneId": thing(azuresim.DNSZoneType, "shop.example"),
			"privateZoneId": thing(azuresim.PrivateDNSZoneType, "shop.internal"), "workspaceId": thing(azuresim.WorkspaceType, "logs"),
		})},
		{"existing-network", withThings(network.UserAssigned, "shop", things{"subnetId": subnet("shop")})},
		{"existing-network-system-assigned", withThings(network.SystemAssigned, "shop", things{"subnetId": subnet("shop")})},
		{"hub-and-spoke-app", func(t testing.TB) *simtest.Stack { return newHub().app(t) }},
		{"hub-and-spoke-network", func(t testing.TB) *simtest.Stack { return newHub().network(t) }},
		{"outside", withThings(outside.Program, "outside", things{
			"subnetId": subnet("shop"), "publicIpId": thing(azuresim.PublicIPAddressType, "shop"), "diskId": thing(azuresim.DiskType, "orders"),
			"registryId": thing(azuresim.RegistryType, "teamshop"),
		})},
		{"platform", func(t testing.TB) *simtest.Stack { return newStack(t, platform.Platform, simtest.WithFakes()) }},
		{"production", production},
		{"quickstart", withThings(quickstart.Program, "shop", nil)},
		{"registry", withThings(registry.Program, "shop", things{
			"registryId": thing(azuresim.RegistryType, "teamshop"), "abacRegistryId": abacRegistry,
		})},
		{"vnet-delegation", delegated},
		{"workload-identity", withThings(workload.Program, "shop", things{"vaultId": thing(azuresim.VaultType, "shop")})},
	}
}

// newStack is a stack whose resources have their names in the program as names in Azure: without chance, transcripts can be compared.
func newStack(t testing.TB, run pulumi.RunFunc, opts ...simtest.Option) *simtest.Stack {
	return simtest.New(t, run, append(opts, simtest.WithAutonaming(autonaming.Verbatim()))...)
}

// things are what a program finds in Azure, by the key of the configuration that takes their ID.
type things map[string]func(*azuresim.Cloud) string

func subnet(name string) func(*azuresim.Cloud) string {
	return func(cloud *azuresim.Cloud) string { return cloud.MustSeedSubnet("network-team", "hub", name) }
}

func thing(resourceType, name string) func(*azuresim.Cloud) string {
	return func(cloud *azuresim.Cloud) string {
		return cloud.MustSeed(azuresim.ID("others", resourceType, name), nil)
	}
}

func abacRegistry(cloud *azuresim.Cloud) string {
	return cloud.MustSeed(azuresim.ID("others", azuresim.RegistryType, "company"), map[string]any{
		"location": "westeurope", "sku": map[string]any{"name": "Premium"},
		"properties": map[string]any{"roleAssignmentMode": "AbacRepositoryPermissions"},
	})
}

func withThings(run pulumi.RunFunc, project string, found things) func(testing.TB) *simtest.Stack {
	return func(t testing.TB) *simtest.Stack {
		cloud, config := azuresim.New(), map[string]string{}
		for key, make := range found {
			config[project+":"+key] = make(cloud)
		}
		return newStack(t, run, simtest.WithCloud(cloud), simtest.WithNames(project, "dev"), simtest.WithConfig(config))
	}
}

func addonGrants(t testing.TB) *simtest.Stack {
	cloud, on := azuresim.New(), map[string]any{"enabled": true}
	gateway := thing(azuresim.ApplicationGatewayType, "edge")(cloud)
	cluster := cloud.MustSeedCluster("aks", "theirs", map[string]any{"properties": map[string]any{
		"addonProfiles": map[string]any{
			"azureKeyvaultSecretsProvider": on,
			"ingressApplicationGateway":    map[string]any{"enabled": true, "config": map[string]any{"applicationGatewayId": gateway}},
		},
		"ingressProfile": map[string]any{"webAppRouting": on},
	}})
	return newStack(t, addongrants.Program, simtest.WithCloud(cloud), simtest.WithNames("shop", "dev"), simtest.WithConfig(map[string]string{
		"shop:clusterId": cluster.ID, "shop:gatewayId": gateway, "shop:registryId": thing(azuresim.RegistryType, "shopregistry")(cloud),
		"shop:vaultId": thing(azuresim.VaultType, "shop")(cloud), "shop:zoneId": thing(azuresim.DNSZoneType, "shop.example")(cloud),
	}))
}

func delegated(t testing.TB) *simtest.Stack {
	cloud := azuresim.New()
	table := thing(azuresim.RouteTableType, "to-firewall")(cloud)
	nodes := cloud.MustSeed(azuresim.ID("network-team", azuresim.SubnetType, "hub", "shop"), map[string]any{
		"properties": map[string]any{"routeTable": map[string]any{"id": table}},
	})
	return newStack(t, delegation.Program, simtest.WithCloud(cloud), simtest.WithNames("shop", "dev"), simtest.WithConfig(map[string]string{
		"shop:subnetId": nodes, "shop:routeTableId": table, "shop:publicIpId": thing(azuresim.PublicIPAddressType, "shop")(cloud),
		"shop:diskId": thing(azuresim.DiskType, "orders")(cloud),
	}))
}

func production(t testing.TB) *simtest.Stack {
	world, config := daytwo.NewWorld(), map[string]string{}
	for key, value := range world.Config {
		config["shop:"+key] = value
	}
	return newStack(t, daytwo.After(nil), simtest.WithCloud(world.Cloud), simtest.WithNames("shop", "prod"), simtest.WithConfig(config))
}

// hubPlace is what was there before the stacks of the two teams.
type hubPlace struct {
	*azuresim.Cloud
	zone, table, nodes string
	identity           azuresim.SeededIdentity
}

func newHub() hubPlace {
	p := hubPlace{Cloud: azuresim.New()}
	p.AddSubscription(otherSubscription)
	inHub := func(resourceType string, names ...string) string {
		return strings.Replace(azuresim.ID("hub", resourceType, names...), azuresim.DefaultSubscriptionID, otherSubscription, 1)
	}
	p.zone = p.MustSeed(inHub(azuresim.PrivateDNSZoneType, "privatelink.westeurope.azmk8s.io"), nil)
	p.table = p.MustSeed(inHub(azuresim.RouteTableType, "to-firewall"), nil)
	p.nodes = p.MustSeed(azuresim.ID("spoke", azuresim.SubnetType, "spoke", "nodes"), map[string]any{
		"properties": map[string]any{"routeTable": map[string]any{"id": p.table}},
	})
	p.identity = p.MustSeedIdentity("shop-identities", "shop")
	return p
}

func (p hubPlace) network(t testing.TB) *simtest.Stack {
	return newStack(t, hub.Network, simtest.WithCloud(p.Cloud), simtest.WithNames("hub", "prod"), simtest.WithConfig(map[string]string{
		"hub:hubSubscriptionId": otherSubscription, "hub:principalId": p.identity.PrincipalID, "hub:privateDnsZoneId": p.zone,
		"hub:routeTableId": p.table,
	}))
}

// app is the stack of the app team, after the network team has deployed its own.
func (p hubPlace) app(t testing.TB) *simtest.Stack {
	if up := p.network(t).Up(); up.Err != nil {
		t.Fatal(up.Explain())
	}
	return newStack(t, hub.App, simtest.WithCloud(p.Cloud), simtest.WithNames("shop", "prod"), simtest.WithConfig(map[string]string{
		"shop:subnetId": p.nodes, "shop:privateDnsZoneId": p.zone, "shop:identityId": p.identity.ID,
		"shop:principalId": p.identity.PrincipalID, "shop:clientId": p.identity.ClientID,
	}))
}
