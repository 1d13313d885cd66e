package main

import "strings"

// module is one module of Azure's SDK and the resource types that are read from it.
type module struct {
	path    string // below sources.AzureSDK: "containerservice/armcontainerservice/v6"
	version string
	types   []modelled
}

// name is that of the Go package: "armcontainerservice".
func (m module) name() string { return strings.Split(m.path, "/")[1] }

// modelled is a resource type of the simulator.
type modelled struct {
	name    string            // "Microsoft.ContainerService/managedClusters"
	put     string            // model of the body of a PUT
	answer  string            // model of the answer; "" when it is that of the PUT
	client  string            // file of the client, which names the API version: "managedclusters"
	actions map[string]string // POST action -> model of its answer
}

func (t modelled) answers() string {
	if t.answer == "" {
		return t.put
	}
	return t.answer
}

// catalog lists the modules. The API versions are those that the modules ask for. The one of the container service is the
// newest 6.x of API version 2025-01-01, which the components deploy with.
var catalog = []module{
	{"authorization/armauthorization/v2", "v2.2.0", []modelled{
		{name: "Microsoft.Authorization/roleAssignments", put: "RoleAssignmentCreateParameters", answer: "RoleAssignment", client: "roleassignments"},
		{name: "Microsoft.Authorization/roleDefinitions", put: "RoleDefinition", client: "roledefinitions"},
	}},
	{"compute/armcompute/v6", "v6.4.0", []modelled{
		{name: "Microsoft.Compute/disks", put: "Disk", client: "disks"},
		{name: "Microsoft.Compute/snapshots", put: "Snapshot", client: "snapshots"},
		{name: "Microsoft.Compute/diskEncryptionSets", put: "DiskEncryptionSet", client: "diskencryptionsets"},
		{name: "Microsoft.Compute/capacityReservationGroups", put: "CapacityReservationGroup", client: "capacityreservationgroups"},
		{name: "Microsoft.Compute/hostGroups", put: "DedicatedHostGroup", client: "dedicatedhostgroups"},
		{name: "Microsoft.Compute/proximityPlacementGroups", put: "ProximityPlacementGroup", client: "proximityplacementgroups"},
	}},
	{"containerregistry/armcontainerregistry/v3", "v3.0.0", []modelled{
		{name: "Microsoft.ContainerRegistry/registries", put: "Registry", client: "registries"},
	}},
	{"containerservice/armcontainerservice/v6", "v6.5.0", []modelled{
		{name: "Microsoft.ContainerService/managedClusters", put: "ManagedCluster", client: "managedclusters", actions: map[string]string{
			"listClusterUserCredential": "CredentialResults", "listClusterAdminCredential": "CredentialResults"}},
		{name: "Microsoft.ContainerService/managedClusters/agentPools", put: "AgentPool", client: "agentpools"},
		{name: "Microsoft.ContainerService/managedClusters/maintenanceConfigurations", put: "MaintenanceConfiguration",
			client: "maintenanceconfigurations"},
	}},
	{"dataprotection/armdataprotection/v3", "v3.1.0", []modelled{
		{name: "Microsoft.DataProtection/backupVaults", put: "BackupVaultResource", client: "backupvaults"},
	}},
	{"dns/armdns", "v1.2.0", []modelled{
		{name: "Microsoft.Network/dnsZones", put: "Zone", client: "zones"},
	}},
	{"keyvault/armkeyvault", "v1.5.0", []modelled{
		{name: "Microsoft.KeyVault/vaults", put: "VaultCreateOrUpdateParameters", answer: "Vault", client: "vaults"},
		{name: "Microsoft.KeyVault/vaults/keys", put: "KeyCreateParameters", answer: "Key", client: "keys"},
	}},
	{"kubernetesconfiguration/armkubernetesconfiguration/v2", "v2.2.0", []modelled{
		{name: "Microsoft.KubernetesConfiguration/extensions", put: "Extension", client: "extensions"},
	}},
	{"monitor/armmonitor", "v0.11.0", []modelled{
		{name: "Microsoft.Insights/dataCollectionRules", put: "DataCollectionRuleResource", client: "datacollectionrules"},
		{name: "Microsoft.Insights/dataCollectionRuleAssociations", put: "DataCollectionRuleAssociationProxyOnlyResource",
			client: "datacollectionruleassociations"},
		{name: "Microsoft.Insights/diagnosticSettings", put: "DiagnosticSettingsResource", client: "diagnosticsettings"},
		{name: "Microsoft.Monitor/accounts", put: "AzureMonitorWorkspaceResource", client: "azuremonitorworkspaces"},
	}},
	{"msi/armmsi", "v1.3.0", []modelled{
		{name: "Microsoft.ManagedIdentity/userAssignedIdentities", put: "Identity", client: "userassignedidentities"},
		{name: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials", put: "FederatedIdentityCredential",
			client: "federatedidentitycredentials"},
	}},
	{"network/armnetwork/v6", "v6.2.0", []modelled{
		{name: "Microsoft.Network/applicationGateways", put: "ApplicationGateway", client: "applicationgateways"},
		{name: "Microsoft.Network/ddosProtectionPlans", put: "DdosProtectionPlan", client: "ddosprotectionplans"},
		{name: "Microsoft.Network/loadBalancers", put: "LoadBalancer", client: "loadbalancers"},
		{name: "Microsoft.Network/natGateways", put: "NatGateway", client: "natgateways"},
		{name: "Microsoft.Network/networkSecurityGroups", put: "SecurityGroup", client: "securitygroups"},
		{name: "Microsoft.Network/privateLinkServices", put: "PrivateLinkService", client: "privatelinkservices"},
		{name: "Microsoft.Network/publicIPAddresses", put: "PublicIPAddress", client: "publicipaddresses"},
		{name: "Microsoft.Network/publicIPPrefixes", put: "PublicIPPrefix", client: "publicipprefixes"},
		{name: "Microsoft.Network/routeTables", put: "RouteTable", client: "routetables"},
		{name: "Microsoft.Network/virtualNetworks", put: "VirtualNetwork", client: "virtualnetworks"},
		{name: "Microsoft.Network/virtualNetworks/subnets", put: "Subnet", client: "subnets"},
	}},
	{"operationalinsights/armoperationalinsights/v2", "v2.0.2", []modelled{
		{name: "Microsoft.OperationalInsights/workspaces", put: "Workspace", client: "workspaces"},
	}},
	{"privatedns/armprivatedns", "v1.3.0", []modelled{
		{name: "Microsoft.Network/privateDnsZones", put: "PrivateZone", client: "privatezones"},
		{name: "Microsoft.Network/privateDnsZones/virtualNetworkLinks", put: "VirtualNetworkLink", client: "virtualnetworklinks"},
	}},
	{"resources/armlocks", "v1.2.0", []modelled{
		{name: "Microsoft.Authorization/locks", put: "ManagementLockObject", client: "managementlocks"},
	}},
	{"resources/armresources", "v1.2.0", []modelled{
		{name: "Microsoft.Resources/resourceGroups", put: "ResourceGroup", client: "resourcegroups"},
	}},
	{"servicenetworking/armservicenetworking", "v1.1.0", []modelled{
		{name: "Microsoft.ServiceNetworking/trafficControllers", put: "TrafficController", client: "trafficcontrollerinterface"},
	}},
	{"storage/armstorage", "v1.8.0", []modelled{
		{name: "Microsoft.Storage/storageAccounts", put: "AccountCreateParameters", answer: "Account", client: "accounts"},
	}},
}
