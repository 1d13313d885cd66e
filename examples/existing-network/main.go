// Existing network: a cluster in a subnet of another resource group. The configuration value identityType chooses between
// SystemAssigned and UserAssigned (the default).
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/examples/existing-network/program"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		if config.Get(ctx, "identityType") == "SystemAssigned" {
			return program.SystemAssigned(ctx)
		}
		return program.UserAssigned(ctx)
	})
}
