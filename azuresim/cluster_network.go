package azuresim

import (
	"net/netip"
	"strings"
)

const (
	defaultServiceCIDR  = "10.0.0.0/16"
	defaultDNSServiceIP = "10.0.0.10"
)

func (v *clusterView) network(name string) string { return text(v.props, "networkProfile", name) }

// networkRules are combinations of networkProfile that AKS refuses. Codes from a public list of AKS error codes (about
// 2021); the Cilium ones from AKS documentation.
var networkRules = []struct {
	code, message string
	broken        func(plugin, mode, policy, dataplane string) bool
}{
	{"NetworkPolicyAzureNotSupportedForKubenet", "network policy azure needs the azure plugin",
		func(plugin, _, policy, _ string) bool { return plugin == "kubenet" && policy == "azure" }},
	{"CiliumDataplaneRequiresNetworkPolicyCilium", "data plane cilium needs network policy cilium or none",
		func(_, _, policy, dataplane string) bool {
			return dataplane == "cilium" && policy != "" && policy != "none" && policy != "cilium"
		}},
	{"NetworkPolicyCiliumRequiresCiliumDataplane", "network policy cilium needs data plane cilium",
		func(_, _, policy, dataplane string) bool { return policy == "cilium" && dataplane != "cilium" }},
	{CodeInvalidParameter, "data plane cilium needs the azure plugin",
		func(plugin, _, _, dataplane string) bool {
			return dataplane == "cilium" && plugin != "azure" && plugin != ""
		}},
	{CodeInvalidParameter, "plugin mode overlay needs the azure plugin",
		func(plugin, mode, _, _ string) bool { return mode == "overlay" && plugin != "azure" && plugin != "" }},
}

func (v *clusterView) checkNetworkProfile() *Error {
	plugin, mode := v.network("networkPlugin"), v.network("networkPluginMode")
	policy, dataplane := v.network("networkPolicy"), v.network("networkDataplane")
	for _, rule := range networkRules {
		if rule.broken(plugin, mode, policy, dataplane) {
			return badRequest(rule.code, "networkProfile", "Invalid network profile: %s.", rule.message)
		}
	}
	return v.checkServiceCIDR()
}

func (v *clusterView) checkServiceCIDR() *Error {
	serviceCIDR, dns := v.network("serviceCidr"), v.network("dnsServiceIP")
	if serviceCIDR == "" {
		serviceCIDR = defaultServiceCIDR
	}
	if dns == "" {
		dns = defaultDNSServiceIP
	}
	services, err := netip.ParsePrefix(serviceCIDR)
	if err != nil {
		return badRequest(CodeInvalidParameter, "networkProfile.serviceCidr", "'%s' is not a CIDR.", serviceCIDR)
	}
	if address, err := netip.ParseAddr(dns); err != nil || !services.Contains(address) {
		return badRequest("DnsServiceIpOutOfServiceCidr", "networkProfile.dnsServiceIP",
			"The DNS service IP %s is not in the service CIDR %s.", dns, serviceCIDR)
	}
	for _, id := range v.ownSubnets() {
		vnet := v.c.lookup(networkOf(id))
		if vnet == nil {
			continue
		}
		for _, s := range v.c.childrenOf(vnet.ID, SubnetType) {
			if anyOverlaps(subnetPrefixes(s), services.Masked()) {
				return badRequest("ServiceCidrOverlapExistingSubnetsCidr", "networkProfile.serviceCidr",
					"The service CIDR %s overlaps with the existing subnet %s.", serviceCIDR, s.ID)
			}
		}
	}
	return nil
}

// checkOutbound checks how the cluster reaches the internet.
func (v *clusterView) checkOutbound() *Error {
	profile := object(v.props, "networkProfile", "loadBalancerProfile")
	kinds := 0
	for _, name := range []string{"managedOutboundIPs", "outboundIPs", "outboundIPPrefixes"} {
		if object(profile, name) != nil {
			kinds++
		}
	}
	outbound := v.network("outboundType")
	if kinds > 1 || kinds > 0 && outbound != "" && !strings.EqualFold(outbound, "loadBalancer") {
		return badRequest("InvalidLoadBalancerProfile", "networkProfile.loadBalancerProfile", "Load balancer profile must "+
			"specify one of managedOutboundIPs, outboundIPs and outboundIPPrefixes, and only with outbound type loadBalancer.")
	}
	switch strings.ToLower(outbound) {
	case "userdefinedrouting":
		return v.everySubnetHas("routeTable", CodeRouteTableNotAssociated)
	case "userassignednatgateway":
		return v.everySubnetHas("natGateway", "SubnetNotAssociatedWithNATGateway") // jenkins-infra/azure#719, read 2026-11-25
	}
	return nil
}

// everySubnetHas: user-defined routing and a NAT gateway of one's own must be on the subnets already.
func (v *clusterView) everySubnetHas(what, code string) *Error {
	subnets := v.ownSubnets()
	if len(subnets) == 0 {
		return badRequest(code, "networkProfile.outboundType", "Outbound type %s needs a subnet of your own with a %s.",
			v.network("outboundType"), what)
	}
	for _, id := range subnets {
		if r := v.c.lookup(id); r != nil && text(r.Body, "properties", what, "id") == "" {
			return badRequest(code, "networkProfile.outboundType", "Outbound type %s needs a %s on subnet '%s'.",
				v.network("outboundType"), what, id)
		}
	}
	return nil
}

// checkAddressing checks the subnets of the pools: one network for all, large enough.
func (v *clusterView) checkAddressing() *Error {
	if err := v.checkOneNetwork(); err != nil {
		return err
	}
	for _, pool := range v.sent {
		subnet := v.c.lookup(pool.subnet())
		if subnet == nil {
			continue
		}
		if err := v.checkSubnetSize(pool, subnet); err != nil {
			return err
		}
	}
	return nil
}

// checkOneNetwork: all pools sit in one virtual network, so either all bring a subnet or none does. The code is not
// verified.
func (v *clusterView) checkOneNetwork() *Error {
	first := ""
	for i, pool := range v.pools {
		vnet := key(networkOf(pool.subnet()))
		if i == 0 {
			first = vnet
		}
		if vnet != first {
			return badRequest(CodeInvalidParameter, "agentPoolProfile.vnetSubnetID",
				"All agent pools must be in the same virtual network; '%s' is not in that of '%s'.", pool.name, v.pools[0].name)
		}
	}
	return nil
}

// checkSubnetSize: one address for each node, with flat Azure CNI also one for each of its possible pods; Azure itself
// keeps five.
func (v *clusterView) checkSubnetSize(pool *poolView, subnet *resource) *Error {
	needed := 0.0
	for _, p := range v.pools {
		if !sameID(p.subnet(), subnet.ID) {
			continue
		}
		count, _ := number(p.props, "count")
		each := 1.0
		if v.network("networkPlugin") == "azure" && v.network("networkPluginMode") == "" && text(p.props, "podSubnetID") == "" {
			pods, given := number(p.props, "maxPods")
			if !given {
				pods = 30
			}
			each += pods
		}
		needed += count * each
	}
	for _, prefix := range subnetPrefixes(subnet) {
		bits := prefix.Addr().BitLen() - prefix.Bits()
		if bits < 32 && float64(int64(1)<<bits)-5 < needed {
			return badRequest(CodeInsufficientSubnetSize, "agentPoolProfile.vnetSubnetID", "Pre-allocated IPs %v of agent pool "+
				"'%s' exceed the IPs available in subnet '%s'.", needed, pool.name, subnet.ID)
		}
	}
	return nil
}
