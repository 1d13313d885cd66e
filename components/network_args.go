package components

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

// NetworkArgs are the cluster's network profile. azure-native 2.92.3 replaces the cluster when any part of it changes, so
// everything but IDs has to be known at preview: one late value would let it announce a replacement.
type NetworkArgs struct {
	// Plugin is what connects pods to the network. Default azure.
	Plugin NetworkPlugin `pulumi:"plugin,optional"`
	// PluginMode is how the azure plugin gives addresses to pods. Default: overlay with the azure plugin unless a pool has a
	// pod subnet: pods then need no addresses of the virtual network. To use the azure plugin without it, set Flat.
	PluginMode NetworkPluginMode `pulumi:"pluginMode,optional"`
	// Flat gives pods addresses of the node subnet: the azure plugin without overlay.
	Flat bool `pulumi:"flat,optional"`
	// Dataplane is what carries the packets of pods. Default: cilium with the azure plugin, unless there is a Windows pool,
	// which it does not serve, or another policy engine is chosen.
	Dataplane Dataplane `pulumi:"dataplane,optional"`
	// Policy is the engine that enforces network policies. Default: cilium with the cilium dataplane, else none.
	Policy NetworkPolicy `pulumi:"policy,optional"`
	// PodCIDR of an overlay or kubenet, as 10.244.0.0/16.
	PodCIDR *string `pulumi:"podCidr,optional"`
	// ServiceCIDR, as 10.0.0.0/16.
	ServiceCIDR *string `pulumi:"serviceCidr,optional"`
	// DNSServiceIP lies inside ServiceCIDR, as 10.0.0.10. Default: the tenth address of ServiceCIDR.
	DNSServiceIP *string `pulumi:"dnsServiceIp,optional"`
	// PodCIDRs of a dual-stack cluster.
	PodCIDRs []string `pulumi:"podCidrs,optional"`
	// ServiceCIDRs of a dual-stack cluster.
	ServiceCIDRs []string `pulumi:"serviceCidrs,optional"`
	// IPFamilies that the cluster speaks. Default: AKS's, IPv4.
	IPFamilies []IPFamily `pulumi:"ipFamilies,optional"`
	// OutboundType is the way by which traffic leaves the cluster. Default loadBalancer.
	OutboundType OutboundType `pulumi:"outboundType,optional"`
	// LoadBalancer of outbound type loadBalancer.
	LoadBalancer *LoadBalancerArgs `pulumi:"loadBalancer,optional"`
	// NATGateway of outbound type managedNATGateway.
	NATGateway *ManagedNATGatewayArgs `pulumi:"natGateway,optional"`
}

// LoadBalancerArgs are the outbound side of the load balancer. At most one of ManagedIPs, OutboundIPIDs and
// OutboundIPPrefixIDs.
type LoadBalancerArgs struct {
	// ManagedIPs that AKS makes, 1 to 100.
	ManagedIPs *int `pulumi:"managedIps,optional"`
	// ManagedIPv6s that AKS makes, 0 to 100.
	ManagedIPv6s *int `pulumi:"managedIpv6s,optional"`
	// OutboundIPIDs are your own public IPs, by names of your choice; the control plane is granted what it needs.
	OutboundIPIDs map[string]pulumi.StringInput `pulumi:"outboundIpIds,optional"`
	// OutboundIPPrefixIDs are your own prefixes, by names of your choice; the control plane is granted what it needs.
	OutboundIPPrefixIDs map[string]pulumi.StringInput `pulumi:"outboundIpPrefixIds,optional"`
	// AllocatedPorts for each node: a multiple of 8, 0 to 64000; 0 lets Azure choose.
	AllocatedPorts *int `pulumi:"allocatedPorts,optional"`
	// IdleTimeoutMinutes is for how long an idle connection is kept, 4 to 120.
	IdleTimeoutMinutes *int `pulumi:"idleTimeoutMinutes,optional"`
	// BackendPoolType is how nodes become members of the inbound pool. Default: AKS's, NodeIPConfiguration.
	BackendPoolType BackendPoolType `pulumi:"backendPoolType,optional"`
}

// ManagedNATGatewayArgs are a NAT gateway that AKS manages.
type ManagedNATGatewayArgs struct {
	// IPs is how many addresses AKS makes for the gateway, 1 to 16.
	IPs *int `pulumi:"managedIps,optional"`
	// IdleTimeoutMinutes is for how long an idle connection is kept, 4 to 120.
	IdleTimeoutMinutes *int `pulumi:"idleTimeoutMinutes,optional"`
}
