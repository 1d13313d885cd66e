package languages_test

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	grants "github.com/aksidentity/pulumi-aksidentity/examples/addon-identity-grants/program"
	addons "github.com/aksidentity/pulumi-aksidentity/examples/addons/program"
	network "github.com/aksidentity/pulumi-aksidentity/examples/existing-network/program"
	hubandspoke "github.com/aksidentity/pulumi-aksidentity/examples/hub-and-spoke/program"
	outside "github.com/aksidentity/pulumi-aksidentity/examples/outside/program"
	"github.com/aksidentity/pulumi-aksidentity/examples/production/daytwo"
	production "github.com/aksidentity/pulumi-aksidentity/examples/production/program"
	quickstart "github.com/aksidentity/pulumi-aksidentity/examples/quickstart/program"
	registry "github.com/aksidentity/pulumi-aksidentity/examples/registry/program"
	delegation "github.com/aksidentity/pulumi-aksidentity/examples/vnet-delegation/program"
	workload "github.com/aksidentity/pulumi-aksidentity/examples/workload-identity/program"
)

// twin is an example that is there in Go and in YAML.
type twin struct {
	// example is the folder below examples/, variant tells two deployments of one program apart.
	example, variant string
	// world makes an Azure with what other teams made, and the configuration of the stacks: the keys as in the programs.
	world  func() (*azuresim.Cloud, config)
	stacks []stack
}

// stack is one of the stacks of an example; they are deployed one after the other, and destroyed in reverse.
type stack struct {
	// yaml is the folder of the program below that of the example.
	yaml string
	// project is the name in that program. Descriptions of grants have it.
	project string
	program pulumi.RunFunc
	// takes are the configuration values that the program asks for; all when it is nil.
	takes []string
}

type config map[string]string

// one is the usual case: one program, one stack.
func one(project string, program pulumi.RunFunc) []stack {
	return []stack{{yaml: "yaml", project: project, program: program}}
}

func twins() []twin {
	return []twin{
		{example: "quickstart", world: func() (*azuresim.Cloud, config) { return azuresim.New(), nil }, stacks: one("quickstart", quickstart.Program)},
		{example: "outside", world: outsideWorld, stacks: one("outside", outside.Program)},
		{example: "existing-network", variant: "user-assigned", world: networkWorld("UserAssigned"), stacks: one("shop", network.UserAssigned)},
		{example: "existing-network", variant: "system-assigned", world: networkWorld("SystemAssigned"), stacks: one("shop", network.SystemAssigned)},
		{example: "registry", world: registryWorld, stacks: one("shop", registry.Program)},
		{example: "vnet-delegation", world: delegationWorld, stacks: one("shop", delegation.Program)},
		{example: "workload-identity", world: workloadWorld, stacks: one("shop", workload.Program)},
		{example: "addon-identity-grants", world: grantsWorld, stacks: one("shop", grants.Program)},
		{example: "addons", world: addonsWorld, stacks: one("shop", addons.Program)},
		{example: "production", world: productionWorld, stacks: one("shop", production.Program)},
		{example: "hub-and-spoke", world: hubWorld, stacks: []stack{
			{yaml: "yaml/network", project: "hub", program: hubandspoke.Network, takes: []string{"hubSubscriptionId", "principalId", "privateDnsZoneId", "routeTableId"}},
			{yaml: "yaml/app", project: "shop", program: hubandspoke.App, takes: []string{"subnetId", "principalId", "identityId", "clientId", "privateDnsZoneId"}},
		}},
	}
}

func outsideWorld() (*azuresim.Cloud, config) {
	cloud := azuresim.New()
	return cloud, config{
		"subnetId":   cloud.MustSeedSubnet("network-team", "hub", "shop"),
		"publicIpId": cloud.MustSeed(azuresim.ID("addresses", azuresim.PublicIPAddressType, "shop"), nil),
		"diskId":     cloud.MustSeed(azuresim.ID("disks", azuresim.DiskType, "orders"), nil),
		"registryId": cloud.MustSeed(azuresim.ID("images", azuresim.RegistryType, "teamshop"), nil),
	}
}

// networkWorld has the kind of identity in its configuration, for the program in YAML; in Go there is a program for each.
func networkWorld(identityType string) func() (*azuresim.Cloud, config) {
	return func() (*azuresim.Cloud, config) {
		cloud := azuresim.New()
		return cloud, config{"subnetId": cloud.MustSeedSubnet("network-team", "hub", "shop"), "identityType": identityType}
	}
}

func registryWorld() (*azuresim.Cloud, config) {
	cloud := azuresim.New()
	return cloud, config{
		"registryId": cloud.MustSeed(azuresim.ID("reg", azuresim.RegistryType, "teamshop"), nil),
		"abacRegistryId": cloud.MustSeed(azuresim.ID("reg", azuresim.RegistryType, "company"), map[string]any{
			"location": "westeurope", "sku": map[string]any{"name": "Premium"},
			"properties": map[string]any{"roleAssignmentMode": "AbacRepositoryPermissions"},
		}),
	}
}

func delegationWorld() (*azuresim.Cloud, config) {
	cloud := azuresim.New()
	table := cloud.MustSeed(azuresim.ID("network-team", azuresim.RouteTableType, "to-firewall"), nil)
	return cloud, config{
		"routeTableId": table,
		"subnetId": cloud.MustSeed(azuresim.ID("network-team", azuresim.SubnetType, "hub", "shop"), map[string]any{
			"properties": map[string]any{"routeTable": map[string]any{"id": table}},
		}),
		"publicIpId": cloud.MustSeed(azuresim.ID("addresses", azuresim.PublicIPAddressType, "shop"), nil),
		"diskId":     cloud.MustSeed(azuresim.ID("disks", azuresim.DiskType, "orders"), nil),
	}
}

func workloadWorld() (*azuresim.Cloud, config) {
	cloud := azuresim.New()
	return cloud, config{"vaultId": cloud.MustSeed(azuresim.ID("keys", azuresim.VaultType, "shop"), nil)}
}

func grantsWorld() (*azuresim.Cloud, config) {
	cloud := azuresim.New()
	gateway := cloud.MustSeed(azuresim.ID("edge", azuresim.ApplicationGatewayType, "edge"), nil)
	on := map[string]any{"enabled": true}
	cluster := cloud.MustSeedCluster("aks", "theirs", map[string]any{"properties": map[string]any{
		"addonProfiles": map[string]any{
			"azureKeyvaultSecretsProvider": on,
			"ingressApplicationGateway":    map[string]any{"enabled": true, "config": map[string]any{"applicationGatewayId": gateway}},
		},
		"ingressProfile": map[string]any{"webAppRouting": on},
	}})
	return cloud, config{
		"clusterId": cluster.ID, "gatewayId": gateway,
		"registryId": cloud.MustSeed(azuresim.ID("images", azuresim.RegistryType, "shopregistry"), nil),
		"vaultId":    cloud.MustSeed(azuresim.ID("keys", azuresim.VaultType, "shop"), nil),
		"zoneId":     cloud.MustSeed(azuresim.ID("dns", azuresim.DNSZoneType, "shop.example"), nil),
	}
}

func addonsWorld() (*azuresim.Cloud, config) {
	cloud := azuresim.New()
	return cloud, config{
		"nodeSubnetId":        cloud.MustSeedSubnet("net", "hub", "nodes"),
		"virtualNodeSubnetId": cloud.MustSeedSubnet("net", "hub", "virtual"),
		"gatewayId":           cloud.MustSeed(azuresim.ID("edge", azuresim.ApplicationGatewayType, "edge"), nil),
		"vaultId":             cloud.MustSeed(azuresim.ID("keys", azuresim.VaultType, "shop"), nil),
		"publicZoneId":        cloud.MustSeed(azuresim.ID("dns", azuresim.DNSZoneType, "shop.example"), nil),
		"privateZoneId":       cloud.MustSeed(azuresim.ID("dns", azuresim.PrivateDNSZoneType, "shop.internal"), nil),
		"workspaceId":         cloud.MustSeed(azuresim.ID("logs", azuresim.WorkspaceType, "logs"), nil),
	}
}

func productionWorld() (*azuresim.Cloud, config) {
	world := daytwo.NewWorld()
	return world.Cloud, world.Config
}

func hubWorld() (*azuresim.Cloud, config) {
	const hub = "00000000-0000-4000-8000-0000000000bb"
	cloud := azuresim.New()
	cloud.AddSubscription(hub)
	inHub := func(resourceType, name string) string {
		id := strings.Replace(azuresim.ID("hub", resourceType, name), azuresim.DefaultSubscriptionID, hub, 1)
		return cloud.MustSeed(id, nil)
	}
	zone, table := inHub(azuresim.PrivateDNSZoneType, "privatelink.westeurope.azmk8s.io"), inHub(azuresim.RouteTableType, "to-firewall")
	identity := cloud.MustSeedIdentity("shop-identities", "shop")
	return cloud, config{
		"hubSubscriptionId": hub, "privateDnsZoneId": zone, "routeTableId": table,
		"subnetId": cloud.MustSeed(azuresim.ID("spoke", azuresim.SubnetType, "spoke", "nodes"), map[string]any{
			"properties": map[string]any{"routeTable": map[string]any{"id": table}},
		}),
		"identityId": identity.ID, "principalId": identity.PrincipalID, "clientId": identity.ClientID,
	}
}
