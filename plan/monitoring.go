package plan

import "strings"

// ARM types that monitoring works with.
const (
	typeWorkspace      = "Microsoft.OperationalInsights/workspaces"
	typeCollectionRule = "Microsoft.Insights/dataCollectionRules"
)

// MonitoringAddon is Container Insights.
type MonitoringAddon struct {
	// Workspace that the logs go to; absent means that the component makes one.
	Workspace Value[string]
	// Rule is a data collection rule that exists; absent means that the component makes one.
	Rule Value[string]
	// WorkspaceLocation is the region of the workspace and of the rule; absent means the cluster's.
	WorkspaceLocation Value[string]
	// Legacy authenticates without Entra.
	Legacy bool
}

// Collecting is what a deployment makes so that Container Insights collects. With Entra authentication the add-on by itself
// collects nothing: a data collection rule says what goes where, and an association binds it to the cluster (recording
// 08c-addon-monitoring-msi-auth: the Azure CLI makes both). No identity is granted anything for it: AKS makes none for the
// add-on then, and the agents send with what the association gives them (AKS documentation of monitoring, read 2026-08-21).
type Collecting struct {
	Workspace, Rule, Association bool
}

// collecting is nothing without the add-on, and with legacy authentication, where the agent has the workspace's key.
func (m *MonitoringAddon) collecting() Collecting {
	if m == nil || m.Legacy {
		return Collecting{}
	}
	return Collecting{Workspace: !m.Workspace.IsSet(), Rule: !m.Rule.IsSet(), Association: true}
}

func (c Collecting) notes() []string {
	var made []string
	for _, part := range []struct {
		name string
		made bool
	}{{"a workspace", c.Workspace}, {"a data collection rule", c.Rule}, {"its association with the cluster", c.Association}} {
		if part.made {
			made = append(made, part.name)
		}
	}
	if made == nil {
		return nil
	}
	return []string{"addons.monitoring: made so that it collects: " + strings.Join(made, ", ") + "; with Entra authentication no identity needs a role for it"}
}

func (m *MonitoringAddon) check(p *problems) {
	const path = Path("addons.monitoring")
	if m == nil {
		return
	}
	p.checkID(path.Field("workspaceId"), m.Workspace, typeWorkspace)
	p.checkID(path.Field("dataCollectionRuleId"), m.Rule, typeCollectionRule)
	p.matches(path.Field("workspaceLocation"), m.WorkspaceLocation, locationPattern, `give the name of a region, like "westeurope".`)
	if !m.Workspace.IsSet() && (m.Legacy || m.Rule.IsSet()) {
		p.refused("LogAnalyticsWorkspaceNotSet", path.Field("workspaceId"), "it is missing; one is made only together with its data collection rule",
			"give the workspace that the logs go to.")
	}
	if m.Rule.IsSet() && m.WorkspaceLocation.IsSet() && !m.Legacy {
		p.add(path.Field("workspaceLocation"), "it is where the data collection rule is made, and dataCollectionRuleId names one that exists", "leave one of them out.")
	}
	if !m.Legacy {
		return
	}
	for _, argument := range []struct {
		name  string
		given bool
	}{{"dataCollectionRuleId", m.Rule.IsSet()}, {"workspaceLocation", m.WorkspaceLocation.IsSet()}} {
		if argument.given {
			p.add(path.Field(argument.name), "legacy authentication has no data collection rule", "leave it out, or leave legacyAuthentication out.")
		}
	}
}
