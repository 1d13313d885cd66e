package plan_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

const grantWrite = "Microsoft.Authorization/roleAssignments/write"

// inLateSubnet is a cluster with a user-assigned identity in a subnet whose ID is known late only.
func inLateSubnet(group plan.Value[string]) plan.Plan {
	pool := system()
	pool.Subnet = "nodes"
	return plan.ForCluster(plan.Cluster{
		Identity: plan.ClusterIdentity{Type: plan.UserAssigned}, SystemPool: pool, APIServer: open(), ResourceGroup: group,
		Subnets: map[string]plan.Value[string]{"nodes": plan.Late[string]()},
	})
}

// wherever are the scopes of an action, in words.
func wherever(rights plan.DeployerRights, action string) (scopes []string) {
	for _, a := range rights {
		if a.Action == action {
			scopes = append(scopes, a.Scope.String())
		}
	}
	return scopes
}

func TestTheDeployersRightsAreAtTheirScopes(t *testing.T) {
	const write = "Microsoft.ContainerService/managedClusters/write"
	for _, tc := range []struct {
		name, reason string
		plan         plan.Plan
		action       string
		want         []string
	}{
		{"late subnet", "an ID that is late is named by its argument", inLateSubnet(plan.Value[string]{}), grantWrite, []string{"subnets.nodes"}},
		{"made group", "a right on a group that is made cannot exist before", inLateSubnet(plan.Value[string]{}), write, []string{"the subscription of the provider"}},
		{"given group", "the group is there", inLateSubnet(plan.Known("shop")), write, []string{"the resource group shop"}},
		{"late group", "its name comes later", inLateSubnet(plan.Late[string]()), write, []string{"the resource group in resourceGroupName"}},
		{"given group", "no group is made", inLateSubnet(plan.Known("shop")), "Microsoft.Resources/subscriptions/resourceGroups/write", nil},
		{"problems", "a plan that cannot be carried out needs nothing", plan.ForCluster(plan.Cluster{}), write, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := wherever(plan.DeployerActions(tc.plan), tc.action); !slices.Equal(got, tc.want) {
				t.Errorf("%s: want %q, got %q", tc.reason, tc.want, got)
			}
		})
	}
}

// TestWhoLeavesTheGrantsToOthersNeedsNoRightAboutRoles: with grants none.
func TestWhoLeavesTheGrantsToOthersNeedsNoRightAboutRoles(t *testing.T) {
	pool := system()
	pool.Subnet = "nodes"
	p := plan.ForCluster(plan.Cluster{
		Identity: plan.ClusterIdentity{Type: plan.UserAssigned}, SystemPool: pool, APIServer: open(), Grants: plan.GrantNone,
		Subnets: map[string]plan.Value[string]{"nodes": plan.Late[string]()},
	})
	rights := plan.DeployerActions(p)
	if len(rights) == 0 {
		t.Fatalf("no rights: %v", p.Problems)
	}
	for _, a := range rights {
		if strings.HasPrefix(a.Action, "Microsoft.Authorization/") {
			t.Errorf("want no right about roles, got %s", a)
		}
	}
}

func TestARightIsListedOnceForEachThingThatNeedsIt(t *testing.T) {
	p := inLateSubnet(plan.Known("shop"))
	once, twice := plan.DeployerActions(p), plan.DeployerActions(p, p)
	if len(once) != len(twice) || len(once) == 0 {
		t.Errorf("want the same rights for the same plan given twice, got %d and %d", len(once), len(twice))
	}
	for _, a := range once {
		if a.Action == "" || a.Resource == "" || a.Reason == "" || a.Need == "" || a.When == "" {
			t.Errorf("incomplete: %+v", a)
		}
	}
}

func TestARoleDefinitionIsWhatTheAzureCLITakes(t *testing.T) {
	rights := plan.DeployerActions(inLateSubnet(plan.Known("shop")))
	text, err := rights.RoleDefinition("Shop deployer", rbac.MustParseScope(subscription))
	if err != nil {
		t.Fatal(err)
	}
	var definition struct {
		Name, Description                                string
		IsCustom                                         bool
		Actions, NotActions, DataActions, NotDataActions []string
		AssignableScopes                                 []string
	}
	strict := json.NewDecoder(strings.NewReader(string(text)))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&definition); err != nil {
		t.Fatal(err)
	}
	if definition.Name != "Shop deployer" || !definition.IsCustom || !slices.Contains(definition.Actions, grantWrite) ||
		definition.NotActions == nil || !slices.Equal(definition.AssignableScopes, []string{subscription}) {
		t.Errorf("got %s", text)
	}
	if !slices.IsSorted(definition.Actions) || len(slices.Compact(slices.Clone(definition.Actions))) != len(definition.Actions) {
		t.Errorf("each action stands once, in order: %q", definition.Actions)
	}
	for reason, bad := range map[string]func() ([]byte, error){
		"Azure wants a name":          func() ([]byte, error) { return rights.RoleDefinition("", rbac.MustParseScope(subscription)) },
		"Azure wants a scope":         func() ([]byte, error) { return rights.RoleDefinition("x") },
		"Azure refuses the root here": func() ([]byte, error) { return rights.RoleDefinition("x", rbac.MustParseScope("/")) },
	} {
		if _, err := bad(); err == nil {
			t.Errorf("want an error: %s", reason)
		}
	}
}

func TestOnlyWhatIsKnownToBeMissingIsMissing(t *testing.T) {
	nothing := []rbac.Permissions{}
	everything := []rbac.Permissions{{Actions: []string{"*"}}}
	contributor := []rbac.Permissions{{Actions: []string{"*"}, NotActions: []string{"Microsoft.Authorization/*/Write", "Microsoft.Authorization/*/Delete"}}}
	pool := system()
	pool.Subnet = "nodes"
	const subnet = subscription + "/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes"
	known := plan.ForCluster(plan.Cluster{
		Identity: plan.ClusterIdentity{Type: plan.UserAssigned}, SystemPool: pool, APIServer: open(), ResourceGroup: plan.Known("shop"),
		Subnets: map[string]plan.Value[string]{"nodes": plan.Known(subnet)},
	})
	for _, tc := range []struct {
		name, reason string
		plan         plan.Plan
		held         []rbac.Permissions
		known        bool
		want         []string // missing at the subnet
	}{
		{"owner", "holds everything", known, everything, true, nil},
		{"contributor", "cannot grant", known, contributor, true, []string{grantWrite}},
		{"nobody", "what is only documented, or only needed to destroy, is not missed", known, nothing, true,
			[]string{"Microsoft.Authorization/roleAssignments/read", grantWrite, "Microsoft.Network/virtualNetworks/subnets/join/action"}},
		{"silence", "nobody can tell", known, nothing, false, nil},
		{"late", "a scope that is late is not asked about", inLateSubnet(plan.Known("shop")), nothing, true, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			missing := plan.DeployerActions(tc.plan).Missing(strings.TrimPrefix(subscription, "/subscriptions/"),
				func(rbac.Scope) ([]rbac.Permissions, bool) { return tc.held, tc.known })
			var got []string
			for _, m := range missing {
				if m.Scope.String() != subnet {
					continue
				}
				for _, a := range m.Rights {
					got = append(got, a.Action)
				}
			}
			if got = slices.Compact(got); !slices.Equal(got, tc.want) {
				t.Errorf("%s: want %q, got %q", tc.reason, tc.want, got)
			}
		})
	}
}

func TestTheAdviceIsTheNarrowestUsualRole(t *testing.T) {
	for _, tc := range []struct {
		reason  string
		actions []string
		want    rbac.RoleName
	}{
		{"granting only", []string{grantWrite, "Microsoft.Authorization/roleAssignments/read"}, rbac.RoleBasedAccessControlAdministrator},
		{"roles are defined too", []string{"Microsoft.Authorization/roleDefinitions/write"}, rbac.UserAccessAdministrator},
		{"a subnet is joined", []string{"Microsoft.Network/virtualNetworks/subnets/join/action"}, rbac.NetworkContributor},
		{"an identity is used", []string{"Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"}, rbac.ManagedIdentityOperator},
		{"a cluster is made", []string{"Microsoft.ContainerService/managedClusters/write"}, rbac.Contributor},
		{"both at once", []string{"Microsoft.ContainerService/managedClusters/write", grantWrite}, rbac.Owner},
	} {
		var rights plan.DeployerRights
		for _, action := range tc.actions {
			rights = append(rights, plan.DeployerAction{Action: action})
		}
		if got := rights.BuiltinRole(); got != tc.want {
			t.Errorf("%s: want %s, got %s", tc.reason, tc.want, got)
		}
	}
}

func ExampleDeployerActions() {
	p := plan.ForDelegation(plan.Delegation{
		PrincipalID: plan.Late[string](),
		Mentions:    plan.Each(plan.NodeSubnet, "nodeSubnetIds", map[string]plan.Value[string]{"nodes": plan.Late[string]()}),
	})
	for _, right := range plan.DeployerActions(p) {
		fmt.Println(right)
	}
	// Output:
	// Microsoft.Authorization/roleAssignments/delete on nodeSubnetIds.nodes (grant principal-network-contributor-nodeSubnetIds.nodes): delete it
	// Microsoft.Authorization/roleAssignments/read on nodeSubnetIds.nodes (grant principal-network-contributor-nodeSubnetIds.nodes): look whether it exists, and read what it became
	// Microsoft.Authorization/roleAssignments/write on nodeSubnetIds.nodes (grant principal-network-contributor-nodeSubnetIds.nodes): create and update it
}
