package rbac

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	testSubscription = "/subscriptions/00000000-0000-0000-0000-000000000001"
	testGroup        = testSubscription + "/resourceGroups/Network"
	testVnet         = testGroup + "/providers/Microsoft.Network/virtualNetworks/Hub"
	testSubnet       = testVnet + "/subnets/Nodes"
	testManagement   = "/providers/Microsoft.Management/managementGroups/Platform"
)

func TestScopeContains(t *testing.T) {
	cases := []struct {
		name, reason, outer, inner string
		want                       bool
	}{
		{"itself", "a scope contains itself", testSubnet, testSubnet, true},
		{"itself in other letters", "case carries no meaning", testVnet, strings.ToUpper(testVnet), true},
		{"nested", "the network contains its subnets", testVnet, testSubnet, true},
		{"not upwards", "a right on the subnet is none on the network", testSubnet, testVnet, false},
		{"group", "inheritance reaches sub-resources", testGroup, testSubnet, true},
		{"subscription", "inheritance reaches sub-resources", testSubscription, testSubnet, true},
		{"tenant", "the root contains everything", "/", testSubnet, true},
		{"tenant and management group", "the root contains everything", "/", testManagement, true},
		{"same beginning", "hub is not hub2", testVnet, testVnet + "2", false},
		{"same beginning of a group", "network is not network-2", testGroup, testGroup + "-2/providers/A.B/c/d", false},
		{"extension", "an assignment at the subnet lies under it", testSubnet, testSubnet + "/providers/A.B/c/d", true},
		{"management group", "no ID shows which subscriptions it holds", testManagement, testSubscription, false},
		{"subscription in a management group", "a name is no place", testManagement, testManagement + "/subscriptions/s", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := MustParseScope(c.outer).Contains(MustParseScope(c.inner)); got != c.want {
				t.Errorf("%s: got %v", c.reason, got)
			}
		})
	}
	if (Scope{}).Contains(Scope{}) || (Scope{}).Contains(MustParseScope("/")) || MustParseScope("/").Contains(Scope{}) {
		t.Error("the zero Scope contains something or is contained")
	}
}

func TestScopeAncestors(t *testing.T) {
	const network = "microsoft.network/VIRTUALNETWORKS"
	subnet := MustParseScope(testSubnet)
	assignment := MustParseScope(testSubnet + "/providers/Microsoft.Authorization/roleAssignments/a1")
	for _, from := range []Scope{MustParseScope(testVnet), subnet, assignment} {
		if vnet, ok := from.Ancestor(network); !ok || vnet.String() != testVnet {
			t.Errorf("the network of %s is %q, %v", from, vnet, ok)
		}
		if group, ok := from.ResourceGroupScope(); !ok || group.String() != testGroup {
			t.Errorf("the group of %s is %q, %v", from, group, ok)
		}
		if subscription, ok := from.SubscriptionScope(); !ok || subscription.String() != testSubscription {
			t.Errorf("the subscription of %s is %q, %v", from, subscription, ok)
		}
	}
	if got, ok := MustParseScope(testGroup).Ancestor(network); ok {
		t.Errorf("a group has the network %v", got)
	}
	for _, from := range []Scope{{}, MustParseScope("/"), MustParseScope(testManagement)} {
		_, hasGroup := from.ResourceGroupScope()
		_, hasSubscription := from.SubscriptionScope()
		if hasGroup || hasSubscription || from.SubscriptionID() != "" || from.ResourceGroup() != "" {
			t.Errorf("%q has a group or a subscription", from)
		}
	}
	if !subnet.HasType("Microsoft.Network/virtualNetworks/Subnets") || subnet.HasType("") || MustParseScope("/").HasType("") {
		t.Error("HasType is wrong about subnets or about nothing")
	}
}

func TestZeroScope(t *testing.T) {
	var s Scope
	if !s.IsZero() || s.Kind() != NoScope || s.String() != "" || s.Key() != "" || s.Name() != "" || s.ResourceType() != "" {
		t.Error("the zero Scope says something")
	}
	if _, ok := s.Parent(); ok {
		t.Error("the zero Scope has a parent")
	}
	if _, ok := s.Ancestor(""); ok {
		t.Error("the zero Scope has an ancestor")
	}
}

func TestScopeInJSON(t *testing.T) {
	type record struct{ At, None Scope }
	text, err := json.Marshal(record{At: MustParseScope(testSubnet)})
	if err != nil {
		t.Fatal(err)
	}
	var back record
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if back.At.String() != testSubnet || !back.None.IsZero() {
		t.Errorf("%s came back as %v", text, back)
	}
	if err := json.Unmarshal([]byte(`{"At":"hub"}`), &back); err == nil {
		t.Error("a name was read as a scope")
	}
}

func TestScopeKindString(t *testing.T) {
	want := "no scope, tenant, management group, subscription, resource group, resource, ScopeKind(6), ScopeKind(-1)"
	var got []string
	for _, k := range []ScopeKind{NoScope, Tenant, ManagementGroup, Subscription, ResourceGroup, Resource, 6, -1} {
		got = append(got, k.String())
	}
	if diff := cmp.Diff(want, strings.Join(got, ", ")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
