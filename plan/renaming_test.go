package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestEntriesThatRenameNothing: each is a problem with its path and the nearest name.
func TestEntriesThatRenameNothing(t *testing.T) {
	const subnet = "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub/subnets/"
	cases := []struct {
		name, reason string
		former       map[string][]string
		path, says   string
	}{
		{"right", "a former key", map[string][]string{"nodeSubnetIds.nodes": {"nodeSubnetIds.workers"}}, "", ""},
		{"moved", "another argument can have held it", map[string][]string{"nodeSubnetIds.nodes": {"podSubnetIds.workers"}}, "", ""},
		{"a chain", "several former keys", map[string][]string{"nodeSubnetIds.nodes": {"nodeSubnetIds.b", "nodeSubnetIds.a"}}, "", ""},
		{"not there", "a slip in today's key", map[string][]string{"nodeSubnetIds.node": {"nodeSubnetIds.workers"}}, `renamedKeys["nodeSubnetIds.node"]`, `did you mean "nodeSubnetIds.nodes"?`},
		{"still there", "it names another resource now", map[string][]string{"nodeSubnetIds.nodes": {"podSubnetIds.pods"}}, `renamedKeys["nodeSubnetIds.nodes"][0]`, "still there"},
		{
			"a swap", "an alias cannot cross another", map[string][]string{"nodeSubnetIds.nodes": {"podSubnetIds.pods"}, "podSubnetIds.pods": {"nodeSubnetIds.nodes"}},
			`renamedKeys["podSubnetIds.pods"][0]`, "still there",
		},
		{"itself", "nothing is renamed", map[string][]string{"nodeSubnetIds.nodes": {"nodeSubnetIds.nodes"}}, `renamedKeys["nodeSubnetIds.nodes"][0]`, "still there"},
		{"unknown argument", "a slip in the argument", map[string][]string{"nodeSubnetIds.nodes": {"nodeSubnetId.workers"}}, `renamedKeys["nodeSubnetIds.nodes"][0]`, `did you mean "nodeSubnetIds"?`},
		{"a key alone", "the path is wanted in full", map[string][]string{"nodeSubnetIds.nodes": {"workers"}}, `renamedKeys["nodeSubnetIds.nodes"][0]`, "nodeSubnetIds.<former key>"},
		{
			"claimed twice", "one thing has become one other", map[string][]string{"nodeSubnetIds.nodes": {"nodeSubnetIds.a"}, "podSubnetIds.pods": {"nodeSubnetIds.a"}},
			`renamedKeys["podSubnetIds.pods"][0]`, "already",
		},
		{"nothing", "an entry without a former path", map[string][]string{"nodeSubnetIds.nodes": nil}, `renamedKeys["nodeSubnetIds.nodes"]`, "no former path"},
		{"a pool", "Azure renames none", map[string][]string{"pools.web": {"pools.old"}}, `renamedKeys["pools.web"]`, "Azure renames no pool"},
		{"an account", "credentials are no grants", map[string][]string{"nodeSubnetIds.nodes": {"serviceAccounts.old"}}, `renamedKeys["nodeSubnetIds.nodes"][0]`, "service account"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			decided := plan.ForDelegation(plan.Delegation{
				PrincipalID: plan.Known("11111111-2222-4333-8444-555555555555"),
				Mentions: []plan.Mention{
					{Use: plan.NodeSubnet, Path: "nodeSubnetIds.nodes", ID: plan.Known(subnet + "nodes")},
					{Use: plan.PodSubnet, Path: "podSubnetIds.pods", ID: plan.Known(subnet + "pods")},
				},
				Renamed: plan.Renaming{Former: tc.former, Arguments: []plan.Path{"nodeSubnetIds", "podSubnetIds", "serviceAccounts"}},
			})
			found := tc.path == "" && len(decided.Problems) == 0
			for _, problem := range decided.Problems {
				found = found || string(problem.Path) == tc.path && strings.Contains(problem.String(), tc.says)
			}
			if !found {
				t.Errorf("%s: want %q at %q, got %v", tc.reason, tc.says, tc.path, decided.Problems)
			}
		})
	}
}

// TestEntriesThatAdoptNothing: the grant has to be there and built in, and the name a GUID.
func TestEntriesThatAdoptNothing(t *testing.T) {
	const (
		subnet = "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes"
		name   = "principal-network-contributor-nodeSubnetIds.nodes"
		guid   = "11111111-2222-4333-8444-555555555555"
	)
	cases := []struct {
		name     string
		strategy plan.RoleStrategy
		adopted  plan.Adopted
		says     string
	}{
		{"right", plan.BuiltinRoles, plan.Adopted{name: guid}, ""},
		{"as Azure writes it", plan.BuiltinRoles, plan.Adopted{name: strings.ReplaceAll(guid, "-", "")}, ""},
		{"no such grant", plan.BuiltinRoles, plan.Adopted{name + "s": guid}, `did you mean "` + name + `"?`},
		{"no GUID", plan.BuiltinRoles, plan.Adopted{name: "grant"}, "not the name of an assignment"},
		{"generated", plan.CustomRoles, plan.Adopted{"principal-custom-role-nodeSubnetIds.nodes": guid}, "its role is generated"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			decided := plan.ForDelegation(plan.Delegation{
				PrincipalID: plan.Known(guid), Strategy: tc.strategy, Adopted: tc.adopted,
				Mentions: []plan.Mention{{Use: plan.NodeSubnet, Path: "nodeSubnetIds.nodes", ID: plan.Known(subnet)}},
			})
			if tc.says == "" {
				if len(decided.Problems) > 0 || decided.Grants[0].AdoptedName != guid {
					t.Errorf("got %q and %v", decided.Grants[0].AdoptedName, decided.Problems)
				}
			} else if len(decided.Problems) != 1 || !strings.Contains(decided.Problems[0].String(), tc.says) {
				t.Errorf("want %q, got %v", tc.says, decided.Problems)
			}
		})
	}
}

// TestARenamedArgumentKeepsItsGrants: whoever deployed with a version that called it otherwise changes nothing by taking this one.
func TestARenamedArgumentKeepsItsGrants(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		former       map[string][]string
		want         []string
	}{
		{"an upgrade", "the argument was called grants", nil, []string{"workload-acrpull-grants.images"}},
		{
			"with another key", "the entry was made before the upgrade", map[string][]string{"roles.images": {"grants.pictures"}},
			[]string{"workload-acrpull-grants.images", "workload-acrpull-grants.pictures"},
		},
		{
			"with another key since", "the entry is made after the upgrade", map[string][]string{"roles.images": {"roles.pictures"}},
			[]string{"workload-acrpull-grants.images", "workload-acrpull-roles.pictures", "workload-acrpull-grants.pictures"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			decided := plan.ForWorkload(plan.Workload{
				ResourceGroup: plan.Known("shop"), Issuer: plan.Known("https://issuer.example/"),
				ServiceAccounts: map[string]plan.ServiceAccount{"web": {Namespace: plan.Known("shop"), Name: plan.Known("web")}},
				Grants: map[string]plan.OwnGrant{"images": {
					Role: "AcrPull", Resource: plan.Known("/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/shop/providers/Microsoft.ContainerRegistry/registries/shop"),
				}},
				Renamed: plan.Renaming{Former: tc.former, Arguments: []plan.Path{"roles", "serviceAccounts"}},
			})
			if len(decided.Problems) > 0 || len(decided.Grants) != 1 {
				t.Fatal(decided.Problems, decided.Grants)
			}
			for _, want := range tc.want {
				if former := decided.Grants[0].FormerNames; !slices.Contains(former, want) {
					t.Errorf("former names %v lack %s: %s", former, want, tc.reason)
				}
			}
		})
	}
}
