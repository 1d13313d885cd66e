package azuresim_test

import (
	"strings"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

const (
	someGUID  = "aaaaaaaa-0000-4000-8000-000000000001"
	otherGUID = "aaaaaaaa-0000-4000-8000-000000000002"
	nobody    = "ffffffff-0000-4000-8000-000000000009"
)

func assignmentAt(scope, name string) string {
	return scope + "/providers/" + sim.RoleAssignmentType + "/" + name
}

func TestRoleAssignmentRefusals(t *testing.T) {
	scope := groupID("aks")
	cases := []struct {
		name, reason string
		id           string
		change       object
		code         string
	}{
		{"accepted", "the base of all cases", assignmentAt(scope, someGUID), nil, ""},
		{"not a GUID", "the name comes before everything in the body", assignmentAt(scope, "mine"), object{"principalId": nobody}, sim.CodeInvalidRoleAssignmentID},
		{"unknown role", "the role comes before the principal", assignmentAt(scope, someGUID), object{"roleDefinitionId": otherGUID, "principalId": nobody}, sim.CodeRoleDefinitionDoesNotExist},
		{"unknown principal", "strict even with principalType", assignmentAt(scope, someGUID), object{"principalId": nobody}, sim.CodePrincipalNotFound},
		{"type User", "the Go SDK's default for an identity", assignmentAt(scope, someGUID), object{"principalType": "User"}, sim.CodeUnmatchedPrincipalType},
		{"no type", "Azure looks the principal up", assignmentAt(scope, someGUID), object{"principalType": nil}, ""},
		{"odd type", "a closed set", assignmentAt(scope, someGUID), object{"principalType": "Robot"}, sim.CodeInvalidRequestContent},
		{"missing scope", "the scope must exist", assignmentAt(scope+"/providers/Microsoft.Network/routeTables/none", someGUID), nil, sim.CodeResourceNotFound},
		{"missing group", "the same for groups", assignmentAt(groupID("none"), someGUID), nil, sim.CodeResourceGroupNotFound},
		{"lower-case scope", "scopes have no case", assignmentAt(strings.ToLower(scope), someGUID), nil, ""},
		{"unprefixed role id", "both forms are accepted", assignmentAt(scope, someGUID), object{"roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"}, ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			_, principal := w.identity("control")
			props := merge(object{"principalId": principal, "roleDefinitionId": roleID(t, "Reader"), "principalType": "ServicePrincipal"}, tc.change)
			w.refused(tc.id, object{"properties": props}, tc.code)
		})
	}
}

func TestSameNameRule(t *testing.T) {
	w := newWorld(t)
	_, first := w.identity("first")
	_, second := w.identity("second")
	scope := groupID("aks")
	table := w.MustSeed(sim.ID("network", sim.RouteTableType, "table"), nil)
	w.must(assignmentAt(scope, someGUID), assignmentBody(t, first, "Reader"))
	cases := []struct {
		name, reason string
		id           string
		body         object
		code         string
	}{
		{"same content", "templates are redeployed like that", assignmentAt(scope, someGUID), assignmentBody(t, first, "Reader"), ""},
		{"scope in other case", "scopes have no case", assignmentAt(strings.ToUpper(scope), someGUID), assignmentBody(t, first, "Reader"), ""},
		{"other principal", "a re-created identity meets the orphan", assignmentAt(scope, someGUID), assignmentBody(t, second, "Reader"), sim.CodeRoleAssignmentUpdateNotPermitted},
		{"other scope", "names are unique in the tenant", assignmentAt(table, someGUID), assignmentBody(t, first, "Reader"), sim.CodeRoleAssignmentUpdateNotPermitted},
		{"other role", "not verified, strict", assignmentAt(scope, someGUID), assignmentBody(t, first, "Contributor"), sim.CodeRoleAssignmentUpdateNotPermitted},
		{"same triple, other name", "one grant has one name", assignmentAt(scope, otherGUID), assignmentBody(t, first, "Reader"), sim.CodeRoleAssignmentExists},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) { w.refused(tc.id, tc.body, tc.code) })
	}
	w.Configure(sim.WithRoleChangeInPlace())
	w.must(assignmentAt(scope, someGUID), assignmentBody(t, first, "Contributor"))
}

func TestRoleAssignmentAnswer(t *testing.T) {
	w := newWorld(t)
	_, principal := w.identity("control")
	body := assignmentBody(t, principal, "Reader")
	body["properties"].(object)["description"] = "why"
	body["properties"].(object)["roleDefinitionId"] = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
	got := w.must(assignmentAt(groupID("aks"), someGUID), body)
	for path, want := range map[string]string{
		"name": someGUID, "type": sim.RoleAssignmentType, "properties.scope": groupID("aks"), "properties.description": "why",
		"properties.principalType": "ServicePrincipal", "properties.roleDefinitionId": roleID(t, "Reader"),
	} {
		if at(got, path) != want {
			t.Errorf("%s: got %v, want %s", path, at(got, path), want)
		}
	}
	r, err := w.Delete(ctx, assignmentAt(groupID("aks"), someGUID))
	if err != nil || r.Status != 200 || r.Body["name"] != someGUID {
		t.Errorf("DELETE answers 200 with the body, got %v %v", r, err)
	}
	if r, err = w.Delete(ctx, assignmentAt(groupID("aks"), someGUID)); err != nil || r.Status != 204 {
		t.Errorf("DELETE of nothing answers 204, got %v %v", r, err)
	}
}

func TestReplicationDelay(t *testing.T) {
	cases := []struct {
		name, reason  string
		principalType any
		always        bool
		failures      int
	}{
		{"no principalType", "the look-up fails until replicated", nil, false, 2},
		{"ServicePrincipal", "Azure tolerates the delay then", "ServicePrincipal", false, 0},
		{"ServicePrincipal, always", "a directory in a worse mood", "ServicePrincipal", true, 2},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, sim.WithReplicationDelay(2, tc.always))
			_, principal := w.identity("control")
			body := object{"properties": merge(assignmentBody(t, principal, "Reader")["properties"].(object), object{"principalType": tc.principalType})}
			for range tc.failures {
				w.refused(assignmentAt(groupID("aks"), someGUID), body, sim.CodePrincipalNotFound)
			}
			w.must(assignmentAt(groupID("aks"), someGUID), body)
		})
	}
}

func TestRecreatedIdentityIsAnotherPrincipal(t *testing.T) {
	w := newWorld(t)
	id, first := w.identity("control")
	name := assignmentAt(groupID("aks"), someGUID)
	w.must(name, assignmentBody(t, first, "Reader"))
	w.remove(id)
	_, second := w.identity("control")
	if first == second {
		t.Fatal("a new identity has a new principal")
	}
	w.refused(name, assignmentBody(t, second, "Reader"), sim.CodeRoleAssignmentUpdateNotPermitted)
	w.refused(assignmentAt(groupID("aks"), otherGUID), assignmentBody(t, first, "Reader"), sim.CodePrincipalNotFound)
	again := newWorld(t)
	again.identity("another")
	if _, principal := again.identity("control"); principal != first {
		t.Error("principals do not depend on what else was made before")
	}
}

func TestUnknownPrincipalSwitch(t *testing.T) {
	w := newWorld(t, sim.WithUnknownPrincipals())
	w.must(assignmentAt(groupID("aks"), someGUID), assignmentBody(t, nobody, "Reader"))
}

func TestAssignmentLimit(t *testing.T) {
	w := newWorld(t, sim.WithAssignmentLimit(1))
	_, principal := w.identity("control")
	w.grant(principal, "Reader", groupID("aks"))
	w.grant(principal, "Reader", groupID("aks"))
	w.refused(assignmentAt(groupID("aks"), someGUID), assignmentBody(t, principal, "Contributor"), sim.CodeRoleAssignmentLimitExceeded)
}

func TestScopesAboveSubscriptions(t *testing.T) {
	w := newWorld(t)
	_, principal := w.identity("control")
	mg := w.AddManagementGroup("platform", sim.DefaultSubscriptionID)
	w.grant(principal, "Network Contributor", mg)
	need := rbac.Need{Action: "Microsoft.Network/routeTables/read", Scope: rbac.MustParseScope(groupID("aks"))}
	if d := w.Can(principal, need); d.Effect != rbac.Allow {
		t.Errorf("a management group reaches its subscriptions: %+v", d.Missing)
	}
}

func TestCustomRoles(t *testing.T) {
	w := newWorld(t)
	_, principal := w.identity("control")
	role := groupID("aks") + "/providers/" + sim.RoleDefinitionType + "/" + someGUID
	body := func(name string, actions ...any) object {
		return object{"properties": object{"roleName": name, "assignableScopes": []any{groupID("aks")},
			"permissions": []any{object{"actions": actions}}}}
	}
	got := w.must(role, body("tables", "Microsoft.Network/routeTables/*"))
	if want := "/subscriptions/" + sim.DefaultSubscriptionID + "/providers/" + sim.RoleDefinitionType + "/" + someGUID; got["id"] != want {
		t.Errorf("id: got %v, want %s", got["id"], want)
	}
	assignment := object{"properties": object{"principalId": principal, "roleDefinitionId": got["id"], "principalType": "ServicePrincipal"}}
	w.must(assignmentAt(groupID("aks"), otherGUID), assignment)
	need := rbac.Need{Action: "Microsoft.Network/routeTables/write", Scope: rbac.MustParseScope(sim.ID("aks", sim.RouteTableType, "t"))}
	if d := w.Can(principal, need); d.Effect != rbac.Allow {
		t.Errorf("the custom role counts: %+v", d)
	}
	w.MustSeed(groupID("elsewhere"), nil)
	w.refused(assignmentAt(groupID("elsewhere"), nobody), assignment, sim.CodeRoleDefinitionDoesNotExist)
	w.refused(groupID("aks")+"/providers/"+sim.RoleDefinitionType+"/"+otherGUID, body("tables", "*/read"), "RoleDefinitionWithSameNameExists")
	if _, err := w.Delete(ctx, role); sim.Code(err) != sim.CodeRoleDefinitionHasAssignments {
		t.Errorf("a role in use stays: %v", err)
	}
	w.must(role, body("tables", "Microsoft.Network/routeTables/read"))
	if d := w.Can(principal, need); d.Effect != rbac.Deny {
		t.Error("a changed role changes its assignments")
	}
	w.remove(assignmentAt(groupID("aks"), otherGUID))
	w.remove(role)
}

func TestBuiltinRoleDefinition(t *testing.T) {
	w := newWorld(t)
	got := w.get(groupID("aks") + "/providers/" + sim.RoleDefinitionType + "/acdd72a7-3385-48ef-bd42-f606fba81ae7")
	if at(got, "properties.roleName") != "Reader" || at(got, "properties.type") != "BuiltInRole" {
		t.Errorf("got %v", got)
	}
	w.refused(roleAt("acdd72a7-3385-48ef-bd42-f606fba81ae7"), object{"properties": object{}}, "RoleDefinitionUpdateNotPermitted")
}

// TestEveryBuiltinRoleIsKnown: a role that has nothing to do with clusters is there, can be assigned and cannot be changed.
func TestEveryBuiltinRoleIsKnown(t *testing.T) {
	const sphereOwner = "5a382001-fe36-41ff-bba4-8bf06bd54da9"
	w := newWorld(t)
	_, principal := w.identity("sphere")
	w.grant(principal, "Azure Sphere Owner", groupID("aks"))
	w.refused(roleAt(sphereOwner), object{"properties": object{}}, "RoleDefinitionUpdateNotPermitted")
	for _, role := range rbac.AllBuiltinRoles() {
		if got := w.get(roleAt(string(role.ID))); at(got, "properties.roleName") != string(role.Name) {
			t.Errorf("%s is %v", role.Name, got)
		}
	}
}

func roleAt(role string) string {
	return groupID("aks") + "/providers/" + sim.RoleDefinitionType + "/" + role
}
