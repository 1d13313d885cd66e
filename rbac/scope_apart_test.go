package rbac

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestScopeParts(t *testing.T) {
	type parts struct {
		Subscription, Group, Base, Namespace string
		Types, Names                         []string
	}
	cases := []struct {
		name, reason, scope string
		want                parts
	}{
		{"tenant root", "it has no parts", "/", parts{Base: "/"}},
		{"subscription", "no provider block, so it is its own base", "/subscriptions/S", parts{Subscription: "S", Base: "/subscriptions/S"}},
		{"resource group", "likewise", "/subscriptions/S/resourcegroups/G", parts{Subscription: "S", Group: "G", Base: "/subscriptions/S/resourcegroups/G"}},
		{
			"nested resource", "the base is the group, not the network", "/subscriptions/S/resourceGroups/G/providers/A.B/nets/N/subs/P",
			parts{"S", "G", "/subscriptions/S/resourceGroups/G", "A.B", []string{"nets", "subs"}, []string{"N", "P"}},
		},
		{
			"extension", "the base is what it extends, the parts are those of the last block",
			"/subscriptions/S/resourceGroups/G/providers/A.B/nets/N/providers/C.D/locks/L",
			parts{"S", "G", "/subscriptions/S/resourceGroups/G/providers/A.B/nets/N", "C.D", []string{"locks"}, []string{"L"}},
		},
		{
			"management group", "written like a resource of the tenant", "/providers/Microsoft.Management/managementGroups/M",
			parts{"", "", "/", "Microsoft.Management", []string{"managementGroups"}, []string{"M"}},
		},
		{
			"names like keywords", "position decides", "/subscriptions/s/resourceGroups/providers/providers/A.B/c/providers",
			parts{"s", "providers", "/subscriptions/s/resourceGroups/providers", "A.B", []string{"c"}, []string{"providers"}},
		},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			id := MustParseScope(tc.scope).Parts()
			got := parts{id.SubscriptionID, id.ResourceGroup, id.Base.String(), id.Namespace, id.Types, id.Names}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
	if got := (Scope{}).Parts(); !got.Base.IsZero() || got.Namespace != "" || got.Types != nil {
		t.Errorf("the zero scope has no parts, got %+v", got)
	}
}
