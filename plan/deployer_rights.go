package plan

import (
	"maps"
	"slices"
)

// deploying is what whoever carries a plan out needs for everything in it but the grants.
type deploying struct {
	// group is where the deployment's own resources are made.
	group  DeployerScope
	rights DeployerRights
}

const (
	typePool       = typeCluster + "/agentPools"
	typeWindow     = typeCluster + "/maintenanceConfigurations"
	typeAssignment = "Microsoft.Authorization/roleAssignments"
	typeDefinition = "Microsoft.Authorization/roleDefinitions"
	typeGroup      = "Microsoft.Resources/subscriptions/resourceGroups"
	typeCredential = TypeUserAssignedIdentity + "/federatedIdentityCredentials"
	typeAssociated = "Microsoft.Insights/dataCollectionRuleAssociations"
	typePlacement  = "Microsoft.Compute/proximityPlacementGroups"

	sourceDeployer = " (azure-aks-docs aks-service-permissions.md of 2026-04-19, read 2026-11-26)"
)

func (d *deploying) needs(need DeployerNeed, action string, at DeployerScope, resource, reason string) {
	d.rights = append(d.rights, DeployerAction{Action: action, Scope: at, Resource: resource, Reason: reason, When: ToMake, Need: need})
}

// manages is what Pulumi does with a resource of its own: azure-native 2.92.3 looks whether there is one before it makes it, and reads
// it back.
func (d *deploying) manages(resourceType string, at DeployerScope, resource string) {
	d.needs(Needed, resourceType+"/write", at, resource, "create and update it")
	d.needs(Needed, resourceType+"/read", at, resource, "look whether it exists, and read what it became")
	d.rights = append(d.rights, DeployerAction{
		Action: resourceType + "/delete", Scope: at, Resource: resource, Reason: "delete it", When: ToRemove, Need: Needed,
	})
}

// referred is what Azure asks of whoever deploys on resources to which a cluster refers, by use.
func referred() map[Use][]DeployerAction {
	subnet := DeployerAction{Action: typeSubnet + "/join/action", Reason: "put nodes or pods into the subnet" + sourceDeployer}
	prefix := DeployerAction{Action: typePrefix + "/join/action", Reason: "take addresses from the prefix" + sourceDeployer}
	return map[Use][]DeployerAction{
		NodeSubnet: {subnet}, PodSubnet: {subnet},
		OutboundIP:     {{Action: "Microsoft.Network/publicIPAddresses/join/action", Reason: "send outbound traffic through the address" + sourceDeployer}},
		OutboundPrefix: {prefix}, NodeIPPrefix: {prefix},
		DiskEncryptionSet: {{Action: "Microsoft.Compute/diskEncryptionSets/read", Reason: "encrypt disks with the set" + sourceDeployer}},
		Gateway: {
			{Action: "Microsoft.Network/applicationGateways/read", Reason: "give the gateway to the add-on" + sourceDeployer},
			{Action: "Microsoft.Network/applicationGateways/write", Reason: "give the gateway to the add-on" + sourceDeployer},
		},
		GatewaySubnet: {{Action: typeSubnet + "/join/action", Reason: "put the add-on's gateway into the subnet" + sourceDeployer}},
	}
}

// DeployerActionsFor are the rights that Azure asks of whoever deploys a cluster which refers to a resource in this use, on that
// resource. There are none for most uses. Scope, Resource, When and Need are left to the caller.
func DeployerActionsFor(use Use) []DeployerAction { return referred()[use] }

// deploying is what a cluster takes.
func (c Cluster) deploying(mentions []Mention, making Collecting) deploying {
	d := deploying{}
	if c.ResourceGroup.IsSet() {
		d.group = DeployerScope{Path: "resourceGroupName", Level: AtResource, GroupName: c.ResourceGroup}
		if !c.Location.IsSet() {
			d.needs(Documented, typeGroup+"/read", d.group, "cluster", "find the region when neither location nor azure-native:location says it")
		}
	} else {
		d.manages(typeGroup, d.group, "resource group")
	}
	d.identities(c)
	d.cluster(c)
	d.network(c, mentions)
	d.references(mentions)
	if c.Grants != GrantNone {
		d.modes(mentions)
	}
	d.monitoring(c.Addons.Monitoring, making)
	d.rights = d.rights.sorted()
	return d
}

func (d *deploying) identities(c Cluster) {
	for _, kind := range []IdentityKind{ControlPlane, Kubelet} {
		user, name := c.userOf(Identity{Kind: kind}), "identity "+string(kind)
		if user == nil {
			continue
		}
		at := d.group
		if user.Existing == nil {
			d.manages(TypeUserAssignedIdentity, at, name)
		} else {
			at = placeOfID(identityArgument(kind), user.Existing.ResourceID)
			d.needs(Optional, TypeUserAssignedIdentity+"/read", at, name, "tell a wrong principal or client ID before anything is made")
		}
		d.needs(Needed, TypeUserAssignedIdentity+"/assign/action", at, "cluster", "give the identity to the cluster"+sourceDeployer)
	}
}

// identityArgument takes the resource ID of an identity that exists.
func identityArgument(kind IdentityKind) Path {
	if kind == Kubelet {
		return "kubeletIdentity.existing.resourceId"
	}
	return "identity.userAssigned.resourceId"
}

func placeOfID(path Path, id Value[string]) DeployerScope {
	scope, _ := scopeOf(id)
	return DeployerScope{Path: path, Level: AtResource, Scope: scope}
}

func (d *deploying) cluster(c Cluster) {
	d.manages(typeCluster, d.group, "cluster")
	credential := "listClusterUserCredential"
	if c.AdminCredentials {
		credential = "listClusterAdminCredential"
	}
	d.needs(Needed, typeCluster+"/"+credential+"/action", d.group, "cluster", "read the kubeconfig")
	for _, operation := range []string{"operations", "operationresults"} {
		d.needs(Documented, "Microsoft.ContainerService/locations/"+operation+"/read", DeployerScope{}, "cluster",
			"follow a long operation; the built-in role Azure Kubernetes Service Contributor Role has it (read 2026-08-21)")
	}
	for _, pool := range c.Pools {
		d.manages(typePool, d.group, "pool "+pool.Name)
	}
	for _, config := range slices.Sorted(maps.Keys(c.Maintenance)) {
		d.manages(typeWindow, d.group, "maintenance window "+config)
	}
	for _, pool := range c.pools() {
		if pool.ProximityGroup.IsSet() {
			d.needs(Needed, typePlacement+"/write", placeOfID(pool.path.Field("proximityPlacementGroupId"), pool.ProximityGroup),
				"pool "+pool.Name, "put nodes into the placement group"+sourceDeployer)
		}
	}
	if c.Security.DefenderWorkspace.IsSet() {
		d.needs(Needed, typeWorkspace+"/read", placeOfID("security.defenderWorkspaceId", c.Security.DefenderWorkspace),
			"cluster", "send what Defender finds to the workspace"+sourceDeployer)
	}
}

func (d *deploying) network(c Cluster, mentions []Mention) {
	if lb := c.Network.LoadBalancer; lb == nil || lb.BackendPoolType != BackendPoolTypeNodeIP {
		return
	}
	for _, m := range networksOf(mentionsOf(mentions, NodeSubnet), NodeSubnet) {
		d.needs(Documented, typeNetwork+"/joinLoadBalancer/action", m.place(), "cluster", "fill a backend pool by addresses"+sourceDeployer)
	}
}

// place is where a mention's resource lies for the deployer.
func (m Mention) place() DeployerScope {
	at := DeployerScope{Path: m.Path, Level: AtResource}
	if m.Above != "" {
		at.Level = m.Above
	}
	if scope, known := scopeOf(m.ID); known {
		at.Scope = AtLevel(scope, at.Level)
	}
	return at
}

func (d *deploying) references(mentions []Mention) {
	asked := referred()
	for _, m := range mentions {
		for _, a := range asked[m.Use] {
			d.needs(Needed, a.Action, m.place(), "cluster", a.Reason)
		}
	}
}

// modes are looked at before a grant that would have no effect in the other mode.
func (d *deploying) modes(mentions []Mention) {
	for _, m := range mentions {
		if info, err := lookup(m.Use); err == nil && info.Mode != "" {
			d.needs(Optional, m.resourceType(info)+"/read", m.place(), "grants on "+string(m.Path), "tell a grant that would have no effect")
		}
	}
}

func (d *deploying) monitoring(m *MonitoringAddon, making Collecting) {
	if m == nil {
		return
	}
	at := d.group
	if making.Workspace {
		d.manages(typeWorkspace, d.group, "monitoring workspace")
	} else {
		at = placeOfID("addons.monitoring.workspaceId", m.Workspace)
	}
	const reason = "connect Container Insights with the workspace" + sourceDeployer
	d.needs(Documented, typeWorkspace+"/read", at, "cluster", reason)
	d.needs(Documented, typeWorkspace+"/sharedKeys/read", at, "cluster", reason)
	d.needs(Documented, "Microsoft.OperationsManagement/solutions/write", at.groupOf(), "cluster", reason)
	d.needs(Documented, "Microsoft.OperationsManagement/solutions/read", at.groupOf(), "cluster", reason)
	if making.Rule {
		d.manages(typeCollectionRule, d.group, "data collection rule")
	}
	if making.Association {
		d.manages(typeAssociated, d.group, "association with the data collection rule")
	}
}

// groupOf is the resource group around the scope.
func (s DeployerScope) groupOf() DeployerScope {
	if s.IsSubscription() || s.GroupName.IsSet() {
		return s
	}
	s.Level = AtResourceGroup
	s.Scope = AtLevel(s.Scope, AtResourceGroup)
	return s
}

// inSubscription is a level at which no grant sits.
const inSubscription Level = "subscription"

// subscriptionOf is the subscription around the scope. A role definition has its ID there, and is read, changed and deleted there,
// whatever resource group it was made for.
func (s DeployerScope) subscriptionOf() DeployerScope {
	if s.IsSubscription() || s.GroupName.IsSet() {
		return DeployerScope{}
	}
	s.Level = inSubscription
	if subscription, known := s.Scope.SubscriptionScope(); known {
		s.Scope = subscription
	}
	return s
}

// ofOthers is what it takes to grant on resources of others: reading the cluster whose principals are granted to.
func ofOthers(from *FromCluster, mentions []Mention) deploying {
	d := deploying{}
	if from != nil {
		d.needs(Needed, typeCluster+"/read", placeOfID(clusterArgument, from.ID), "grants", "read the principals of the cluster")
	}
	d.modes(mentions)
	d.rights = d.rights.sorted()
	return d
}

func (w Workload) deploying() deploying {
	d := deploying{group: DeployerScope{Path: "resourceGroupName", Level: AtResource, GroupName: w.ResourceGroup}}
	at := d.group
	if w.IdentityID.IsSet() {
		at = placeOfID(identityIDArgument, w.IdentityID)
		d.needs(Needed, TypeUserAssignedIdentity+"/read", at, "identity", "read its principal and client ID")
	} else {
		d.manages(TypeUserAssignedIdentity, at, "identity")
	}
	for _, c := range w.Credentials() {
		d.manages(typeCredential, at, "federated credential "+c.Key())
	}
	d.modes(w.Mentions)
	return d
}

// deployingGrants is what the grants of a plan take.
func (p Plan) deployingGrants() DeployerRights {
	var d deploying
	for _, g := range p.Grants {
		at, resource := p.placeOf(g.Scope), "grant "+g.Name
		if g.AdoptedName != "" {
			d.needs(Needed, typeAssignment+"/read", at, resource, "take over the assignment that exists")
			continue
		}
		d.manages(typeAssignment, at, resource)
		if g.Role.IsCustom() {
			d.manages(typeDefinition, at.subscriptionOf(), "role of "+resource)
		}
	}
	return d.rights
}

// placeOf is the scope of a grant for the deployer. What the deployment makes itself has no ID before.
func (p Plan) placeOf(ref ScopeRef) DeployerScope {
	if ref.Own != "" && !ref.ID.IsSet() {
		return p.deploying.group
	}
	return DeployerScope{Path: ref.Path, Level: ref.Level, Scope: ref.Scope}
}
