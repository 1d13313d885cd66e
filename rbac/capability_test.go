package rbac

import (
	"encoding/json"
	"errors"
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

// TestActionsDocumented states the answer for every capability, so that a new one has to be thought about.
func TestActionsDocumented(t *testing.T) {
	cases := []struct {
		id     CapabilityID
		reason string
		want   bool
	}{
		{"node-subnet-join", "the list of actions is documented", true},
		{"vm-nodepool-subnet-join", "the list of actions is documented", true},
		{"nap-subnet-join", "the list of actions is documented", true},
		{"apiserver-subnet", "only the role is documented", false},
		{"internal-lb-external-subnet", "the list of actions is documented", true},
		{"lb-public-ip-other-rg", "documented, and read in the source code", true},
		{"outbound-own-public-ip", "the list of actions is documented", true},
		{"outbound-own-ip-prefix", "the list of actions is documented", true},
		{"static-egress-prefix", "only the role is documented", false},
		{"node-public-ip-prefix", "only the role is documented", false},
		{"custom-route-table", "documented, and read in the source code", true},
		{"kubenet-associate-managed-route-table", "inferred", false},
		{"subnet-rewrite-linked-joins", "inferred", false},
		{"nat-gateway-user-assigned", "not verified", false},
		{"nsg-other-rg", "the list of actions is documented", true},
		{"private-dns-zone-custom", "the list of actions is documented", true},
		{"private-dns-vnet-link", "what a role holds is not what is needed", false},
		{"kubelet-identity-assign", "the list of actions is documented", true},
		{"acr-pull-rbac", "the list of actions is documented", true},
		{"acr-pull-abac", "the list of actions is documented", true},
		{"acr-bootstrap-cache", "the list of actions is documented", true},
		{"disk-static-other-rg", "the list of actions is documented", true},
		{"disk-dynamic-other-rg", "the list of actions is documented", true},
		{"disk-quick-attach-detach", "not verified", false},
		{"snapshot-other-rg", "the list of actions is documented", true},
		{"disk-encryption-set", "the list of actions is documented", true},
		{"des-key-access", "the list of actions is documented", true},
		{"storage-account-other-rg", "the actions are documented; that they are the same elsewhere is inferred", true},
		{"files-nfs-private", "only the role is documented", false},
		{"files-smb-managed-identity", "what a role holds is not what is needed", false},
		{"kms-public-vault", "the list of actions is documented", true},
		{"kms-private-vault", "reports of users are no documentation", false},
		{"capacity-reservation-group", "only the role is documented", false},
		{"dedicated-host-group", "only the role is documented", false},
		{"proximity-placement-group", "the list of actions is documented", true},
		{"ddos-plan-join", "the list of actions is documented", true},
		{"private-link-service", "documented, and read in the source code", true},
		{"agic-gateway", "the list of actions is documented", true},
		{"agic-subnet", "the list of actions is documented", true},
		{"agic-gateway-identity", "what others assign is not what is needed", false},
		{"virtual-node-subnet", "only the role is documented", false},
		{"virtual-node-container-groups", "only the role is documented", false},
		{"approuting-public-dns", "only the role is documented", false},
		{"approuting-private-dns", "only the role was read from source code", false},
		{"approuting-keyvault", "only the role is in doubt", true},
		{"keyvault-secrets-provider", "the list of actions is documented", true},
		{"monitoring-legacy-metrics", "the list of actions is documented", true},
		{"backup-extension-storage", "only the role is documented", false},
		{"backup-snapshot-rg", "only the role is documented", false},
		{"agc-controller", "the list of actions is documented", true},
		{"deployer-role-assignments", "the list of actions is documented", true},
		{"deployer-cluster-create", "the list is documented; a part of it stands here", true},
		{"node-rg-baseline", "the list of actions is documented", true},
	}
	seen := map[CapabilityID]bool{}
	for _, c := range cases {
		capability, err := LookupCapability(c.id)
		if err != nil {
			t.Error(err)
			continue
		}
		seen[c.id] = true
		if got := capability.ActionsDocumented(); got != c.want {
			t.Errorf("%s (%s): %s: got %v", c.id, capability.Confidence, c.reason, got)
		}
	}
	for _, c := range Capabilities() {
		if !seen[c.ID] {
			t.Errorf("%s (%s) is not in the table", c.ID, c.Confidence)
		}
	}
	for _, text := range []string{"", "Documented", "documented for another version"} {
		if (Capability{Confidence: text}).ActionsDocumented() {
			t.Errorf("%q is not a text of the data and proves nothing", text)
		}
	}
}

func TestLookupCapability(t *testing.T) {
	if c, err := LookupCapability("acr-pull-rbac"); err != nil || c.ID != "acr-pull-rbac" {
		t.Errorf("got %v, %v", c.ID, err)
	}
	cases := []struct {
		name, reason string
		id           CapabilityID
		nearest      string
	}{
		{"misspelled", "one letter", "acr-pul-rbac", "acr-pull-rbac"},
		{"other letters", "IDs are exact, but the right one is near", "ACR-Pull-RBAC", "acr-pull-rbac"},
		{"far away", "nothing is near", "no-such-thing", ""},
		{"nothing", "no ID", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			capability, err := LookupCapability(c.id)
			var unknown *UnknownError
			if !errors.As(err, &unknown) || unknown.Input != string(c.id) || unknown.Nearest != c.nearest || capability.ID != "" {
				t.Errorf("%s: got %v, %v", c.reason, capability.ID, err)
			}
		})
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
