package upgrade

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	grants "github.com/aksidentity/pulumi-aksidentity/examples/addon-identity-grants/program"
	network "github.com/aksidentity/pulumi-aksidentity/examples/existing-network/program"
	outside "github.com/aksidentity/pulumi-aksidentity/examples/outside/program"
	platform "github.com/aksidentity/pulumi-aksidentity/examples/platform/program"
	"github.com/aksidentity/pulumi-aksidentity/examples/production/daytwo"
	quickstart "github.com/aksidentity/pulumi-aksidentity/examples/quickstart/program"
	registry "github.com/aksidentity/pulumi-aksidentity/examples/registry/program"
	workload "github.com/aksidentity/pulumi-aksidentity/examples/workload-identity/program"
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"
)

// deployment is an example as it is deployed here, with what it finds in Azure.
type deployment struct {
	// example is the folder below examples/, variant tells two deployments of one example apart.
	example, variant string
	// world makes an Azure with what other teams made, and the configuration of the stacks.
	world func() (*azuresim.Cloud, map[string]string)
	// stacks are deployed one after the other.
	stacks []stack
}

type stack struct {
	project string
	program pulumi.RunFunc
}

// name is what a recording knows the deployment by.
func (d deployment) name() string {
	if d.variant == "" {
		return d.example
	}
	return d.example + "/" + d.variant
}

func one(project string, program pulumi.RunFunc) []stack { return []stack{{project, program}} }

// deployments are the examples that have a program of their own.
func deployments() []deployment {
	return []deployment{
		{example: "addon-identity-grants", world: in(worlds.IdentityGrants), stacks: one("shop", grants.Program)},
		{example: "addons", world: in(worlds.Addons), stacks: one("shop", formerAddons)},
		{example: "existing-network", variant: "system-assigned", world: in(worlds.Network), stacks: one("shop", network.SystemAssigned)},
		{example: "existing-network", variant: "user-assigned", world: in(worlds.Network), stacks: one("shop", network.UserAssigned)},
		{example: "hub-and-spoke", world: in(worlds.Hub), stacks: []stack{{"hub", formerHub}, {"shop", formerSpoke}}},
		{example: "outside", world: in(worlds.Outside), stacks: one("outside", outside.Program)},
		{example: "platform", world: in(worlds.Empty), stacks: one("platform", platform.Platform)},
		{example: "production", world: productionWorld, stacks: one("shop", formerProduction)},
		{example: "quickstart", world: in(worlds.Empty), stacks: one("quickstart", quickstart.Program)},
		{example: "registry", world: in(worlds.Registry), stacks: one("shop", registry.Program)},
		{example: "vnet-delegation", world: in(worlds.Delegation), stacks: one("shop", formerDelegation)},
		{example: "workload-identity", world: in(worlds.Workload), stacks: one("shop", workload.Program)},
	}
}

// in makes a world in a cloud of its own.
func in(world worlds.World) func() (*azuresim.Cloud, map[string]string) {
	return func() (*azuresim.Cloud, map[string]string) {
		cloud := azuresim.New()
		return cloud, world(cloud)
	}
}

func productionWorld() (*azuresim.Cloud, map[string]string) {
	world := daytwo.NewWorld()
	return world.Cloud, world.Config
}

// stackName is that of every stack here.
const stackName = "prod"

// options are those of one stack of a deployment. The configuration has no project in its keys: each stack asks for its own.
func (s stack) options(cloud *azuresim.Cloud, config map[string]string) []simtest.Option {
	return []simtest.Option{
		simtest.WithCloud(cloud), simtest.WithNames(s.project, stackName), simtest.WithConfig(config), simtest.WithFakes(),
	}
}
