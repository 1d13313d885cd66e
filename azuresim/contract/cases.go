package contract

import "github.com/aksidentity/pulumi-aksidentity/azuresim"

// Roles that the cases grant.
const (
	reader   = "acdd72a7-3385-48ef-bd42-f606fba81ae7" // Reader
	operator = "f1a07417-d97a-45cb-824c-7a7467783830" // Managed Identity Operator
	network  = "4d97b98b-1d4f-4787-a291-c67834d212e7" // Network Contributor
)

// Why a case needs a simulated Azure.
const (
	needsOtherCaller = "it needs a caller without rights"
	needsFault       = "it needs a failure on demand"
	needsMoment      = "it needs an operation of somebody else that is going on"
)

func (p Place) here() object { return object{"location": p.Location} }

func (p Place) grant(principal, role string) object {
	return object{"properties": object{"principalId": principal, "principalType": azuresim.ServicePrincipal,
		"roleDefinitionId": "/subscriptions/" + p.Subscription + "/providers/" + azuresim.RoleDefinitionType + "/" + role}}
}

func (p Place) networkBody() object {
	return object{"location": p.Location, "properties": object{"addressSpace": object{"addressPrefixes": []any{"10.224.0.0/12"}}}}
}

func prefix(cidr string) object { return object{"properties": object{"addressPrefix": cidr}} }

func (p Place) registryBody() object {
	return object{"location": p.Location, "sku": object{"name": "Standard"}}
}

func (p Place) poolBody() object {
	return object{"properties": object{"count": 1, "vmSize": p.NodeSize, "mode": "User", "vnetSubnetID": p.subnet()}}
}

func (p Place) systemCluster() object {
	return object{"location": p.Location, "identity": object{"type": "SystemAssigned"}, "properties": object{
		"dnsPrefix": "demo", "agentPoolProfiles": []any{object{"name": "system", "mode": "System", "count": 1,
			"vmSize": p.NodeSize, "vnetSubnetID": p.subnet()}}}}
}

// kubeletCluster has two identities: "control" and, for the nodes, "nodes".
func (p Place) kubeletCluster() object {
	body := p.systemCluster()
	body["identity"] = object{"type": "UserAssigned", "userAssignedIdentities": object{p.identity("control"): object{}}}
	body["properties"].(object)["identityProfile"] = object{"kubeletidentity": object{"resourceId": p.identity("nodes")}}
	return body
}

func (p Place) otherPrefix() object {
	body := p.systemCluster()
	body["properties"].(object)["dnsPrefix"] = "other"
	return body
}

// Cases are all cases, with the names of a place.
func Cases(p Place) []Case {
	out := append(p.resourceCases(), p.networkCases()...)
	for _, c := range p.clusterCases() {
		c.Cluster = true
		out = append(out, c)
	}
	return out
}

func (p Place) resourceCases() []Case {
	identity, nodes, group := p.identity("one"), p.identity("nodes"), p.group()
	return []Case{
		{Name: "identity", Reason: "it gets a principal, is found, and goes", steps: []step{
			get(identity).refused(azuresim.CodeResourceNotFound),
			put(identity, p.here()).shows("properties.tenantId", p.Tenant).shows("location", p.Location),
			get(identity).shows("name", "one").shows("type", azuresim.IdentityType),
			remove(identity), remove(identity),
			get(identity).refused(azuresim.CodeResourceNotFound)}},
		{Name: "no location", Reason: "tracked resources need one", steps: []step{
			put(p.registry(), object{"sku": object{"name": "Standard"}}).refused(azuresim.CodeLocationRequired)}},
		{Name: "bad name", Reason: "each type has its rules", steps: []step{
			put(p.id(azuresim.RegistryType, "not-allowed"), p.registryBody()).refused(azuresim.CodeInvalidResourceName)}},
		{Name: "group that is not there", Reason: "nothing is made in it", steps: []step{
			put(azuresim.IDIn(p.Subscription, p.Group+"-none", azuresim.IdentityType, "one"), p.here()).
				refused(azuresim.CodeResourceGroupNotFound)}},
		{Name: "outputs", Reason: "Azure fills what nobody sends", steps: []step{
			put(p.registry(), p.registryBody()).shows("properties.loginServer", "images"+p.Unique+".azurecr.io"),
			get(p.registry()).shows("properties.provisioningState", "Succeeded")}},
		{Name: "grant", Reason: "the answer has the scope and the type", steps: []step{
			put(p.assignment(group, "1"), p.grant(p.principal("nodes"), reader)).shows("properties.scope", group),
			get(p.assignment(group, "1")).shows("properties.principalId", p.principal("nodes")),
			put(p.assignment(group, "2"), p.grant(p.principal("nodes"), reader)).refused(azuresim.CodeRoleAssignmentExists),
			remove(p.assignment(group, "1")),
			put(p.assignment(group, "2"), p.grant(p.principal("nodes"), reader))}},
		{Name: "grant to nobody", Reason: "the directory knows no such principal", steps: []step{
			put(p.assignment(group, "3"), p.grant("00000000-0000-4000-8000-0000000000ee", reader)).
				refused(azuresim.CodePrincipalNotFound)}},
		{Name: "grant of an unknown role", Reason: "a role has to be there", steps: []step{
			put(p.assignment(group, "4"), p.grant(p.principal("nodes"), "00000000-0000-4000-8000-0000000000ee")).
				refused(azuresim.CodeRoleDefinitionDoesNotExist)}},
		{Name: "locked", Reason: "nothing is deleted", steps: []step{
			put(p.lock(), object{"properties": object{"level": "CanNotDelete"}}),
			remove(nodes).refused(azuresim.CodeScopeLocked), get(nodes).shows("name", "nodes")}},
		{Name: "not allowed", Reason: "the caller's rights come first", Simulated: needsOtherCaller,
			before: func(cloud *azuresim.Cloud) {
				cloud.Configure(azuresim.WithDeployer())
			}, steps: []step{
				get(nodes).refused(azuresim.CodeAuthorizationFailed)}},
	}
}

func (p Place) networkCases() []Case {
	other := p.id(azuresim.VirtualNetworkType, "other")
	first, second := p.id(azuresim.SubnetType, "other", "first"), p.id(azuresim.SubnetType, "other", "second")
	return []Case{
		{Name: "network", Reason: "subnets lie in it and beside each other", steps: []step{
			put(first, prefix("10.224.0.0/24")).refused(azuresim.CodeParentResourceNotFound),
			put(other, p.networkBody()).shows("properties.provisioningState", "Succeeded"),
			put(first, prefix("10.224.0.0/24")).shows("properties.addressPrefix", "10.224.0.0/24"),
			put(second, prefix("192.168.0.0/24")).refused("NetcfgInvalidSubnet"),
			put(second, prefix("10.224.0.128/25")).refused("NetcfgSubnetRangesOverlap"),
			get(second).refused(azuresim.CodeResourceNotFound),
			remove(other), get(first).refused(azuresim.CodeResourceNotFound)}},
	}
}

func (p Place) clusterCases() []Case {
	cluster, nodes, subnet := p.id(azuresim.ManagedClusterType, "demo"), p.identity("nodes"), p.subnet()
	systemPool, userPool := p.id(azuresim.AgentPoolType, "demo", "system"), p.id(azuresim.AgentPoolType, "demo", "user")
	nodeGroup := "MC_" + p.Group + "_demo_" + p.Location
	return []Case{
		{Name: "cluster", Reason: "it is made with its pools and identities, and goes", steps: []step{
			put(cluster, p.systemCluster()).shows("properties.provisioningState", "Succeeded"),
			get(cluster).shows("properties.nodeResourceGroup", nodeGroup).
				shows("properties.identityProfile.kubeletidentity.resourceId", azuresim.IDIn(p.Subscription, nodeGroup,
					azuresim.IdentityType, "demo-agentpool")),
			get(systemPool).shows("properties.mode", "System"),
			remove(cluster), get(cluster).refused(azuresim.CodeResourceNotFound)}},
		{Name: "cluster again", Reason: "an update changes what may change", steps: []step{
			put(cluster, p.systemCluster()), put(cluster, p.systemCluster()).shows("properties.dnsPrefix", "demo"),
			put(cluster, p.otherPrefix()).refused(azuresim.CodePropertyChangeNotAllowed),
			get(cluster).shows("properties.dnsPrefix", "demo")}},
		{Name: "kubelet identity", Reason: "the control plane must be its operator", steps: []step{
			put(cluster, p.kubeletCluster()).refused(azuresim.CodeKubeletIdentityMissingPermission),
			get(cluster).refused(azuresim.CodeResourceNotFound),
			put(p.assignment(nodes, "5"), p.grant(p.principal("control"), operator)),
			put(p.assignment(subnet, "6"), p.grant(p.principal("control"), network)),
			put(cluster, p.kubeletCluster()).shows("properties.identityProfile.kubeletidentity.objectId", p.principal("nodes"))}},
		{Name: "pools", Reason: "they come and go, but for the last of the system", steps: []step{
			put(userPool, p.poolBody()).refused(azuresim.CodeParentResourceNotFound),
			put(cluster, p.systemCluster()), put(userPool, p.poolBody()).shows("properties.provisioningState", "Succeeded"),
			remove(systemPool).refused(azuresim.CodeMustDefineSystemPool),
			remove(userPool), get(userPool).refused(azuresim.CodeResourceNotFound)}},
		{Name: "failure after acceptance", Reason: "the cluster stays, and the next PUT repairs it", Simulated: needsFault,
			before: func(cloud *azuresim.Cloud) {
				cloud.FailAfterAcceptance(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.ManagedClusterType},
					azuresim.Error{Status: 400, Code: "QuotaExceeded", Message: "not enough cores"})
			}, steps: []step{
				put(cluster, p.systemCluster()).refused("QuotaExceeded"),
				get(cluster).shows("properties.provisioningState", "Failed"),
				put(cluster, p.systemCluster()).shows("properties.provisioningState", "Succeeded")}},
		{Name: "somebody else's operation", Reason: "one at a time", Simulated: needsMoment,
			before: func(cloud *azuresim.Cloud) {
				id := cloud.MustSeed(cluster, p.systemCluster())
				if _, err := cloud.Begin(id); err != nil {
					panic(err)
				}
			}, steps: []step{
				put(userPool, p.poolBody()).refused(azuresim.CodeOperationNotAllowed),
				get(cluster).shows("name", "demo")}},
	}
}
