package azuresim

import (
	"maps"
	"slices"
	"strings"
	"time"
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

// typeInfo is one row of the table of types (type_table.go): all that the simulator knows of a type. What a row leaves out is what
// most types do.
type typeInfo struct {
	name     string
	returned string    // in responses, when it differs from name
	rights   string    // in RBAC operations, when it differs from name
	names    *nameRule // what it may be called (names.go)

	// Where it stands.
	top        bool // in a subscription: the resource group itself; all others stand in one, or are extensions
	extension  bool // on any scope
	lowerGroup bool // Azure returns "resourcegroups" in its ids
	noLocation bool // has no location of its own
	given      bool // not modelled: kept as given, see given.go

	// What a PUT, a POST and a GET do.
	put          func(*Cloud, *request) (*change, *Error)
	merges       bool                          // a PUT keeps what it leaves out
	check        func(*Cloud, *request) *Error // beyond what all tracked resources are asked
	references   []reference                   // the ids in its body (references.go)
	fill         func(*Cloud, *resource)       // sets its outputs
	ownIdentity  bool                          // Azure makes it a principal, asked or not
	writeOnly    []string                      // properties that Azure takes and never shows again
	actions      map[string]action             // by lower-case name
	get          func(*Cloud, *request) (*change, *Error)
	render       func(*Cloud, *resource, map[string]any) // completes what a GET shows
	renderMaking func(*Cloud, *resource, map[string]any) // takes away what is not shown while it is being made

	// What a DELETE does.
	mayGo        func(*Cloud, *request) *Error // refuses
	inUse        string                        // code of the refusal while something refers to it; "" for none
	goes         func(*Cloud, *resource)       // what goes, or is kept, with it
	showsDeleted bool                          // answers with what it removed

	takes time.Duration // to write and to delete it, with Realistic

	// Long operations exclude each other (concurrency.go).
	long      bool
	makes     func(*Cloud, *request) []string // keys of what a PUT makes besides
	busyAs    string                          // how a refusal calls an operation of it; "" for an operation
	collision func(Operation) *Error          // a refusal of its own

	seed func(*Cloud, *request) // completes the body that a test seeds
}

// action is a POST on a resource, which may not be there.
type action func(*Cloud, *request) (*change, *Error)

// typeTable finds rows by lower-case name.
type typeTable map[string]typeInfo

func newTypeTable(rows []typeInfo) typeTable {
	out := make(typeTable, len(rows))
	for _, row := range rows {
		out[strings.ToLower(row.name)] = row
	}
	return out
}

// modelled lists the names of the types that are not just kept as given, sorted.
func (t typeTable) modelled() []string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(t)) {
		if row := t[k]; !row.given {
			out = append(out, row.name)
		}
	}
	return out
}

// of finds the type of an id. A type that is not modelled is one that is kept as given.
func (t typeTable) of(id resourceID) (typeInfo, *Error) {
	info := t.named(id.typeName())
	if info.given {
		return info.standing(id), nil
	}
	if id.namespace == "" || info.extension {
		return info, nil
	}
	if !id.inGroup() {
		return typeInfo{}, malformed(id.base, "a "+info.name+" lives in a resource group")
	}
	return info, nil
}

// named finds a type by its name. One that has no row is kept as given.
func (t typeTable) named(resourceType string) typeInfo {
	info, known := t[strings.ToLower(resourceType)]
	switch {
	case !known:
		return givenType(resourceType)
	case info.given:
		info.name = resourceType // as it is spelled where it is used first
	}
	return info
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
	if t.rights != "" {
		return t.rights + "/" + verb
	}
	return t.name + "/" + verb
}

// KnownTypes lists the resource types that are modelled, sorted. All others are kept as given.
func KnownTypes() []string { return newTypeTable(typeRows()).modelled() }
