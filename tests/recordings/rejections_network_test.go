package recordings

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

func subnetID(id string) step { return nodesIn(func(*world) string { return id }) }

func podsIn(id string) step {
	return func(a *clusterArgs, _ *world) {
		a.Subnets = map[string]pulumi.StringInput{"pods": pulumi.String(id)}
		a.SystemPool.PodSubnet = "pods"
	}
}

// network replaces the kubenet network of the recordings.
func network(n components.NetworkArgs) step {
	return func(a *clusterArgs, _ *world) { a.Network = &n }
}

func subnetRejections() []rejection {
	podRange := "10.9.0.0/16"
	return []rejection{
		{"vnet-subnet-id is a name", "a name is no resource ID", refusedAt(subnetID("nodes"), at("subnets.nodes"))},
		{
			"vnet-subnet-id is a network's ID", "nodes join a subnet",
			refusedAt(subnetID(azuresim.ID("networkRG", azuresim.VirtualNetworkType, "myVnet")), at("subnets.nodes")),
		},
		{"vnet-subnet-id empty", "the CLI takes an empty variable for the wish to have AKS's own network", refusedAt(subnetID(""), at("subnets.nodes"))},
		{
			"pod-subnet-id is a name", "a name is no resource ID; and pods in a subnet of yours need nodes in one too",
			refusedAt(all(flat, podsIn("pods")), at("subnets.pods"), at("systemPool.podSubnet")),
		},
		{"skip-subnet-role-assignment without a subnet", "there is nothing to grant, so leaving it out changes nothing", acceptedHere(grantNothing)},
		{
			"network policy without plugin", "our default plugin is azure, which has Calico (Microsoft, network policies in AKS)",
			acceptedHere(all(inSubnet, network(components.NetworkArgs{Policy: "calico"}))),
		},
		{
			"pod CIDR without plugin", "our default is the azure plugin with overlay, which takes pods' addresses from there",
			acceptedHere(all(inSubnet, network(components.NetworkArgs{PodCIDR: &podRange}))),
		},
	}
}

func registryRejections() []rejection {
	const noWait = "there is no argument for it: a deployment waits for what it has to grant on"
	missing := func(a *clusterArgs, w *world) {
		w.registry() // puts another one into the group
		registryID(azuresim.ID("registryRG", azuresim.RegistryType, "missing"))(a, w)
	}
	return []rejection{
		{"attach-acr with no-wait", noWait, cannotBeSaid()},
		{"attach-acr with no-wait, service principal", noServicePrincipal, cannotBeSaid()},
		{"attach-acr name unknown", "we take IDs, and look for no names", refusedAt(registryID("missing"), at("registryIds.mine"))},
		{
			"attach-acr ID unknown", onlyAzureKnows + "; AKS makes the kubelet identity with the cluster, so the grant comes after it",
			refusedByAzure(missing, azuresim.CodeResourceNotFound),
		},
	}
}

func egressRejections() []rejection {
	const (
		ownSubnet = "the way out is on a subnet of yours"
		noBasic   = "there is no argument for the SKU: it is always standard"
	)
	noPool := at("systemPool.subnet")
	// The recordings' clusters are kubenet ones, which AKS does not let write your routes with a system-assigned identity.
	kubenetRoutes := atWithCode("network.outboundType", azuresim.CodeRouteTableUnsupportedMSIType)
	profile := atWithCode("network.loadBalancer", "InvalidLoadBalancerProfile")
	managed := func(a *clusterArgs, _ *world) {
		two := 2
		a.Network.LoadBalancer = &components.LoadBalancerArgs{ManagedIPs: &two}
	}
	emptyElement := func(w *world) map[string]pulumi.StringInput {
		ids := ownIP(w)
		ids["other"] = pulumi.String("")
		return ids
	}
	routes := all(inSubnet, outbound("userDefinedRouting"))
	return []rejection{
		{"userDefinedRouting without subnet", ownSubnet, refusedAt(outbound("userDefinedRouting"), noPool, kubenetRoutes)},
		{"userDefinedRouting without subnet, user assigned", ownSubnet, refusedAt(all(userAssigned, outbound("userDefinedRouting")), noPool)},
		{"userAssignedNATGateway without subnet", ownSubnet, refusedAt(outbound("userAssignedNATGateway"), noPool)},
		{
			"managedNATGateway without subnet", "AKS puts its gateway on its own network (Microsoft, outbound types of AKS)",
			acceptedHere(outbound("managedNATGateway")),
		},
		{
			"userDefinedRouting with outbound IPs", "addresses of the load balancer are not on that way out",
			refusedAt(all(routes, outboundIPs(ownIP)), profile, kubenetRoutes),
		},
		{
			"userDefinedRouting with managed outbound IP count", "addresses of the load balancer are not on that way out",
			refusedAt(all(routes, managed), profile, kubenetRoutes),
		},
		{"userDefinedRouting with the basic load balancer", noBasic, cannotBeSaid()},
		{
			"outbound IP list with an empty element", "an address that is given has an ID",
			refusedAt(outboundIPs(emptyElement), at("network.loadBalancer.outboundIpIds.other")),
		},
		{
			"outbound IP is a name", "a name is no resource ID",
			refusedAt(outboundIPs(func(*world) map[string]pulumi.StringInput { return oneID("myOutboundIp") }), at("network.loadBalancer.outboundIpIds.mine")),
		},
		{
			"unknown outbound type", "none came to the CLI after 2.45; AKS has it for network-isolated clusters (Microsoft, outbound types of AKS)",
			acceptedHere(outbound("none")),
		},
	}
}

func apiServer(change func(*components.APIServerArgs)) step {
	return func(a *clusterArgs, _ *world) {
		access := *a.APIServer
		change(&access)
		a.APIServer = &access
	}
}

// publicAgain is the cluster of the recordings, which everybody may reach, with whatever else was said of its API server.
func publicAgain(a *components.APIServerArgs) { a.Private, a.Public = false, true }

func private(zone components.PrivateDNSZone) step {
	return apiServer(func(a *components.APIServerArgs) { a.Public, a.Private, a.PrivateDNSZone = false, true, zone })
}

func privateRejections() []rejection {
	const (
		noBasic = "there is no argument for the SKU: it is always standard"
		own     = "a subdomain needs a zone of yours"
	)
	zone := at("apiServer.privateDnsZoneId")
	twoNames := func(a *clusterArgs, _ *world) { a.DNSPrefix = pulumi.StringPtr("y") }
	return []rejection{
		{
			"private DNS zone on a public cluster", "a public API server has no private name; and AKS wants a user-assigned identity for a zone of yours",
			refusedAt(all(privateZone, apiServer(publicAgain)), zone),
		},
		{
			"private DNS zone is a name", "a name is no resource ID",
			refusedAt(all(userAssigned, privateZone, apiServer(func(a *components.APIServerArgs) {
				a.PrivateDNSZoneID = pulumi.StringPtr("privatelink.westus2.azmk8s.io")
			})), zone),
		},
		{
			"own zone without fqdn-subdomain, user assigned", "the DNS prefix names the API server in the zone; a subdomain is a choice (Microsoft, private clusters)",
			acceptedHere(all(userAssigned, privateZone)),
		},
		{
			"own zone, system assigned (no client check)", "AKS writes the record while it makes the cluster, before that identity has a right",
			refusedAt(privateZone, zone),
		},
		{"fqdn-subdomain with zone 'system'", own, refusedAt(all(private("system"), subdomain("x")), at("fqdnSubdomain"))},
		{"fqdn-subdomain with zone 'none'", own, refusedAt(all(private("none"), subdomain("x")), at("fqdnSubdomain"))},
		{"fqdn-subdomain without zone", own, refusedAt(all(private(""), subdomain("x")), at("fqdnSubdomain"))},
		{
			"fqdn-subdomain with dns-name-prefix", "they are two answers to one question",
			refusedAt(all(privateZone, subdomain("x"), twoNames), at("fqdnSubdomain"), zone),
		},
		{
			"disable-public-fqdn on a public cluster", "a public API server has nothing but its public name",
			refusedAt(apiServer(func(a *components.APIServerArgs) { a.PublicFQDN = no() }), at("apiServer.publicFqdn")),
		},
		{"private cluster with the basic load balancer", noBasic, cannotBeSaid()},
		{
			"private cluster with authorized IP ranges", "ranges say who may reach a public API server",
			refusedAt(all(private(""), apiServer(func(a *components.APIServerArgs) {
				a.AuthorizedIPRanges = pulumi.StringArray{pulumi.String("8.8.8.8/32")}
			})), at("apiServer")),
		},
	}
}
