package shapes

// otherVersion is something that the API version of the table does not have, and another one has. The simulator serves all
// versions of a type with one model, so it takes both.
type otherVersion struct {
	pkg   string
	model string // with property and its type, or
	enum  string // with a value

	property string
	t        typeExpr
	value    string
	reason   string
}

// Reasons that several rows share.
const (
	vnetIntegration = "API server VNet integration: 2024-10-02-preview and later (docs/decisions/0002-aks-api-version.md)"
	rules2023       = "API version 2023-03-11 of data collection rules, which azure-native serves"
)

// The packages of the rows.
const (
	clusters = "armcontainerservice"
	rules    = "armmonitor"
)

// What azure-native 2.92.3 sends in its versions was compared with the table property by property, 2026-11-26; what the Azure CLI
// sends is in the project's recordings of azure-cli 2.45.0 and 2.91.0.
var otherVersions = []otherVersion{
	{pkg: clusters, model: "ManagedClusterAPIServerAccessProfile", property: "enableVnetIntegration", t: "boolean", reason: vnetIntegration},
	{pkg: clusters, model: "ManagedClusterAPIServerAccessProfile", property: "subnetId", t: "string", reason: vnetIntegration},
	{pkg: clusters, model: "ManagedClusterIngressProfile", property: "applicationLoadBalancer", t: "any",
		reason: "Application Gateway for Containers as an add-on: preview versions after 2025-01-01"},
	{pkg: clusters, model: "IstioEgressGateway", property: "nodeSelector", t: "map[string]",
		reason: "version 2024-01-01 alone has it"},
	{pkg: clusters, model: "NetworkProfile", property: "dockerBridgeCidr", t: "string",
		reason: "versions before 2023-07-01 have it, and azure-cli 2.45.0 sends it with 2022-11-01"},
	{pkg: clusters, enum: "AgentPoolType", value: "VirtualMachines",
		reason: "pools of virtual machines: preview versions, and stable ones after 2025-01-01"},

	{pkg: rules, model: "DataCollectionRuleAssociationProxyOnlyResource", property: "location", t: "string^",
		reason: "the Azure CLI sends one (azure-cli 2.91, addonconfiguration.py), and Azure takes it"},
	{pkg: rules, model: "DataCollectionRuleDestinations", property: "azureDataExplorer", t: "[]any", reason: rules2023},
	{pkg: rules, model: "DataCollectionRuleDestinations", property: "microsoftFabric", t: "[]any", reason: rules2023},
	{pkg: rules, model: "DataCollectionRuleResourceProperties", property: "agentSettings", t: "any", reason: rules2023},
	{pkg: rules, model: "DataCollectionRuleResourceProperties", property: "references", t: "any", reason: rules2023},
	{pkg: rules, model: "DataFlow", property: "captureOverflow", t: "boolean", reason: rules2023},
	{pkg: rules, model: "IisLogsDataSource", property: "transformKql", t: "string", reason: rules2023},
	{pkg: rules, model: "LogFilesDataSource", property: "transformKql", t: "string", reason: rules2023},
	{pkg: rules, model: "PerfCounterDataSource", property: "transformKql", t: "string", reason: rules2023},
	{pkg: rules, model: "SyslogDataSource", property: "transformKql", t: "string", reason: rules2023},
	{pkg: rules, model: "WindowsEventLogDataSource", property: "transformKql", t: "string", reason: rules2023},
	{pkg: rules, model: "WindowsFirewallLogsDataSource", property: "profileFilter", t: "[]string", reason: rules2023},
}

func (o otherVersion) addTo(p *pkg) {
	if o.enum != "" {
		p.Enums[o.enum] = append(p.Enums[o.enum], o.value)
		return
	}
	p.Models[o.model][o.property] = o.t
}
