package components_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/provider"
)

// servedGranted is granted through the provider, as a program in another language.
func servedGranted(cloud *azuresim.Cloud, seconds int) pulumi.RunFunc {
	identity, subnet := cloud.MustSeedIdentity("ids", "control-plane"), cloud.MustSeedSubnet("net", "hub", "nodes")
	return func(ctx *pulumi.Context) error {
		return ctx.RegisterRemoteComponentResource(components.ManagedIdentityClusterToken, "aks", pulumi.Map{
			"location": pulumi.String("westeurope"), "apiServer": pulumi.Map{"public": pulumi.Bool(true)},
			"identity": pulumi.Map{"type": pulumi.String(string(plan.UserAssigned)), "userAssigned": pulumi.Map{
				"resourceId": pulumi.String(identity.ID), "principalId": pulumi.String(identity.PrincipalID), "clientId": pulumi.String(identity.ClientID),
			}},
			"subnets": pulumi.Map{"nodes": pulumi.String(subnet)}, "systemPool": pulumi.Map{"subnet": pulumi.String("nodes")},
			"propagation": pulumi.Map{"timeoutSeconds": pulumi.Int(seconds), "firstDelayMilliseconds": pulumi.Int(1)},
		}, &pulumi.ResourceState{})
	}
}

func nativeGranted(cloud *azuresim.Cloud, seconds int) pulumi.RunFunc {
	run, _ := granted(cloud, quick(seconds))
	return run
}

// TestAnOlderCLIDeploysWithoutWaiting: what a CLI cannot do is known before anything is made. It deploys, says that it does not wait,
// and a deployment that came too early heals when it is run again.
func TestAnOlderCLIDeploysWithoutWaiting(t *testing.T) {
	served := simtest.WithProvider(provider.Name, "0.1.0", func() (pulumirpc.ResourceProviderServer, error) {
		return provider.NewServer("0.1.0")
	})
	for _, tc := range []struct {
		name, reason, version string
		program               func(*azuresim.Cloud, int) pulumi.RunFunc
		seconds, tooEarly     int
		warns, works          bool
	}{
		{"does not tell its version", "3.215.0 knows neither error hooks nor the question for its version", "3.215.0", nativeGranted, 60, 0, true, true},
		{"without error hooks", "3.216.0 is the last without error hooks", "3.216.0", nativeGranted, 60, 0, true, true},
		{"hooks for nothing", "3.243.0 asks error hooks only about what Azure has accepted", "3.243.0", nativeGranted, 60, 0, true, true},
		{"new enough", "3.244.0 asks them about every failure", "3.244.0", nativeGranted, 60, 2, false, true},
		{"too early", "without hooks the first refusal is the last", "3.215.0", nativeGranted, 60, 1, true, false},
		{"not asked to wait", "with timeout 0 there is nothing to warn of, and no hook to refuse", "3.215.0", nativeGranted, 0, 0, false, true},
		{"served", "a component in the provider asks the same engine", "3.215.0", servedGranted, 60, 0, true, true},
		{"served, too early", "without hooks the first refusal is the last", "3.215.0", servedGranted, 60, 1, true, false},
		{"served, new enough", "the hooks of a served component are asked", "3.244.0", servedGranted, 60, 2, false, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			s := simtest.New(t, tc.program(cloud, tc.seconds), simtest.WithCloud(cloud), served, simtest.WithCLIVersion(tc.version))
			if tc.tooEarly > 0 {
				cloud.Fail(azuresim.Match{Method: putCluster.Method, Type: putCluster.Type, Times: tc.tooEarly},
					azuresim.Error{Status: 400, Code: "CustomRouteTableMissingPermission", Message: "not yet"})
			}
			up := s.Up()
			if (up.Err == nil) != tc.works {
				t.Fatalf("%s: works: want %v, got %s", tc.reason, tc.works, up.Explain())
			}
			if warns := strings.Contains(up.Diagnostics(), "needs Pulumi CLI 3.244.0 or later"); warns != tc.warns {
				t.Errorf("%s: warns: want %v, got %s", tc.reason, tc.warns, up.Diagnostics())
			}
			if again := must(t, "again", s.Up()); tc.works && !again.Unchanged() {
				t.Errorf("%s: the second up changes %v", tc.reason, again.Steps.Changing())
			}
			if len(cloud.Clusters()) != 1 {
				t.Errorf("%s: %d clusters", tc.reason, len(cloud.Clusters()))
			}
		})
	}
}

// TestAnOlderCLIIsNotWarnedOfWithoutGrants: who grants nothing waits for nothing.
func TestAnOlderCLIIsNotWarnedOfWithoutGrants(t *testing.T) {
	up := must(t, "up", simtest.New(t, program(smallest()), simtest.WithCLIVersion("3.215.0")).Up())
	if strings.Contains(up.Diagnostics(), "3.244.0") {
		t.Error(up.Diagnostics())
	}
}

// TestNoHooksWithoutWaiting: with timeout 0 nothing registers a hook, whatever the engine can do.
func TestNoHooksWithoutWaiting(t *testing.T) {
	for _, tc := range []struct {
		name    string
		seconds int
		hooks   bool
	}{{"waits", 60, true}, {"does not wait", 0, false}} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			var hooked atomic.Int32
			run := nativeGranted(cloud, tc.seconds)
			must(t, "up", simtest.New(t, func(ctx *pulumi.Context) error {
				if err := ctx.RegisterResourceTransform(func(_ context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
					if args.Opts.Hooks != nil {
						hooked.Add(int32(len(args.Opts.Hooks.OnError) + len(args.Opts.Hooks.BeforeUpdate)))
					}
					return nil
				}); err != nil {
					return err
				}
				return run(ctx)
			}, simtest.WithCloud(cloud)).Up())
			if (hooked.Load() > 0) != tc.hooks {
				t.Errorf("resources name %d hooks", hooked.Load())
			}
		})
	}
}
