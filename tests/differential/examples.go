package differential

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	identitygrants "github.com/aksidentity/pulumi-aksidentity/examples/addon-identity-grants/program"
	addons "github.com/aksidentity/pulumi-aksidentity/examples/addons/program"
	existing "github.com/aksidentity/pulumi-aksidentity/examples/existing-network/program"
	outside "github.com/aksidentity/pulumi-aksidentity/examples/outside/program"
	quickstart "github.com/aksidentity/pulumi-aksidentity/examples/quickstart/program"
	registry "github.com/aksidentity/pulumi-aksidentity/examples/registry/program"
	delegation "github.com/aksidentity/pulumi-aksidentity/examples/vnet-delegation/program"
	workload "github.com/aksidentity/pulumi-aksidentity/examples/workload-identity/program"
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"
)

// example is a program of examples/ with what was there before it. The project is called "shop".
type example struct {
	name    string
	program pulumi.RunFunc
	// before seeds a cloud and returns the configuration, without the project.
	before worlds.World
}

// notCompared are the other examples, with the reasons.
var notCompared = map[string]string{
	"automation":    "it is a tool around a program; its program is the one of quickstart in another form",
	"hub-and-spoke": "two stacks and two subscriptions; its resources are those of vnet-delegation and existing-network",
	"platform":      "it needs providers besides azure-native, and types that the simulator does not serve over HTTP",
	"production":    "it is a world with a first day and many others; its resources are those of quickstart and outside",
}

func examples() []example {
	return []example{
		{"quickstart", quickstart.Program, worlds.Empty},
		{"existing-network, system-assigned", existing.SystemAssigned, worlds.Network},
		{"existing-network, user-assigned", existing.UserAssigned, worlds.Network},
		{"registry", registry.Program, worlds.Registry},
		{"addons", addons.Program, worlds.Addons},
		{"vnet-delegation", delegation.Program, worlds.Delegation},
		{"workload-identity", workload.Program, worlds.Workload},
		{"addon-identity-grants", identitygrants.Program, worlds.IdentityGrants},
		{"outside", outside.Program, worlds.Outside},
	}
}
