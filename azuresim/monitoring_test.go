package azuresim_test

import (
	"strings"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/google/go-cmp/cmp"
)

const containerStream = "Microsoft-ContainerInsights-Group-Default"

var (
	logsID = sim.ID("aks", sim.WorkspaceType, "logs")
	ruleID = sim.ID("aks", sim.DataCollectionRuleType, "containers")
)

func associationIn(cluster, name string) string {
	return cluster + "/providers/" + sim.RuleAssociationType + "/" + name
}

func workspaceBody(changes object) object {
	return object{"location": location, "properties": merge(object{"sku": object{"name": "PerGB2018"}, "retentionInDays": 30}, changes)}
}

// ruleBody is the rule that the Azure CLI makes for Container Insights.
func ruleBody(workspace string, changes object) object {
	return object{"location": location, "kind": "Linux", "properties": merge(object{
		"dataSources": object{"extensions": []any{object{"name": "ContainerInsightsExtension",
			"extensionName": "ContainerInsights", "streams": []any{containerStream}}}},
		"dataFlows":    []any{object{"streams": []any{containerStream}, "destinations": []any{"la-workspace"}}},
		"destinations": object{"logAnalytics": []any{object{"name": "la-workspace", "workspaceResourceId": workspace}}},
	}, changes)}
}

func associationBody(rule string) object {
	return object{"properties": object{"dataCollectionRuleId": rule}}
}

// monitored is a cluster with the monitoring add-on.
func monitored(workspace string, entra any) object {
	config := object{"logAnalyticsWorkspaceResourceID": workspace}
	if entra != nil {
		config["useAADAuth"] = entra
	}
	return clusterBody(object{"addonProfiles": object{"omsagent": object{"enabled": true, "config": config}}})
}

func TestWorkspaceOutputs(t *testing.T) {
	w := newWorld(t)
	got := w.must(logsID, object{"location": location})
	for path, want := range map[string]any{
		"properties.sku.name": "PerGB2018", "properties.retentionInDays": 30.0, "properties.provisioningState": "Succeeded",
		"properties.publicNetworkAccessForIngestion": "Enabled", "properties.publicNetworkAccessForQuery": "Enabled",
		"properties.workspaceCapping.dailyQuotaGb": -1.0,
	} {
		if at(got, path) != want {
			t.Errorf("%s is %v, want %v", path, at(got, path), want)
		}
	}
	if id, _ := at(got, "properties.customerId").(string); len(id) != 36 {
		t.Errorf("the agents know a workspace by a GUID, got %q", id)
	}
}

func TestWorkspaceRefusals(t *testing.T) {
	cases := []struct {
		name, reason, id string
		body             object
		code             string
	}{
		{"short name", "4 to 63 characters", sim.ID("aks", sim.WorkspaceType, "law"), workspaceBody(nil), sim.CodeInvalidResourceName},
		{"name with a dot", "letters, digits and hyphens", sim.ID("aks", sim.WorkspaceType, "logs.prod"), workspaceBody(nil), sim.CodeInvalidResourceName},
		{"unknown SKU", "a closed list", logsID, workspaceBody(object{"sku": object{"name": "Basic"}}), sim.CodeInvalidParameter},
		{"short retention", "30 to 730 days", logsID, workspaceBody(object{"retentionInDays": 14}), sim.CodeInvalidParameter},
		{"long retention", "30 to 730 days", logsID, workspaceBody(object{"retentionInDays": 731}), sim.CodeInvalidParameter},
		{"free retention", "the free tier keeps 7 days", logsID, workspaceBody(object{"sku": object{"name": "Free"}, "retentionInDays": 7}), ""},
		{"no location", "a tracked resource has one", logsID, object{}, sim.CodeLocationRequired},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) { newWorld(t).refused(tc.id, tc.body, tc.code) })
	}
}

func TestRuleRefusals(t *testing.T) {
	flow := func(stream, destination string) object {
		return object{"dataFlows": []any{object{"streams": []any{stream}, "destinations": []any{destination}}}}
	}
	elsewhere := sim.ID("aks", sim.WorkspaceType, "elsewhere")
	twice := object{"name": "la-workspace", "workspaceResourceId": logsID}
	cases := []struct {
		name, reason string
		body         object
		code         string
	}{
		{"complete", "what the Azure CLI sends", ruleBody(logsID, nil), ""},
		{"no workspace", "the destination must exist", ruleBody(sim.ID("aks", sim.WorkspaceType, "none"), nil), sim.CodeInvalidResourceReference},
		{"not a workspace", "and be a workspace", ruleBody(groupID("aks"), nil), sim.CodeLinkedInvalidPropertyID},
		{"workspace of another region", "a rule sends to workspaces of its own region", ruleBody(elsewhere, nil), sim.CodeInvalidPayload},
		{"unknown destination", "a flow ends at a destination of the rule", ruleBody(logsID, flow(containerStream, "other")), sim.CodeInvalidPayload},
		{"unknown stream", "streams are Microsoft's or custom", ruleBody(logsID, flow("ContainerLogs", "la-workspace")), sim.CodeInvalidPayload},
		{"flow without streams", "a flow has a source", ruleBody(logsID, object{"dataFlows": []any{object{"destinations": []any{"la-workspace"}}}}), sim.CodeInvalidPayload},
		{"flow without destinations", "and an end", ruleBody(logsID, object{"dataFlows": []any{object{"streams": []any{containerStream}}}}), sim.CodeInvalidPayload},
		{"destination twice", "names are unique", ruleBody(logsID, object{"destinations": object{"logAnalytics": []any{twice, twice}}}), sim.CodeInvalidPayload},
		{"extension without its name", "which extension collects", ruleBody(logsID, object{"dataSources": object{"extensions": []any{object{"name": "x", "streams": []any{containerStream}}}}}), sim.CodeInvalidPayload},
		{"endpoint", "endpoints are not simulated", ruleBody(logsID, object{"dataCollectionEndpointId": "/subscriptions/x"}), sim.CodeInvalidResourceType},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			w.must(logsID, workspaceBody(nil))
			w.must(elsewhere, object{"location": "northeurope"})
			w.refused(ruleID, tc.body, tc.code)
		})
	}
}

func TestRuleNamesAndRegions(t *testing.T) {
	w := newWorld(t)
	w.must(logsID, workspaceBody(nil))
	for _, name := range []string{strings.Repeat("a", 65), "-rule", "rule-"} {
		w.refused(sim.ID("aks", sim.DataCollectionRuleType, name), ruleBody(logsID, nil), sim.CodeInvalidResourceName)
	}
	got := w.must(ruleID, ruleBody(logsID, nil))
	if id, _ := at(got, "properties.immutableId").(string); !strings.HasPrefix(id, "dcr-") || len(id) != 36 {
		t.Errorf("a rule has an immutable id, got %q", id)
	}
	customer := at(w.get(logsID), "properties.customerId")
	if got := at(got, "properties.destinations.logAnalytics.0.workspaceId"); got != customer {
		t.Errorf("the destination shows the workspace's own id, got %v, want %v", got, customer)
	}
	moved := ruleBody(logsID, nil)
	moved["location"] = "northeurope"
	w.refused(ruleID, moved, "InvalidResourceLocation")
}

func TestAssociationRefusals(t *testing.T) {
	cases := []struct {
		name, reason, id string
		body             object
		code             string
	}{
		{"on the cluster", "where the agent looks", associationIn(clusterID, "ContainerInsightsExtension"), associationBody(ruleID), ""},
		{"with a location", "the Azure CLI sends one", associationIn(clusterID, "x"), merge(associationBody(ruleID), object{"location": location}), ""},
		{"missing rule", "the rule must exist", associationIn(clusterID, "x"), associationBody(ruleID + "x"), sim.CodeInvalidResourceReference},
		{"not a rule", "and be a rule", associationIn(clusterID, "x"), associationBody(logsID), sim.CodeLinkedInvalidPropertyID},
		{"nothing to associate", "it has one purpose", associationIn(clusterID, "x"), object{"properties": object{}}, sim.CodeInvalidPayload},
		{"missing cluster", "the resource must exist", associationIn(clusterID+"x", "x"), associationBody(ruleID), sim.CodeResourceNotFound},
		{"endpoint", "endpoints are not simulated", associationIn(clusterID, "configurationAccessEndpoint"), object{"properties": object{"dataCollectionEndpointId": "/x"}}, sim.CodeInvalidResourceType},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			w.must(logsID, workspaceBody(nil))
			w.must(ruleID, ruleBody(logsID, nil))
			w.must(clusterID, monitored(logsID, "true"))
			w.refused(tc.id, tc.body, tc.code)
		})
	}
}

func TestAssociationKeepsRuleAndClusterInPlace(t *testing.T) {
	w := newWorld(t)
	w.must(logsID, workspaceBody(nil))
	w.must(ruleID, ruleBody(logsID, nil))
	w.must(clusterID, monitored(logsID, "true"))
	association := associationIn(clusterID, "ContainerInsightsExtension")
	w.must(association, associationBody(ruleID))
	for _, id := range []string{ruleID, clusterID} {
		if _, err := w.Delete(ctx, id); sim.Code(err) != sim.CodeAssociationInUse {
			t.Errorf("DELETE %s: got %v, want code %s", id, err, sim.CodeAssociationInUse)
		}
	}
	w.remove(association)
	w.remove(clusterID)
	w.remove(ruleID)
	w.remove(logsID)

	w.must(logsID, workspaceBody(nil))
	w.must(ruleID, ruleBody(logsID, nil))
	w.must(clusterID, monitored(logsID, "true"))
	w.must(association, associationBody(ruleID))
	w.remove(groupID("aks")) // all of it goes together
}

func TestCollects(t *testing.T) {
	other := sim.ID("aks", sim.WorkspaceType, "other")
	cases := []struct {
		name, reason string
		cluster      object
		rule         object // nil: there is no association
		after        func(w world)
		want         []string
		gap          string
	}{
		{"rule and association", "all links of the chain", monitored(logsID, "true"), ruleBody(logsID, nil), nil, []string{logsID}, ""},
		{"as the CLI spells it", "True has no case", monitored(logsID, "True"), ruleBody(logsID, nil), nil, []string{logsID}, ""},
		{"no association", "the add-on alone collects nothing", monitored(logsID, "true"), nil, nil, nil, "no data collection rule is associated"},
		{"add-on off", "nobody collects", clusterBody(nil), ruleBody(logsID, nil), nil, nil, "omsagent is off"},
		{"legacy authentication", "the agent knows the workspace's key", monitored(logsID, nil), nil, nil, []string{logsID}, ""},
		{"other stream", "performance counters of machines are none of containers", monitored(logsID, "true"), ruleBody(logsID, object{
			"dataSources": object{"syslog": []any{object{"name": "s", "streams": []any{"Microsoft-Syslog"}}}},
			"dataFlows":   []any{object{"streams": []any{"Microsoft-Syslog"}, "destinations": []any{"la-workspace"}}}}), nil, nil, "no stream of Container Insights"},
		{"single streams", "the group can be given one by one", monitored(logsID, "true"), ruleBody(logsID, object{
			"dataSources": object{"extensions": []any{object{"name": "x", "extensionName": "ContainerInsights", "streams": []any{"Microsoft-Perf", "Microsoft-ContainerLogV2"}}}},
			"dataFlows":   []any{object{"streams": []any{"Microsoft-ContainerLogV2"}, "destinations": []any{"la-workspace"}}}}), nil, []string{logsID}, ""},
		{"flow without its source", "a flow carries what the extension collects", monitored(logsID, "true"), ruleBody(logsID, object{"dataSources": object{}}), nil, nil, "no stream of Container Insights"},
		{"other workspace", "the rule decides, not the add-on", monitored(logsID, "true"), ruleBody(other, nil), nil, []string{other}, "names the workspace " + logsID},
		{"workspace gone", "the rule stays and leads nowhere", monitored(logsID, "true"), ruleBody(logsID, nil), func(w world) { w.remove(logsID) }, nil, "is gone"},
		{"association gone", "somebody removed it", monitored(logsID, "true"), ruleBody(logsID, nil), func(w world) { w.remove(associationIn(clusterID, "x")) }, nil, "no data collection rule is associated"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			w.must(logsID, workspaceBody(nil))
			w.must(other, workspaceBody(nil))
			w.must(clusterID, tc.cluster)
			if tc.rule != nil {
				w.must(ruleID, tc.rule)
				w.must(associationIn(clusterID, "x"), associationBody(ruleID))
			}
			if tc.after != nil {
				tc.after(w)
			}
			got := w.cluster(clusterID).Collects()
			if diff := cmp.Diff(tc.want, got.Workspaces); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
			if gaps := strings.Join(got.Gaps, "; "); !strings.Contains(gaps, tc.gap) || tc.gap == "" && gaps != "" {
				t.Errorf("%s: gaps are %q, want %q", tc.reason, gaps, tc.gap)
			}
		})
	}
}

// TestWhatTheAzureCLISendsForContainerInsightsCollects replays the bodies of a recording: rule, cluster, association.
func TestWhatTheAzureCLISendsForContainerInsightsCollects(t *testing.T) {
	w := world{Cloud: sim.New(), t: t}
	workspace := w.MustSeed(sim.ID("monitorRG", sim.WorkspaceType, "myWorkspace"), object{"location": "westus2"})
	w.must(groupID("myResourceGroup"), object{"location": "westus2"})
	sent := puts(t, "08c-addon-monitoring-msi-auth")
	for _, put := range sent {
		w.must(put.Path, put.Body)
	}
	got := w.cluster(sim.ID("myResourceGroup", sim.ManagedClusterType, "MyManagedCluster")).Collects()
	if want := (sim.Collection{Workspaces: []string{workspace}}); len(sent) != 3 || !cmp.Equal(want, got) {
		t.Errorf("%d requests: %s", len(sent), cmp.Diff(want, got))
	}
}
