package languages_test

import (
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
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"
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
		{example: "quickstart", world: in(worlds.Empty), stacks: one("quickstart", quickstart.Program)},
		{example: "outside", world: in(worlds.Outside), stacks: one("outside", outside.Program)},
		{example: "existing-network", variant: "user-assigned", world: networkWorld("UserAssigned"), stacks: one("shop", network.UserAssigned)},
		{example: "existing-network", variant: "system-assigned", world: networkWorld("SystemAssigned"), stacks: one("shop", network.SystemAssigned)},
		{example: "registry", world: in(worlds.Registry), stacks: one("shop", registry.Program)},
		{example: "vnet-delegation", world: in(worlds.Delegation), stacks: one("shop", delegation.Program)},
		{example: "workload-identity", world: in(worlds.Workload), stacks: one("shop", workload.Program)},
		{example: "addon-identity-grants", world: in(worlds.IdentityGrants), stacks: one("shop", grants.Program)},
		{example: "addons", world: in(worlds.Addons), stacks: one("shop", addons.Program)},
		{example: "production", world: productionWorld, stacks: one("shop", production.Program)},
		{example: "hub-and-spoke", world: in(worlds.Hub), stacks: []stack{
			{yaml: "yaml/network", project: "hub", program: hubandspoke.Network, takes: []string{"hubSubscriptionId", "principalId", "privateDnsZoneId", "routeTableId"}},
			{yaml: "yaml/app", project: "shop", program: hubandspoke.App, takes: []string{"subnetId", "principalId", "identityId", "clientId", "privateDnsZoneId"}},
		}},
	}
}

// in makes a world in a cloud of its own.
func in(world worlds.World) func() (*azuresim.Cloud, config) {
	return func() (*azuresim.Cloud, config) {
		cloud := azuresim.New()
		return cloud, config(world(cloud))
	}
}

// networkWorld has the kind of identity in its configuration, for the program in YAML; in Go there is a program for each.
func networkWorld(identityType string) func() (*azuresim.Cloud, config) {
	return func() (*azuresim.Cloud, config) {
		cloud, found := in(worlds.Network)()
		found["identityType"] = identityType
		return cloud, found
	}
}

func productionWorld() (*azuresim.Cloud, config) {
	world := daytwo.NewWorld()
	return world.Cloud, world.Config
}
