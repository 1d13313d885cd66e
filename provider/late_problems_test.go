package provider_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// lately is a program in Go, or in another language, with arguments that come out of a resource and are wrong.
type lately struct {
	native, served func(ctx *pulumi.Context, late func(string) pulumi.StringOutput) error
}

func (l lately) in(way string) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		group, err := resources.NewResourceGroup(ctx, "first", &resources.ResourceGroupArgs{Location: pulumi.StringPtr("westeurope")})
		if err != nil {
			return err
		}
		late := func(text string) pulumi.StringOutput {
			return group.ID().ApplyT(func(pulumi.ID) string { return text }).(pulumi.StringOutput)
		}
		if way == "served" {
			return l.served(ctx, late)
		}
		return l.native(ctx, late)
	}
}

// problemLine is a problem in a message of a component, or of the engine about one of its properties.
var problemLine = regexp.MustCompile(`(?m)^\s*- (?:property ([^\s:]+)(?: with value '.*?')? has a problem: |([^\s:]+): )(.*)$`)

// problemsIn are the problems that a run tells, each once.
func problemsIn(text string) (all []string) {
	for _, match := range problemLine.FindAllStringSubmatch(text, -1) {
		all = append(all, match[1]+match[2]+": "+match[3])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

var hub = azuresim.ID("net", azuresim.VirtualNetworkType, "hub")

// hubWorld is an Azure with two subnets in the hub.
func hubWorld() *azuresim.Cloud {
	cloud := azuresim.New()
	cloud.MustSeedSubnet("net", "hub", "a")
	cloud.MustSeedSubnet("net", "hub", "d")
	return cloud
}

var late = map[string]lately{
	"VnetDelegation": {
		func(ctx *pulumi.Context, late func(string) pulumi.StringOutput) error {
			_, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
				PrincipalID:   pulumi.String(azuresim.DefaultDeployerObjectID),
				NodeSubnetIDs: map[string]pulumi.StringInput{"a": late(hub), "b": late("nonsense")},
				PodSubnetIDs:  map[string]pulumi.StringInput{"c": late(hub + "/subnets/"), "d": late(hub + "/subnets/d")},
				DiskIDs:       map[string]pulumi.StringInput{"e": late(hub)},
			})
			return err
		},
		func(ctx *pulumi.Context, late func(string) pulumi.StringOutput) error {
			return ctx.RegisterRemoteComponentResource(components.VnetDelegationToken, "network", pulumi.Map{
				"principalId":   pulumi.String(azuresim.DefaultDeployerObjectID),
				"nodeSubnetIds": pulumi.Map{"a": late(hub), "b": late("nonsense")},
				"podSubnetIds":  pulumi.Map{"c": late(hub + "/subnets/"), "d": late(hub + "/subnets/d")},
				"diskIds":       pulumi.Map{"e": late(hub)},
			}, &delegation{})
		},
	},
	"one scope twice": {
		func(ctx *pulumi.Context, late func(string) pulumi.StringOutput) error {
			_, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
				PrincipalID:   late(azuresim.DefaultDeployerObjectID),
				NodeSubnetIDs: map[string]pulumi.StringInput{"a": late(hub + "/subnets/a"), "b": late(hub + "/subnets/a"), "c": late(hub)},
			})
			return err
		},
		func(ctx *pulumi.Context, late func(string) pulumi.StringOutput) error {
			return ctx.RegisterRemoteComponentResource(components.VnetDelegationToken, "network", pulumi.Map{
				"principalId":   late(azuresim.DefaultDeployerObjectID),
				"nodeSubnetIds": pulumi.Map{"a": late(hub + "/subnets/a"), "b": late(hub + "/subnets/a"), "c": late(hub)},
			}, &delegation{})
		},
	},
	"generated roles": {
		func(ctx *pulumi.Context, late func(string) pulumi.StringOutput) error {
			_, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
				PrincipalID: late("nobody"), RoleStrategy: "custom",
				NodeSubnetIDs: map[string]pulumi.StringInput{"a": late(hub), "b": late("nonsense")},
			})
			return err
		},
		func(ctx *pulumi.Context, late func(string) pulumi.StringOutput) error {
			return ctx.RegisterRemoteComponentResource(components.VnetDelegationToken, "network", pulumi.Map{
				"principalId": late("nobody"), "roleStrategy": pulumi.String("custom"),
				"nodeSubnetIds": pulumi.Map{"a": late(hub), "b": late("nonsense")},
			}, &delegation{})
		},
	},
	"AddonIdentityGrants": {
		func(ctx *pulumi.Context, late func(string) pulumi.StringOutput) error {
			_, err := components.NewAddonIdentityGrants(ctx, "grants", &components.AddonIdentityGrantsArgs{
				KubeletPrincipalID: late("nobody").ToStringPtrOutput(),
				RegistryIDs:        map[string]pulumi.StringInput{"a": late(hub), "b": late("nonsense")},
			})
			return err
		},
		func(ctx *pulumi.Context, late func(string) pulumi.StringOutput) error {
			return ctx.RegisterRemoteComponentResource(components.AddonIdentityGrantsToken, "grants", pulumi.Map{
				"kubeletPrincipalId": late("nobody"), "registryIds": pulumi.Map{"a": late(hub), "b": late("nonsense")},
			}, &delegation{})
		},
	},
	"ManagedIdentityCluster": {
		func(ctx *pulumi.Context, late func(string) pulumi.StringOutput) error {
			_, err := components.NewManagedIdentityCluster(ctx, "aks", &components.ManagedIdentityClusterArgs{
				Location: pulumi.StringPtr("westeurope"), APIServer: &components.APIServerArgs{Public: true},
				Identity:   &components.ClusterIdentityArgs{Type: "UserAssigned"},
				Subnets:    map[string]pulumi.StringInput{"nodes": late(hub), "more": late("nonsense")},
				SystemPool: &components.NodePoolArgs{Subnet: "nodes"}, Pools: []*components.NodePoolArgs{{Name: "web", Subnet: "more"}},
			})
			return err
		},
		func(ctx *pulumi.Context, late func(string) pulumi.StringOutput) error {
			return ctx.RegisterRemoteComponentResource(components.ManagedIdentityClusterToken, "aks", pulumi.Map{
				"location": pulumi.String("westeurope"), "apiServer": pulumi.Map{"public": pulumi.Bool(true)},
				"identity":   pulumi.Map{"type": pulumi.String("UserAssigned")},
				"subnets":    pulumi.Map{"nodes": late(hub), "more": late("nonsense")},
				"systemPool": pulumi.Map{"subnet": pulumi.String("nodes")},
				"pools":      pulumi.Array{pulumi.Map{"name": pulumi.String("web"), "subnet": pulumi.String("more")}},
			}, &cluster{})
		},
	},
}

// TestLateProblemsReadAsInGo: what is wrong with arguments that come late is told all at once, in the same words in Go and in every
// language, and the same in each run, whichever resource meets it first.
func TestLateProblemsReadAsInGo(t *testing.T) {
	const runs = 5
	want := map[string]int{"VnetDelegation": 4, "one scope twice": 2, "generated roles": 3, "AddonIdentityGrants": 3, "ManagedIdentityCluster": 2}
	for name, program := range late {
		t.Run(name, func(t *testing.T) {
			var first string
			for run := range runs {
				native := simtest.New(t, program.in("native"), simtest.WithCloud(hubWorld())).Up()
				throughProtocol := simtest.New(t, program.in("served"), asProvider(), simtest.WithCloud(hubWorld())).Up()
				problems := problemsIn(native.Diagnostics())
				if len(problems) != want[name] {
					t.Errorf("Go tells %d problems and not %d: %s", len(problems), want[name], native.Explain())
				}
				if diff := cmp.Diff(problems, problemsIn(throughProtocol.Diagnostics())); diff != "" {
					t.Errorf("what is told (-Go +served):\n%s\n%s", diff, throughProtocol.Explain())
				}
				told := throughProtocol.Diagnostics()
				if strings.Contains(told, "awaiting input property") || strings.Contains(told, "marshaling properties") {
					t.Errorf("the SDK speaks before the problem: %s", told)
				}
				if run == 0 {
					first = told
				} else if told != first {
					t.Errorf("run %d tells something else:\n%s\n%s", run, first, told)
				}
			}
		})
	}
}
