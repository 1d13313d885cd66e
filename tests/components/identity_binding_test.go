package components_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// childOf is a child of a cluster that azure-native has no resource for, through the generic one.
func childOf(ctx *pulumi.Context, name string, cluster *components.ManagedIdentityCluster, kind, version string, properties pulumi.Map) (*resources.Resource, error) {
	return resources.NewResource(ctx, name, &resources.ResourceArgs{
		ResourceGroupName: cluster.ResourceGroupName, ResourceProviderNamespace: pulumi.String("Microsoft.ContainerService"),
		ParentResourcePath: pulumi.Sprintf("managedClusters/%s", cluster.ClusterName), ResourceType: pulumi.String(kind),
		ResourceName: pulumi.String(name), ApiVersion: pulumi.String(version), Properties: properties,
	})
}

// TestChildrenThatAzureNativeLacksAreMadeGenerically: an identity binding and a managed namespace beside a cluster of ours, made in the
// order that their arguments say, unchanged when deployed again, and gone with the stack (docs/decisions/0017-identity-bindings.md).
func TestChildrenThatAzureNativeLacksAreMadeGenerically(t *testing.T) {
	cloud := azuresim.New()
	identity := cloud.MustSeedIdentity("ids", "shared")
	simtest.Run(t, func(ctx *pulumi.Context) error {
		cluster, err := components.NewManagedIdentityCluster(ctx, "aks", smallest())
		if err != nil {
			return err
		}
		_, err = childOf(ctx, "shared", cluster, "identityBindings", "2026-04-01", pulumi.Map{
			"managedIdentity": pulumi.Map{"resourceId": pulumi.String(identity.ID)},
		})
		if err != nil {
			return err
		}
		_, err = childOf(ctx, "shop", cluster, "managedNamespaces", "2025-09-01", pulumi.Map{"adoptionPolicy": pulumi.String("Never")})
		return err
	}, simtest.WithCloud(cloud), simtest.WithCheck(func(s *simtest.Stack, _ simtest.Result) {
		cluster := s.Cloud().Clusters()[0]
		for _, child := range []string{"/identityBindings/shared", "/managedNamespaces/shop"} {
			if !hasResource(s.Cloud(), cluster.ID+child) {
				t.Errorf("%s is not there", child)
			}
		}
	}))
}

func hasResource(cloud *azuresim.Cloud, id string) bool {
	for _, r := range cloud.Resources() {
		if strings.EqualFold(r.ID, id) {
			return true
		}
	}
	return false
}
