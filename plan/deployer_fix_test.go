package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// right is a right on one scope that something needs.
func right(action, scope, resource string) plan.DeployerAction {
	at := plan.DeployerScope{Path: "some.argument"}
	if scope != "" {
		at.Scope = rbac.MustParseScope(scope)
	}
	return plan.DeployerAction{Action: action, Scope: at, Resource: resource, Need: plan.Needed, When: plan.ToMake}
}

// TestWhatIsLackingIsTold with what needs it, and with the command for each built-in role that holds it: one for what is about roles,
// another for the rest.
func TestWhatIsLackingIsTold(t *testing.T) {
	const join, group = "Microsoft.Network/virtualNetworks/subnets/join/action", subscription + "/resourceGroups/net"
	missing := []plan.MissingRights{
		{Scope: rbac.MustParseScope(group), Rights: plan.DeployerRights{
			right(grantWrite, group, "grant a"), right(grantWrite, group, "grant b"), right(join, group, "cluster"),
		}},
		{Scope: rbac.MustParseScope(subscription), Rights: plan.DeployerRights{right(join, subscription, "cluster")}},
	}
	want := `Whoever deploys lacks rights, by what Azure says of 1234:
  - Microsoft.Authorization/roleAssignments/write on ` + group + `: grant a, grant b
  - Microsoft.Network/virtualNetworks/subnets/join/action on ` + group + `: cluster
  - Microsoft.Network/virtualNetworks/subnets/join/action on ` + subscription + `: cluster
Let somebody who may grant roles there run, and deploy again some minutes later:
  az role assignment create --assignee-object-id 1234 --assignee-principal-type <User or ServicePrincipal> --role "Network Contributor" --scope ` + group + `
  az role assignment create --assignee-object-id 1234 --assignee-principal-type <User or ServicePrincipal> --role "Role Based Access Control Administrator" --scope ` + group + `
  az role assignment create --assignee-object-id 1234 --assignee-principal-type <User or ServicePrincipal> --role "Network Contributor" --scope ` + subscription + `
A narrower role, and what to do when another team makes the grants: docs/deployer.md. checkDeployer: false deploys without this look.`
	if diff := cmp.Diff(want, plan.ExplainMissing("1234", missing)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	unknown := strings.ReplaceAll(want, "1234", "<object ID of whoever deploys>")
	if diff := cmp.Diff(unknown, plan.ExplainMissing("", missing)); diff != "" {
		t.Errorf("nobody knows who deploys (-want +got):\n%s", diff)
	}
}

// TestWhatIsNotKnownHidesNothing: a scope that is late, and one of which nobody can tell, are passed over; those after them are asked.
func TestWhatIsNotKnownHidesNothing(t *testing.T) {
	const first, second, third = subscription + "/resourceGroups/a", subscription + "/resourceGroups/b", subscription + "/resourceGroups/c"
	rights := plan.DeployerRights{right("x/read", "", "late"), right("x/read", first, "silent"), right("x/read", second, "held"), right("x/read", third, "missing")}
	missing := rights.Missing("11111111-1111-1111-1111-111111111111", func(at rbac.Scope) ([]rbac.Permissions, bool) {
		switch at.String() {
		case first:
			return nil, false
		case second:
			return []rbac.Permissions{{Actions: []string{"y/read"}}, {Actions: []string{"*"}}}, true
		default:
			return nil, true
		}
	})
	var scopes []string
	for _, m := range missing {
		scopes = append(scopes, m.Scope.String())
	}
	if !slices.Equal(scopes, []string{third}) {
		t.Errorf("missing at %q, want at %s alone", scopes, third)
	}
}

// TestWhereARightIs in the subscription of the provider, which the plan does not know.
func TestWhereARightIs(t *testing.T) {
	const here = "11111111-1111-1111-1111-111111111111"
	for _, tc := range []struct {
		name         string
		scope        plan.DeployerScope
		subscription string
		want         string
		known        bool
	}{
		{"its own scope", right("", subscription+"/resourceGroups/net", "").Scope, here, subscription + "/resourceGroups/net", true},
		{"the subscription", plan.DeployerScope{}, here, subscription, true},
		{"a group in it", plan.DeployerScope{Path: "resourceGroupName", GroupName: plan.Known("shop")}, here, subscription + "/resourceGroups/shop", true},
		{"a late group in it", plan.DeployerScope{Path: "resourceGroupName", GroupName: plan.Late[string]()}, here, "", false},
		{"a late ID", plan.DeployerScope{Path: "subnets.nodes"}, here, "", false},
		{"no subscription", plan.DeployerScope{}, "", "", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, known := tc.scope.In(tc.subscription)
			if known != tc.known || known && got.String() != tc.want {
				t.Errorf("%s, %t, want %s, %t", got, known, tc.want, tc.known)
			}
		})
	}
}
