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
		address = "  - principal gets Network Contributor on resource group of publicIpIds.web\n" +
			"    (edge): use the address for a service; the cloud provider lists the\n" +
			"    addresses of the whole group"
		disk = "  - principal gets Virtual Machine Contributor on diskIds.disk0: attach and\n" +
			"    detach the disk"
		one = "1 grant:\n" + address
		two = "2 grants:\n" + address + "\n" + disk
	)
	summary := func(disks int) string {
		return fmt.Sprintf("%d grants: principal gets Network Contributor on 1 scope, principal gets\n", disks+1) +
			fmt.Sprintf("Virtual Machine Contributor on %d scopes. The output plannedGrants has\n", disks) +
			"each with its reason, and explain: \"grants\" shows them here."
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
			"1 grant:\n  - principal gets Network Contributor on podSubnetIds.a (hub/pods): join\n    pods to the subnet"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tc.plan.Explained(tc.how)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
	for n, each := range map[int]bool{11: true, 12: false} {
		if got := strings.Count(withDisks(n).Explained(""), "\n  - "); got != n+1 && each || got > 0 && !each {
			t.Errorf("%d grants: %d are told one by one", n+1, got)
		}
	}
}

// TestOnlyNewGrantsAreToldAgain: what was told before it was made is no news, unless somebody asks for all of it.
func TestOnlyNewGrantsAreToldAgain(t *testing.T) {
	const disk = "\n  - principal gets Virtual Machine Contributor on diskIds.disk7: attach and\n    detach the disk"
	except := func(word string) func(plan.Grant) bool {
		return func(g plan.Grant) bool { return !strings.Contains(g.Name, word) }
	}
	all := withDisks(39)
	cases := []struct {
		name, reason string
		isThere      func(plan.Grant) bool
		how          plan.Explain
		want         string
	}{
		{"nothing new", "a preview that changes nothing says nothing", except("none"), "", ""},
		{"one new", "it stands out among forty", except("disk7"), "", "1 new grant, beside 39 that stay:" + disk},
		{"one stays", "in the singular", func(g plan.Grant) bool { return strings.Contains(g.Name, "web") }, "",
			"39 new grants, beside 1 that stays: principal gets Virtual Machine\nContributor on 39 scopes. The output plannedGrants has each with its\n" +
				"reason, and explain: \"grants\" shows them here."},
		{"all, asked for", "whoever asks for each gets each", except("none"), plan.ExplainGrants, all.Explained(plan.ExplainGrants)},
		{"summary, asked for", "the same for the summary", except("none"), plan.ExplainSummary, all.Explained(plan.ExplainSummary)},
		{"nothing, asked for", "nor does a new one change that", except("disk7"), plan.ExplainNone, ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, all.ExplainedBeside(tc.how, tc.isThere)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
	for line := range strings.SplitSeq(all.Explained(plan.ExplainGrants), "\n") {
		if len(line) > 76 { // and four columns of indent in a preview
			t.Errorf("%d columns: %s", len(line), line)
		}
	}
}
