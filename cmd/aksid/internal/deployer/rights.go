// Package deployer finds out which rights whoever deploys a stack needs, from the resources in its state or preview. It is pure.
//
// Package plan knows the same from the arguments of our components, before anything runs (plan.DeployerActions). Here it follows from the
// resources, so it works for any program, and for what the program makes beside the components.
package deployer

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// armTypes are the types in Azure of resources that have no ID yet, by module and type of azure-native.
var armTypes = map[string]string{
	"authorization:RoleAssignment":                groupType("Microsoft.Authorization", "roleAssignments"),
	"authorization:RoleDefinition":                groupType("Microsoft.Authorization", "roleDefinitions"),
	"containerservice:AgentPool":                  groupType("Microsoft.ContainerService", "managedClusters/agentPools"),
	"containerservice:MaintenanceConfiguration":   groupType("Microsoft.ContainerService", "managedClusters/maintenanceConfigurations"),
	"containerservice:ManagedCluster":             clusterType,
	"insights:DataCollectionRule":                 groupType("Microsoft.Insights", "dataCollectionRules"),
	"insights:DataCollectionRuleAssociation":      groupType("Microsoft.Insights", "dataCollectionRuleAssociations"),
	"keyvault:Vault":                              groupType("Microsoft.KeyVault", "vaults"),
	"keyvault:Key":                                groupType("Microsoft.KeyVault", "vaults/keys"),
	"managedidentity:FederatedIdentityCredential": identityType + "/federatedIdentityCredentials",
	"managedidentity:UserAssignedIdentity":        identityType,
	"network:PublicIPAddress":                     groupType("Microsoft.Network", "publicIPAddresses"),
	"network:RouteTable":                          groupType("Microsoft.Network", "routeTables"),
	"network:Subnet":                              groupType("Microsoft.Network", "virtualNetworks/subnets"),
	"network:VirtualNetwork":                      groupType("Microsoft.Network", "virtualNetworks"),
	"operationalinsights:Workspace":               groupType("Microsoft.OperationalInsights", "workspaces"),
	"resources:ResourceGroup":                     "Microsoft.Resources/subscriptions/resourceGroups",
}

const (
	clusterType  = "Microsoft.ContainerService/managedClusters"
	identityType = "Microsoft.ManagedIdentity/userAssignedIdentities"
)

func groupType(namespace, name string) string { return namespace + "/" + name }

// Rights are what whoever deploys needs for the resources of the estate, and notes about those that it cannot tell.
func Rights(e *estate.Estate) (plan.DeployerRights, []string) {
	f := finding{Estate: e, groups: map[string]bool{}, notes: map[string]bool{}}
	for _, r := range e.Resources {
		if r.Is("resources", "ResourceGroup") {
			f.groups[strings.ToLower(groupName(r))] = true
			f.groups[r.URN] = true
		}
	}
	for _, r := range e.Resources {
		if r.Custom && !r.External {
			f.manages(r)
		}
	}
	for _, c := range e.Clusters {
		if !c.Resource.External {
			f.cluster(c)
		}
	}
	f.looks()
	slices.SortStableFunc(f.rights, func(a, b plan.DeployerAction) int {
		return cmp.Or(cmp.Compare(a.Scope.String(), b.Scope.String()), cmp.Compare(a.Action, b.Action), cmp.Compare(a.Resource, b.Resource))
	})
	return slices.CompactFunc(f.rights, func(a, b plan.DeployerAction) bool {
		return a.Scope.String() == b.Scope.String() && a.Action == b.Action && a.Resource == b.Resource
	}), slices.Sorted(maps.Keys(f.notes))
}

func groupName(r estate.Resource) string {
	if scope, err := rbac.ParseScope(r.ID); err == nil {
		return scope.ResourceGroup()
	}
	return r.Text("resourceGroupName")
}

// finding collects rights.
type finding struct {
	*estate.Estate
	// groups are the resource groups that the stack makes, by name in lower case and by URN.
	groups map[string]bool
	rights plan.DeployerRights
	notes  map[string]bool
}

func (f *finding) needs(need plan.DeployerNeed, when plan.DeployerStage, action string, at plan.DeployerScope, resource, reason string) {
	f.rights = append(f.rights, plan.DeployerAction{Action: action, Scope: at, Resource: resource, Reason: reason, When: when, Need: need})
}

// manages is what Pulumi does with a resource of its own.
func (f *finding) manages(r estate.Resource) {
	module, name := r.Native()
	if module == "" {
		return // a provider, or of another one: no right in Azure Resource Manager
	}
	kind := cmp.Or(r.ARMType(), armTypes[module+":"+name])
	if kind == "" {
		f.notes[fmt.Sprintf("The rights for %s are not in the role: a preview does not tell its type in Azure. A deployed stack does.", r.Type)] = true
		return
	}
	if armTypes[module+":"+name] == "" || module == "network" {
		f.notes[fmt.Sprintf("Whether Azure asks for a right on what a resource of type %s refers to is not known here.", r.Type)] = true
	}
	at, title := f.scopeOf(r, kind), kindOf(kind)+" "+r.Name()
	f.needs(plan.Needed, plan.ToMake, kind+"/write", at, title, "create and update it")
	f.needs(plan.Needed, plan.ToMake, kind+"/read", at, title, "look whether it exists, and read what it became")
	f.needs(plan.Needed, plan.ToRemove, kind+"/delete", at, title, "delete it")
}

// looks are what our components read before they grant: the cluster of somebody else, whose ID the state does not have, and in which mode
// registries and vaults are.
func (f *finding) looks() {
	for _, r := range f.Resources {
		need := map[string]plan.DeployerNeed{
			"aksidentity:index:AddonIdentityGrants": plan.Needed, "aksidentity:index:VnetDelegation": plan.Optional,
		}[r.Type]
		if need != "" && len(f.Clusters) == 0 {
			at := plan.DeployerScope{Path: plan.Path("clusterId of " + r.Name()), Level: plan.AtResource}
			f.needs(need, plan.ToMake, clusterType+"/read", at, r.Name(), "read the principals of the cluster")
		}
	}
	for _, a := range f.Assignments {
		switch kind := a.Scope.ResourceType(); strings.ToLower(kind) {
		case "microsoft.containerregistry/registries", "microsoft.keyvault/vaults":
			f.needs(plan.Optional, plan.ToMake, kind+"/read", f.at(a.Scope, a.On), "grant "+a.Resource.Name(), "tell a grant that would have no effect")
		}
	}
}

func kindOf(armType string) string { return armType[strings.LastIndex(armType, "/")+1:] }

// scopeOf is where the right has to hold: at the resource group; at the subscription, when the group is made; at the resource itself for
// what extends it, as a role assignment does.
func (f *finding) scopeOf(r estate.Resource, kind string) plan.DeployerScope {
	if kind == armTypes["authorization:RoleAssignment"] {
		for _, a := range f.Assignments {
			if a.Resource.URN == r.URN {
				return f.at(a.Scope, cmp.Or(a.On, "the scope of "+r.Name()))
			}
		}
	}
	scope, err := rbac.ParseScope(r.ID)
	group, inGroup := scope.ResourceGroupScope()
	switch {
	case kind == armTypes["resources:ResourceGroup"], f.inOwnGroup(r, group):
		return plan.DeployerScope{}
	case err == nil && inGroup:
		return plan.DeployerScope{Path: "resource group", Scope: group}
	case err == nil:
		subscription, _ := scope.SubscriptionScope()
		return plan.DeployerScope{Path: "subscription", Scope: subscription}
	case r.Text("resourceGroupName") != "":
		return plan.DeployerScope{Path: "resourceGroupName", Level: plan.AtResource, GroupName: plan.Known(r.Text("resourceGroupName"))}
	default:
		return plan.DeployerScope{}
	}
}

// at is a scope of which a grant or a reference tells. In a group that the stack makes it is the subscription.
func (f *finding) at(scope rbac.Scope, name string) plan.DeployerScope {
	group, inGroup := scope.ResourceGroupScope()
	if inGroup && f.groups[strings.ToLower(group.Name())] {
		return plan.DeployerScope{}
	}
	return plan.DeployerScope{Path: plan.Path(name), Level: plan.AtResource, Scope: scope}
}

func (f *finding) inOwnGroup(r estate.Resource, group rbac.Scope) bool {
	if !group.IsZero() {
		return f.groups[strings.ToLower(group.Name())]
	}
	return f.groups[strings.ToLower(r.Text("resourceGroupName"))] ||
		r.Text("resourceGroupName") == "" && slices.ContainsFunc(r.Dependencies, func(urn string) bool { return f.groups[urn] })
}
