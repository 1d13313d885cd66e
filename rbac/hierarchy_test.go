package rbac

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func managementGroup(name string) Scope {
	return MustParseScope("/providers/Microsoft.Management/managementGroups/" + name)
}

func TestHierarchy(t *testing.T) {
	root, platform, corp := managementGroup("root"), managementGroup("platform"), managementGroup("corp")
	subscription, subnet := MustParseScope(testSubscription), MustParseScope(testSubnet)
	h, err := NewHierarchy(
		Placement{MustParseScope(strings.ToUpper(testSubscription)), platform},
		Placement{platform, root},
		Placement{corp, root},
	)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		testSubnet, testVnet, testGroup, testSubscription, platform.String(), root.String(), "/",
	}
	var path []string
	for _, s := range h.Path(subnet) {
		path = append(path, s.String())
	}
	if diff := cmp.Diff(want, path); diff != "" {
		t.Errorf("the way up (-want +got):\n%s", diff)
	}
	for _, above := range h.Path(subnet) {
		if !h.Contains(above, subnet) {
			t.Errorf("%s does not contain the subnet", above)
		}
	}
	if h.Contains(corp, subnet) || h.Contains(platform, root) || h.Contains(subscription, platform) {
		t.Error("another branch or a lower scope contains what it does not")
	}
	if h.Contains(Scope{}, subnet) || h.Contains(root, Scope{}) || h.Path(Scope{}) != nil {
		t.Error("the zero Scope has a place")
	}
}

func TestZeroHierarchy(t *testing.T) {
	var h Hierarchy
	subscription := MustParseScope(testSubscription)
	if parent, ok := h.Parent(subscription); !ok || parent.Kind() != Tenant {
		t.Errorf("a subscription lies under %v", parent)
	}
	if h.Contains(managementGroup("root"), subscription) || !h.Contains(managementGroup("root"), managementGroup("ROOT")) {
		t.Error("a management group contains other than itself")
	}
}

func TestNewHierarchyRefuses(t *testing.T) {
	a, b, c := managementGroup("a"), managementGroup("b"), managementGroup("c")
	subscription := MustParseScope(testSubscription)
	cases := []struct {
		name, reason string
		placements   []Placement
	}{
		{"a resource group", "only management groups and subscriptions can be placed", []Placement{{MustParseScope(testGroup), a}}},
		{"the tenant", "only management groups and subscriptions can be placed", []Placement{{MustParseScope("/"), a}}},
		{"nothing", "this is a no scope", []Placement{{Scope{}, a}}},
		{"under a subscription", "lie under management groups only", []Placement{{a, subscription}}},
		{"two parents", "already placed under", []Placement{{subscription, a}, {subscription, b}}},
		{"under itself", "form a ring", []Placement{{a, managementGroup("A")}}},
		{"ring", "form a ring", []Placement{{a, b}, {b, c}, {c, a}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			h, err := NewHierarchy(c.placements...)
			var wrong *HierarchyError
			if !errors.As(err, &wrong) || !strings.Contains(err.Error(), c.reason) {
				t.Fatalf("got %v, %v; want a HierarchyError with %q", h, err, c.reason)
			}
		})
	}
	if _, err := NewHierarchy(Placement{a, b}, Placement{managementGroup("A"), managementGroup("B")}); err != nil {
		t.Errorf("saying the same twice is no mistake: %v", err)
	}
}
