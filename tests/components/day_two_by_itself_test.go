package components_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// dayTwoArgs are a cluster to which things happen: autoscaled pools, an upgrade channel, add-ons with identities.
func dayTwoArgs(kind plan.IdentityType) *components.ManagedIdentityClusterArgs {
	autoscaled := func(name string) *components.NodePoolArgs {
		return &components.NodePoolArgs{Name: name, Autoscaling: &components.AutoscalingArgs{Min: pulumi.Int(2), Max: pulumi.Int(9)}}
	}
	args := &components.ManagedIdentityClusterArgs{
		Location: pulumi.StringPtr("westeurope"), APIServer: &components.APIServerArgs{Public: true},
		KubernetesVersion: pulumi.StringPtr("1.33"),
		Identity:          &components.ClusterIdentityArgs{Type: kind},
		SystemPool:        autoscaled(""), Pools: []*components.NodePoolArgs{autoscaled("web"), autoscaled("batch")},
		Addons: &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{}},
	}
	if kind == plan.UserAssigned {
		args.KubeletIdentity = &components.KubeletIdentityArgs{}
	}
	return args
}

func dayTwoNative(kind plan.IdentityType) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		cluster, err := components.NewManagedIdentityCluster(ctx, "aks", dayTwoArgs(kind))
		if err != nil {
			return err
		}
		ctx.Export("cluster", cluster.ClusterID)
		return nil
	}
}

// dayTwoServed is dayTwoNative in another language.
func dayTwoServed(kind plan.IdentityType) pulumi.RunFunc {
	autoscaled := func(name string) pulumi.Map {
		pool := pulumi.Map{"autoscaling": pulumi.Map{"min": pulumi.Int(2), "max": pulumi.Int(9)}}
		if name != "" {
			pool["name"] = pulumi.String(name)
		}
		return pool
	}
	args := pulumi.Map{
		"location": pulumi.String("westeurope"), "apiServer": pulumi.Map{"public": pulumi.Bool(true)},
		"kubernetesVersion": pulumi.String("1.33"),
		"identity":          pulumi.Map{"type": pulumi.String(string(kind))},
		"systemPool":        autoscaled(""), "pools": pulumi.Array{autoscaled("web"), autoscaled("batch")},
		"addons": pulumi.Map{"secretsProvider": pulumi.Map{}},
	}
	if kind == plan.UserAssigned {
		args["kubeletIdentity"] = pulumi.Map{}
	}
	return func(ctx *pulumi.Context) error {
		var c struct {
			pulumi.ResourceState
			ClusterID pulumi.StringOutput `pulumi:"clusterId"`
		}
		if err := ctx.RegisterRemoteComponentResource(components.ManagedIdentityClusterToken, "aks", args, &c); err != nil {
			return err
		}
		ctx.Export("cluster", c.ClusterID)
		return nil
	}
}

// happening is something that Azure does by itself.
type happening struct {
	name, reason string
	happen       func(t *testing.T, cloud *azuresim.Cloud)
}

var happenings = []happening{
	{"nothing", "what was deployed is what was declared", func(*testing.T, *azuresim.Cloud) {}},
	{"the autoscaler", "it says how many nodes there are", func(t *testing.T, cloud *azuresim.Cloud) {
		for pool, count := range map[string]int{"system": 4, "web": 9, "batch": 2} {
			if err := cloud.ScalePool(cloud.Clusters()[0].ID+"/agentPools/"+pool, count); err != nil {
				t.Fatal(err)
			}
		}
	}},
	{"an automatic upgrade", "the patch channel is at work in its window", func(t *testing.T, cloud *azuresim.Cloud) {
		cloud.Configure(azuresim.WithKubernetesVersions("1.32.10", "1.33.9", "1.34.3"))
		clock, ok := cloud.Clock().(*azuresim.SimulatedClock)
		if !ok {
			t.Fatal("the cloud has no clock of its own")
		}
		clock.Advance(8 * 24 * time.Hour)
		got, err := cloud.Get(t.Context(), cloud.Clusters()[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		if properties, _ := got.Body["properties"].(map[string]any); properties["currentKubernetesVersion"] != "1.33.9" {
			t.Fatalf("the cluster was not upgraded: %v", properties["currentKubernetesVersion"])
		}
	}},
	{"another casing", "Azure spells add-on keys and IDs as it likes", func(_ *testing.T, cloud *azuresim.Cloud) {
		cloud.Configure(azuresim.WithAddonKeyCasing(strings.ToLower), azuresim.WithIdentityKeyCasing(strings.ToUpper))
	}},
	{"incomplete answers", "some answers leave out the identities of add-ons", func(_ *testing.T, cloud *azuresim.Cloud) {
		cloud.Configure(azuresim.WithoutAddonIdentity("azureKeyvaultSecretsProvider"))
	}},
}

// TestDayTwoWhatAzureDoesByItselfIsNoChange: a preview is empty before and after a refresh, and so is an update after it.
func TestDayTwoWhatAzureDoesByItselfIsNoChange(t *testing.T) {
	everything := happening{"all of it", "one thing does not hide another", func(t *testing.T, cloud *azuresim.Cloud) {
		for _, h := range happenings {
			h.happen(t, cloud)
		}
	}}
	for _, way := range []struct {
		name    string
		program func(plan.IdentityType) pulumi.RunFunc
	}{{"native", dayTwoNative}, {"served", dayTwoServed}} {
		for _, kind := range []plan.IdentityType{plan.SystemAssigned, plan.UserAssigned} {
			for _, h := range append(happenings, everything) {
				t.Run(strings.Join([]string{way.name, string(kind), h.name}, "/"), func(t *testing.T) {
					s := simtest.New(t, way.program(kind), serving())
					must(t, "up", s.Up())
					h.happen(t, s.Cloud())
					unchanged(t, "the preview after it: "+h.reason, s.Preview())
					must(t, "refresh", s.Refresh())
					unchanged(t, "the preview after a refresh: "+h.reason, s.Preview())
					unchanged(t, "the update after a refresh: "+h.reason, s.Up())
					unchanged(t, "the preview with a refresh: "+h.reason, s.Preview(simtest.WithRefresh()))
				})
			}
		}
	}
}
