// Hub and spoke: a private cluster whose DNS zone and route table belong to the network team, in another subscription. The
// configuration value team chooses the stack: network, or app (the default).
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/examples/hub-and-spoke/program"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		if config.Get(ctx, "team") == "network" {
			return program.Network(ctx)
		}
		return program.App(ctx)
	})
}
