package components_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/provider"
)

// nativeWith and servedWith are one cluster with a pool and options on the component, in Go and through the provider.
func nativeWith(opts ...pulumi.ResourceOption) pulumi.RunFunc {
	args := smallest()
	args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
	args.Pools = []*components.NodePoolArgs{{Name: "web"}}
	return program(args, opts...)
}

func servedWith(opts ...pulumi.ResourceOption) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		return ctx.RegisterRemoteComponentResource(components.ManagedIdentityClusterToken, "aks", pulumi.Map{
			"location": pulumi.String("westeurope"), "apiServer": pulumi.Map{"public": pulumi.Bool(true)},
			"identity": pulumi.Map{"type": pulumi.String(string(plan.UserAssigned))},
			"pools":    pulumi.Array{pulumi.Map{"name": pulumi.String("web")}},
		}, &pulumi.ResourceState{}, opts...)
	}
}

var bothWays = []struct {
	name string
	with func(...pulumi.ResourceOption) pulumi.RunFunc
}{{"native", nativeWith}, {"served", servedWith}}

func serving() simtest.Option {
	return simtest.WithProvider(provider.Name, "0.1.0", func() (pulumirpc.ResourceProviderServer, error) {
		return provider.NewServer("0.1.0")
	})
}

// TestTimeoutsOfAComponentAreThoseOfItsResources: Pulumi does not hand them down, and a cluster is what takes long.
func TestTimeoutsOfAComponentAreThoseOfItsResources(t *testing.T) {
	for _, way := range bothWays {
		t.Run(way.name, func(t *testing.T) {
			timeouts := map[string]string{}
			var mu sync.Mutex
			// In the spelling in which the protocol hands durations on.
			run := way.with(pulumi.Timeouts(&pulumi.CustomTimeouts{Create: "2h0m0s", Update: "1h30m0s"}))
			must(t, "up", simtest.New(t, func(ctx *pulumi.Context) error {
				if err := ctx.RegisterResourceTransform(func(_ context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
					mu.Lock()
					defer mu.Unlock()
					if given := args.Opts.CustomTimeouts; args.Custom && given != nil {
						timeouts[args.Name] = given.Create + " " + given.Update
					}
					return nil
				}); err != nil {
					return err
				}
				return run(ctx)
			}, serving()).Up())
			for _, name := range []string{"aks", "aks-web", "aks-group", "aks-control-plane"} {
				if timeouts[name] != "2h0m0s 1h30m0s" {
					t.Errorf("%s has the timeouts %q", name, timeouts[name])
				}
			}
		})
	}
}

// TestOptionsWithoutEffectAreNamed: an option that does nothing is told, and one that works is not.
func TestOptionsWithoutEffectAreNamed(t *testing.T) {
	for _, tc := range []struct {
		name, warns string
		option      pulumi.ResourceOption
	}{
		{"ignoreChanges", "The option ignoreChanges of", pulumi.IgnoreChanges([]string{"tags"})},
		{"replaceOnChanges", "The option replaceOnChanges of", pulumi.ReplaceOnChanges([]string{"tags"})},
		{"additionalSecretOutputs", "The option additionalSecretOutputs of", pulumi.AdditionalSecretOutputs([]string{"fqdn"})},
		{"customTimeouts", "", pulumi.Timeouts(&pulumi.CustomTimeouts{Create: "2h"})},
		{"retainOnDelete", "", pulumi.RetainOnDelete(true)},
	} {
		for _, way := range bothWays {
			t.Run(tc.name+", "+way.name, func(t *testing.T) {
				up := must(t, "up", simtest.New(t, way.with(tc.option), serving(), simtest.WithCloud(azuresim.New())).Up())
				said := up.Diagnostics()
				if tc.warns == "" && strings.Contains(said, "The option") || !strings.Contains(said, tc.warns) {
					t.Errorf("want %q, got %q", tc.warns, said)
				}
			})
		}
	}
}
