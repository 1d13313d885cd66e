package plan_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

const (
	workspace      = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/shop"
	collectionRule = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/logs/providers/Microsoft.Insights/dataCollectionRules/shop"
)

func monitoring(addon plan.MonitoringAddon) func(*plan.Cluster) {
	return func(c *plan.Cluster) { c.Addons.Monitoring = &addon }
}

func TestWhatIsMadeToCollect(t *testing.T) {
	cases := []struct {
		name, reason string
		addon        *plan.MonitoringAddon
		want         plan.Collecting
	}{
		{"off", "nothing is collected", nil, plan.Collecting{}},
		{"nothing given", "all of it is made", &plan.MonitoringAddon{}, plan.Collecting{Workspace: true, Rule: true, Association: true}},
		{"workspace given", "late or not", &plan.MonitoringAddon{Workspace: plan.Late[string]()}, plan.Collecting{Rule: true, Association: true}},
		{"rule given", "the association binds it to the cluster", &plan.MonitoringAddon{
			Workspace: plan.Known(workspace), Rule: plan.Known(collectionRule),
		}, plan.Collecting{Association: true}},
		{"legacy", "the agent has the workspace's key", &plan.MonitoringAddon{Workspace: plan.Known(workspace), Legacy: true}, plan.Collecting{}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			p := plan.ForCluster(plan.Cluster{SystemPool: system(), APIServer: open(), Addons: plan.Addons{Monitoring: tc.addon}})
			if diff := cmp.Diff(tc.want, p.Collecting); diff != "" || len(p.Problems) > 0 {
				t.Errorf("%s: (-want +got):\n%s%v", tc.reason, diff, p.Problems)
			}
			if granted := len(p.Grants) > 0; granted != (tc.addon != nil && tc.addon.Legacy) {
				t.Errorf("only legacy authentication takes a role, got %v", p.Grants)
			}
		})
	}
}
