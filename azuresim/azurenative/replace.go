package azurenative

import "slices"

// forceNew lists the properties, besides the path inputs, whose change replaces the resource. A property counts as a
// whole: a change anywhere below it replaces too.
//
// Read in the provider's metadata of the late v2 line, 2026-11. ManagedCluster.networkProfile as a whole is how v2
// behaves; per-property treatment came in v3 (https://github.com/pulumi/pulumi-azure-native/pull/4771). Registry,
// RouteTable and Disk are not verified: location only.
var forceNew = map[string][]string{
	cluster: {
		"diskEncryptionSetID", "dnsPrefix", "fqdnSubdomain", "linuxProfile", "location", "networkProfile",
		"nodeResourceGroup", "windowsProfile",
	},
	pool:                                   {"gpuInstanceProfile", "vmSize"},
	"authorization:RoleAssignment":         {"principalId"},
	"resources:ResourceGroup":              {"location"},
	"managedidentity:UserAssignedIdentity": {"location"},
	"network:VirtualNetwork":               {"location"},
	"network:PublicIPAddress":              {"location", "publicIPAddressVersion", "publicIPPrefix", "sku"},
	"network:PublicIPPrefix":               {"location", "publicIPAddressVersion", "prefixLength", "sku"},
}

// replaces tells whether a change of the top-level property name replaces the resource. Types without an entry are
// replaced when their location changes, as ARM refuses to move a resource.
func (r *resourceType) replaces(name string) bool {
	if r.inPath(name) {
		return true
	}
	listed, ok := forceNew[r.kind()]
	if !ok {
		return name == locationInput
	}
	return slices.Contains(listed, name)
}

// schemaDefaults are the defaults of the package schema. Adding a property with its default is no change. The Go SDK
// sends most of them itself.
var schemaDefaults = map[string]map[string]any{
	cluster: {
		"networkProfile.networkPlugin":                                    "kubenet",
		"networkProfile.outboundType":                                     "loadBalancer",
		"networkProfile.dnsServiceIP":                                     "10.0.0.10",
		"networkProfile.podCidr":                                          "10.244.0.0/16",
		"networkProfile.serviceCidr":                                      "10.0.0.0/16",
		"networkProfile.loadBalancerProfile.allocatedOutboundPorts":       0.0,
		"networkProfile.loadBalancerProfile.idleTimeoutInMinutes":         30.0,
		"networkProfile.loadBalancerProfile.managedOutboundIPs.count":     1.0,
		"networkProfile.loadBalancerProfile.managedOutboundIPs.countIPv6": 0.0,
		"networkProfile.natGatewayProfile.idleTimeoutInMinutes":           4.0,
		"networkProfile.natGatewayProfile.managedOutboundIPProfile.count": 1.0,
		"securityProfile.azureKeyVaultKms.keyVaultNetworkAccess":          "Public",
	},
	"authorization:RoleAssignment": {"principalType": "User"},
	"network:VirtualNetwork":       {"enableDdosProtection": false, "enableVmProtection": false},
	"network:Subnet": {
		"privateEndpointNetworkPolicies":    "Disabled",
		"privateLinkServiceNetworkPolicies": "Enabled",
	},
	"containerregistry:Registry": {
		"adminUserEnabled":         false,
		"networkRuleBypassOptions": "AzureServices",
		"publicNetworkAccess":      "Enabled",
		"zoneRedundancy":           "Disabled",
	},
}

// maintained lists sub-resources that also exist as resources of their own. When the program does not list them, an
// update sends back what is there, and outputs show none.
var maintained = map[string][]string{
	"network:VirtualNetwork":       {"subnets", "virtualNetworkPeerings"},
	"network:RouteTable":           {"routes"},
	"network:NetworkSecurityGroup": {"securityRules"},
}
