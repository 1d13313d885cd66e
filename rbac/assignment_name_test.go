package rbac

import "testing"

// The wanted names were computed with Python's uuid.uuid5 on the text that the comment of AssignmentName describes.
func TestAssignmentName(t *testing.T) {
	const (
		principal = "11111111-1111-1111-1111-11111111AAAA"
		network   = RoleID("4d97b98b-1d4f-4787-a291-c67834d212e7")
		reader    = RoleID("acdd72a7-3385-48ef-bd42-f606fba81ae7")
		onSubnet  = "66b3ae7f-0312-5ed1-9b7a-833b83b92533"
	)
	cases := []struct {
		name, reason, scope, principal string
		role                           RoleID
		want                           string
	}{
		{"subnet", "the convention", testSubnet, principal, network, onSubnet},
		{"other letters", "case of scope, principal and role makes no other name", "/SUBSCRIPTIONS/00000000-0000-0000-0000-000000000001/resourcegroups/network/providers/microsoft.network/VIRTUALNETWORKS/hub/Subnets/nodes/", "11111111-1111-1111-1111-11111111aaaa", "4D97B98B-1D4F-4787-A291-C67834D212E7", onSubnet},
		{"subscription", "the convention", testSubscription, principal, reader, "1f4d0a82-e67b-51d1-9e19-ab9d46ace3ad"},
		{"tenant root", "the slash stays, it is the whole scope", "/", principal, reader, "1994aaa2-c7f0-5cfa-92b0-d83ee269abe5"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := AssignmentName(MustParseScope(c.scope), c.principal, c.role); got != c.want {
				t.Errorf("%s: got %s, want %s", c.reason, got, c.want)
			}
		})
	}
}

func TestAssignmentNameTellsGrantsApart(t *testing.T) {
	seen := map[string]string{}
	for _, scope := range []string{testSubnet, testVnet, testGroup} {
		for _, principal := range []string{"p1", "p2"} {
			for _, role := range []RoleID{"r1", "r2"} {
				name, key := AssignmentName(MustParseScope(scope), principal, role), scope+principal+string(role)
				if other, taken := seen[name]; taken {
					t.Errorf("%s and %s are both named %s", key, other, name)
				}
				seen[name] = key
			}
		}
	}
}
