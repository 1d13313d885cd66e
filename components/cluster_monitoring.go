package components

import (
	"github.com/pulumi/pulumi-azure-native-sdk/v2/utilities"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// The SDK's modules for these three resources would be dependencies of every program; a token is enough.
const (
	workspaceToken   = "azure-native:operationalinsights:Workspace"
	ruleToken        = "azure-native:insights:DataCollectionRule"
	associationToken = "azure-native:insights:DataCollectionRuleAssociation"
)

// rawResource is a resource of which only the ID is of interest.
type rawResource struct{ pulumi.CustomResourceState }

// register makes a child of the component by token, in the version of azure-native that the SDK's modules have.
func (g *granter) register(token, name string, properties pulumi.Map, options ...pulumi.ResourceOption) (*rawResource, error) {
	made := &rawResource{}
	err := g.ctx.RegisterResource(token, name, properties, made, utilities.PkgResourceDefaultOpts(g.waiting(options...))...)
	return made, err
}

// collection is what Container Insights collects with; rule is nil when nothing is to be associated.
type collection struct {
	workspace, rule pulumi.StringInput
	made            []pulumi.Resource
}

// makeCollection makes the workspace and the data collection rule. They come before the cluster, as with the Azure CLI: what Azure
// refuses about them is then known before the minutes that a cluster takes.
func (b *clusterBuilder) makeCollection() (err error) {
	if b.args.Addons == nil || b.args.Addons.Monitoring == nil {
		return nil
	}
	args, needed := b.args.Addons.Monitoring, b.plan.Collecting
	b.monitoring = collection{workspace: inputOf(valueOf[string](args.WorkspaceID)), rule: inputOf(valueOf[string](args.DataCollectionRuleID))}
	if needed.Workspace {
		b.monitoring.workspace, err = b.collector(workspaceToken, b.name+"-monitoring-workspace", pulumi.Map{
			"sku": pulumi.StringMap{"name": pulumi.String("PerGB2018")}, "retentionInDays": pulumi.Int(30),
		})
	}
	if needed.Rule && err == nil {
		b.monitoring.rule, err = b.collector(ruleToken, b.name+"-monitoring", collectInto(b.monitoring.workspace))
	}
	return err
}

// collector makes a workspace or a rule. Pulumi names both: the CLI's name for the rule, MSCI-<region>-<cluster>, is not known at
// preview when Pulumi names the cluster, and under a name that is given a rule that has to be replaced could not be made before
// the old one goes, nor beside one that the CLI left behind.
func (b *clusterBuilder) collector(token, name string, properties pulumi.Map) (pulumi.StringInput, error) {
	properties["resourceGroupName"] = b.group
	if location := b.args.Addons.Monitoring.WorkspaceLocation; !isNil(location) {
		properties["location"] = location
	} else if !isNil(b.location) {
		properties["location"] = b.location
	}
	if b.args.Tags != nil {
		properties["tags"] = b.args.Tags
	}
	made, err := b.grants.register(token, name, properties)
	if err != nil {
		return nil, err
	}
	b.monitoring.made = append(b.monitoring.made, made)
	return made.ID().ToStringOutput(), nil
}

// collectInto are the properties of a rule that sends all that Container Insights collects to a workspace, as the Azure CLI makes
// it (recording 08c-addon-monitoring-msi-auth).
func collectInto(workspace pulumi.StringInput) pulumi.Map {
	streams := pulumi.ToStringArray([]string{"Microsoft-ContainerInsights-Group-Default"})
	return pulumi.Map{
		"dataSources": pulumi.Map{"extensions": pulumi.MapArray{pulumi.Map{
			"name": pulumi.String("ContainerInsightsExtension"), "extensionName": pulumi.String("ContainerInsights"),
			"extensionSettings": pulumi.Map{}, "streams": streams,
		}}},
		"dataFlows": pulumi.MapArray{pulumi.Map{"streams": streams, "destinations": pulumi.ToStringArray([]string{"la-workspace"})}},
		"destinations": pulumi.Map{"logAnalytics": pulumi.MapArray{pulumi.Map{
			"name": pulumi.String("la-workspace"), "workspaceResourceId": workspace,
		}}},
	}
}

// associate binds the cluster to the rule. Its name is the one by which the add-on finds it.
func (b *clusterBuilder) associate() error {
	if !b.plan.Collecting.Association {
		return nil
	}
	made, err := b.grants.register(associationToken, b.name+"-monitoring-association", pulumi.Map{
		"resourceUri": b.cluster.ID(), "associationName": pulumi.String("ContainerInsightsExtension"),
		"dataCollectionRuleId": b.monitoring.rule, "description": pulumi.String("routes monitoring data to a Log Analytics workspace"),
	})
	b.associations = append(b.associations, made)
	return err
}
