package plan

import (
	"fmt"
	"net/netip"
)

func (c Cluster) checkNetwork(p *problems) {
	n := c.Network
	p.oneOf("network.plugin", n.Plugin, "azure", "kubenet", "none")
	p.oneOf("network.pluginMode", n.PluginMode, "overlay")
	p.oneOf("network.dataplane", n.Dataplane, "azure", "cilium")
	p.oneOf("network.policy", n.Policy, "none", "azure", "calico", "cilium")
	p.oneOf("network.outboundType", n.OutboundType,
		"loadBalancer", "managedNATGateway", "userAssignedNATGateway", "userDefinedRouting", "none")
	p.oneOf("network.loadBalancerSku", n.LoadBalancerSKU, "standard")
	n.checkPlugin(p)
	n.checkAddresses(p)
	c.checkEgress(p)
}

func (n Network) checkPlugin(p *problems) {
	if n.PluginMode == "overlay" && n.Plugin != "azure" {
		p.add("network.pluginMode", `set network.plugin to "azure".`, "overlay is a mode of the azure plugin, not of %q", n.Plugin)
	}
	if n.Flat && (n.PluginMode == "overlay" || n.Plugin != "azure") {
		p.add("network.flat", "leave it out, or use the azure plugin without pluginMode.", "flat means the azure plugin without overlay")
	}
	if n.Plugin == "azure" && n.PluginMode == "" && n.PodCIDR.IsSet() {
		p.add("network.podCidr", `leave it out, or set network.pluginMode to "overlay".`,
			"without overlay, pods take their addresses from the subnet and AKS ignores it")
	}
	n.checkPolicy(p)
}

func (n Network) checkPolicy(p *problems) {
	if n.Policy == "azure" && n.Plugin == "kubenet" {
		p.refused("NetworkPolicyAzureNotSupportedForKubenet", "network.policy", `use "calico", or the azure plugin.`,
			"the azure policy engine does not work with kubenet")
	}
	if n.Dataplane == "cilium" && n.Plugin != "azure" {
		p.add("network.dataplane", `set network.plugin to "azure".`, "the cilium dataplane needs the azure plugin")
	}
	if n.Dataplane == "cilium" && n.Policy != "cilium" && n.Policy != "" {
		p.refused("CiliumDataplaneRequiresNetworkPolicyCilium", "network.policy", `use "cilium", or another dataplane.`,
			"the cilium dataplane does not work with the policy engine %q", n.Policy)
	}
	if n.Policy == "cilium" && n.Dataplane != "cilium" {
		p.add("network.policy", `set network.dataplane to "cilium" too.`, "the cilium policy engine needs the cilium dataplane")
	}
}

func (n Network) checkAddresses(p *problems) {
	pods := prefixAt(p, "network.podCidr", n.PodCIDR)
	services := prefixAt(p, "network.serviceCidr", n.ServiceCIDR)
	for i, cidr := range n.PodCIDRs {
		prefixAt(p, fmt.Sprintf("network.podCidrs[%d]", i), cidr)
	}
	for i, cidr := range n.ServiceCIDRs {
		prefixAt(p, fmt.Sprintf("network.serviceCidrs[%d]", i), cidr)
	}
	for i, family := range n.IPFamilies {
		p.oneOf(fmt.Sprintf("network.ipFamilies[%d]", i), family, "IPv4", "IPv6")
	}
	if pods.IsValid() && services.IsValid() && pods.Overlaps(services) {
		p.add("network.serviceCidr", "choose ranges that do not overlap.", "it overlaps network.podCidr %s", pods)
	}
	n.checkDNSAddress(p, services)
}

func prefixAt(p *problems, path string, value Value[string]) netip.Prefix {
	text, ok := value.Get()
	if !ok {
		return netip.Prefix{}
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		p.add(path, "give a range like 10.0.0.0/16.", "%q is not an address range", text)
		return netip.Prefix{}
	}
	return prefix
}

func (n Network) checkDNSAddress(p *problems, services netip.Prefix) {
	text, ok := n.DNSServiceIP.Get()
	if !ok {
		return
	}
	address, err := netip.ParseAddr(text)
	if err != nil {
		p.add("network.dnsServiceIp", "give an address like 10.0.0.10.", "%q is not an IP address", text)
		return
	}
	if !services.IsValid() {
		return
	}
	if !services.Contains(address) {
		p.refused("DnsServiceIpOutOfServiceCidr", "network.dnsServiceIp", "choose an address inside network.serviceCidr.",
			"%s lies outside the service range %s", address, services)
	} else if first := services.Masked().Addr(); address == first || address == first.Next() {
		p.add("network.dnsServiceIp", "choose a later address, like the tenth.", "%s is one of the first two addresses of the service range, which are taken", address)
	}
}

func (c Cluster) checkEgress(p *problems) {
	n := c.Network
	if n.OutboundType == "userDefinedRouting" || n.OutboundType == "userAssignedNATGateway" {
		for i, pool := range c.Pools {
			if pool.Subnet == "" {
				p.add(fmt.Sprintf("pools[%d].subnet", i), "put the pool into a subnet of yours.",
					"outbound type %s needs an own subnet with its routes or gateway", n.OutboundType)
			}
		}
	}
	if n.LoadBalancer != nil {
		n.LoadBalancer.check(p, n.OutboundType)
	}
	if nat := n.NATGateway; nat != nil {
		if n.OutboundType != "managedNATGateway" {
			p.add("network.natGateway", `set network.outboundType to "managedNATGateway", or leave natGateway out.`,
				"a managed NAT gateway is described, but traffic does not leave through it")
		}
		p.between("network.natGateway.managedIps", nat.IPs, 1, 16, " addresses")
		p.between("network.natGateway.idleTimeoutMinutes", nat.IdleTimeoutMinutes, 4, 120, " minutes")
	}
}

func (lb LoadBalancer) check(p *problems, outboundType string) {
	const path = "network.loadBalancer"
	if outboundType != "" && outboundType != "loadBalancer" {
		p.refused("InvalidLoadBalancerProfile", path, `set network.outboundType to "loadBalancer", or leave loadBalancer out.`,
			"outbound traffic leaves through %s", outboundType)
	}
	ways := 0
	for _, given := range []bool{lb.ManagedIPs.IsSet() || lb.ManagedIPv6s.IsSet(), len(lb.OutboundIPs) > 0, len(lb.OutboundPrefixes) > 0} {
		if given {
			ways++
		}
	}
	if ways > 1 {
		p.refused("InvalidLoadBalancerProfile", path, "keep one of managedIps, outboundIpIds and outboundIpPrefixIds.",
			"%d ways to choose outbound addresses are given", ways)
	}
	p.between(path+".managedIps", lb.ManagedIPs, 1, 100, " addresses")
	p.between(path+".managedIpv6s", lb.ManagedIPv6s, 0, 100, " addresses")
	p.between(path+".idleTimeoutMinutes", lb.IdleTimeoutMinutes, 4, 120, " minutes")
	p.between(path+".allocatedPorts", lb.AllocatedPorts, 0, 64000, " ports for each node")
	if ports, ok := lb.AllocatedPorts.Get(); ok && ports%8 != 0 {
		p.add(path+".allocatedPorts", "give a multiple of 8.", "%d ports cannot be allocated", ports)
	}
	p.oneOf(path+".backendPoolType", lb.BackendPoolType, "NodeIPConfiguration", "NodeIP")
	checkIDs(p, path+".outboundIpIds", lb.OutboundIPs, typeIP)
	checkIDs(p, path+".outboundIpPrefixIds", lb.OutboundPrefixes, typePrefix)
}

// checkIDs checks the keys and the known IDs of a map.
func checkIDs(p *problems, path string, ids map[string]Value[string], resourceType string) {
	for _, key := range sortedKeys(ids) {
		if !p.checkKey(path, key) {
			continue
		}
		if !ids[key].IsSet() {
			p.add(path+"."+key, "give the ID, or leave the key out.", "it has no value")
		}
		p.checkID(path+"."+key, ids[key], resourceType)
	}
}

func (c Cluster) checkAPIServer(p *problems) {
	a := c.APIServer
	choices := 0
	for _, chosen := range []bool{a.Private, len(a.AuthorizedRanges) > 0, a.Public} {
		if chosen {
			choices++
		}
	}
	if choices == 0 {
		p.add("apiServer", "set private, or give authorizedIpRanges, or set public to say that everybody may reach it.",
			"it is not said who may reach the API server; an open endpoint is never the silent default")
	}
	if choices > 1 {
		p.add("apiServer", "keep one of private, authorizedIpRanges and public.", "more than one kind of access is chosen")
	}
	for i, cidr := range a.AuthorizedRanges {
		checkRange(p, fmt.Sprintf("apiServer.authorizedIpRanges[%d]", i), cidr)
	}
	a.checkPrivate(p)
}

// checkRange accepts a range or a single address, as AKS does.
func checkRange(p *problems, path string, value Value[string]) {
	text, ok := value.Get()
	if !ok {
		return
	}
	if _, err := netip.ParseAddr(text); err == nil {
		return
	}
	prefixAt(p, path, value)
}

func (a APIServer) checkPrivate(p *problems) {
	p.oneOf("apiServer.privateDnsZone", a.PrivateZone, "system", "none")
	p.checkID("apiServer.privateDnsZoneId", a.PrivateZoneID, TypePrivateZone)
	checkIDs(p, "apiServer.privateDnsZoneNetworkIds", a.PrivateZoneNetworks, typeNetwork)
	if !a.Private {
		for _, part := range []struct {
			name string
			set  bool
		}{{"privateDnsZone", a.PrivateZone != ""}, {"privateDnsZoneId", a.PrivateZoneID.IsSet()}, {"publicFqdn", a.PublicFQDN != nil}} {
			if part.set {
				p.add("apiServer."+part.name, "set apiServer.private, or leave it out.", "it is for a private cluster")
			}
		}
	}
	if a.PrivateZone != "" && a.PrivateZoneID.IsSet() {
		p.add("apiServer.privateDnsZone", "keep one of privateDnsZone and privateDnsZoneId.", "two private zones are chosen")
	}
	if a.PrivateZone == "none" && a.PublicFQDN != nil && !*a.PublicFQDN {
		p.add("apiServer.publicFqdn", "set it to true, or use another private zone.", "without a private zone and a public name nobody finds the API server")
	}
	if len(a.PrivateZoneNetworks) > 0 && !a.PrivateZoneID.IsSet() {
		p.add("apiServer.privateDnsZoneNetworkIds", "give apiServer.privateDnsZoneId, or leave the networks out.", "there is no own zone to link")
	}
	if a.PrivateZoneID.IsSet() && len(a.PrivateZoneNetworks) == 0 {
		p.add("apiServer.privateDnsZoneNetworkIds", "give the IDs of the networks that the zone is linked to, the nodes' network at least.",
			"AKS links the zone to a network, and needs a right there; the subnet is not enough")
	}
}
