package rbac

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// unlisted reads the roles that cover a capability and are left out of its CoveringRoles, each with its reason.
func unlisted(t *testing.T) map[CapabilityID][]RoleName {
	t.Helper()
	text, err := os.ReadFile("testdata/unlisted-covering-roles.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Unlisted []struct {
			Role         RoleName
			Reason       string
			Capabilities []CapabilityID
		}
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	roles := map[CapabilityID][]RoleName{}
	for _, u := range file.Unlisted {
		if u.Reason == "" || len(u.Capabilities) == 0 {
			t.Errorf("%s is left out without a reason, or nowhere", u.Role)
		}
		for _, id := range u.Capabilities {
			roles[id] = append(roles[id], u.Role)
		}
	}
	return roles
}

// TestCoveringRoles compares what the data says with what the evaluator computes. The lists in the data were computed
// elsewhere, from all built-in roles of Azure, hence they check the evaluator.
func TestCoveringRoles(t *testing.T) {
	exceptions := unlisted(t)
	for _, c := range Capabilities() {
		var computed []RoleName
		for _, r := range BuiltinRolesThatCover(c.Actions, c.DataActions) {
			computed = append(computed, r.Name)
		}
		want := append(slices.Clone(c.CoveringRoles), exceptions[c.ID]...)
		slices.Sort(computed)
		slices.Sort(want)
		if diff := cmp.Diff(want, computed); diff != "" {
			t.Errorf("%s (-listed or excepted +computed):\n%s", c.ID, diff)
		}
	}
}

func TestCapabilities(t *testing.T) {
	all := Capabilities()
	if len(all) != 53 {
		t.Errorf("%d capabilities", len(all))
	}
	seen := map[CapabilityID]bool{}
	for _, c := range all {
		if seen[c.ID] {
			t.Errorf("%s stands twice in the data", c.ID)
		}
		seen[c.ID] = true
		if c.Description == "" || c.Identity == "" || c.ResourceType == "" || c.MinimumScope == "" || c.Confidence == "" || len(c.Sources) == 0 {
			t.Errorf("%s does not say all that a capability has to: %+v", c.ID, c)
		}
		for _, action := range slices.Concat(c.Actions, c.DataActions, c.ConditionalActions) {
			if strings.ContainsAny(action, " *()") || strings.Count(action, "/") < 2 {
				t.Errorf("%s needs %q, which is no single action", c.ID, action)
			}
		}
		for _, name := range c.CoveringRoles {
			if _, ok := BuiltinRole(name); !ok {
				t.Errorf("%s is covered by %q, which the data does not hold", c.ID, name)
			}
		}
		if got, ok := CapabilityByID(c.ID); !ok || cmp.Diff(c, got) != "" {
			t.Errorf("%s is not found by its ID", c.ID)
		}
	}
	if c, ok := CapabilityByID("no-such-thing"); ok {
		t.Errorf("found %v", c)
	}
}

func TestCapabilitiesAreCopies(t *testing.T) {
	c, _ := CapabilityByID("node-subnet-join")
	c.Actions[0], c.Sources[0] = "changed", "changed"
	if again, _ := CapabilityByID("node-subnet-join"); again.Actions[0] == "changed" || again.Sources[0] == "changed" {
		t.Error("a caller changed the data")
	}
}

func TestConditionalActions(t *testing.T) {
	c, _ := CapabilityByID("storage-account-other-rg")
	want := []string{"Microsoft.Storage/storageAccounts/write", "Microsoft.Storage/storageAccounts/delete"}
	if diff := cmp.Diff(want, c.ConditionalActions); diff != "" {
		t.Errorf("one entry for each action (-want +got):\n%s", diff)
	}
	vault, _ := CapabilityByID("approuting-keyvault")
	if len(vault.ConditionalActions) != 0 || len(vault.Conditional) != 1 || !vault.Conditional[0].Data {
		t.Errorf("a conditional data action is not among the control-plane ones: %+v", vault.Conditional)
	}
	if _, err := readCapabilities([]byte(`{`)); err == nil {
		t.Error("half a file was read")
	}
}

func TestCapabilityNeeds(t *testing.T) {
	at := MustParseScope(testSubnet)
	c := Capability{Actions: []string{"A.B/c/read"}, DataActions: []string{"A.B/c/d/read"}, ConditionalActions: []string{"A.B/c/write"}}
	want := []Need{{Action: "A.B/c/read", Scope: at}, {Action: "A.B/c/d/read", Data: true, Scope: at}}
	if diff := cmp.Diff(want, c.Needs(at)); diff != "" {
		t.Errorf("what is always needed (-want +got):\n%s", diff)
	}
}
