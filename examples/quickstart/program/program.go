// Package program is the quickstart: a resource group, an AKS cluster with a managed identity, and its credentials. It is
// a package of its own so that the demo and the tests run the very same program.
package program

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// Program makes the cluster. The region comes from the configuration value location and is westus2 without it.
func Program(ctx *pulumi.Context) error {
	location := config.Get(ctx, "location")
	if location == "" {
		location = "westus2"
	}
	cluster, err := components.NewManagedIdentityCluster(ctx, "quickstart", &components.ManagedIdentityClusterArgs{
		Location:             pulumi.StringPtr(location),
		NewResourceGroupName: pulumi.StringPtr("myResourceGroup"),
		ClusterName:          pulumi.StringPtr("myManagedCluster"),
		// Everybody may reach the API server of this demonstration. In earnest, give ranges or make it private.
		APIServer: &components.APIServerArgs{Public: true},
	})
	if err != nil {
		return err
	}
	ctx.Export("clusterId", cluster.ClusterID)
	ctx.Export("clusterName", cluster.ClusterName)
	ctx.Export("resourceGroup", cluster.ResourceGroupName)
	ctx.Export("identityType", cluster.IdentityType)
	ctx.Export("principalId", cluster.PrincipalID)
	ctx.Export("kubeletIdentity", cluster.Kubelet)
	ctx.Export("addonIdentities", cluster.AddonIdentities)
	ctx.Export("grants", cluster.Grants)
	ctx.Export("oidcIssuerUrl", cluster.OIDCIssuerURL)
	ctx.Export("kubeconfig", cluster.Kubeconfig)
	return nil
}
