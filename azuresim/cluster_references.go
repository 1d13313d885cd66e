package azuresim

import "strings"

// clusterReferences and poolReferences are the resources that a cluster refers to, with the rights that the deployer needs
// there: azure-aks-docs aks-service-permissions.md, read 2026-08-21.
var clusterReferences = []reference{
	{"diskEncryptionSetID", DiskEncryptionSetType, DiskEncryptionSetType + "/read"},
	{"apiServerAccessProfile.subnetId", SubnetType, SubnetType + "/join/action"},
	{"networkProfile.loadBalancerProfile.outboundIPs.publicIPs[].id", PublicIPAddressType,
		PublicIPAddressType + "/join/action"},
	{"networkProfile.loadBalancerProfile.outboundIPPrefixes.publicIPPrefixes[].id", PublicIPPrefixType,
		PublicIPPrefixType + "/join/action"},
	{"securityProfile.azureKeyVaultKms.keyVaultResourceId", VaultType, ""},
	{"securityProfile.defender.logAnalyticsWorkspaceResourceId", WorkspaceType, WorkspaceType + "/read"},
	{"bootstrapProfile.containerRegistryId", RegistryType, ""},
}

var poolReferences = []reference{
	{"vnetSubnetID", SubnetType, SubnetType + "/join/action"},
	{"podSubnetID", SubnetType, SubnetType + "/join/action"},
	{"nodePublicIPPrefixID", PublicIPPrefixType, PublicIPPrefixType + "/join/action"},
	{"proximityPlacementGroupID", ProximityPlacementGroupType, ProximityPlacementGroupType + "/write"},
	{"capacityReservationGroupID", CapacityReservationGroupType, ""},
	{"hostGroupID", HostGroupType, ""},
}

// checkReferences: everything that a cluster names exists, and the deployer may use it.
func (v *clusterView) checkReferences() *Error {
	if err := v.checkPoolReferences(); err != nil {
		return err
	}
	if err := v.c.checkReferenceTable(v.q, ManagedClusterType, v.props, clusterReferences); err != nil {
		return err
	}
	if zone := v.ownZone(); zone != "" {
		ref := reference{"apiServerAccessProfile.privateDNSZone", PrivateDNSZoneType, ""}
		if _, err := v.c.refer(v.q, zone, ref); err != nil {
			return err
		}
	}
	for _, zone := range texts(v.props, "ingressProfile", "webAppRouting", "dnsZoneResourceIds") {
		target := DNSZoneType
		if strings.Contains(strings.ToLower(zone), strings.ToLower("/"+PrivateDNSZoneType+"/")) {
			target = PrivateDNSZoneType
		}
		if _, err := v.c.refer(v.q, zone, reference{"ingressProfile.webAppRouting.dnsZoneResourceIds", target, ""}); err != nil {
			return err
		}
	}
	return nil
}

func (v *clusterView) checkPoolReferences() *Error {
	for _, pool := range v.sent {
		if err := v.c.checkReferenceTable(v.q, AgentPoolType, pool.props, poolReferences); err != nil {
			return err
		}
	}
	return nil
}

// ownZone is the id of the caller's private DNS zone, "" for AKS's own or none.
func (v *clusterView) ownZone() string {
	zone := text(v.props, "apiServerAccessProfile", "privateDNSZone")
	if !truth(v.props, "apiServerAccessProfile", "enablePrivateCluster") || strings.EqualFold(zone, "system") ||
		strings.EqualFold(zone, "none") {
		return ""
	}
	return zone
}

// ownSubnets are the caller's node subnets, each once, in the order of the pools.
func (v *clusterView) ownSubnets() []string {
	var out []string
	seen := map[string]bool{}
	for _, pool := range v.pools {
		if id := pool.subnet(); id != "" && !seen[key(id)] {
			seen[key(id)] = true
			out = append(out, id)
		}
	}
	return out
}

// networkOf is the virtual network of a subnet id.
func networkOf(subnet string) string {
	if i := strings.LastIndex(strings.ToLower(subnet), "/subnets/"); i >= 0 {
		return subnet[:i]
	}
	return ""
}
