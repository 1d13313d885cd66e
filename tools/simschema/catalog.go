package main

import "strings"

// module is one Go SDK module of azure-native and the resource types read from it.
//
// The SDK says which properties a type has, but not at which ARM path it lives, so the paths stand here. They are the
// paths of the Azure REST reference (https://learn.microsoft.com/rest/api/azure/), read 2026-11.
type module struct {
	name     string   // "containerservice"
	version  string   // "v2.92.3"
	packages []string // sub-packages to read besides the default one: "v20250101"
	types    []served
	platform []served // read from the default package only: what stands beside a cluster, see platform.go
}

// served is one resource type that the simulator serves.
type served struct {
	name string // "ManagedCluster"
	path string // ARM path; names in braces are inputs of the resource
}

// modulePath returns the Go module path, for example
// "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2".
func (m module) modulePath() string {
	return "github.com/pulumi/pulumi-azure-native-sdk/" + m.name + "/v2"
}

// group expands "Microsoft.X/type/{name}" into the path of a resource in a resource group.
func group(rest string) string {
	return "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/" + rest
}

const (
	sdkVersion = "v2.92.3"
	// managedidentity has no v2.92.3 in the module proxy; v2.81.0 is the newest that resolves, and it asks for the
	// same provider version because the version lives in the shared module.
	managedIdentityVersion = "v2.81.0"
)

// armModules lists by module of Pulumi's SDK the modules of Azure's SDK that know how ARM spells the same properties. Names
// do not change between API versions, so one version of each is enough.
var armModules = map[string][]armModule{
	"authorization":       {{"authorization/armauthorization/v2", "v2.2.0"}},
	"compute":             {{"compute/armcompute/v6", "v6.4.0"}},
	"containerregistry":   {{"containerregistry/armcontainerregistry", "v1.2.0"}},
	"dbforpostgresql":     {{"postgresql/armpostgresqlflexibleservers", "v1.1.0"}},
	"eventhub":            {{"eventhub/armeventhub", "v1.3.0"}},
	"containerservice":    {{"containerservice/armcontainerservice/v6", "v6.6.0"}},
	"insights":            {{"monitor/armmonitor", "v0.11.0"}},
	"keyvault":            {{"keyvault/armkeyvault", "v1.5.0"}},
	"managedidentity":     {{"msi/armmsi", "v1.3.0"}},
	"network":             {{"network/armnetwork/v6", "v6.2.0"}, {"privatedns/armprivatedns", "v1.3.0"}, {"dns/armdns", "v1.2.0"}},
	"operationalinsights": {{"operationalinsights/armoperationalinsights/v2", "v2.0.2"}},
	"resources":           {{"resources/armresources", "v1.2.0"}},
	"storage":             {{"storage/armstorage", "v1.8.0"}},
}

// catalog lists what the simulator serves.
func catalog() []module {
	modules := modelled()
	for i := range modules {
		modules[i].platform = platformTypes()[modules[i].name]
	}
	return append(modules, platformModules()...)
}

// modelled lists the modules of the types that the simulator models.
func modelled() []module {
	return []module{
		{name: "authorization", version: sdkVersion, packages: []string{"v20220401", "v20220501preview"}, types: []served{
			{"RoleAssignment", "/{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}"},
			{"RoleDefinition", "/{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}"},
		}},
		{name: "compute", version: sdkVersion, types: computeTypes()},
		{name: "containerregistry", version: sdkVersion, types: []served{
			{"Registry", group("Microsoft.ContainerRegistry/registries/{registryName}")},
		}},
		{name: "containerservice", version: sdkVersion, packages: containerServicePackages(), types: []served{
			{"ManagedCluster", group("Microsoft.ContainerService/managedClusters/{resourceName}")},
			{"AgentPool", group("Microsoft.ContainerService/managedClusters/{resourceName}/agentPools/{agentPoolName}")},
			{"MaintenanceConfiguration", group("Microsoft.ContainerService/managedClusters/{resourceName}/maintenanceConfigurations/{configName}")},
		}},
		{name: "insights", version: sdkVersion, packages: []string{"v20220601", "v20230311"}, types: []served{
			{"DataCollectionRule", group("Microsoft.Insights/dataCollectionRules/{dataCollectionRuleName}")},
			{"DataCollectionRuleAssociation", "/{resourceUri}/providers/Microsoft.Insights/dataCollectionRuleAssociations/{associationName}"},
		}},
		{name: "keyvault", version: sdkVersion, types: []served{
			{"Vault", group("Microsoft.KeyVault/vaults/{vaultName}")},
		}},
		{name: "managedidentity", version: managedIdentityVersion, packages: []string{"v20230131"}, types: []served{
			{"UserAssignedIdentity", group("Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}")},
			{"FederatedIdentityCredential", group("Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}/federatedIdentityCredentials/{federatedIdentityCredentialResourceName}")},
		}},
		{name: "network", version: sdkVersion, types: networkTypes()},
		{name: "operationalinsights", version: sdkVersion, packages: []string{"v20221001", "v20230901", "v20250201"}, types: []served{
			{"Workspace", group("Microsoft.OperationalInsights/workspaces/{workspaceName}")},
		}},
		{name: "resources", version: sdkVersion, packages: []string{"v20220901", "v20240301"}, types: []served{
			{"ResourceGroup", "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"},
			{"Resource", group("{resourceProviderNamespace}/{parentResourcePath}/{resourceType}/{resourceName}")},
		}},
		{name: "storage", version: sdkVersion, types: []served{
			{"StorageAccount", group("Microsoft.Storage/storageAccounts/{accountName}")},
		}},
	}
}

// containerServicePackages lists the stable AKS versions from the first one with application routing on.
func containerServicePackages() []string {
	return []string{"v20240101", "v20240201", "v20240501", "v20240701", "v20240801", "v20240901", "v20241001", "v20250101"}
}

func computeTypes() []served {
	return compact("Microsoft.Compute/", []served{
		{"Disk", "disks/{diskName}"},
		{"Snapshot", "snapshots/{snapshotName}"},
		{"DiskEncryptionSet", "diskEncryptionSets/{diskEncryptionSetName}"},
		{"CapacityReservationGroup", "capacityReservationGroups/{capacityReservationGroupName}"},
		{"DedicatedHostGroup", "hostGroups/{hostGroupName}"},
		{"ProximityPlacementGroup", "proximityPlacementGroups/{proximityPlacementGroupName}"},
	})
}

func networkTypes() []served {
	return compact("Microsoft.Network/", []served{
		{"VirtualNetwork", "virtualNetworks/{virtualNetworkName}"},
		{"Subnet", "virtualNetworks/{virtualNetworkName}/subnets/{subnetName}"},
		{"RouteTable", "routeTables/{routeTableName}"},
		{"NatGateway", "natGateways/{natGatewayName}"},
		{"NetworkSecurityGroup", "networkSecurityGroups/{networkSecurityGroupName}"},
		{"PublicIPAddress", "publicIPAddresses/{publicIpAddressName}"},
		{"PublicIPPrefix", "publicIPPrefixes/{publicIpPrefixName}"},
		{"ApplicationGateway", "applicationGateways/{applicationGatewayName}"},
		{"DdosProtectionPlan", "ddosProtectionPlans/{ddosProtectionPlanName}"},
		{"PrivateLinkService", "privateLinkServices/{serviceName}"},
		{"PrivateZone", "privateDnsZones/{privateZoneName}"},
		{"VirtualNetworkLink", "privateDnsZones/{privateZoneName}/virtualNetworkLinks/{virtualNetworkLinkName}"},
		{"Zone", "dnsZones/{zoneName}"},
	})
}

func compact(provider string, types []served) []served {
	out := make([]served, 0, len(types))
	for _, t := range types {
		out = append(out, served{t.name, group(provider + t.path)})
	}
	return out
}

// pathNames returns the names in braces, in order.
func pathNames(path string) []string {
	var names []string
	for _, segment := range strings.Split(path, "/") {
		if strings.HasPrefix(segment, "{") {
			names = append(names, strings.Trim(segment, "{}"))
		}
	}
	return names
}
