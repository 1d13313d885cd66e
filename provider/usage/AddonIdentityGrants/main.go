// Command AddonIdentityGrants lets the nodes of a cluster pull from a registry.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		addons, err := components.NewAddonIdentityGrants(ctx, "addons", &components.AddonIdentityGrantsArgs{
			KubeletPrincipalID: pulumi.String("11111111-1111-4111-8111-111111111111"),
			RegistryIDs:        pulumi.StringMap{"shop": pulumi.String("/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/shopimages")},
		})
		if err != nil {
			return err
		}
		ctx.Export("ready", addons.Ready)
		return nil
	})
}
