package simtest_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

const (
	workspaceToken   = "azure-native:operationalinsights:Workspace"
	ruleToken        = "azure-native:insights:DataCollectionRule"
	associationToken = "azure-native:insights:DataCollectionRuleAssociation"
)

// monitoringOptions vary the monitoring program.
type monitoringOptions struct {
	retention  int    // days; 0 leaves it to Azure
	stream     string // what the rule collects; "" is the group of all
	ruleRegion string // "" is that of the workspace
}

// monitoring is a cluster with the monitoring add-on and Entra authentication, with all that it needs to collect.
func monitoring(o monitoringOptions) pulumi.RunFunc {
	if o.stream == "" {
		o.stream = "Microsoft-ContainerInsights-Group-Default"
	}
	return func(ctx *pulumi.Context) error {
		group, err := newGroup(ctx)
		if err != nil {
			return err
		}
		logs := pulumi.Map{"resourceGroupName": group.Name, "sku": pulumi.StringMap{"name": pulumi.String("PerGB2018")}}
		if o.retention > 0 {
			logs["retentionInDays"] = pulumi.Int(o.retention)
		}
		workspace, err := raw(ctx, workspaceToken, "logs", logs)
		if err != nil {
			return err
		}
		rule, err := raw(ctx, ruleToken, "containers", ruleInputs(group.Name, workspace, o))
		if err != nil {
			return err
		}
		cluster, err := raw(ctx, clusterToken, "aks", monitoredCluster(group.Name, workspace))
		if err != nil {
			return err
		}
		_, err = raw(ctx, associationToken, "ContainerInsightsExtension", pulumi.Map{
			"resourceUri": cluster, "associationName": pulumi.String("ContainerInsightsExtension"), "dataCollectionRuleId": rule,
		})
		return err
	}
}

func ruleInputs(group, workspace pulumi.StringInput, o monitoringOptions) pulumi.Map {
	streams := pulumi.StringArray{pulumi.String(o.stream)}
	inputs := pulumi.Map{
		"resourceGroupName": group, "kind": pulumi.String("Linux"),
		"dataSources": pulumi.Map{"extensions": pulumi.MapArray{pulumi.Map{
			"name": pulumi.String("ContainerInsightsExtension"), "extensionName": pulumi.String("ContainerInsights"), "streams": streams,
			"extensionSettings": pulumi.Map{"dataCollectionSettings": pulumi.Map{"enableContainerLogV2": pulumi.Bool(true)}},
		}}},
		"dataFlows": pulumi.MapArray{pulumi.Map{"streams": streams, "destinations": pulumi.ToStringArray([]string{"la-workspace"})}},
		"destinations": pulumi.Map{"logAnalytics": pulumi.MapArray{pulumi.Map{
			"name": pulumi.String("la-workspace"), "workspaceResourceId": workspace}}},
	}
	if o.ruleRegion != "" {
		inputs["location"] = pulumi.String(o.ruleRegion)
	}
	return inputs
}

func monitoredCluster(group, workspace pulumi.StringInput) pulumi.Map {
	return pulumi.Map{
		"resourceGroupName": group, "dnsPrefix": pulumi.String("aks"),
		"identity": pulumi.StringMap{"type": pulumi.String("SystemAssigned")},
		"agentPoolProfiles": pulumi.MapArray{pulumi.Map{
			"name": pulumi.String("sys"), "mode": pulumi.String("System"), "count": pulumi.Int(1), "vmSize": pulumi.String("Standard_D4s_v5")}},
		"addonProfiles": pulumi.Map{"omsagent": pulumi.Map{"enabled": pulumi.Bool(true), "config": pulumi.Map{
			"logAnalyticsWorkspaceResourceID": workspace, "useAADAuth": pulumi.String("true")}}},
	}
}

func TestMonitoringCollectsThroughItsWholeLife(t *testing.T) {
	t.Parallel()
	collects := func(s *simtest.Stack, up simtest.Result) {
		workspace, _ := up.Resources.Find(workspaceToken, "logs")
		got := s.Cloud().Clusters()[0].Collects()
		if len(got.Workspaces) != 1 || got.Workspaces[0] != workspace.ID || len(got.Gaps) > 0 {
			t.Errorf("the cluster collects into its workspace, got %+v", got)
		}
	}
	simtest.Run(t, monitoring(monitoringOptions{}), simtest.WithCheck(collects))
}

func TestMonitoringIsUpdatedInPlace(t *testing.T) {
	t.Parallel()
	s := simtest.New(t, monitoring(monitoringOptions{}))
	mustUp(t, s)
	s.SetProgram(monitoring(monitoringOptions{retention: 90, stream: "Microsoft-ContainerLogV2"}))
	up := mustUp(t, s)
	for _, want := range []string{"update " + workspaceToken + " logs [retentionInDays]", "update " + ruleToken + " containers [dataFlows dataSources]"} {
		if !strings.Contains(up.Steps.Changing().String(), want) {
			t.Errorf("%s is missing in:\n%s", want, up.Steps.Changing())
		}
	}
	workspace, _ := up.Resources.Find(workspaceToken, "logs")
	if got, err := s.Cloud().Get(t.Context(), workspace.ID); err != nil || got.Body["properties"].(map[string]any)["retentionInDays"] != 90.0 {
		t.Errorf("the workspace keeps 90 days, got %v, %v", got.Body, err)
	}
	if got := s.Cloud().Clusters()[0].Collects(); len(got.Workspaces) != 1 {
		t.Errorf("still collecting, got %+v", got)
	}
}

func TestMonitoringRefusals(t *testing.T) {
	cases := []struct {
		name, reason string
		options      monitoringOptions
		code         string
	}{
		{"rule in another region", "than its workspace", monitoringOptions{ruleRegion: "northeurope"}, azuresim.CodeInvalidPayload},
		{"unknown stream", "which nobody collects", monitoringOptions{stream: "ContainerLogs"}, azuresim.CodeInvalidPayload},
		{"short retention", "less than a workspace can keep", monitoringOptions{retention: 7}, azuresim.CodeInvalidParameter},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if up := simtest.New(t, monitoring(tc.options)).Up(); !strings.Contains(up.Diagnostics(), tc.code) {
				t.Errorf("%s: want code %q, got %s", tc.reason, tc.code, up.Explain())
			}
		})
	}
}
