package simtest_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// genericResource is what is read of a resource of any type.
type genericResource struct {
	pulumi.CustomResourceState

	Properties pulumi.MapOutput `pulumi:"properties"`
}

// registryModes exports the mode of a registry as the get function tells it, and as reading the generic resource does.
func registryModes(id string) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		var answer map[string]any
		args := map[string]any{"resourceGroupName": "images", "registryName": "images"}
		err := ctx.Invoke("azure-native:containerregistry:getRegistry", args, &answer, pulumi.Version(azurenative.Version))
		if err != nil {
			return err
		}
		ctx.Export("invoked", pulumi.Any(answer["roleAssignmentMode"]))

		var registry genericResource
		inputs := pulumi.Map{"__inputs": pulumi.StringMap{"apiVersion": pulumi.String("2025-11-01")}}
		err = ctx.ReadResource("azure-native:resources:Resource", "images", pulumi.ID(id), inputs, &registry,
			pulumi.Version(azurenative.Version))
		ctx.Export("read", registry.Properties.MapIndex(pulumi.String("roleAssignmentMode")))
		return err
	}
}

func TestRegistryModeIsSeenByPrograms(t *testing.T) {
	t.Parallel()
	const abac = "AbacRepositoryPermissions"
	cloud := azuresim.New()
	id := cloud.MustSeed(azuresim.ID("images", azuresim.RegistryType, "images"),
		map[string]any{"properties": map[string]any{"roleAssignmentMode": abac}})
	s := simtest.New(t, registryModes(id), simtest.WithCloud(cloud))
	for name, result := range map[string]simtest.Result{"preview": s.Preview(), "up": mustUp(t, s)} {
		if result.Err != nil {
			t.Fatalf("%s: %s", name, result.Explain())
		}
		for _, output := range []string{"invoked", "read"} {
			if got, _ := result.Output(output); got != abac {
				t.Errorf("%s: %s is %v, want %s", name, output, got, abac)
			}
		}
	}
}
