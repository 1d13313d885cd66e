package components_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

const (
	workspaceType   = "azure-native:operationalinsights:Workspace"
	ruleType        = "azure-native:insights:DataCollectionRule"
	associationType = "azure-native:insights:DataCollectionRuleAssociation"
)

func monitored(args components.MonitoringArgs) *components.ManagedIdentityClusterArgs {
	out := smallest()
	out.Addons = &components.AddonsArgs{Monitoring: &args}
	return out
}

func seedWorkspace(cloud *azuresim.Cloud, location string) string {
	return cloud.MustSeed(azuresim.ID("logs", azuresim.WorkspaceType, "shoplogs"), map[string]any{"location": location})
}

// collectsInto tells what the only cluster collects, and where it does not.
func collectsInto(t *testing.T, s *simtest.Stack, workspaces ...string) {
	t.Helper()
	got := s.Cloud().Clusters()[0].Collects()
	if diff := cmp.Diff(azuresim.Collection{Workspaces: workspaces}, got); diff != "" {
		t.Errorf("what the cluster collects (-want +got):\n%s", diff)
	}
}

func TestMonitoringCollectsThroughTheWholeLife(t *testing.T) {
	cases := []struct {
		name, reason string
		args         func(cloud *azuresim.Cloud) components.MonitoringArgs
		made         map[string]int
	}{
		{"nothing given", "the workspace is made too", func(*azuresim.Cloud) components.MonitoringArgs {
			return components.MonitoringArgs{}
		}, map[string]int{workspaceType: 1, ruleType: 1, associationType: 1}},
		{"workspace made elsewhere", "in a region that is said", func(*azuresim.Cloud) components.MonitoringArgs {
			return components.MonitoringArgs{WorkspaceLocation: pulumi.String("northeurope")}
		}, map[string]int{workspaceType: 1, ruleType: 1, associationType: 1}},
		{"workspace given", "in the cluster's region", func(cloud *azuresim.Cloud) components.MonitoringArgs {
			return components.MonitoringArgs{WorkspaceID: pulumi.String(seedWorkspace(cloud, "westeurope"))}
		}, map[string]int{ruleType: 1, associationType: 1}},
		{"late workspace in another region", "the rule follows it", func(cloud *azuresim.Cloud) components.MonitoringArgs {
			return components.MonitoringArgs{
				WorkspaceID:       pulumi.String(seedWorkspace(cloud, "northeurope")).ToStringOutput(),
				WorkspaceLocation: pulumi.String("northeurope").ToStringOutput(),
			}
		}, map[string]int{ruleType: 1, associationType: 1}},
		{"rule given", "only the association is made", func(cloud *azuresim.Cloud) components.MonitoringArgs {
			workspace := seedWorkspace(cloud, "northeurope")
			return components.MonitoringArgs{WorkspaceID: pulumi.String(workspace), DataCollectionRuleID: pulumi.String(seedRule(cloud, workspace))}
		}, map[string]int{associationType: 1}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			simtest.Run(t, program(monitored(tc.args(cloud))), simtest.WithCloud(cloud), simtest.WithCheck(func(s *simtest.Stack, up simtest.Result) {
				workspace := azuresim.ID("logs", azuresim.WorkspaceType, "shoplogs")
				if made, ok := up.Resources.Find(workspaceType, "aks-monitoring-workspace"); ok {
					workspace = made.ID
				}
				collectsInto(t, s, workspace)
				cluster, _ := up.Resources.Find(clusterType, "aks")
				if made, _ := up.Resources.Find(associationType, "aks-monitoring-association"); made.Provider != cluster.Provider {
					t.Errorf("the association asks for %s, the cluster for %s", made.Provider, cluster.Provider)
				}
				for _, token := range []string{workspaceType, ruleType, associationType} {
					if got := len(up.Resources.ByType(token)); got != tc.made[token] {
						t.Errorf("%s: %d of %s are made, want %d", tc.reason, got, token, tc.made[token])
					}
				}
			}))
		})
	}
}

// seedRule is a rule of somebody else's, as the Azure CLI makes it.
func seedRule(cloud *azuresim.Cloud, workspace string) string {
	streams := []any{"Microsoft-ContainerInsights-Group-Default"}
	return cloud.MustSeed(azuresim.ID("logs", azuresim.DataCollectionRuleType, "containers"), map[string]any{
		"location": "northeurope", "properties": map[string]any{
			"dataSources": map[string]any{"extensions": []any{map[string]any{
				"name": "ContainerInsightsExtension", "extensionName": "ContainerInsights", "streams": streams}}},
			"dataFlows":    []any{map[string]any{"streams": streams, "destinations": []any{"la-workspace"}}},
			"destinations": map[string]any{"logAnalytics": []any{map[string]any{"name": "la-workspace", "workspaceResourceId": workspace}}},
		},
	})
}

func TestMonitoringComesAndGoesWithoutTouchingTheCluster(t *testing.T) {
	s := simtest.New(t, program(smallest()))
	steps := []struct {
		name    string
		args    *components.ManagedIdentityClusterArgs
		created int
	}{
		{"without", smallest(), 0},
		{"with", monitored(components.MonitoringArgs{}), 3},
		{"in another region", monitored(components.MonitoringArgs{WorkspaceLocation: pulumi.String("northeurope")}), 0},
		{"without again", smallest(), 0},
	}
	for _, step := range steps {
		s.SetProgram(program(step.args))
		up := must(t, step.name, s.Up())
		if replaced := up.Steps.Type(clusterType).Op("replace"); len(replaced) > 0 {
			t.Errorf("%s: the cluster is replaced", step.name)
		}
		on := step.args.Addons != nil
		if collects := len(s.Cloud().Clusters()[0].Collects().Workspaces) == 1; collects != on {
			t.Errorf("%s: the cluster collects: %v", step.name, collects)
		}
		if left := len(up.Resources.ByType(ruleType)); (left == 1) != on || left > 1 {
			t.Errorf("%s: %d rules are left", step.name, left)
		}
	}
	must(t, "destroy", s.Destroy())
	if !s.Cloud().Empty() {
		t.Error("destroy left something")
	}
}

// TestRefusedRuleStopsBeforeTheCluster: what is known early should not cost the minutes that a cluster takes.
func TestRefusedRuleStopsBeforeTheCluster(t *testing.T) {
	cloud := azuresim.New()
	args := monitored(components.MonitoringArgs{WorkspaceID: pulumi.String(seedWorkspace(cloud, "northeurope"))})
	up := simtest.New(t, program(args), simtest.WithCloud(cloud)).Up()
	if up.Err == nil || !strings.Contains(up.Diagnostics(), azuresim.CodeInvalidPayload) || len(cloud.Clusters()) > 0 {
		t.Errorf("want a refused rule and no cluster, got %d clusters: %s", len(cloud.Clusters()), up.Explain())
	}
}

// TestReadyWaitsForTheAssociation: a cluster that collects nothing is not ready.
func TestReadyWaitsForTheAssociation(t *testing.T) {
	cloud := azuresim.New()
	cloud.Fail(azuresim.Match{Method: "PUT", Type: azuresim.RuleAssociationType}, azuresim.Error{Status: 400, Code: "Forbidden"})
	up := simtest.New(t, program(monitored(components.MonitoringArgs{})), simtest.WithCloud(cloud)).Up()
	if ready, _ := up.Output("ready"); up.Err == nil || ready == true {
		t.Errorf("ready is %v although the association was refused: %s", ready, up.Explain())
	}
}
