// Package program grants the identities of a cluster that exists already what they work with.
package program

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// Program takes a cluster and resources from the configuration and makes nothing but grants.
func Program(ctx *pulumi.Context) error {
	resource := func(key string) pulumi.StringMap {
		return pulumi.StringMap{"shop": pulumi.String(config.Require(ctx, key))}
	}
	grants, err := components.NewAddonIdentityGrants(ctx, "shop", &components.AddonIdentityGrantsArgs{
		// Who: the identities of the nodes and the add-ons are read from the cluster.
		ClusterID: pulumi.StringPtr(config.Require(ctx, "clusterId")),
		// What: each resource under the argument that says what it is used for, and so by whom.
		RegistryIDs:      resource("registryId"),
		SecretVaultIDs:   resource("vaultId"),
		PublicDNSZoneIDs: resource("zoneId"),
		GatewayIDs:       resource("gatewayId"),
	})
	if err != nil {
		return err
	}
	ctx.Export("grants", grants.Grants)
	ctx.Export("ready", grants.Ready)
	return nil
}
