package azuresim

import (
	"regexp"
	"strings"
)

// The resource types that the simulator knows, in Azure's spelling.
const (
	ResourceGroupType            = "Microsoft.Resources/resourceGroups"
	ManagedClusterType           = "Microsoft.ContainerService/managedClusters"
	AgentPoolType                = "Microsoft.ContainerService/managedClusters/agentPools"
	MaintenanceConfigurationType = "Microsoft.ContainerService/managedClusters/maintenanceConfigurations"
	RoleAssignmentType           = "Microsoft.Authorization/roleAssignments"
	RoleDefinitionType           = "Microsoft.Authorization/roleDefinitions"
	LockType                     = "Microsoft.Authorization/locks"
	IdentityType                 = "Microsoft.ManagedIdentity/userAssignedIdentities"
	FederatedCredentialType      = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials"
	VirtualNetworkType           = "Microsoft.Network/virtualNetworks"
	SubnetType                   = "Microsoft.Network/virtualNetworks/subnets"
	RouteTableType               = "Microsoft.Network/routeTables"
	NatGatewayType               = "Microsoft.Network/natGateways"
	NetworkSecurityGroupType     = "Microsoft.Network/networkSecurityGroups"
	PublicIPAddressType          = "Microsoft.Network/publicIPAddresses"
	PublicIPPrefixType           = "Microsoft.Network/publicIPPrefixes"
	PrivateDNSZoneType           = "Microsoft.Network/privateDnsZones"
	VirtualNetworkLinkType       = "Microsoft.Network/privateDnsZones/virtualNetworkLinks"
	DNSZoneType                  = "Microsoft.Network/dnsZones"
	ApplicationGatewayType       = "Microsoft.Network/applicationGateways"
	PrivateLinkServiceType       = "Microsoft.Network/privateLinkServices"
	DdosProtectionPlanType       = "Microsoft.Network/ddosProtectionPlans"
	LoadBalancerType             = "Microsoft.Network/loadBalancers"
	DiskType                     = "Microsoft.Compute/disks"
	SnapshotType                 = "Microsoft.Compute/snapshots"
	DiskEncryptionSetType        = "Microsoft.Compute/diskEncryptionSets"
	CapacityReservationGroupType = "Microsoft.Compute/capacityReservationGroups"
	HostGroupType                = "Microsoft.Compute/hostGroups"
	ProximityPlacementGroupType  = "Microsoft.Compute/proximityPlacementGroups"
	RegistryType                 = "Microsoft.ContainerRegistry/registries"
	VaultType                    = "Microsoft.KeyVault/vaults"
	KeyType                      = "Microsoft.KeyVault/vaults/keys"
	StorageAccountType           = "Microsoft.Storage/storageAccounts"
	WorkspaceType                = "Microsoft.OperationalInsights/workspaces"
	MonitorAccountType           = "Microsoft.Monitor/accounts"
	DataCollectionRuleType       = "Microsoft.Insights/dataCollectionRules"
	RuleAssociationType          = "Microsoft.Insights/dataCollectionRuleAssociations"
	DiagnosticSettingType        = "Microsoft.Insights/diagnosticSettings"
	TrafficControllerType        = "Microsoft.ServiceNetworking/trafficControllers"
	BackupVaultType              = "Microsoft.DataProtection/backupVaults"
	ExtensionType                = "Microsoft.KubernetesConfiguration/extensions"
)

// typeInfo is what the generic part of the simulator has to know about a type.
type typeInfo struct {
	name       string
	extension  bool // may stand on any scope
	lowerGroup bool // Azure returns "resourcegroups" in its ids
	noLocation bool // has no location of its own
	long       bool // its changes are long operations that exclude each other
	names      *regexp.Regexp
	returned   string // type in responses, when it differs from name
	given      bool   // not modelled: kept as given, see given.go
}

var (
	anyName       = regexp.MustCompile(`^[A-Za-z0-9_.()-]{1,260}$`)
	groupName     = regexp.MustCompile(`^[\pL\pN_.()-]{0,89}[\pL\pN_()-]$`)
	clusterName   = regexp.MustCompile(`^[A-Za-z0-9]$|^[A-Za-z0-9][A-Za-z0-9_-]{0,61}[A-Za-z0-9]$`)
	poolName      = regexp.MustCompile(`^[a-z][a-z0-9]{0,11}$`)
	identityName  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$`)
	credName      = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$`)
	networkName   = regexp.MustCompile(`^[A-Za-z0-9]$|^[A-Za-z0-9][A-Za-z0-9_.-]{0,78}[A-Za-z0-9_]$`)
	registryName  = regexp.MustCompile(`^[A-Za-z0-9]{5,50}$`)
	vaultName     = regexp.MustCompile(`^[A-Za-z](?:[A-Za-z0-9]|-[A-Za-z0-9]){2,23}$`)
	workspaceName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$`)
	ruleName      = regexp.MustCompile(`^[A-Za-z0-9]$|^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}[A-Za-z0-9]$`)
	storageName   = regexp.MustCompile(`^[a-z0-9]{3,24}$`)
)

// knownTypes lists every type that is modelled. What is not here is kept as given (given.go).
var knownTypes = typeTable(
	typeInfo{name: ResourceGroupType, names: groupName},
	typeInfo{name: ManagedClusterType, lowerGroup: true, long: true, names: clusterName,
		returned: "Microsoft.ContainerService/ManagedClusters"},
	typeInfo{name: AgentPoolType, lowerGroup: true, noLocation: true, long: true, names: poolName},
	typeInfo{name: MaintenanceConfigurationType, lowerGroup: true, noLocation: true, names: anyName},
	typeInfo{name: RoleAssignmentType, extension: true, noLocation: true},
	typeInfo{name: RoleDefinitionType, extension: true, noLocation: true},
	typeInfo{name: LockType, extension: true, noLocation: true, names: anyName},
	typeInfo{name: IdentityType, lowerGroup: true, names: identityName},
	typeInfo{name: FederatedCredentialType, lowerGroup: true, noLocation: true, long: true, names: credName},
	typeInfo{name: VirtualNetworkType, names: networkName},
	typeInfo{name: SubnetType, noLocation: true, names: networkName},
	typeInfo{name: RouteTableType, names: networkName},
	typeInfo{name: NatGatewayType, names: networkName},
	typeInfo{name: NetworkSecurityGroupType, names: networkName},
	typeInfo{name: PublicIPAddressType, names: networkName},
	typeInfo{name: PublicIPPrefixType, names: networkName},
	typeInfo{name: PrivateDNSZoneType, names: networkName},
	typeInfo{name: VirtualNetworkLinkType, names: networkName},
	typeInfo{name: DNSZoneType, names: networkName},
	typeInfo{name: ApplicationGatewayType, names: networkName},
	typeInfo{name: PrivateLinkServiceType, names: networkName},
	typeInfo{name: DdosProtectionPlanType, names: networkName},
	typeInfo{name: LoadBalancerType, names: networkName},
	typeInfo{name: DiskType, names: networkName},
	typeInfo{name: SnapshotType, names: networkName},
	typeInfo{name: DiskEncryptionSetType, names: networkName},
	typeInfo{name: CapacityReservationGroupType, names: networkName},
	typeInfo{name: HostGroupType, names: networkName},
	typeInfo{name: ProximityPlacementGroupType, names: networkName},
	typeInfo{name: RegistryType, names: registryName},
	typeInfo{name: VaultType, names: vaultName},
	typeInfo{name: KeyType, noLocation: true, names: anyName},
	typeInfo{name: StorageAccountType, names: storageName},
	typeInfo{name: WorkspaceType, names: workspaceName},
	typeInfo{name: MonitorAccountType, names: networkName},
	typeInfo{name: DataCollectionRuleType, names: ruleName},
	typeInfo{name: RuleAssociationType, extension: true, noLocation: true, names: anyName},
	typeInfo{name: DiagnosticSettingType, extension: true, noLocation: true, names: anyName},
	typeInfo{name: TrafficControllerType, names: networkName},
	typeInfo{name: BackupVaultType, names: networkName},
	typeInfo{name: ExtensionType, extension: true, noLocation: true, names: anyName},
)

func typeTable(infos ...typeInfo) map[string]typeInfo {
	out := make(map[string]typeInfo, len(infos))
	for _, info := range infos {
		out[strings.ToLower(info.name)] = info
	}
	return out
}

// typeOf finds the type of an id. A type that is not modelled is one that is kept as given.
func typeOf(id resourceID) (typeInfo, *Error) {
	info, ok := knownTypes[strings.ToLower(id.typeName())]
	if !ok {
		return givenType(id), nil
	}
	if id.namespace == "" || info.extension {
		return info, nil
	}
	if id.group == "" || strings.Count(key(id.base), "/") != 4 {
		return typeInfo{}, malformed(id.base, "a "+info.name+" lives in a resource group")
	}
	return info, nil
}

// responseType is the type as responses spell it.
func (t typeInfo) responseType() string {
	if t.returned != "" {
		return t.returned
	}
	return t.name
}

// action is the RBAC action of an operation on this type: action("write").
func (t typeInfo) action(verb string) string {
	if t.name == ResourceGroupType {
		return "Microsoft.Resources/subscriptions/resourceGroups/" + verb
	}
	return t.name + "/" + verb
}

// KnownTypes lists the resource types that are modelled, sorted. All others are kept as given.
func KnownTypes() []string { return everyType() }
