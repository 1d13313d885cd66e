package tests

import (
	"fmt"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// renamed is one argument, whose key changes while the resource stays.
type renamed struct {
	touch
	strategy plan.RoleStrategy
	late     bool
}

func (r renamed) String() string { return fmt.Sprintf("%s/%s/late=%v", r.use, r.strategy, r.late) }

func (r renamed) id(text string) pulumi.StringInput {
	if r.late {
		return pulumi.String(text).ToStringOutput()
	}
	return pulumi.String(text)
}

// eachRenamed calls check with built-in roles on known IDs, and with generated roles on late ones.
func eachRenamed(t *testing.T, touches []touch, check func(*testing.T, renamed)) {
	t.Helper()
	for _, touch := range touches {
		for _, r := range []renamed{{touch, plan.BuiltinRoles, false}, {touch, plan.CustomRoles, true}} {
			t.Run(r.String(), func(t *testing.T) { check(t, r) })
		}
	}
}

// TestARenamedKeyOfADelegationKeepsItsGrant: of every argument; when its former key is named, neither the preview nor the deployment
// changes anything.
func TestARenamedKeyOfADelegationKeepsItsGrant(t *testing.T) {
	eachRenamed(t, delegationTouches(), func(t *testing.T, r renamed) {
		w := newWorld(t)
		w.seedCluster(plan.UserAssigned)
		id, _ := r.seed(w, "target1")
		keepsItsGrants(t, w, func(key string, former map[string][]string) pulumi.RunFunc {
			args := &components.VnetDelegationArgs{
				PrincipalID: pulumi.String(r.holder(w)), RoleStrategy: r.strategy, RenamedKeys: former,
			}
			put(t, args, r.argument, ids{key: r.id(id)})
			return func(ctx *pulumi.Context) error {
				_, err := components.NewVnetDelegation(ctx, "delegation", args)
				return err
			}
		}, r.argument)
	})
}

// TestARenamedKeyOfAnAddonKeepsItsGrant is the same for the kubelet, the add-ons and what stands around a cluster.
func TestARenamedKeyOfAnAddonKeepsItsGrant(t *testing.T) {
	eachRenamed(t, addonTouches(), func(t *testing.T, r renamed) {
		w := newWorld(t)
		w.seedCluster(plan.UserAssigned)
		id, _ := r.seed(w, "target1")
		keepsItsGrants(t, w, func(key string, former map[string][]string) pulumi.RunFunc {
			args := w.addonPrincipals()
			args.RoleStrategy, args.RenamedKeys = r.strategy, former
			put(t, args, r.argument, ids{key: r.id(id)})
			return func(ctx *pulumi.Context) error {
				_, err := components.NewAddonIdentityGrants(ctx, "addons", args)
				return err
			}
		}, r.argument)
	})
}

// keepsItsGrants renames a key twice, naming all former keys, and looks that nothing is asked of Azure.
func keepsItsGrants(t *testing.T, w *world, program func(string, map[string][]string) pulumi.RunFunc, argument string) {
	t.Helper()
	s := simtest.New(t, program("one", nil), simtest.WithCloud(w.Cloud))
	if up := s.Up(); up.Err != nil {
		t.Fatal(up.Explain())
	}
	grants, asked := len(w.Assignments()), writes(w.Cloud)
	for _, step := range []struct {
		key    string
		former []string
	}{{"two", []string{argument + ".one"}}, {"three", []string{argument + ".two", argument + ".one"}}} {
		s.SetProgram(program(step.key, map[string][]string{argument + "." + step.key: step.former}))
		for _, run := range []func(...simtest.OpOption) simtest.Result{s.Preview, s.Up} {
			if result := run(); result.Err != nil || len(result.Steps.Changing()) > 0 {
				t.Errorf("under %q, %v changes %s", step.key, result.Steps.Changing(), result.Explain())
			}
		}
	}
	if got := len(w.Assignments()); grants == 0 || got != grants || writes(w.Cloud) != asked {
		t.Errorf("there were %d grants and are %d; Azure was asked to write %d times more", grants, got, writes(w.Cloud)-asked)
	}
}

// writes are how often something was made, changed or deleted.
func writes(cloud *azuresim.Cloud) (n int) {
	for _, op := range cloud.Operations() {
		if op.Method == azuresim.MethodPut || op.Method == azuresim.MethodDelete {
			n++
		}
	}
	return n
}
