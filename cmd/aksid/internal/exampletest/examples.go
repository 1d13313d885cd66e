// Package exampletest deploys the examples of this repository with the Pulumi engine in the process and the simulated Azure, so that the
// tests of aksid have their states and previews. It is for tests only.
package exampletest

import (
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/resource/autonaming"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	addongrants "github.com/aksidentity/pulumi-aksidentity/examples/addon-identity-grants/program"
	addons "github.com/aksidentity/pulumi-aksidentity/examples/addons/program"
	automation "github.com/aksidentity/pulumi-aksidentity/examples/automation/program"
	network "github.com/aksidentity/pulumi-aksidentity/examples/existing-network/program"
	hub "github.com/aksidentity/pulumi-aksidentity/examples/hub-and-spoke/program"
	outside "github.com/aksidentity/pulumi-aksidentity/examples/outside/program"
	platform "github.com/aksidentity/pulumi-aksidentity/examples/platform/program"
	"github.com/aksidentity/pulumi-aksidentity/examples/production/daytwo"
	quickstart "github.com/aksidentity/pulumi-aksidentity/examples/quickstart/program"
	registry "github.com/aksidentity/pulumi-aksidentity/examples/registry/program"
	delegation "github.com/aksidentity/pulumi-aksidentity/examples/vnet-delegation/program"
	workload "github.com/aksidentity/pulumi-aksidentity/examples/workload-identity/program"
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"
)

// Example is one program of the repository, ready to be deployed.
type Example struct {
	// Name is that of the folder below examples/, with what tells the programs of one folder apart.
	Name string
	// Folder is that below examples/.
	Folder string
	// New is a stack of its own with what the program finds in Azure, not deployed yet.
	New func(t testing.TB) *simtest.Stack
}

// All are the examples, in order of name.
func All() []Example {
	return []Example{
		{"addon-identity-grants", "addon-identity-grants", in(worlds.IdentityGrants, "shop", addongrants.Program)},
		{"addons", "addons", in(worlds.Addons, "shop", addons.Program)},
		{"automation", "automation", automated},
		{"existing-network", "existing-network", in(worlds.Network, "shop", network.UserAssigned)},
		{"existing-network-system-assigned", "existing-network", in(worlds.Network, "shop", network.SystemAssigned)},
		{"hub-and-spoke-app", "hub-and-spoke", hubApp},
		{"hub-and-spoke-network", "hub-and-spoke", hubNetwork},
		{"outside", "outside", in(worlds.Outside, "outside", outside.Program)},
		{"platform", "platform", func(t testing.TB) *simtest.Stack { return newStack(t, platform.Platform, simtest.WithFakes()) }},
		{"production", "production", production},
		{"quickstart", "quickstart", in(worlds.Empty, "shop", quickstart.Program)},
		{"registry", "registry", in(worlds.Registry, "shop", registry.Program)},
		{"vnet-delegation", "vnet-delegation", in(worlds.Delegation, "shop", delegation.Program)},
		{"workload-identity", "workload-identity", in(worlds.Workload, "shop", workload.Program)},
	}
}

// newStack is a stack whose resources have their names in the program as names in Azure: without chance, transcripts can be compared.
func newStack(t testing.TB, run pulumi.RunFunc, opts ...simtest.Option) *simtest.Stack {
	return simtest.New(t, run, append(opts, simtest.WithAutonaming(autonaming.Verbatim()))...)
}

// in is a program in its world, in a cloud of its own.
func in(world worlds.World, project string, run pulumi.RunFunc) func(testing.TB) *simtest.Stack {
	return func(t testing.TB) *simtest.Stack {
		cloud := azuresim.New()
		return configured(t, cloud, world(cloud), project, "dev", run)
	}
}

// configured is a stack with the configuration, whose keys have no project yet.
func configured(t testing.TB, cloud *azuresim.Cloud, found map[string]string, project, stack string, run pulumi.RunFunc) *simtest.Stack {
	config := map[string]string{}
	for key, value := range found {
		config[project+":"+key] = value
	}
	return newStack(t, run, simtest.WithCloud(cloud), simtest.WithNames(project, stack), simtest.WithConfig(config))
}

// automated is the stack of one team.
func automated(t testing.TB) *simtest.Stack {
	cloud := azuresim.New()
	run := automation.For("shop", worlds.Network(cloud)["subnetId"])
	return newStack(t, run, simtest.WithCloud(cloud), simtest.WithNames("clusters", "shop"))
}

func production(t testing.TB) *simtest.Stack {
	world := daytwo.NewWorld()
	return configured(t, world.Cloud, world.Config, "shop", "prod", daytwo.After(nil))
}

func hubNetwork(t testing.TB) *simtest.Stack {
	cloud := azuresim.New()
	return configured(t, cloud, worlds.Hub(cloud), "hub", "prod", hub.Network)
}

// hubApp is the stack of the app team, after the network team has deployed its own.
func hubApp(t testing.TB) *simtest.Stack {
	cloud := azuresim.New()
	found := worlds.Hub(cloud)
	if up := configured(t, cloud, found, "hub", "prod", hub.Network).Up(); up.Err != nil {
		t.Fatal(up.Explain())
	}
	return configured(t, cloud, found, "shop", "prod", hub.App)
}
