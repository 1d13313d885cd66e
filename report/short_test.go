package report_test

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/report"
)

func TestShort(t *testing.T) {
	const subscription = "/subscriptions/00000000-0000-4000-8000-0000000000aa"
	const subnet = subscription + "/resourceGroups/network-team/providers/Microsoft.Network/virtualNetworks/hub/subnets/shop"
	const assignment = "/providers/Microsoft.Authorization/roleAssignments/c627b866-4acd-5294-b6d4-2ef19f560036"
	cases := []struct{ name, reason, id, want string }{
		{"nested resource", "group and names say which subnet is meant", subnet, "network-team/hub/shop"},
		{"resource", "types are left out", subscription + "/resourcegroups/disks/providers/Microsoft.Compute/disks/orders", "disks/orders"},
		{"extension", "what is extended is part of the name", subnet + assignment, "network-team/hub/shop/c627b866..."},
		{"resource group", "a bare name could be anything", subscription + "/resourceGroups/addresses", "resource group addresses"},
		{"subscription", "its name is a GUID, which is shortened too", subscription, "subscription 00000000..."},
		{"management group", "it lies in no subscription", "/providers/Microsoft.Management/managementGroups/corp", "management group corp"},
		{"tenant", "a slash alone is easily overlooked", "/", "tenant"},
		{"resource of the subscription", "there is no group to name", subscription + assignment, "c627b866..."},
		{"principal", "nobody reads more than its beginning", "C627B866-4acd-5294-b6d4-2ef19f560036", "C627B866..."},
		{"GUIDs in a text", "they are what makes it long", "https://oic.azure.com/72f988bf-0000-4000-8000-000000000001/",
			"https://oic.azure.com/72f988bf.../"},
		{"no ID", "other texts are left alone", "myManagedCluster", "myManagedCluster"},
		{"a broken ID", "what cannot be read is not shortened", "/subscriptions/", "/subscriptions/"},
		{"nothing", "there is nothing to shorten", "", ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if got := report.Short(tc.id); got != tc.want {
				t.Errorf("%s: got %q, want %q", tc.reason, got, tc.want)
			}
		})
	}
}
