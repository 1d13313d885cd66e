package azuresim

import (
	"fmt"
	"slices"
	"strings"
)

// Collection is where the monitoring add-on of a cluster sends what it collects from containers.
type Collection struct {
	Workspaces []string // ids of the Log Analytics workspaces that receive something, sorted
	Gaps       []string // why nothing arrives, or not where the add-on's configuration says
}

// containerStreams are the streams of Container Insights: the group, and its members one by one (azure-cli 2.91,
// ContainerInsightsStreams in addonconfiguration.py, read 2026-11-25).
var containerStreams = []string{
	"Microsoft-ContainerInsights-Group-Default",
	"Microsoft-ContainerLog", "Microsoft-ContainerLogV2", "Microsoft-ContainerLogV2-HighScale", "Microsoft-KubeEvents",
	"Microsoft-KubePodInventory", "Microsoft-KubeNodeInventory", "Microsoft-KubePVInventory", "Microsoft-KubeServices",
	"Microsoft-KubeMonAgentEvents", "Microsoft-InsightsMetrics", "Microsoft-ContainerInventory",
	"Microsoft-ContainerNodeInventory", "Microsoft-Perf",
}

// Collects tells which workspaces really receive something. With legacy authentication the agent has the key of the
// workspace that the add-on names. With Entra authentication (useAADAuth) the name in the add-on leads nowhere by itself:
// an association of the cluster with a data collection rule is needed, the rule has to collect a stream of Container
// Insights with the extension ContainerInsights, and a flow has to carry that stream to a workspace that exists.
func (cl *Cluster) Collects() Collection {
	cl.cloud.mu.Lock()
	defer cl.cloud.mu.Unlock()
	var out Collection
	cluster := cl.cloud.lookup(cl.ID)
	if cluster == nil {
		out.gap("the cluster is gone")
		return out
	}
	_, value, _ := lookupFold(object(cluster.Body, "properties", "addonProfiles"), "omsagent")
	profile, _ := value.(map[string]any)
	if !truth(profile, "enabled") {
		out.gap("the add-on omsagent is off")
		return out
	}
	named := config(profile, "logAnalyticsWorkspaceResourceID")
	if usesEntra(profile) {
		cl.cloud.collectByRules(cluster, &out)
		out.compare(named)
	} else {
		cl.cloud.collectInto(named, &out)
	}
	slices.Sort(out.Workspaces)
	return out
}

// usesEntra tells whether the monitoring add-on authenticates with an identity; the CLI writes "True".
func usesEntra(profile map[string]any) bool {
	return strings.EqualFold(config(profile, "useAADAuth"), "true")
}

func (o *Collection) gap(format string, args ...any) {
	o.Gaps = append(o.Gaps, fmt.Sprintf(format, args...))
}

// compare notes that nothing goes to the workspace that the add-on names although it goes elsewhere.
func (o *Collection) compare(named string) {
	if len(o.Workspaces) > 0 && !slices.ContainsFunc(o.Workspaces, func(id string) bool { return sameID(id, named) }) {
		o.gap("the add-on names the workspace %s, but no rule sends there", named)
	}
}

func (c *Cloud) collectInto(workspace string, out *Collection) {
	r := c.lookup(workspace)
	switch {
	case r == nil:
		out.gap("the workspace %s is gone", workspace)
	case !slices.Contains(out.Workspaces, r.ID):
		out.Workspaces = append(out.Workspaces, r.ID)
	}
}

func (c *Cloud) collectByRules(cluster *resource, out *Collection) {
	associations := c.childrenOf(cluster.ID, RuleAssociationType)
	if len(associations) == 0 {
		out.gap("no data collection rule is associated with the cluster")
	}
	for _, association := range associations {
		id := text(association.Body, "properties", "dataCollectionRuleId")
		rule := c.lookup(id)
		if rule == nil {
			out.gap("the data collection rule %s is gone", id)
			continue
		}
		workspaces := containerWorkspaces(rule)
		if len(workspaces) == 0 {
			out.gap("no stream of Container Insights flows from the rule %s into a workspace", rule.ID)
		}
		for _, workspace := range workspaces {
			c.collectInto(workspace, out)
		}
	}
}

// containerWorkspaces lists where a rule sends what the extension ContainerInsights collects.
func containerWorkspaces(rule *resource) []string {
	var collected []string
	for _, extension := range objects(rule.Body, "properties", "dataSources", "extensions") {
		if text(extension, "extensionName") == "ContainerInsights" {
			collected = append(collected, texts(extension, "streams")...)
		}
	}
	flows := func(stream string) bool {
		return slices.Contains(collected, stream) && slices.Contains(containerStreams, stream)
	}
	var out []string
	for _, flow := range objects(rule.Body, "properties", "dataFlows") {
		if !slices.ContainsFunc(texts(flow, "streams"), flows) {
			continue
		}
		for _, destination := range objects(rule.Body, "properties", "destinations", "logAnalytics") {
			if slices.Contains(texts(flow, "destinations"), text(destination, "name")) {
				out = append(out, text(destination, "workspaceResourceId"))
			}
		}
	}
	return out
}
