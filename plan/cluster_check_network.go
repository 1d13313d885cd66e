package plan

import (
	"fmt"
	"net/netip"
	"regexp"
	"strings"
)

func (c Cluster) checkNetwork(p *problems) {
	n := c.Network
	oneOf(p, "network.plugin", n.Plugin)
	oneOf(p, "network.pluginMode", n.PluginMode)
	oneOf(p, "network.dataplane", n.Dataplane)
	oneOf(p, "network.policy", n.Policy)
	oneOf(p, "network.outboundType", n.OutboundType)
	n.checkPlugin(p)
	n.checkAddresses(p)
}

func (n Network) checkPlugin(p *problems) {
	if n.PluginMode == NetworkPluginModeOverlay && n.Plugin != NetworkPluginAzure {
		p.add("network.pluginMode", fmt.Sprintf("overlay is a mode of the azure plugin, not of %q", n.Plugin),
			`set network.plugin to "azure".`)
	}
	if n.Flat && (n.PluginMode == NetworkPluginModeOverlay || n.Plugin != NetworkPluginAzure) {
		p.add("network.flat", "flat means the azure plugin without overlay",
			"leave it out, or use the azure plugin without pluginMode.")
	}
	if n.Plugin == NetworkPluginAzure && n.PluginMode == "" && n.PodCIDR.IsSet() {
		p.add("network.podCidr", "without overlay, pods take their addresses from the subnet and AKS ignores it",
			`leave it out, or set network.pluginMode to "overlay".`)
	}
	n.checkPolicy(p)
}

func (n Network) checkPolicy(p *problems) {
	if n.Policy == NetworkPolicyAzure && n.Plugin == NetworkPluginKubenet {
		p.refused("NetworkPolicyAzureNotSupportedForKubenet", "network.policy", "the azure policy engine does not work with kubenet",
			`use "calico", or the azure plugin.`)
	}
	if n.Dataplane == DataplaneCilium && n.Plugin != NetworkPluginAzure {
		p.add("network.dataplane", "the cilium dataplane needs the azure plugin", `set network.plugin to "azure".`)
	}
	if n.Dataplane == DataplaneCilium && n.Policy != NetworkPolicyCilium && n.Policy != "" {
		p.refused("CiliumDataplaneRequiresNetworkPolicyCilium", "network.policy", fmt.Sprintf("the cilium dataplane does not work with the policy engine %q", n.Policy),
			`use "cilium", or another dataplane.`)
	}
	if n.Policy == NetworkPolicyCilium && n.Dataplane != DataplaneCilium {
		p.add("network.policy", "the cilium policy engine needs the cilium dataplane", `set network.dataplane to "cilium" too.`)
	}
}

func (n Network) checkAddresses(p *problems) {
	pods := prefixAt(p, "network.podCidr", n.effectivePods())
	services := prefixAt(p, "network.serviceCidr", n.effectiveServices())
	for i, cidr := range n.PodCIDRs {
		prefixAt(p, Path("network.podCidrs").Index(i), cidr)
	}
	for i, cidr := range n.ServiceCIDRs {
		prefixAt(p, Path("network.serviceCidrs").Index(i), cidr)
	}
	for i, family := range n.IPFamilies {
		oneOf(p, Path("network.ipFamilies").Index(i), family)
	}
	if pods.IsValid() && services.IsValid() && pods.Overlaps(services) {
		path, what := Path("network.serviceCidr"), fmt.Sprintf("%s overlaps network.podCidr %s", services, pods)
		if !n.ServiceCIDR.IsSet() {
			path, what = "network.podCidr", fmt.Sprintf("%s overlaps the range of services, %s by default", pods, services)
		}
		p.add(path, what, "choose ranges that do not overlap.")
	}
	n.checkDNSAddress(p, services)
}

// effectivePods is the range that pods take their addresses from; not set where they take them from a subnet.
func (n Network) effectivePods() Value[string] {
	ofSubnet := n.Plugin == NetworkPluginNone || n.Plugin == NetworkPluginAzure && n.PluginMode != NetworkPluginModeOverlay
	if n.PodCIDR.IsSet() || len(n.PodCIDRs) > 0 || ofSubnet {
		return n.PodCIDR
	}
	return Known(defaultPodCIDR)
}

func (n Network) effectiveServices() Value[string] {
	if n.ServiceCIDR.IsSet() || len(n.ServiceCIDRs) > 0 {
		return n.ServiceCIDR
	}
	return Known(defaultServiceCIDR)
}

func prefixAt(p *problems, path Path, value Value[string]) netip.Prefix {
	text, ok := value.Get()
	if !ok {
		return netip.Prefix{}
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		p.add(path, fmt.Sprintf("%q is not an address range", text), "give a range like 10.0.0.0/16.")
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
		p.add("network.dnsServiceIp", fmt.Sprintf("%q is not an IP address", text), "give an address like 10.0.0.10.")
		return
	}
	if !services.IsValid() {
		return
	}
	if !services.Contains(address) {
		p.refused("DnsServiceIpOutOfServiceCidr", "network.dnsServiceIp", fmt.Sprintf("%s lies outside the service range %s", address, services),
			"choose an address inside network.serviceCidr.")
	} else if first := services.Masked().Addr(); address == first || address == first.Next() {
		p.add("network.dnsServiceIp", fmt.Sprintf("%s is one of the first two addresses of the service range, which are taken", address),
			"choose a later address, like the tenth.")
	}
}

func (c Cluster) checkEgress(p *problems) {
	n := c.Network
	if n.OutboundType == OutboundTypeUserDefinedRouting || n.OutboundType == OutboundTypeUserAssignedNATGateway {
		for _, pool := range c.pools() {
			if pool.Subnet == "" {
				p.add(pool.path.Field("subnet"), fmt.Sprintf("outbound type %s needs an own subnet with its routes or gateway", n.OutboundType),
					"put the pool into a subnet of yours.")
			}
		}
	}
	if n.LoadBalancer != nil {
		c.checkLoadBalancer(p, *n.LoadBalancer)
	}
	if nat := n.NATGateway; nat != nil {
		if n.OutboundType != OutboundTypeManagedNATGateway {
			p.add("network.natGateway", "a managed NAT gateway is described, but traffic does not leave through it",
				`set network.outboundType to "managedNATGateway", or leave natGateway out.`)
		}
		p.between("network.natGateway.managedIps", nat.IPs, 1, 16, " addresses")
		p.between("network.natGateway.idleTimeoutMinutes", nat.IdleTimeoutMinutes, 4, 120, " minutes")
	}
}

func (c Cluster) checkLoadBalancer(p *problems, lb LoadBalancer) {
	const path = Path("network.loadBalancer")
	outboundType := c.Network.OutboundType
	if outboundType != "" && outboundType != OutboundTypeLoadBalancer {
		p.refused("InvalidLoadBalancerProfile", path, fmt.Sprintf("outbound traffic leaves through %s", outboundType),
			`set network.outboundType to "loadBalancer", or leave loadBalancer out.`)
	}
	ways := 0
	for _, given := range []bool{lb.ManagedIPs.IsSet() || lb.ManagedIPv6s.IsSet(), c.mentioned(OutboundIP), c.mentioned(OutboundPrefix)} {
		if given {
			ways++
		}
	}
	if ways > 1 {
		p.refused("InvalidLoadBalancerProfile", path, fmt.Sprintf("%d ways to choose outbound addresses are given", ways),
			"keep one of managedIps, outboundIpIds and outboundIpPrefixIds.")
	}
	p.between(path.Field("managedIps"), lb.ManagedIPs, 1, 100, " addresses")
	p.between(path.Field("managedIpv6s"), lb.ManagedIPv6s, 0, 100, " addresses")
	p.between(path.Field("idleTimeoutMinutes"), lb.IdleTimeoutMinutes, 4, 120, " minutes")
	p.between(path.Field("allocatedPorts"), lb.AllocatedPorts, 0, 64000, " ports for each node")
	if ports, ok := lb.AllocatedPorts.Get(); ok && ports%8 != 0 {
		p.add(path.Field("allocatedPorts"), fmt.Sprintf("%d ports cannot be allocated", ports), "give a multiple of 8.")
	}
	oneOf(p, path.Field("backendPoolType"), lb.BackendPoolType)
}

func (c Cluster) checkAPIServer(p *problems) {
	c.APIServer.checkAccess(p)
	c.checkPrivate(p)
	c.checkZoneNetworks(p)
}

// checkAccess: exactly one kind is chosen.
func (a APIServer) checkAccess(p *problems) {
	choices := 0
	for _, chosen := range []bool{a.Private, len(a.AuthorizedRanges) > 0, a.Public} {
		if chosen {
			choices++
		}
	}
	if choices == 0 {
		p.add("apiServer", "it is not said who may reach the API server; an open endpoint is never the silent default",
			"set private, or give authorizedIpRanges, or set public to say that everybody may reach it.")
	}
	if choices > 1 {
		p.add("apiServer", "more than one kind of access is chosen", "keep one of private, authorizedIpRanges and public.")
	}
	p.eachGiven("apiServer.authorizedIpRanges", a.AuthorizedRanges)
	for i, cidr := range a.AuthorizedRanges {
		checkRange(p, Path("apiServer.authorizedIpRanges").Index(i), cidr)
	}
}

// checkRange accepts a range or a single address, as AKS does.
func checkRange(p *problems, path Path, value Value[string]) {
	text, ok := value.Get()
	if !ok {
		return
	}
	if _, err := netip.ParseAddr(text); err == nil {
		return
	}
	prefixAt(p, path, value)
}

func (c Cluster) checkPrivate(p *problems) {
	a, ownZone := c.APIServer, c.mentioned(PrivateZone)
	oneOf(p, "apiServer.privateDnsZone", a.PrivateZone)
	if !a.Private {
		for _, part := range []struct {
			name string
			set  bool
		}{
			{"privateDnsZone", a.PrivateZone != ""}, {"privateDnsZoneId", ownZone}, {"publicFqdn", a.PublicFQDN != nil},
			{"privateDnsZoneNetworkIds", c.mentioned(ZoneLinkNetwork)},
		} {
			if part.set {
				p.add(Path("apiServer").Field(part.name), "it is for a private cluster", "set apiServer.private, or leave it out.")
			}
		}
	}
	if a.PrivateZone != "" && ownZone {
		p.add("apiServer.privateDnsZone", "two private zones are chosen", "keep one of privateDnsZone and privateDnsZoneId.")
	}
	c.checkZoneName(p)
	if a.PrivateZone == PrivateDNSZoneNone && a.PublicFQDN != nil && !*a.PublicFQDN {
		p.add("apiServer.publicFqdn", "without a private zone and a public name nobody finds the API server",
			"set it to true, or use another private zone.")
	}
	if a.PrivateZone == PrivateDNSZoneNone && c.mentioned(ZoneLinkNetwork) {
		p.add("apiServer.privateDnsZoneNetworkIds", "there is no zone to link", "leave the networks out.")
	}
}

// zonePattern is the name of an own private zone: privatelink.<region>.<domain>, or a zone inside it. The domains are those of the
// public cloud, of the one in China and of the American government's (azure-aks-docs private-clusters.md, read 2026-08-21, asks for
// privatelink; earlier versions of the page also took private).
var zonePattern = regexp.MustCompile(`(?i)^(?:[a-z0-9-]+\.)?private(?:link)?\.([a-z0-9]+)\.(?:azmk8s\.io|cx\.prod\.service\.azk8s\.cn|cx\.aks\.containerservice\.azure\.us)$`)

// checkZoneName: AKS finds the API server's name by that of the zone.
func (c Cluster) checkZoneName(p *problems) {
	for _, m := range mentionsOf(c.Mentions, PrivateZone) {
		zone, known := scopeOf(m.ID)
		if !known || !zone.HasType(TypePrivateZone) {
			continue
		}
		parts := zonePattern.FindStringSubmatch(zone.Name())
		if parts == nil {
			p.refused("InvalidParameter", m.Path, fmt.Sprintf("AKS takes no private zone that is called %q", zone.Name()),
				"use privatelink.<region>.azmk8s.io, or <name>.privatelink.<region>.azmk8s.io.")
			continue
		}
		location, known := c.Location.Get()
		if region := strings.ToLower(strings.ReplaceAll(location, " ", "")); known && !strings.EqualFold(parts[1], region) {
			p.refused("InvalidParameter", m.Path, fmt.Sprintf("the zone is of the region %s, and the cluster is in %s", parts[1], region),
				"use privatelink."+region+".azmk8s.io, or <name>.privatelink."+region+".azmk8s.io.")
		}
	}
}

// checkZoneNetworks: AKS links a private zone to the nodes' network and to no other.
func (c Cluster) checkZoneNetworks(p *problems) {
	nodes, known := c.nodeNetwork()
	for _, m := range mentionsOf(c.Mentions, ZoneLinkNetwork) {
		if network, ok := scopeOf(m.ID); known && ok && !network.Equal(nodes) {
			p.add(m.Path, "AKS links the zone to the nodes' network, "+nodes.Name()+", and to no other",
				"leave it out; the nodes' network is known from the subnets. Links to other networks are made by whoever owns the zone.")
		}
	}
}
