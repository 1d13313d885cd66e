package components_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// sixMistakes are a cluster's, fourMistakes those of a delegation.
func sixMistakes() *components.ManagedIdentityClusterArgs {
	return &components.ManagedIdentityClusterArgs{
		Tier: "Premum", DNSPrefix: pulumi.StringPtr("-"),
		Upgrade:    &components.UpgradeArgs{Channel: "weekly"},
		SystemPool: &components.NodePoolArgs{Name: "Not A Name", VMSize: pulumi.StringPtr("D4ds_v5")},
	}
}

func sixPaths() []string {
	return []string{"apiServer", "dnsPrefix", "systemPool.name", "systemPool.vmSize", "tier", "upgrade.channel"}
}

func fourMistakes(principal pulumi.StringInput) *components.VnetDelegationArgs {
	below := -1
	return &components.VnetDelegationArgs{
		PrincipalID: principal, RoleStrategy: "custm",
		NodeSubnetIDs: pulumi.StringMap{"nodes": pulumi.String("vnet/nodes"), "a b": pulumi.String("")},
		Propagation:   &components.PropagationArgs{TimeoutSeconds: &below},
	}
}

func fourPaths() []string {
	return []string{"nodeSubnetIds", "nodeSubnetIds.nodes", "propagation.timeoutSeconds", "roleStrategy"}
}

// requireProblems fails unless the text has exactly one problem at each path, below a heading with their number and the component.
func requireProblems(t *testing.T, text, heading string, paths []string) {
	t.Helper()
	_, below, there := strings.Cut(text, heading)
	if !there {
		t.Fatalf("there is no %q in\n%s", heading, text)
	}
	for _, path := range paths {
		if n := len(regexp.MustCompile(`(?m)^\s+- `+regexp.QuoteMeta(path)+`: .* Fix: .*\.$`).FindAllString(below, -1)); n != 1 {
			t.Errorf("%d problems with a fix at %s in\n%s", n, path, text)
		}
	}
}

// TestTenMistakesInTwoComponentsAreTenProblems: whoever goes on to the second component hears of all of them in one run, whether or not
// the second one builds on the first; nothing is made, and Azure is not asked.
func TestTenMistakesInTwoComponentsAreTenProblems(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		second       func(ctx *pulumi.Context, first *components.ManagedIdentityCluster) error
	}{
		{"independent", "each component has its own mistakes", func(ctx *pulumi.Context, _ *components.ManagedIdentityCluster) error {
			_, err := components.NewVnetDelegation(ctx, "network", fourMistakes(pulumi.String("11111111-1111-4111-8111-111111111111")))
			return err
		}},
		{"built on the first", "a refused component has outputs, so a program that goes on does not crash",
			func(ctx *pulumi.Context, first *components.ManagedIdentityCluster) error {
				_, err := components.NewVnetDelegation(ctx, "network", fourMistakes(first.PrincipalID), pulumi.DependsOn([]pulumi.Resource{first}))
				return err
			}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			s := simtest.New(t, func(ctx *pulumi.Context) error {
				first, err := components.NewManagedIdentityCluster(ctx, "shop", sixMistakes())
				return errors.Join(err, tc.second(ctx, first))
			}, simtest.WithCloud(cloud))
			for name, run := range map[string]func(...simtest.OpOption) simtest.Result{"preview": s.Preview, "up": s.Up} {
				result := run()
				if result.Err == nil {
					t.Fatalf("%s: %s succeeded", tc.reason, name)
				}
				text := result.Diagnostics()
				requireProblems(t, text, `6 problems in the arguments of ManagedIdentityCluster "shop":`, sixPaths())
				requireProblems(t, text, `4 problems in the arguments of VnetDelegation "network":`, fourPaths())
				if made := result.Resources.Custom(); len(made) > 0 {
					t.Errorf("%s: made %v", name, made)
				}
			}
			if calls := cloud.Operations(); len(calls) > 0 {
				t.Errorf("Azure was asked: %v", calls)
			}
		})
	}
}

// TestWhatBuildsOnARefusedComponentIsNotMade: in a preview its values are unknown, so that the program's own error is what is read; a
// deployment without a preview makes nothing of what it has no value for, and still tells the problems.
func TestWhatBuildsOnARefusedComponentIsNotMade(t *testing.T) {
	cloud := azuresim.New()
	subnet := cloud.MustSeedSubnet("net", "hub", "nodes")
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		first, refused := components.NewManagedIdentityCluster(ctx, "shop", sixMistakes())
		_, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
			PrincipalID: first.PrincipalID, NodeSubnetIDs: pulumi.StringMap{"nodes": pulumi.String(subnet)},
		}, pulumi.Parent(first))
		ctx.Export("kubeconfig", first.Kubeconfig)
		ctx.Export("addon", first.AddonIdentities.MapIndex(pulumi.String("azurepolicy")).PrincipalID())
		return errors.Join(refused, err)
	}, simtest.WithCloud(cloud))
	for name, result := range map[string]simtest.Result{"preview": s.Preview(), "up": s.Up()} {
		if result.Err == nil {
			t.Fatalf("%s succeeded", name)
		}
		requireProblems(t, result.Diagnostics(), `6 problems in the arguments of ManagedIdentityCluster "shop":`, sixPaths()[:1])
		if len(cloud.Assignments()) > 0 {
			t.Errorf("%s: made %v", name, cloud.Assignments())
		}
	}
}

// TestNoArgumentsAreAProblem of the component that got none.
func TestNoArgumentsAreAProblem(t *testing.T) {
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		_, cluster := components.NewManagedIdentityCluster(ctx, "shop", nil)
		_, delegation := components.NewVnetDelegation(ctx, "network", nil)
		_, addons := components.NewAddonIdentityGrants(ctx, "addons", nil)
		_, workload := components.NewWorkloadIdentity(ctx, "web", nil)
		return errors.Join(cluster, delegation, addons, workload)
	})
	text := s.Preview().Diagnostics()
	for _, want := range []string{`ManagedIdentityCluster "shop"`, `VnetDelegation "network"`, `AddonIdentityGrants "addons"`, `WorkloadIdentity "web"`} {
		requireProblems(t, text, "1 problem in the arguments of "+want+":", nil)
	}
}
