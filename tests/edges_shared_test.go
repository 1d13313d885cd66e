package tests

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// TestTwoKeysForOneKnownID: the grant is one, with both reasons; it stays what it is while keys come and go.
func TestTwoKeysForOneKnownID(t *testing.T) {
	w := edgeWorld(t)
	subnet := w.subnet("nodes")
	both := ids{"nodes": pulumi.String(subnet), "spare": pulumi.String(strings.ToUpper(subnet))}
	one := func(key string) ids { return ids{key: both[key]} }
	with := func(nodes, balancers ids) pulumi.RunFunc {
		return delegation(w, func(_ *pulumi.Context, a *components.VnetDelegationArgs) error {
			a.NodeSubnetIDs, a.LoadBalancerSubnetIDs = nodes, balancers
			return nil
		})
	}
	s := delegating(w, nodeSubnet(pulumi.String(subnet)))
	if up := s.Up(); up.Err != nil {
		t.Fatal(up.Explain())
	}
	first := w.deployed()[0].ID
	steps := []struct {
		name, reason string
		program      pulumi.RunFunc
	}{
		{"a second key", "the same subnet once more", with(both, nil)},
		{"another use", "a load balancer in it", with(both, ids{"web": pulumi.String(subnet)})},
		{"the first key goes", "the other one still holds it", with(one("spare"), ids{"web": pulumi.String(subnet)})},
		{"only the other use", "in another map", with(nil, ids{"web": pulumi.String(subnet)})},
		{"both uses", "on the way back", with(one("nodes"), ids{"web": pulumi.String(subnet)})},
		{"back to one key", "as in the beginning", with(one("nodes"), nil)},
	}
	for _, step := range steps {
		s.SetProgram(step.program)
		done := len(w.Operations())
		up := s.Up()
		if up.Err != nil {
			t.Fatalf("%s: %s", step.name, up.Explain())
		}
		if made := w.deployed(); len(made) != 1 || !strings.EqualFold(made[0].ID, first) {
			t.Errorf("%s (%s): want the one grant %s, got %v", step.name, step.reason, first, made)
		}
		for _, o := range w.Operations()[done:] {
			if o.Method == azuresim.MethodDelete {
				t.Errorf("%s (%s): %s %s", step.name, step.reason, o.Method, o.ID)
			}
		}
		if n := up.Op("create") + up.Op("delete") + up.Op("replace"); n > 0 {
			t.Errorf("%s (%s): the grant should stay, but\n%s", step.name, step.reason, up.Steps.Changing())
		}
	}
}

// TestRenamingAKeyTakesTwoSteps: a new key for a known ID is a new resource with the same name in Azure. The engine makes
// before it deletes, so one step fails, and says so; the grant stays. With both keys in between, nothing is made or deleted.
func TestRenamingAKeyTakesTwoSteps(t *testing.T) {
	w := edgeWorld(t)
	subnet := pulumi.String(w.subnet("nodes"))
	with := func(keys ...string) pulumi.RunFunc {
		return delegation(w, func(_ *pulumi.Context, a *components.VnetDelegationArgs) error {
			a.NodeSubnetIDs = ids{}
			for _, key := range keys {
				a.NodeSubnetIDs[key] = subnet
			}
			return nil
		})
	}
	s := simtest.New(t, with("old"), simtest.WithCloud(w.Cloud))
	steps := []struct {
		keys  []string
		works bool
	}{{[]string{"old"}, true}, {[]string{"new"}, false}, {[]string{"old", "new"}, true}, {[]string{"new"}, true}}
	for _, step := range steps {
		s.SetProgram(with(step.keys...))
		if up := s.Up(); (up.Err == nil) != step.works {
			t.Errorf("keys %v: %s", step.keys, up.Explain())
		}
		if made := w.deployed(); len(made) != 1 {
			t.Errorf("keys %v: want the one grant, got %v", step.keys, made)
		}
	}
}

// TestSharedGrantCarriesBothReasons looks at what Azure shows.
func TestSharedGrantCarriesBothReasons(t *testing.T) {
	w := edgeWorld(t)
	subnet := w.subnet("nodes")
	s := delegating(w, func(_ *pulumi.Context, a *components.VnetDelegationArgs) error {
		a.NodeSubnetIDs = ids{"nodes": pulumi.String(subnet)}
		a.KubenetSubnetIDs = ids{"nodes": pulumi.String(subnet)}
		return nil
	})
	if up := s.Up(); up.Err != nil {
		t.Fatal(up.Explain())
	}
	made := w.deployed()
	if len(made) != 1 || !strings.Contains(made[0].Description, "join nodes") || !strings.Contains(made[0].Description, "attach AKS's route table") {
		t.Errorf("want one grant with both reasons, got %v", made)
	}
}

// TestTwoKeysForOneLateID: what was two grants at preview cannot become one resource; the error names both keys.
func TestTwoKeysForOneLateID(t *testing.T) {
	w := edgeWorld(t)
	subnet := w.subnet("nodes")
	for name, second := range map[string]bool{"both late": true, "one late": false} {
		t.Run(name, func(t *testing.T) {
			s := delegating(w, func(ctx *pulumi.Context, a *components.VnetDelegationArgs) error {
				x, err := late(ctx, "group", subnet)
				a.NodeSubnetIDs = ids{"first": x, "second": pulumi.String(subnet)}
				if second {
					a.NodeSubnetIDs["second"] = x
				}
				return err
			})
			if preview := s.Preview(); preview.Err != nil {
				t.Errorf("nothing is known at preview: %s", preview.Explain())
			}
			up := s.Up()
			if up.Err == nil {
				t.Fatal("two resources for one grant must not work")
			}
			for _, want := range []string{"nodeSubnetIds.first", "nodeSubnetIds.second", "same scope"} {
				if !strings.Contains(up.Diagnostics(), want) {
					t.Errorf("the error does not say %q:\n%s", want, up.Diagnostics())
				}
			}
			if destroyed := s.Destroy(); destroyed.Err != nil {
				t.Fatal(destroyed.Explain())
			}
		})
	}
}

// TestLateEmptyPrincipal: an empty principal that arrives late is an error that says so, not a grant for nobody.
func TestLateEmptyPrincipal(t *testing.T) {
	w := edgeWorld(t)
	subnet := w.subnet("nodes")
	s := delegating(w, func(ctx *pulumi.Context, a *components.VnetDelegationArgs) error {
		nobody, err := late(ctx, "group", "")
		a.PrincipalID, a.NodeSubnetIDs = nobody, ids{"nodes": pulumi.String(subnet)}
		return err
	})
	up := s.Up()
	if up.Err == nil || !strings.Contains(up.Diagnostics(), "has no principal ID") || len(w.deployed()) > 0 {
		t.Errorf("want an error about the principal, got %s", up.Explain())
	}
}

// TestTwoComponentsMakeOneGrant: within a component the plan merges; two components cannot share a resource, and the error
// names the grant that is in the way. Nothing is lost.
func TestTwoComponentsMakeOneGrant(t *testing.T) {
	w := edgeWorld(t)
	subnet := ids{"nodes": pulumi.String(w.subnet("nodes"))}
	twice := false
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		principal := pulumi.String(w.cluster.ControlPlane())
		first, err := components.NewVnetDelegation(ctx, "first", &components.VnetDelegationArgs{PrincipalID: principal, NodeSubnetIDs: subnet})
		if err != nil || !twice {
			return err
		}
		_, err = components.NewVnetDelegation(ctx, "second", &components.VnetDelegationArgs{PrincipalID: first.PrincipalID, PodSubnetIDs: subnet})
		return err
	}, simtest.WithCloud(w.Cloud))
	if up := s.Up(); up.Err != nil {
		t.Fatal(up.Explain())
	}
	twice = true
	up := s.Up()
	if made := w.deployed(); up.Err == nil || !strings.Contains(up.Explain(), made[0].Name) || len(made) != 1 {
		t.Errorf("want an error that names %v, got %s", made, up.Explain())
	}
}
