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

// maintained lists sub-resources that also exist as resources of their own. When the program does not list them, an
// update sends back what is there, and outputs show none.
var maintained = map[string][]string{
	"network:VirtualNetwork":       {"subnets", "virtualNetworkPeerings"},
	"network:RouteTable":           {"routes"},
	"network:NetworkSecurityGroup": {"securityRules"},
}
