package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// withDisks is a plan with as many grants as there are disks, and one on a resource group.
func withDisks(disks int) plan.Plan {
	ids := values{}
	for i := range disks {
		ids[fmt.Sprintf("disk%d", i)] = late()
	}
	return plan.ForDelegation(plan.Delegation{PrincipalID: late(), Mentions: append(
		plan.Each(plan.Disk, "diskIds", ids),
		plan.Each(plan.PublicIP, "publicIpIds", values{"web": plan.Known(subscription + "/resourceGroups/edge/providers/Microsoft.Network/publicIPAddresses/web")})...,
	)})
}

func TestGrantsAreExplainedOneByOneOrInSummary(t *testing.T) {
	const (
		one = "1 grant:\n" +
			"  - principal gets Network Contributor on resource group of publicIpIds.web (edge): use the address for a service; the cloud provider lists the addresses of the whole group"
		two = "2 grants:\n" +
			"  - principal gets Network Contributor on resource group of publicIpIds.web (edge): use the address for a service; the cloud provider lists the addresses of the whole group\n" +
			"  - principal gets Virtual Machine Contributor on diskIds.disk0: attach and detach the disk"
		rest = " The output plannedGrants has each with its reason, and explain: \"grants\" shows them here."
	)
	summary := func(disks int) string {
		return fmt.Sprintf("%d grants: principal gets Network Contributor on 1 scope, principal gets Virtual Machine Contributor on %d scopes.", disks+1, disks) + rest
	}
	cases := []struct {
		name, reason string
		plan         plan.Plan
		how          plan.Explain
		want         string
	}{
		{"no grants", "there is nothing to tell", plan.Plan{}, plan.ExplainGrants, ""},
		{"one", "in the singular, with the name of what is known", withDisks(0), "", one},
		{"a few by default", "they fit on half a screen, known or not", withDisks(1), "", two},
		{"a few, asked for", "the same", withDisks(1), plan.ExplainGrants, two},
		{"many by default", "nobody reads forty lines", withDisks(39), "", summary(39)},
		{"a few in summary", "as asked for", withDisks(2), plan.ExplainSummary, summary(2)},
		{"nothing", "as asked for", withDisks(1), plan.ExplainNone, ""},
		{"in a subnet", "names are those of the network and of the subnet",
			plan.ForDelegation(plan.Delegation{PrincipalID: late(), Mentions: plan.Each(plan.PodSubnet, "podSubnetIds", values{"a": plan.Known(hub + "/subnets/pods")})}), "",
			"1 grant:\n  - principal gets Network Contributor on podSubnetIds.a (hub/pods): join pods to the subnet"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tc.plan.Explained(tc.how)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
	for n, lines := range map[int]int{11: 13, 12: 1} {
		if got := strings.Count(withDisks(n).Explained(""), "\n") + 1; got != lines {
			t.Errorf("%d grants are told on %d lines, want %d", n+1, got, lines)
		}
	}
}
