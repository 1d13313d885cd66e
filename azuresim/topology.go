package azuresim

import "strings"

// need is what must be so around a resource, beyond that its group, its parent, its scope and what it refers to are there
// (authorization.go, references.go).
type need struct {
	on   string // the type
	path string // of the reference whose target is asked; "" for the resource itself
	// unmet tells that it is not so. The target is nil when path is "".
	unmet  func(c *Cloud, q *request, target *resource) bool
	code   string
	says   string // with one %s for the id of the target, or of the resource itself
	source string
}

// needs of resources, and of what they refer to.
var topology = []need{
	{on: PublicIPAddressType, unmet: makesBasic, code: "IPv4BasicSkuPublicIpCountLimitReached",
		says:   "Cannot create more than 0 IPv4 Basic SKU public IP addresses for this subscription in this region: %s.",
		source: "skypilot-org/skypilot#7977, daveprowse/tac-course#5, read 2026-11-26"},
	{on: PublicIPAddressType, unmet: isDynamicStandard, code: "StandardSkuPublicIPAddressesMustBeStatic",
		says:   "Standard sku publicIp %s must have AllocationMethod set to Static.",
		source: "pulumi/pulumi-azure-native#1597, read 2026-11-26"},
	{on: NatGatewayType, path: "properties.publicIpAddresses[].id", unmet: isBasic, code: CodeInvalidRequestFormat,
		says:   "A NAT gateway takes public addresses of the SKU Standard, and %s is none.",
		source: "Azure/bicep#5914, read 2026-11-26; the code is not verified"},
	{on: ManagedClusterType, path: "networkProfile.loadBalancerProfile.outboundIPs.publicIPs[].id", unmet: isBasic,
		code: "InvalidLoadBalancerProfileOutboundIPs",
		says: "Error in validating load balancer profile outbound IPs: %s is not of the SKU Standard.",
		source: "MicrosoftDocs/azure-docs#40390 (the code), hashicorp/terraform-provider-azurerm#5685 (the reason), " +
			"read 2026-11-26"},
	{on: AgentPoolType, path: "vnetSubnetID", unmet: isDelegated, code: CodeSubnetIsDelegated,
		says: "The subnet '%s' of the agent pool is delegated.", source: "a public list of AKS error codes (about 2021)"},
	{on: VirtualNetworkType, unmet: leavesSubnetsOut, code: "NetcfgInvalidSubnet",
		says:   "The address space of '%s' does not hold all of its subnets.",
		source: "general knowledge; the code is that of a subnet that is put outside"},
	{on: VaultType, unmet: refusesProtection, code: CodeBadRequest,
		says:   "The property \"enablePurgeProtection\" cannot be set to false (%s). Enabling the purge protection for a vault is an irreversible action.",
		source: purgeProtection},
}

const purgeProtection = "Azure/azure-rest-api-specs#18106, Azure/azure-cli#29115, read 2026-11-26"

// checkTopology asks what is needed of the resource itself.
func (c *Cloud) checkTopology(q *request) *Error {
	for _, row := range topology {
		if row.on == q.info.name && row.path == "" && row.unmet(c, q, nil) {
			return badRequest(row.code, "", row.says, q.rawID)
		}
	}
	return nil
}

// checkTarget asks what is needed of the target of a reference of a resource of the type on.
func (c *Cloud) checkTarget(q *request, on, path string, target *resource) *Error {
	for _, row := range topology {
		if row.on == on && row.path == path && row.unmet(c, q, target) {
			return badRequest(row.code, path, row.says, target.ID)
		}
	}
	return nil
}

// isStandard tells whether a public address is of the newer kinds; Basic is what it is when nothing is said.
func isStandard(body map[string]any) bool {
	sku := strings.ToLower(text(body, "sku", "name"))
	return sku == "standard" || sku == "standardv2"
}

// makesBasic: no new ones since 2025. Those that a test seeds were there before.
func makesBasic(_ *Cloud, q *request, _ *resource) bool {
	return q.old == nil && !q.seeding && !isStandard(q.body)
}

func isDynamicStandard(_ *Cloud, q *request, _ *resource) bool {
	return isStandard(q.body) && !strings.EqualFold(text(q.body, "properties", "publicIPAllocationMethod"), "Static")
}

func isBasic(_ *Cloud, _ *request, address *resource) bool { return !isStandard(address.Body) }

func isDelegated(_ *Cloud, _ *request, subnet *resource) bool {
	return len(list(subnet.Body, "properties", "delegations")) > 0
}

func leavesSubnetsOut(c *Cloud, q *request, _ *resource) bool {
	if _, replaced := dig(q.body, "properties", "subnets").([]any); replaced || q.old == nil {
		return false // what replaces them is checked one by one
	}
	spaces := prefixes(texts(q.body, "properties", "addressSpace", "addressPrefixes"))
	for _, subnet := range c.childrenOf(q.old.ID, SubnetType) {
		for _, prefix := range subnetPrefixes(subnet) {
			if !anyContains(spaces, prefix) {
				return true
			}
		}
	}
	return false
}

func refusesProtection(_ *Cloud, q *request, _ *resource) bool {
	on, given := dig(q.body, "properties", "enablePurgeProtection").(bool)
	return given && !on
}
