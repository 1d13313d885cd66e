// Package program pulls from two registries, one in RBAC mode and one in ABAC mode, with a kubelet identity of its own: the
// pull rights then exist before the first node does.
package program

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// Program makes the identities, grants them, and then makes the cluster. The registries' IDs are the configuration values
// registryId and abacRegistryId.
func Program(ctx *pulumi.Context) error {
	registry, err := config.Try(ctx, "registryId")
	if err != nil {
		return err
	}
	abac, err := config.Try(ctx, "abacRegistryId")
	if err != nil {
		return err
	}
	cluster, err := components.NewManagedIdentityCluster(ctx, "shop", &components.ManagedIdentityClusterArgs{
		Location: pulumi.StringPtr("westeurope"),
		// A kubelet identity of one's own needs a user-assigned control plane.
		Identity:        &components.ClusterIdentityArgs{Type: components.UserAssigned},
		KubeletIdentity: &components.KubeletIdentityArgs{},
		RegistryIDs:     map[string]pulumi.StringInput{"team": pulumi.String(registry)},
		ABACRegistryIDs: map[string]pulumi.StringInput{"company": pulumi.String(abac)},
		APIServer:       &components.APIServerArgs{AuthorizedIPRanges: pulumi.StringArray{pulumi.String("192.0.2.0/24")}},
	})
	if err != nil {
		return err
	}
	ctx.Export("kubeletIdentity", cluster.Kubelet)
	ctx.Export("grants", cluster.Grants)
	return nil
}
