package components_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// v3 is a version of azure-native whose SDKs name no API version in their types.
const v3 = "3.28.0"

// besideV3 serves a plugin of version 3 in the same cloud, next to the one of version 2 that answers for every other version.
func besideV3(cloud *azuresim.Cloud, opts ...azurenative.Option) simtest.Option {
	return simtest.WithProvider(azurenative.Name, v3, func() (pulumirpc.ResourceProviderServer, error) {
		return azurenative.NewProvider(cloud, append([]azurenative.Option{azurenative.WithVersion(v3)}, opts...)...), nil
	})
}

// anyResource is a resource that a test registers by its token, as the SDK of a version does.
type anyResource struct {
	pulumi.CustomResourceState

	Name pulumi.StringOutput `pulumi:"name"`
}

type anyProvider struct{ pulumi.ProviderResourceState }

// explicitly makes a provider of azure-native in a version, as its SDK's NewProvider does.
func explicitly(ctx *pulumi.Context, version string) (*anyProvider, error) {
	provider := &anyProvider{}
	err := ctx.RegisterResource("pulumi:providers:azure-native", "own", pulumi.Map{}, provider, pulumi.Version(version))
	return provider, err
}

// TestAProgramOnV3StandsBesideUs: whoever uses the SDK of version 3 needs nothing for our components. The engine starts a default
// provider for each version that is asked for, and what one made goes into the other.
func TestAProgramOnV3StandsBesideUs(t *testing.T) {
	cloud := azuresim.New()
	program := func(ctx *pulumi.Context) error {
		group := &anyResource{}
		inputs := pulumi.Map{"location": pulumi.String("westeurope")}
		if err := ctx.RegisterResource("azure-native:resources:ResourceGroup", "theirs", inputs, group, pulumi.Version(v3)); err != nil {
			return err
		}
		args := smallest()
		args.ResourceGroupName = group.Name
		c, err := components.NewManagedIdentityCluster(ctx, "aks", args)
		if err != nil {
			return err
		}
		ctx.Export("clusterId", c.ClusterID)
		return nil
	}
	simtest.Run(t, program, simtest.WithCloud(cloud), besideV3(cloud, azurenative.OnlyDefaultVersions()), simtest.WithCheck(
		func(_ *simtest.Stack, up simtest.Result) {
			for name, of := range map[string]string{"theirs": "default_3_28_0", "aks": "default_2_92_3"} {
				for _, r := range up.Resources.ByName(name) {
					if r.Custom && !strings.Contains(r.Provider, "::"+of+"::") {
						t.Errorf("%s is made by %s, want %s", r.URN, r.Provider, of)
					}
				}
			}
		}))
}

// TestAProviderOfV3MayNotKnowOurTypes: given explicitly, it takes the place of version 2 for everything in the component. If it lacks our
// API version, the preview fails in the provider's words, and so nothing is made; in any case we warn.
func TestAProviderOfV3MayNotKnowOurTypes(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		version      string
		plugin       []azurenative.Option
		fails, warns bool
	}{
		{"version 2", "what we are tested with", azurenative.Version, nil, false, false},
		{"version 3 with every API version", "what the sources of the plugin say", v3, nil, false, true},
		{"version 3 with its defaults only", "what its SDKs name", v3, []azurenative.Option{azurenative.OnlyDefaultVersions()}, true, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			s := simtest.New(t, func(ctx *pulumi.Context) error {
				provider, err := explicitly(ctx, tc.version)
				if err != nil {
					return err
				}
				_, err = components.NewManagedIdentityCluster(ctx, "aks", smallest(), pulumi.Provider(provider))
				return err
			}, simtest.WithCloud(cloud), besideV3(cloud, tc.plugin...))
			preview := s.Preview()
			if (preview.Err != nil) != tc.fails {
				t.Errorf("%s: %v\n%s", tc.reason, preview.Err, preview.Diagnostics())
			}
			if tc.fails && !strings.Contains(preview.Diagnostics(), "azure-native:containerservice/v20250101:ManagedCluster not found") {
				t.Errorf("%s: the type is not named:\n%s", tc.reason, preview.Diagnostics())
			}
			if strings.Contains(preview.Diagnostics(), "azure-native 3.28.0") != tc.warns {
				t.Errorf("%s: a warning is expected: %v\n%s", tc.reason, tc.warns, preview.Diagnostics())
			}
			if len(cloud.Resources()) > 0 {
				t.Errorf("a preview made %v", cloud.Resources())
			}
		})
	}
}
