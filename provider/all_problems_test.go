package provider_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// TestTenMistakesInTwoServedComponentsAreTenProblems: a program in another language registers both before it hears of either, and the
// engine ends everything at the first answer. All problems of both are told before that.
func TestTenMistakesInTwoServedComponentsAreTenProblems(t *testing.T) {
	cloud := azuresim.New()
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		err := ctx.RegisterRemoteComponentResource(components.ManagedIdentityClusterToken, "shop", pulumi.Map{
			"tier": pulumi.String("Premum"), "dnsPrefix": pulumi.String("-"),
			"upgrade":    pulumi.Map{"channel": pulumi.String("weekly")},
			"systemPool": pulumi.Map{"name": pulumi.String("Not A Name"), "vmSize": pulumi.String("D4ds_v5")},
		}, &cluster{})
		if err != nil {
			return err
		}
		return ctx.RegisterRemoteComponentResource(components.VnetDelegationToken, "network", pulumi.Map{
			"principalId": pulumi.String("11111111-1111-4111-8111-111111111111"), "roleStrategy": pulumi.String("custm"),
			"nodeSubnetIds": pulumi.Map{"nodes": pulumi.String("vnet/nodes"), "a b": pulumi.String("")},
			"propagation":   pulumi.Map{"timeoutSeconds": pulumi.Int(-1)},
		}, &delegation{})
	}, asProvider(), simtest.WithCloud(cloud))
	for name, run := range map[string]func(...simtest.OpOption) simtest.Result{"preview": s.Preview, "up": s.Up} {
		result := run()
		if result.Err == nil {
			t.Fatalf("%s succeeded", name)
		}
		text := result.Diagnostics()
		for _, want := range []string{`6 problems in the arguments of ManagedIdentityCluster "shop":`, `4 problems in the arguments of VnetDelegation "network":`} {
			if n := strings.Count(text, want); n != 1 {
				t.Errorf("%s: %q is said %d times in\n%s", name, want, n, text)
			}
		}
		for _, path := range []string{
			"apiServer", "dnsPrefix", "systemPool.name", "systemPool.vmSize", "tier", "upgrade.channel",
			"nodeSubnetIds", "nodeSubnetIds.nodes", "propagation.timeoutSeconds", "roleStrategy",
		} {
			if n := strings.Count(text, "\n  - "+path+": "); n != 1 {
				t.Errorf("%s: %d problems at %s in\n%s", name, n, path, text)
			}
		}
	}
	if calls := cloud.Operations(); len(calls) > 0 {
		t.Errorf("Azure was asked: %v", calls)
	}
}

// delegation is what a generated SDK would hold.
type delegation struct {
	pulumi.ResourceState
	Ready pulumi.BoolOutput `pulumi:"ready"`
}
