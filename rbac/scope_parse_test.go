package rbac

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseScope(t *testing.T) {
	type parsed struct {
		Text, Subscription, Group, Type, Name, Parent string
		Kind                                          ScopeKind
	}
	const sub = "00000000-0000-0000-0000-000000000001"
	cases := []struct {
		name, reason, input string
		want                parsed
	}{
		{
			"tenant root", "the one scope that is a slash alone", "/",
			parsed{Text: "/", Kind: Tenant},
		},
		{
			"management group", "a tenant-level resource by its form, a level of its own by its meaning", testManagement,
			parsed{Text: testManagement, Kind: ManagementGroup, Name: "Platform", Parent: "/"},
		},
		{
			"subscription", "the ID is the name", testSubscription,
			parsed{Text: testSubscription, Kind: Subscription, Subscription: sub, Name: sub, Parent: "/"},
		},
		{
			"resource group", "letters stay as given", testGroup,
			parsed{Text: testGroup, Kind: ResourceGroup, Subscription: sub, Group: "Network", Name: "Network", Parent: testSubscription},
		},
		{
			"resource", "the parent of a top-level resource is its group", testVnet,
			parsed{testVnet, sub, "Network", "Microsoft.Network/virtualNetworks", "Hub", testGroup, Resource},
		},
		{
			"nested resource", "one type for each name, joined", testSubnet,
			parsed{testSubnet, sub, "Network", "Microsoft.Network/virtualNetworks/subnets", "Nodes", testVnet, Resource},
		},
		{
			"extension resource", "the type is the extension's, the parent is what it extends",
			testSubnet + "/providers/Microsoft.Authorization/roleAssignments/a1",
			parsed{
				testSubnet + "/providers/Microsoft.Authorization/roleAssignments/a1", sub, "Network",
				"Microsoft.Authorization/roleAssignments", "a1", testSubnet, Resource,
			},
		},
		{
			"extension of a management group", "no longer the management group itself",
			testManagement + "/providers/Microsoft.Authorization/policyAssignments/p1",
			parsed{
				Text: testManagement + "/providers/Microsoft.Authorization/policyAssignments/p1",
				Type: "Microsoft.Authorization/policyAssignments", Name: "p1", Parent: testManagement, Kind: Resource,
			},
		},
		{
			"child of a management group", "a resource of type managementGroups/subscriptions, not a subscription",
			testManagement + "/subscriptions/s1",
			parsed{
				Text: testManagement + "/subscriptions/s1", Type: "Microsoft.Management/managementGroups/subscriptions",
				Name: "s1", Parent: testManagement, Kind: Resource,
			},
		},
		{
			"resource of a subscription", "no resource group", testSubscription + "/providers/Microsoft.Authorization/roleDefinitions/r1",
			parsed{
				testSubscription + "/providers/Microsoft.Authorization/roleDefinitions/r1", sub, "",
				"Microsoft.Authorization/roleDefinitions", "r1", testSubscription, Resource,
			},
		},
		{
			"resource of the tenant", "no subscription either", "/providers/Microsoft.Authorization/roleDefinitions/r1",
			parsed{
				Text: "/providers/Microsoft.Authorization/roleDefinitions/r1", Type: "Microsoft.Authorization/roleDefinitions",
				Name: "r1", Parent: "/", Kind: Resource,
			},
		},
		{
			"lower-case keywords", "AKS and managed identities return resourcegroups in lower case",
			"/SUBSCRIPTIONS/s/resourcegroups/g/PROVIDERS/microsoft.compute/disks/d",
			parsed{
				"/SUBSCRIPTIONS/s/resourcegroups/g/PROVIDERS/microsoft.compute/disks/d", "s", "g",
				"microsoft.compute/disks", "d", "/SUBSCRIPTIONS/s/resourcegroups/g", Resource,
			},
		},
		{
			"missing leading slash", "Azure accepts it in a request", "subscriptions/s",
			parsed{Text: "/subscriptions/s", Kind: Subscription, Subscription: "s", Name: "s", Parent: "/"},
		},
		{
			"trailing slash", "one is dropped", "/subscriptions/s/",
			parsed{Text: "/subscriptions/s", Kind: Subscription, Subscription: "s", Name: "s", Parent: "/"},
		},
		{
			"names that look like keywords", "position decides what a segment is, not its word",
			"/subscriptions/providers/resourceGroups/providers/providers/Microsoft.Network/virtualNetworks/providers",
			parsed{
				"/subscriptions/providers/resourceGroups/providers/providers/Microsoft.Network/virtualNetworks/providers",
				"providers", "providers", "Microsoft.Network/virtualNetworks", "providers",
				"/subscriptions/providers/resourceGroups/providers", Resource,
			},
		},
		{
			"names with special characters", "a DNS record @ or *, a container $web, a name with a space and letters of any script are names",
			"/subscriptions/s/resourceGroups/größe (1)/providers/Microsoft.Network/dnsZones/a.b/A/@",
			parsed{
				"/subscriptions/s/resourceGroups/größe (1)/providers/Microsoft.Network/dnsZones/a.b/A/@", "s", "größe (1)",
				"Microsoft.Network/dnsZones/A", "@", "/subscriptions/s/resourceGroups/größe (1)/providers/Microsoft.Network/dnsZones/a.b", Resource,
			},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, err := ParseScope(c.input)
			if err != nil {
				t.Fatalf("%s: %v", c.reason, err)
			}
			parent, _ := s.Parent()
			got := parsed{s.String(), s.SubscriptionID(), s.ResourceGroup(), s.ResourceType(), s.Name(), parent.String(), s.Kind()}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
		})
	}
}

func TestParseScopeRefuses(t *testing.T) {
	cases := []struct{ name, input, reason string }{
		{"nothing", "", "it is empty"},
		{"a name", "hub", "it begins with"},
		{"no subscription", "/resourceGroups/g", "it begins with"},
		{"subscription keyword alone", "/subscriptions", "subscription ID is missing"},
		{"group keyword alone", "/subscriptions/s/resourceGroups", "name of the resource group is missing"},
		{"no namespace", "/subscriptions/s/resourceGroups/g/providers", "namespace after providers is missing"},
		{"namespace alone", "/subscriptions/s/providers/Microsoft.Network", "has no resource type and name"},
		{"namespace, then providers", "/providers/Microsoft.Network/providers/Microsoft.X/a/b", "has no resource type and name"},
		{"collection", testGroup + "/providers/Microsoft.Network/virtualNetworks", "type virtualNetworks has no name"},
		{"nested collection", testVnet + "/subnets", "type subnets has no name"},
		{"type in place of a namespace", "/subscriptions/s/resourceGroups/g/providers/virtualNetworks/v", "is not a resource provider namespace"},
		{"no providers", "/subscriptions/s/resourceGroups/g/virtualNetworks/v", "stands where providers/"},
		{"location of a subscription", "/subscriptions/s/locations/westeurope", "stands where providers/"},
		{"type with a space", "/subscriptions/s/providers/Microsoft.Network/virtual networks/v", "is not a resource type"},
		{"empty segment", "/subscriptions//resourceGroups/g", "empty segment"},
		{"two slashes in front", "//subscriptions/s", "empty segment"},
		{"two slashes behind", "/subscriptions/s//", "empty segment"},
		{"two slashes", "//", "empty segment"},
		{"URL", "https://management.azure.com/subscriptions/s", "URL"},
		{"query", "/subscriptions/s?api-version=2022-04-01", "query"},
		{"placeholder", "/subscriptions/<id>", "placeholder"},
		{"template", "/subscriptions/${id}", "placeholder"},
		{"encoded", "/subscriptions/s/resourceGroups/a%20b", "URL-encoded"},
		{"space around a name", "/subscriptions/s ", "begins or ends with a space"},
		{"line break", "/subscriptions/a\nb", "control character"},
		{"path step", "/subscriptions/../resourceGroups/g", "path step"},
		{"broken text", "/subscriptions/\xff", "not UTF-8"},
		{"a look-alike keyword", "/ſubscriptions/s", "it begins with"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, err := ParseScope(c.input)
			var wrong *ScopeError
			if !errors.As(err, &wrong) {
				t.Fatalf("ParseScope(%q) = %v, %v; want a ScopeError", c.input, s, err)
			}
			if wrong.Input != c.input || !strings.Contains(wrong.Reason, c.reason) {
				t.Errorf("error is %v; want the input and a reason with %q", wrong, c.reason)
			}
			if !s.IsZero() {
				t.Errorf("a refused text gives the scope %v", s)
			}
		})
	}
}

func TestMustParseScopePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("MustParseScope of a name did not panic")
		}
	}()
	MustParseScope("hub")
}
