package azuresim

import (
	"slices"
	"strings"
)

// azureRegions are the regions of the public cloud (azure-docs, list of regions; from general knowledge as of 2025, so a newer one is
// missing: WithRegions).
var azureRegions = strings.Fields(`
	asiapacific australiacentral australiacentral2 australiaeast australiasoutheast austriaeast belgiumcentral brazilsouth
	brazilsoutheast canadacentral canadaeast centralindia centralus centraluseuap chilecentral eastasia eastus eastus2 eastus2euap
	francecentral francesouth germanynorth germanywestcentral indonesiacentral israelcentral italynorth japaneast japanwest jioindiacentral
	jioindiawest koreacentral koreasouth malaysiawest mexicocentral newzealandnorth northcentralus northeurope norwayeast norwaywest
	polandcentral qatarcentral southafricanorth southafricawest southcentralus southeastasia southindia spaincentral swedencentral
	swedensouth switzerlandnorth switzerlandwest uaecentral uaenorth uksouth ukwest westcentralus westeurope westindia westus westus2
	westus3`)

// globalRegion is the location of what is everywhere.
const globalRegion = "global"

// WithRegions makes further regions known, for example a new one. Their names are compared without regard to case and spaces.
func WithRegions(names ...string) Option {
	return func(c *Cloud) {
		for _, name := range names {
			c.regions = append(c.regions, region(name))
		}
	}
}

// globalTypes have the location global and no other: Azure/azure-cli#2109 and Azure/bicep#20302, read 2026-11-26. That Azure refuses
// another one with LocationNotAvailableForResourceType is how it refuses all (MicrosoftDocs/azure-docs#4981, read 2026-11-26).
var globalTypes = []string{DNSZoneType, PrivateDNSZoneType, VirtualNetworkLinkType}

// checkLocation checks the location that a tracked resource must have: there is such a region, and a resource stays in it.
func (c *Cloud) checkLocation(q *request) *Error {
	location := text(q.body, "location")
	if location == "" {
		return badRequest(CodeLocationRequired, "location", "The location property is required for this definition.")
	}
	if err := stays(q); err != nil {
		return err
	}
	known := append(slices.Clone(c.regions), azureRegions...)
	if slices.Contains(globalTypes, q.info.name) {
		known = []string{globalRegion}
	}
	if slices.Contains(known, region(location)) {
		return nil
	}
	return badRequest(CodeLocationNotAvailable, "location", "The provided location '%s' is not available for resource type '%s'. "+
		"List of available regions for the resource type is '%s'.", location, q.info.name, strings.Join(known, ","))
}

// stays refuses to move a resource to another region.
func stays(q *request) *Error {
	if q.old == nil {
		return nil
	}
	from, to := text(q.old.Body, "location"), text(q.body, "location")
	if from == "" || to == "" || sameLocation(from, to) {
		return nil
	}
	code := "InvalidResourceLocation"
	if q.info.top {
		code = "InvalidResourceGroupLocation"
	}
	return refuse(409, code, "location", "The resource '%s' already exists in location '%s'. A resource with the same "+
		"name cannot be created in location '%s'.", q.id.name(), from, to)
}

// sameRegion is a reference that does not leave the region.
type sameRegion struct {
	on     string // the type that refers
	path   string // of the reference, as in the tables of references
	code   string // InvalidResourceReference when it is ""
	source string
}

const (
	networkRegions = "microsoft/CromwellOnAzure#231, MicrosoftDocs/azure-docs#32363 (subnets of interfaces and route tables of " +
		"subnets), read 2026-11-26; the others likewise"
	poolRegions    = "rancher/rancher#33517 (the subnet of a pool), read 2026-11-26; the code of the others is not verified"
	monitorRegions = "azure-docs, data collection rules; that Azure refuses is not verified"
)

// sameRegions are the references that have to stay in the region of what refers. All others may leave it: identities, registries,
// vaults, private DNS zones, workspaces of add-ons.
var sameRegions = []sameRegion{
	{SubnetType, "properties.routeTable.id", "", networkRegions},
	{SubnetType, "properties.natGateway.id", "", networkRegions},
	{SubnetType, "properties.networkSecurityGroup.id", "", networkRegions},
	{NatGatewayType, "properties.publicIpAddresses[].id", "", networkRegions},
	{NatGatewayType, "properties.publicIpPrefixes[].id", "", networkRegions},
	{PublicIPAddressType, "properties.publicIPPrefix.id", "", networkRegions},
	{ApplicationGatewayType, "properties.gatewayIPConfigurations[].properties.subnet.id", "", networkRegions},
	{ApplicationGatewayType, "properties.frontendIPConfigurations[].properties.publicIPAddress.id", "", networkRegions},
	{privateEndpointType, "properties.subnet.id", "", networkRegions},
	{firewallType, "properties.ipConfigurations[].properties.subnet.id", "", "MicrosoftDocs/azure-docs#62270, read 2026-11-26"},
	{firewallType, "properties.ipConfigurations[].properties.publicIPAddress.id", "", networkRegions},
	{DiskType, "properties.encryption.diskEncryptionSetId", "", "Azure/ARO-RP#1595, read 2026-11-26; the code is not verified"},
	{ManagedClusterType, "diskEncryptionSetID", CodeInvalidParameter, "Azure/ARO-RP#1595, read 2026-11-26; the code is not verified"},
	{ManagedClusterType, "apiServerAccessProfile.subnetId", CodeInvalidParameter, poolRegions},
	{ManagedClusterType, "networkProfile.loadBalancerProfile.outboundIPs.publicIPs[].id", CodeInvalidParameter, poolRegions},
	{ManagedClusterType, "networkProfile.loadBalancerProfile.outboundIPPrefixes.publicIPPrefixes[].id", CodeInvalidParameter, poolRegions},
	{AgentPoolType, "vnetSubnetID", CodeInvalidParameter, poolRegions},
	{AgentPoolType, "podSubnetID", CodeInvalidParameter, poolRegions},
	{AgentPoolType, "nodePublicIPPrefixID", CodeInvalidParameter, poolRegions},
	{AgentPoolType, "proximityPlacementGroupID", CodeInvalidParameter, poolRegions},
	{AgentPoolType, "capacityReservationGroupID", CodeInvalidParameter, poolRegions},
	{AgentPoolType, "hostGroupID", CodeInvalidParameter, poolRegions},
	{DataCollectionRuleType, "properties.destinations.logAnalytics[].workspaceResourceId", CodeInvalidPayload, monitorRegions},
}

// checkRegion refuses a reference that leaves the region of a resource of the type on.
func (c *Cloud) checkRegion(q *request, on, path string, target *resource) *Error {
	i := slices.IndexFunc(sameRegions, func(row sameRegion) bool { return row.on == on && row.path == path })
	if i < 0 {
		return nil
	}
	here, there := c.regionOfRequest(q), c.regionOf(target)
	if here == "" || there == "" || sameLocation(here, there) {
		return nil
	}
	code := sameRegions[i].code
	if code == "" {
		code = CodeInvalidResourceReference
	}
	return badRequest(code, path, "Resource %s referenced by resource %s was not found in %s: it is in %s. Please make sure that the "+
		"referenced resource exists, and that both resources are in the same region.", target.ID, q.rawID, here, there)
}

// regionOf is where a resource is; a subnet is where its network is.
func (c *Cloud) regionOf(r *resource) string {
	for ; r != nil; r = c.lookup(parentID(r.ID)) {
		if location := text(r.Body, "location"); location != "" {
			return region(location)
		}
	}
	return ""
}

// regionOfRequest is where the resource of a request will be.
func (c *Cloud) regionOfRequest(q *request) string {
	if location := text(q.body, "location"); location != "" {
		return region(location)
	}
	if q.region != "" {
		return region(q.region)
	}
	parent, _ := q.id.parent()
	return c.regionOf(c.lookup(parent))
}
