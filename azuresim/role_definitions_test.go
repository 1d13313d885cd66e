package azuresim_test

import (
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

func customRole(scopes []any, permissions object) object {
	return object{"properties": object{"roleName": "mine", "assignableScopes": scopes, "permissions": []any{permissions}}}
}

func TestOperationsOfCustomRoles(t *testing.T) {
	const action, data = "InvalidActionOrNotAction", "InvalidDataActionOrNotDataAction"
	cases := []struct {
		name, reason string
		permissions  object
		code         string
	}{
		{"all", "a star is everything", object{"actions": []any{"*"}}, ""},
		{"all reads", "a star stands for some", object{"actions": []any{"*/read"}}, ""},
		{"one", "an operation of its provider", object{"actions": []any{"Microsoft.Network/virtualNetworks/subnets/join/action"}}, ""},
		{"in any case", "letters do not count", object{"actions": []any{"microsoft.network/VIRTUALNETWORKS/subnets/JOIN/action"}}, ""},
		{"plain verb of a known type", "every type can be read, written and deleted", object{"actions": []any{"Microsoft.Network/routeTables/delete"}}, ""},
		{"some of a type", "with a star", object{"actions": []any{"Microsoft.Network/routeTables/*"}}, ""},
		{"assign, as the built-in role spells it", "with a star in the middle", object{"actions": []any{"Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action"}}, ""},
		{"misspelled provider", "nobody supports it", object{"actions": []any{"Microsoft.Networks/routeTables/read"}}, action},
		{"misspelled type", "nobody supports it", object{"actions": []any{"Microsoft.Network/routeTable/read"}}, action},
		{"misspelled verb", "nobody supports it", object{"actions": []any{"Microsoft.Network/virtualNetworks/subnets/joyn/action"}}, action},
		{"misspelled with a star", "nobody supports any of it", object{"actions": []any{"Microsoft.Network/routeTable/*"}}, action},
		{"no verb", "a type is no operation", object{"actions": []any{"Microsoft.Network/routeTables"}}, action},
		{"empty", "nothing is no operation", object{"actions": []any{""}}, action},
		{"taken away", "what is excluded exists too", object{"actions": []any{"*"}, "notActions": []any{"Microsoft.Network/routeTable/read"}}, action},
		{"data action among actions", "which give no data", object{"actions": []any{"Microsoft.KeyVault/vaults/secrets/getSecret/action"}}, action},
		{"data action", "where it belongs", object{"dataActions": []any{"Microsoft.KeyVault/vaults/secrets/getSecret/action"}}, ""},
		{"action among data actions", "which manage nothing", object{"dataActions": []any{"Microsoft.Network/virtualNetworks/subnets/join/action"}}, data},
		{"data action taken away", "what is excluded exists too", object{"dataActions": []any{"Microsoft.KeyVault/vaults/secrets/*"}, "notDataActions": []any{"Microsoft.KeyVault/vaults/sekrets/*"}}, data},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			body := customRole([]any{groupID("aks")}, tc.permissions)
			newWorld(t).refused(roleAt(someGUID), body, tc.code)
			newWorld(t, sim.WithUnknownOperations()).must(roleAt(someGUID), body)
		})
	}
}

func TestEveryCapabilityFitsIntoACustomRole(t *testing.T) {
	w := newWorld(t)
	for _, c := range rbac.Capabilities() {
		w.must(roleAt(someGUID), customRole([]any{groupID("aks")}, object{"actions": c.Actions, "dataActions": c.DataActions}))
	}
}

func TestCustomRoleHasOneManagementGroup(t *testing.T) {
	w := newWorld(t)
	one, two := w.AddManagementGroup("one"), w.AddManagementGroup("two")
	read := object{"actions": []any{"*/read"}}
	w.must(roleAt(someGUID), customRole([]any{one, groupID("aks")}, read))
	w.refused(roleAt(otherGUID), customRole([]any{one, two}, read), "InvalidAssignableScopes")
}
