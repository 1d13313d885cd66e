package plan

import (
	"strings"
	"testing"
)

// TestAPrincipalIsAGUID: what is given in place of one is told before Azure is asked for a principal of that name.
func TestAPrincipalIsAGUID(t *testing.T) {
	const id = "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/nodes"
	for _, tc := range []struct {
		name, reason, given string
		refused             bool
	}{
		{"a GUID", "it is what grants name", "22222222-2222-2222-2222-222222222222", false},
		{"a resource ID", "it names the identity, and not its principal", id, true},
		{"a name", "it is none", "nodes", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			check := problems{}
			check.givenPrincipal(GivenPrincipal{Identity: Identity{Kind: Kubelet}, Path: "kubeletPrincipalId", ID: Known(tc.given)})
			late := CheckPrincipalID("kubeletPrincipalId", tc.given)
			if refused := len(check.list) > 0; refused != tc.refused || refused != (late != nil) {
				t.Fatalf("%s: refused before %v, and late %v", tc.reason, check.list, late)
			}
			if late != nil && !strings.Contains(late.Error(), "kubeletPrincipalId") {
				t.Errorf("the argument is not named: %v", late)
			}
		})
	}
	check := problems{}
	check.givenPrincipal(GivenPrincipal{Identity: Identity{Kind: Kubelet}, Path: "kubeletPrincipalId", ID: Known("")})
	check.givenPrincipal(GivenPrincipal{Identity: Identity{Kind: Kubelet}, Path: "kubeletPrincipalId", ID: Late[string]()})
	if len(check.list) > 0 {
		t.Errorf("empty text is none, and a late one is judged when it arrives: %v", check.list)
	}
}
