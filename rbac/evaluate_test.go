package rbac

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEvaluate(t *testing.T) {
	subnet, vnet, group := MustParseScope(testSubnet), MustParseScope(testVnet), MustParseScope(testGroup)
	joiner := Role{Name: "joiner", Permissions: Permissions{Actions: []string{"Microsoft.Network/virtualNetworks/subnets/join/action"}}}
	reader := Role{Name: "reader", Permissions: Permissions{Actions: []string{"*/read"}}}
	data := Role{Name: "data", Permissions: Permissions{DataActions: []string{"*"}}}
	read := Need{Action: "Microsoft.Network/virtualNetworks/subnets/read", Scope: subnet}
	join := Need{Action: "Microsoft.Network/virtualNetworks/subnets/join/action", Scope: subnet}
	joins := Assignment{"P1", joiner, subnet}
	reads, readsAll := Assignment{"p1", reader, vnet}, Assignment{"p1", reader, group}

	cases := []struct {
		name, reason string
		held         []Assignment
		principal    string
		needs        []Need
		want         Decision
	}{
		{
			"two roles together", "the union counts, and each need names what meets it",
			[]Assignment{joins, reads}, "p1", []Need{read, join},
			Decision{
				Effect: Allow, By: []Assignment{joins, reads},
				Met: []Met{{read, []Assignment{reads}}, {join, []Assignment{joins}}},
			},
		},
		{
			"one part missing", "denied as a whole, and the rest is still reported",
			[]Assignment{reads, readsAll}, "P1", []Need{join, read},
			Decision{
				Effect: Deny, Missing: []Need{join}, By: []Assignment{reads, readsAll},
				Met: []Met{{read, []Assignment{reads, readsAll}}},
			},
		},
		{
			"no needs", "nothing can be missing", nil, "p1", nil,
			Decision{Effect: Allow},
		},
		{
			"no principal", "an unknown principal holds nothing, not even what an unknown principal was given",
			[]Assignment{{"", reader, group}}, "", []Need{read},
			Decision{Effect: Deny, Missing: []Need{read}},
		},
		{
			"no scope", "a need whose scope is not known is not met",
			[]Assignment{{"p1", reader, MustParseScope("/")}}, "p1", []Need{{Action: read.Action}},
			Decision{Effect: Deny, Missing: []Need{{Action: read.Action}}},
		},
		{
			"assignment without a scope", "gives nothing",
			[]Assignment{{"p1", reader, Scope{}}}, "p1", []Need{read},
			Decision{Effect: Deny, Missing: []Need{read}},
		},
		{
			"data plane", "a role of data actions manages nothing",
			[]Assignment{{"p1", data, group}}, "p1", []Need{read, {Action: read.Action, Data: true, Scope: subnet}},
			Decision{
				Effect: Deny, Missing: []Need{read}, By: []Assignment{{"p1", data, group}},
				Met: []Met{{Need{read.Action, true, subnet}, []Assignment{{"p1", data, group}}}},
			},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := Evaluate(c.held, c.principal, c.needs...)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
			if got.Allowed() != (c.want.Effect == Allow) {
				t.Errorf("Allowed says %v", got.Allowed())
			}
		})
	}
}

func TestZeroDecisionIsNoPermission(t *testing.T) {
	if (Decision{}).Allowed() {
		t.Error("a decision that nobody made allows")
	}
}

func TestEvaluatorFollowsManagementGroups(t *testing.T) {
	management := MustParseScope(testManagement)
	h, err := NewHierarchy(Placement{Child: MustParseScope(testSubscription), Parent: management})
	if err != nil {
		t.Fatal(err)
	}
	role, _ := BuiltinRole(NetworkContributor)
	held := []Assignment{{"p1", role, management}}
	need := Need{Action: "Microsoft.Network/virtualNetworks/subnets/join/action", Scope: MustParseScope(testSubnet)}
	if !(Evaluator{Hierarchy: h}).Evaluate(held, "p1", need).Allowed() {
		t.Error("the assignment at the management group does not reach the subnet")
	}
	if Evaluate(held, "p1", need).Allowed() {
		t.Error("without a hierarchy the management group reaches the subnet")
	}
}

func TestNeedString(t *testing.T) {
	at := MustParseScope("/subscriptions/s")
	got := []string{Need{"A.B/c/read", false, at}.String(), Need{"A.B/c/read", true, at}.String()}
	want := []string{"A.B/c/read on /subscriptions/s", "data action A.B/c/read on /subscriptions/s"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
