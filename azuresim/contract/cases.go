package contract

import "github.com/aksidentity/pulumi-aksidentity/azuresim"

// What the cases are about. The group and the network are there before; each case makes the rest.
const (
	location  = "westeurope"
	groupName = "aks"
	reader    = "acdd72a7-3385-48ef-bd42-f606fba81ae7" // Reader
	operator  = "f1a07417-d97a-45cb-824c-7a7467783830" // Managed Identity Operator
	network   = "4d97b98b-1d4f-4787-a291-c67834d212e7" // Network Contributor
)

var (
	group      = azuresim.GroupID(azuresim.DefaultSubscriptionID, groupName)
	subnet     = azuresim.ID(groupName, azuresim.SubnetType, "vnet", "nodes")
	cluster    = azuresim.ID(groupName, azuresim.ManagedClusterType, "demo")
	userPool   = azuresim.ID(groupName, azuresim.AgentPoolType, "demo", "user")
	systemPool = azuresim.ID(groupName, azuresim.AgentPoolType, "demo", "system")
	identity   = azuresim.ID(groupName, azuresim.IdentityType, "one")
	registry   = azuresim.ID(groupName, azuresim.RegistryType, "images")
)

func prepare(cloud *azuresim.Cloud) {
	cloud.MustSeedSubnet(groupName, "vnet", "nodes")
	cloud.MustSeedIdentity(groupName, "control")
	cloud.MustSeedIdentity(groupName, "nodes")
}

// principalOf is the principal of an identity that prepare makes. Principals are derived from names, so every cloud gives
// the same.
func principalOf(name string) string {
	return azuresim.New().MustSeedIdentity(groupName, name).PrincipalID
}

func here() object { return object{"location": location} }

func assignment(scope, number string) string {
	return scope + "/providers/" + azuresim.RoleAssignmentType + "/00000000-0000-4000-8000-00000000000" + number
}

func grant(principal, role string) object {
	return object{"properties": object{"principalId": principal, "principalType": azuresim.ServicePrincipal,
		"roleDefinitionId": "/subscriptions/" + azuresim.DefaultSubscriptionID + "/providers/" + azuresim.RoleDefinitionType + "/" + role}}
}

func poolBody() object {
	return object{"properties": object{"count": 1, "vmSize": "Standard_D4s_v5", "mode": "User", "vnetSubnetID": subnet}}
}

func systemCluster() object {
	return object{"location": location, "identity": object{"type": "SystemAssigned"}, "properties": object{
		"dnsPrefix": "demo", "agentPoolProfiles": []any{object{"name": "system", "mode": "System", "count": 1,
			"vmSize": "Standard_D4s_v5", "vnetSubnetID": subnet}}}}
}

// kubeletCluster has two identities: "control" and, for the nodes, "nodes".
func kubeletCluster() object {
	body := systemCluster()
	control := azuresim.ID(groupName, azuresim.IdentityType, "control")
	body["identity"] = object{"type": "UserAssigned", "userAssignedIdentities": object{control: object{}}}
	body["properties"].(object)["identityProfile"] = object{"kubeletidentity": object{
		"resourceId": azuresim.ID(groupName, azuresim.IdentityType, "nodes")}}
	return body
}

func otherPrefix() object {
	body := systemCluster()
	body["properties"].(object)["dnsPrefix"] = "other"
	return body
}

func cases() []testCase {
	return append(resourceCases(), clusterCases()...)
}

func resourceCases() []testCase {
	nodes := azuresim.ID(groupName, azuresim.IdentityType, "nodes")
	return []testCase{
		{"identity", "it gets a principal, is found, and goes", nil, []step{
			get(identity).refused(azuresim.CodeResourceNotFound),
			put(identity, here()).shows("properties.tenantId", azuresim.DefaultTenantID).shows("location", location),
			get(identity).shows("name", "one").shows("type", azuresim.IdentityType),
			remove(identity), remove(identity),
			get(identity).refused(azuresim.CodeResourceNotFound)}},
		{"no location", "tracked resources need one", nil, []step{
			put(registry, object{"sku": object{"name": "Standard"}}).refused(azuresim.CodeLocationRequired)}},
		{"bad name", "each type has its rules", nil, []step{
			put(azuresim.ID(groupName, azuresim.RegistryType, "not-allowed"), object{"location": location,
				"sku": object{"name": "Standard"}}).refused(azuresim.CodeInvalidResourceName)}},
		{"group that is not there", "nothing is made in it", nil, []step{
			put(azuresim.ID("none", azuresim.IdentityType, "one"), here()).refused(azuresim.CodeResourceGroupNotFound)}},
		{"outputs", "Azure fills what nobody sends", nil, []step{
			put(registry, object{"location": location, "sku": object{"name": "Standard"}}).shows("properties.loginServer", "images.azurecr.io"),
			get(registry).shows("properties.provisioningState", "Succeeded")}},
		{"grant", "the answer has the scope and the type", nil, []step{
			put(assignment(group, "1"), grant(principalOf("nodes"), reader)).shows("properties.scope", group),
			get(assignment(group, "1")).shows("properties.principalId", principalOf("nodes")),
			put(assignment(group, "2"), grant(principalOf("nodes"), reader)).refused(azuresim.CodeRoleAssignmentExists),
			remove(assignment(group, "1")),
			put(assignment(group, "2"), grant(principalOf("nodes"), reader))}},
		{"grant to nobody", "the directory knows no such principal", nil, []step{
			put(assignment(group, "1"), grant("00000000-0000-4000-8000-0000000000ee", reader)).refused(azuresim.CodePrincipalNotFound)}},
		{"grant of an unknown role", "a role has to be there", nil, []step{
			put(assignment(group, "1"), grant(principalOf("nodes"), "00000000-0000-4000-8000-0000000000ee")).
				refused(azuresim.CodeRoleDefinitionDoesNotExist)}},
		{"locked", "nothing is deleted", func(cloud *azuresim.Cloud) {
			cloud.MustSeed(nodes+"/providers/"+azuresim.LockType+"/keep", object{"properties": object{"level": "CanNotDelete"}})
		}, []step{
			remove(nodes).refused(azuresim.CodeScopeLocked), get(nodes).shows("name", "nodes")}},
		{"not allowed", "the caller's rights come first", func(cloud *azuresim.Cloud) {
			cloud.Configure(azuresim.WithDeployer())
		}, []step{
			get(nodes).refused(azuresim.CodeAuthorizationFailed)}},
	}
}

func clusterCases() []testCase {
	nodes := azuresim.ID(groupName, azuresim.IdentityType, "nodes")
	return []testCase{
		{"cluster", "it is made with its pools and identities, and goes", nil, []step{
			put(cluster, systemCluster()).shows("properties.provisioningState", "Succeeded"),
			get(cluster).shows("properties.nodeResourceGroup", "MC_aks_demo_westeurope").
				shows("properties.identityProfile.kubeletidentity.resourceId", azuresim.ID("MC_aks_demo_westeurope",
					azuresim.IdentityType, "demo-agentpool")),
			get(systemPool).shows("properties.mode", "System"),
			remove(cluster), get(cluster).refused(azuresim.CodeResourceNotFound)}},
		{"cluster again", "an update changes what may change", nil, []step{
			put(cluster, systemCluster()), put(cluster, systemCluster()).shows("properties.dnsPrefix", "demo"),
			put(cluster, otherPrefix()).refused(azuresim.CodePropertyChangeNotAllowed),
			get(cluster).shows("properties.dnsPrefix", "demo")}},
		{"kubelet identity", "the control plane must be its operator", nil, []step{
			put(cluster, kubeletCluster()).refused(azuresim.CodeKubeletIdentityMissingPermission),
			get(cluster).refused(azuresim.CodeResourceNotFound),
			put(assignment(nodes, "1"), grant(principalOf("control"), operator)),
			put(assignment(subnet, "2"), grant(principalOf("control"), network)),
			put(cluster, kubeletCluster()).shows("properties.identityProfile.kubeletidentity.objectId", principalOf("nodes"))}},
		{"pools", "they come and go, but for the last of the system", nil, []step{
			put(userPool, poolBody()).refused(azuresim.CodeParentResourceNotFound),
			put(cluster, systemCluster()), put(userPool, poolBody()).shows("properties.provisioningState", "Succeeded"),
			remove(systemPool).refused(azuresim.CodeMustDefineSystemPool),
			remove(userPool), get(userPool).refused(azuresim.CodeResourceNotFound)}},
		{"failure after acceptance", "the cluster stays, and the next PUT repairs it", func(cloud *azuresim.Cloud) {
			cloud.FailAfterAcceptance(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.ManagedClusterType},
				azuresim.Error{Status: 400, Code: "QuotaExceeded", Message: "not enough cores"})
		}, []step{
			put(cluster, systemCluster()).refused("QuotaExceeded"),
			get(cluster).shows("properties.provisioningState", "Failed"),
			put(cluster, systemCluster()).shows("properties.provisioningState", "Succeeded")}},
		{"somebody else's operation", "one at a time", func(cloud *azuresim.Cloud) {
			id := cloud.MustSeed(cluster, systemCluster())
			if _, err := cloud.Begin(id); err != nil {
				panic(err)
			}
		}, []step{
			put(userPool, poolBody()).refused(azuresim.CodeOperationNotAllowed),
			get(cluster).shows("name", "demo")}},
	}
}
