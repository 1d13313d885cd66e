package components_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestAPreviewTellsEachGrantWithItsReason: without --diff and without exporting anything, while every ID is still unknown; the
// deployment itself, and the next one, say nothing.
func TestAPreviewTellsEachGrantWithItsReason(t *testing.T) {
	cloud := azuresim.New()
	subnet := pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))
	const join = "gets Network Contributor on subnets.nodes"
	for _, tc := range []struct {
		name, reason string
		subnet       func(*pulumi.Context) pulumi.StringInput
		how          components.Explain
		want         []string
	}{
		{"known", "the names in the ID are told", func(*pulumi.Context) pulumi.StringInput { return subnet }, "",
			[]string{"1 grant:", "control-plane " + join + " (hub/nodes): join nodes and internal load balancers to the subnet (nodes of pool system)"}},
		{"unknown", "the argument is told", func(ctx *pulumi.Context) pulumi.StringInput {
			if ctx.DryRun() {
				return pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) string { return "" }).(pulumi.StringOutput)
			}
			return subnet
		}, "", []string{"control-plane " + join + ": join nodes"}},
		{"summary", "on one line", func(*pulumi.Context) pulumi.StringInput { return subnet }, components.ExplainSummary,
			[]string{"1 grant: control-plane gets Network Contributor on 1 scope."}},
		{"none", "nothing", func(*pulumi.Context) pulumi.StringInput { return subnet }, components.ExplainNone, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := simtest.New(t, func(ctx *pulumi.Context) error {
				args := inSubnet(cloud, plan.UserAssigned)
				args.Subnets["nodes"], args.Explain = tc.subnet(ctx), tc.how
				_, err := components.NewManagedIdentityCluster(ctx, "aks", args)
				return err
			}, simtest.WithCloud(cloud))
			told := unwrapped(must(t, "preview", s.Preview()).Diagnostics())
			for _, want := range tc.want {
				if !strings.Contains(told, want) {
					t.Errorf("%s: want %q in\n%s", tc.reason, want, told)
				}
			}
			if tc.want == nil && strings.Contains(told, "grant") {
				t.Errorf("%s, but:\n%s", tc.reason, told)
			}
			for _, name := range []string{"up", "up again"} {
				if told := must(t, name, s.Up()).Diagnostics(); told != "" {
					t.Errorf("%s: an %s has nothing to tell, but:\n%s", tc.reason, name, told)
				}
			}
			must(t, "destroy", s.Destroy())
		})
	}
}

// unwrapped is a text on one line.
func unwrapped(text string) string { return strings.Join(strings.Fields(text), " ") }

// TestAPreviewOfADeployedStackTellsWhatIsNew: what is there was told before it was made. A preview that changes nothing says nothing, and
// one grant more stands alone among twenty.
func TestAPreviewOfADeployedStackTellsWhatIsNew(t *testing.T) {
	cloud := azuresim.New()
	disks := pulumi.StringMap{}
	add := func(group string, names ...string) {
		for _, name := range names {
			disks[name] = pulumi.String(cloud.MustSeed(azuresim.ID(group, azuresim.DiskType, name), nil))
		}
	}
	principal := pulumi.String(cloud.MustSeedIdentity("ids", "one").PrincipalID)
	for n := range 20 {
		add("disks", fmt.Sprintf("orders%02d", n))
	}
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		made, err := components.NewVnetDelegation(ctx, "storage", &components.VnetDelegationArgs{PrincipalID: principal, DiskIDs: disks})
		if err == nil {
			ctx.Export("ready", made.Ready) // the engine tells nothing about a stack without outputs
		}
		return err
	}, simtest.WithCloud(cloud))
	tells := func(reason, want string) {
		t.Helper()
		if told := unwrapped(must(t, "preview", s.Preview()).Diagnostics()); told != want && !strings.Contains(told, want) || want == "" && told != "" {
			t.Errorf("%s: want %q, got %q", reason, want, told)
		}
	}
	tells("before the first deployment", "20 grants: principal gets Virtual Machine Contributor on 20 scopes.")
	must(t, "up", s.Up())
	tells("nothing changes", "")
	add("disks", "invoices")
	tells("one is new", "1 new grant, beside 20 that stay: - principal gets Virtual Machine Contributor on diskIds.invoices (invoices): attach and detach the disk")
	delete(disks, "invoices")
	delete(disks, "orders07")
	tells("one goes, and the preview shows its resource go", "")
	add("archive", "orders08")
	tells("another disk under the same key", "1 new grant, beside 18 that stay: - principal gets Virtual Machine Contributor on diskIds.orders08")
	must(t, "up", s.Up())
	tells("nothing changes any more", "")
}

// TestEveryComponentTellsItsGrants: they are told at the component that makes them.
func TestEveryComponentTellsItsGrants(t *testing.T) {
	cloud := azuresim.New()
	subnet := pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))
	principal := pulumi.String(cloud.MustSeedIdentity("ids", "one").PrincipalID)
	registry := pulumi.String(cloud.MustSeed(azuresim.ID("reg", azuresim.RegistryType, "shared"), nil))
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		if _, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
			PrincipalID: principal, PodSubnetIDs: pulumi.StringMap{"a": subnet},
		}); err != nil {
			return err
		}
		if _, err := components.NewAddonIdentityGrants(ctx, "addons", &components.AddonIdentityGrantsArgs{
			KubeletPrincipalID: principal.ToStringPtrOutput(), RegistryIDs: pulumi.StringMap{"a": registry},
		}); err != nil {
			return err
		}
		_, err := components.NewWorkloadIdentity(ctx, "web", &components.WorkloadIdentityArgs{
			ResourceGroupName: pulumi.String("ids"), IssuerURL: pulumi.String("https://issuer.example/"),
			ServiceAccounts: map[string]*components.ServiceAccountArgs{"web": {Namespace: pulumi.String("shop"), Name: pulumi.String("web")}},
			Roles:           map[string]*components.WorkloadGrantArgs{"images": {Role: "AcrPull", ResourceID: registry, Reason: "copy images"}},
		})
		return err
	}, simtest.WithCloud(cloud))
	told := unwrapped(must(t, "preview", s.Preview()).Diagnostics())
	for _, want := range []string{
		"principal gets Network Contributor on podSubnetIds.a (hub/nodes): ", "kubelet gets AcrPull on registryIds.a (shared): pull images",
		"workload-web gets AcrPull on roles.images (shared): copy images",
	} {
		if !strings.Contains(told, want) {
			t.Errorf("want %q in\n%s", want, told)
		}
	}
}
