package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

const (
	groupGW    = network + "/applicationGateways/edge"
	identityGW = subscription + "/resourceGroups/ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/edge"
	registryX  = subscription + "/resourceGroups/reg/providers/Microsoft.ContainerRegistry/registries/shop"
)

// TestEachRuleHasTwoSides: what a rule refuses, and next to it what is just allowed.
func TestEachRuleHasTwoSides(t *testing.T) {
	on, off := true, false
	group := []plan.Value[string]{plan.Late[string]()}
	taint := func(text string) func(*plan.Cluster) {
		return func(c *plan.Cluster) { c.SystemPool.Taints = []plan.Value[string]{plan.Known(text)} }
	}
	price := func(dollars float64) func(*plan.Cluster) {
		return func(c *plan.Cluster) {
			c.Pools = []plan.Pool{{Name: "spare", Spot: &plan.Spot{MaxPrice: plan.Known(dollars)}}}
		}
	}
	address := func(text string) func(*plan.Cluster) {
		return func(c *plan.Cluster) {
			c.Network.ServiceCIDR, c.Network.DNSServiceIP = plan.Known("172.16.0.0/16"), plan.Known(text)
		}
	}
	scaling := func(low, high int, count plan.Value[int]) func(*plan.Cluster) {
		return func(c *plan.Cluster) {
			c.SystemPool.Autoscaling, c.SystemPool.Count = &plan.Autoscaling{Min: plan.Known(low), Max: plan.Known(high)}, count
		}
	}
	gateway := func(arguments ...string) func(*plan.Cluster) {
		uses := map[string]struct {
			use plan.Use
			id  string
		}{"gatewayId": {plan.Gateway, groupGW}, "subnetId": {plan.GatewaySubnet, subnetB}, "gatewayIdentityId": {plan.GatewayIdentity, identityGW}}
		return func(c *plan.Cluster) {
			c.Addons.Gateway = &plan.GatewayAddon{}
			for _, a := range arguments {
				c.Mentions = append(c.Mentions, plan.One(uses[a].use, plan.Path("addons.ingressGateway").Field(a), plan.Known(uses[a].id))...)
			}
		}
	}
	cases := []struct {
		name, reason string
		change       func(*plan.Cluster)
		want         []string
	}{
		{"50 tags", "as many as Azure takes", func(c *plan.Cluster) { c.Tags = 50 }, nil},
		{"51 tags", "one more", func(c *plan.Cluster) { c.Tags = 51 }, []string{"tags"}},
		{"existing and new group", "a cluster lies in one", func(c *plan.Cluster) {
			c.ResourceGroup, c.NewResourceGroup = plan.Known("a"), plan.Known("b")
		}, []string{"newResourceGroupName"}},
		{"node group like the new one", "AKS creates the node group itself", func(c *plan.Cluster) {
			c.NewResourceGroup, c.NodeResourceGroup = plan.Known("shop"), plan.Known("SHOP")
		}, []string{"nodeResourceGroup NodeResourceGroupSameAsResourceGroup"}},
		{"node group with a space", "the form holds for short names too", func(c *plan.Cluster) {
			c.NodeResourceGroup = plan.Known("my nodes")
		}, []string{"nodeResourceGroup"}},
		{"subdomain without own zone", "only an own zone can hold it", func(c *plan.Cluster) { c.FQDNSubdomain = plan.Known("shop") }, []string{"fqdnSubdomain"}},
		{"subdomain and prefix", "the name has one beginning", func(c *plan.Cluster) {
			privateIn(c, zone)
			c.FQDNSubdomain, c.DNSPrefix = plan.Known("shop"), plan.Known("shop")
		}, []string{"fqdnSubdomain"}},
		{"subdomain in an own zone", "it is meant for it", func(c *plan.Cluster) {
			privateIn(c, zone)
			c.FQDNSubdomain = plan.Known("shop")
		}, nil},
		{"identity given to a system-assigned control plane", "it would have no effect", func(c *plan.Cluster) {
			c.Identity = plan.ClusterIdentity{Type: plan.SystemAssigned, User: &plan.UserIdentity{Existing: &plan.ExistingIdentity{
				ResourceID: plan.Late[string](), PrincipalID: plan.Late[string](), ClientID: plan.Late[string](),
			}}}
		}, []string{"identity.userAssigned"}},
		{"an empty principal", "nothing can be granted to nobody", func(c *plan.Cluster) {
			c.Identity = plan.ClusterIdentity{Type: plan.UserAssigned, User: &plan.UserIdentity{Existing: &plan.ExistingIdentity{
				ResourceID: plan.Late[string](), PrincipalID: plan.Known(""), ClientID: plan.Late[string](),
			}}}
		}, []string{"identity.userAssigned.principalId"}},
		{"a soft taint", "system pods may still come", taint("reserved=true:PreferNoSchedule"), nil},
		{"the taint for critical add-ons", "system pods tolerate it", taint(plan.CriticalAddonsTaint), nil},
		{"a taint that evicts", "system pods would have to go", taint("reserved=true:NoExecute"), []string{"systemPool.nodeTaints[0] SystemPoolHasRestrictedTaint"}},
		{"spot at the price on demand", "-1 stands for it", price(-1), nil},
		{"spot for a cent", "any price above 0", price(0.01), nil},
		{"spot for nothing", "0 is no price", price(0), []string{"pools[0].spot.maxPrice"}},
		{"spot below nothing", "only -1 has a meaning", price(-2), []string{"pools[0].spot.maxPrice"}},
		{"DNS at the network's address", "the first address is taken", address("172.16.0.0"), []string{"network.dnsServiceIp"}},
		{"DNS at the API server's address", "the second address is taken", address("172.16.0.1"), []string{"network.dnsServiceIp"}},
		{"DNS at the third address", "the first that is free", address("172.16.0.2"), nil},
		{"DNS at no address", "a name is no address", address("coredns"), []string{"network.dnsServiceIp"}},
		{"as many nodes as the minimum", "the bounds are included", scaling(2, 5, plan.Known(2)), nil},
		{"as many nodes as the maximum", "the bounds are included", scaling(2, 5, plan.Known(5)), nil},
		{"fewer nodes than the minimum", "AKS refuses it", scaling(2, 5, plan.Known(1)), []string{"systemPool.count"}},
		{"more nodes than the maximum", "AKS refuses it", scaling(2, 5, plan.Known(6)), []string{"systemPool.count"}},
		{"one bound of two", "the autoscaler needs both", func(c *plan.Cluster) {
			c.SystemPool.Autoscaling = &plan.Autoscaling{Min: plan.Known(2)}
		}, []string{"systemPool.autoscaling.max"}},
		{"minimum at the maximum", "a fixed number is allowed", scaling(3, 3, plan.Value[int]{}), nil},
		{"local accounts off and Azure RBAC off", "nobody would be an administrator", func(c *plan.Cluster) {
			c.DisableLocalAccounts, c.Entra = &on, &plan.Entra{AzureRBAC: &off}
		}, []string{"entra.adminGroupObjectIds"}},
		{"local accounts off with an admin group", "its members are", func(c *plan.Cluster) {
			c.DisableLocalAccounts, c.Entra = &on, &plan.Entra{AzureRBAC: &off, AdminGroups: group}
		}, nil},
		{"local accounts on and Azure RBAC off", "the local account is", func(c *plan.Cluster) {
			c.DisableLocalAccounts, c.Entra = &off, &plan.Entra{AzureRBAC: &off}
		}, nil},
		{"admin credentials with local accounts", "there are some", func(c *plan.Cluster) { c.AdminCredentials = true }, nil},
		{"long-term support with premium", "the tier that has it", func(c *plan.Cluster) {
			c.SupportPlan, c.Tier = plan.SupportPlanAKSLongTermSupport, plan.TierPremium
		}, nil},
		{"no cost analysis on Free", "nothing is asked for", func(c *plan.Cluster) { c.Tier, c.CostAnalysis = plan.TierFree, &off }, nil},
		{"no workload identity without issuer", "nothing is asked for", func(c *plan.Cluster) { c.OIDCIssuer, c.WorkloadIdentity = &off, &off }, nil},
		{"bootstrap registry without own nodes' identity", "the first pull comes before AKS could grant", func(c *plan.Cluster) {
			c.Identity.Type = plan.UserAssigned
			c.Mentions = plan.One(plan.BootstrapRegistry, "bootstrapRegistryId", plan.Known(registryX))
		}, []string{"bootstrapRegistryId"}},
		{"bootstrap registry with own nodes' identity", "it is granted first", func(c *plan.Cluster) {
			c.Identity.Type, c.KubeletIdentity = plan.UserAssigned, &plan.UserIdentity{}
			c.Mentions = plan.One(plan.BootstrapRegistry, "bootstrapRegistryId", plan.Known(registryX))
		}, nil},
		{"gateway nowhere", "AKS has to know", gateway(), []string{"addons.ingressGateway IngressAppGwAddonConfigInvalid"}},
		{"gateway in two places", "it is in one", gateway("gatewayId", "subnetId"), []string{"addons.ingressGateway IngressAppGwAddonConfigInvalid"}},
		{"gateway's identity with the gateway", "it is granted", gateway("gatewayId", "gatewayIdentityId"), nil},
		{"gateway's identity without the gateway", "it belongs to one that exists", gateway("subnetId", "gatewayIdentityId"), []string{"addons.ingressGateway.gatewayIdentityId"}},
		{"cilium policy without its data plane", "the data plane enforces it", func(c *plan.Cluster) {
			c.Network = plan.Network{Policy: plan.NetworkPolicyCilium, Dataplane: plan.DataplaneAzure}
		}, []string{"network.policy"}},
		{"cilium data plane on kubenet", "it needs the azure plugin", func(c *plan.Cluster) {
			c.Network = plan.Network{Plugin: plan.NetworkPluginKubenet, Dataplane: plan.DataplaneCilium}
		}, []string{"network.dataplane"}},
		{"overlay of another plugin", "it is a mode of azure", func(c *plan.Cluster) {
			c.Network = plan.Network{Plugin: plan.NetworkPluginKubenet, PluginMode: plan.NetworkPluginModeOverlay}
		}, []string{"network.pluginMode"}},
		{"flat overlay", "they contradict each other", func(c *plan.Cluster) {
			c.Network = plan.Network{Flat: true, PluginMode: plan.NetworkPluginModeOverlay}
		}, []string{"network.flat"}},
		{"flat of another plugin", "flat means azure", func(c *plan.Cluster) {
			c.Network = plan.Network{Flat: true, Plugin: plan.NetworkPluginKubenet}
		}, []string{"network.flat"}},
		{"range of pods on a flat network", "AKS ignores it", func(c *plan.Cluster) {
			c.Network = plan.Network{Flat: true, PodCIDR: plan.Known("10.200.0.0/16")}
		}, []string{"network.podCidr"}},
		{"azure policy on azure", "they belong together", func(c *plan.Cluster) { c.Network.Policy = plan.NetworkPolicyAzure }, nil},
		{"NAT gateway that nothing leaves through", "it would have no effect", func(c *plan.Cluster) { c.Network.NATGateway = &plan.ManagedNAT{} }, []string{"network.natGateway"}},
		{"two ways out of a balancer", "AKS takes one", func(c *plan.Cluster) {
			c.Network.LoadBalancer = &plan.LoadBalancer{ManagedIPs: plan.Known(2)}
			c.Mentions = plan.Each(plan.OutboundIP, "network.loadBalancer.outboundIpIds", values{"a": plan.Known(network + "/publicIPAddresses/a")})
		}, []string{"network.loadBalancer InvalidLoadBalancerProfile"}},
		{"64000 ports", "the most, and a multiple of 8", func(c *plan.Cluster) {
			c.Network.LoadBalancer = &plan.LoadBalancer{AllocatedPorts: plan.Known(64000)}
		}, nil},
		{"64008 ports", "8 more", func(c *plan.Cluster) {
			c.Network.LoadBalancer = &plan.LoadBalancer{AllocatedPorts: plan.Known(64008)}
		}, []string{"network.loadBalancer.allocatedPorts"}},
		{"8 ports below none", "AKS refuses it", func(c *plan.Cluster) {
			c.Network.LoadBalancer = &plan.LoadBalancer{AllocatedPorts: plan.Known(-8)}
		}, []string{"network.loadBalancer.allocatedPorts"}},
		{"no private zone and no public name", "nobody finds the API server", func(c *plan.Cluster) {
			c.APIServer = plan.APIServer{Private: true, PrivateZone: plan.PrivateDNSZoneNone, PublicFQDN: &off}
		}, []string{"apiServer.publicFqdn"}},
		{"no private zone and a public name", "it is found by that", func(c *plan.Cluster) {
			c.APIServer = plan.APIServer{Private: true, PrivateZone: plan.PrivateDNSZoneNone, PublicFQDN: &on}
		}, nil},
		{"a public name of a public cluster", "it has one anyway", func(c *plan.Cluster) { c.APIServer.PublicFQDN = &on }, []string{"apiServer.publicFqdn"}},
		{"two private zones", "there is one", func(c *plan.Cluster) {
			privateIn(c, zone)
			c.APIServer.PrivateZone = plan.PrivateDNSZoneSystem
		}, []string{"apiServer.privateDnsZone"}},
		{"a single address", "AKS takes it as a range", func(c *plan.Cluster) {
			c.APIServer = plan.APIServer{AuthorizedRanges: []plan.Value[string]{plan.Known("192.0.2.7"), plan.Known("my office")}}
		}, []string{"apiServer.authorizedIpRanges[1]"}},
		{"outbound NAT of Linux nodes", "only Windows has it", func(c *plan.Cluster) { c.SystemPool.WindowsOutboundNATOff = true }, []string{"systemPool.disableWindowsOutboundNat"}},
		{"addresses for nodes without public IPs", "nothing takes them", func(c *plan.Cluster) {
			c.SystemPool.NodeIPPrefix = "pool"
			c.NodeIPPrefixes = values{"pool": plan.Known(network + "/publicIPPrefixes/pool")}
			c.Identity.Type = plan.UserAssigned
		}, []string{"systemPool.nodeIpPrefix"}},
		{"virtual nodes on kubenet", "they need the azure plugin", func(c *plan.Cluster) {
			virtualNodes(c)
			c.Network = plan.Network{Plugin: plan.NetworkPluginKubenet}
		}, []string{"addons.virtualNode ACIConnectorRequiresAzureNetworking"}},
		{"virtual nodes without a subnet", "they run in one", func(c *plan.Cluster) {
			virtualNodes(c)
			c.Mentions = nil
		}, []string{"addons.virtualNode.subnetId InvalidACIConnectorSubnetName"}},
		{"certificates without the secrets provider", "it reads them", func(c *plan.Cluster) {
			c.Addons.Routing = &plan.RoutingAddon{Vaults: []string{"certs"}}
			c.KeyVaults = values{"certs": plan.Known(vaultKMS)}
		}, []string{"addons.appRouting.vaults"}},
		{"own authority without a vault", "the authority lies in one", func(c *plan.Cluster) {
			c.Addons.Mesh = &plan.MeshAddon{OwnAuthority: true}
		}, []string{"addons.istio.certificateAuthority.keyVault"}},
		{"own authority without the secrets provider", "its identity reads the vault", func(c *plan.Cluster) {
			c.Addons.Mesh = &plan.MeshAddon{OwnAuthority: true, Vault: "mesh"}
			c.KeyVaults = values{"mesh": plan.Known(vaultKMS)}
		}, []string{"addons.istio.certificateAuthority.keyVault"}},
		{"encryption without a key", "there is nothing to encrypt with", func(c *plan.Cluster) {
			encrypted(c, "")
			c.Security.KMS.KeyID = plan.Value[string]{}
		}, []string{"security.kms.keyId"}},
		{"an identity that is a network", "its ID has the wrong kind", func(c *plan.Cluster) {
			c.Identity = plan.ClusterIdentity{Type: plan.UserAssigned, User: &plan.UserIdentity{Existing: &plan.ExistingIdentity{
				ResourceID: plan.Known(vnet), PrincipalID: plan.Late[string](), ClientID: plan.Late[string](),
			}}}
		}, []string{"identity.userAssigned.resourceId"}},
		{"an empty resource ID", "said once", func(c *plan.Cluster) {
			c.Identity = plan.ClusterIdentity{Type: plan.UserAssigned, User: &plan.UserIdentity{Existing: &plan.ExistingIdentity{
				ResourceID: plan.Known(""), PrincipalID: plan.Late[string](), ClientID: plan.Late[string](),
			}}}
		}, []string{"identity.userAssigned.resourceId"}},
		{"node group of another name", "as it should be", func(c *plan.Cluster) {
			c.ResourceGroup, c.NodeResourceGroup = plan.Known("shop"), plan.Known("shop-nodes")
		}, nil},
		{"two refusals of one argument", "one is enough", func(c *plan.Cluster) {
			c.Mentions = slices.Concat(plan.One(plan.RouteTable, "things", late()), plan.One(plan.KeyVaultKMS, "things", late()))
		}, []string{"things CustomRouteTableWithUnsupportedMSIType"}},
		{"a refusal after a use that is allowed", "it is still told", func(c *plan.Cluster) {
			c.Mentions = slices.Concat(plan.One(plan.Registry, "things", late()), plan.One(plan.RouteTable, "things", late()))
		}, []string{"things CustomRouteTableWithUnsupportedMSIType"}},
		{"a network as the private zone", "the name of a network is no matter", func(c *plan.Cluster) { privateIn(c, vnet) }, []string{"apiServer.privateDnsZoneId"}},
		{"a zone linked to a late network", "it may be the nodes'", func(c *plan.Cluster) {
			privateIn(c, zone)
			c.Subnets, c.SystemPool.Subnet = values{"a": plan.Known(subnetA)}, "a"
			c.Mentions = append(c.Mentions, plan.Each(plan.ZoneLinkNetwork, "apiServer.privateDnsZoneNetworkIds", values{"hub": late()})...)
		}, nil},
		{"two mistakes among the shared", "the second is told too", func(c *plan.Cluster) {
			c.Subnets = values{"a key": plan.Known(subnetA), "b": plan.Known(subnetB)}
		}, []string{"subnets", "subnets.b"}},
		{"a use that nobody knows, and a mistake", "the second is told too", func(c *plan.Cluster) {
			c.Mentions = slices.Concat(plan.One("teapot", "first", late()), plan.One(plan.Registry, "second", plan.Known(vnet)))
		}, []string{"first", "second"}},
		{"one mistake in two uses", "it is told once", func(c *plan.Cluster) {
			c.Mentions = slices.Concat(plan.One(plan.Registry, "first", plan.Known(vnet)), plan.One(plan.RegistryCatalog, "first", plan.Known(vnet)), plan.One(plan.Registry, "second", plan.Known(vnet)))
		}, []string{"first", "second"}},
		{"a gateway outside the groups, after a registry", "it is told in any order", func(c *plan.Cluster) {
			c.Addons.Gateway = &plan.GatewayAddon{}
			c.Mentions = slices.Concat(plan.One(plan.Registry, "registry", plan.Known(registryX)), plan.One(plan.Gateway, "addons.ingressGateway.gatewayId", plan.Known(groupGW)),
				plan.One(plan.GatewayGroup, "gatewayGroupIds.other", plan.Known(subscription+"/resourceGroups/other")))
		}, []string{"addons.ingressGateway.gatewayId"}},
		{"two mistakes among extra grants", "the second is told too", func(c *plan.Cluster) {
			one := plan.ExtraGrant{Identity: "kubelet", OwnGrant: plan.OwnGrant{Role: "Reader", Resource: late()}}
			c.ExtraGrants = map[string]plan.ExtraGrant{"a key": one, "b": one}
		}, []string{"extraGrants", "extraGrants.b.reason"}},
		{"legacy monitoring before its end", "it still works", legacyMonitoring("2026-09-29"), nil},
		{"legacy monitoring at its end", "from that day on it is refused", legacyMonitoring("2026-09-30"), []string{"addons.monitoring.legacyAuthentication"}},
		{"legacy monitoring, whenever", "without a day nothing has ended", legacyMonitoring(""), nil},
		{"the service mesh before its end", "it still works", otherAddon("openServiceMesh", true, "2027-09-29"), nil},
		{"the service mesh at its end", "from that day on it is refused", otherAddon("openServiceMesh", true, "2027-09-30"), []string{"addons.other.openServiceMesh AddonInvalid"}},
		{"the service mesh, whenever", "without a day nothing has ended", otherAddon("openServiceMesh", true, ""), nil},
		{"what went long ago", "it is refused on any day", otherAddon("httpApplicationRouting", true, ""), []string{"addons.other.httpApplicationRouting AddonInvalid"}},
		{"what went long ago, switched off", "that is how one gets rid of it", otherAddon("httpApplicationRouting", false, "2027-09-30"), nil},
		{"an add-on with arguments", "it has a place of its own", otherAddon("azurepolicy", true, ""), []string{"addons.other.azurepolicy"}},
		{"an add-on that there is not", "AKS refuses it", otherAddon("teapot", true, ""), []string{"addons.other.teapot AddonInvalid"}},
		{"a version that is none", "there is nothing to compare", func(c *plan.Cluster) {
			c.KubernetesVersion, c.SystemPool.KubernetesVersion = plan.Known("latest"), plan.Known("1.31")
		}, []string{"kubernetesVersion"}},
		{"a version that is no number", "there is nothing to compare", versions("1.30", "1.99999999999999999999"), nil},
		{"a pool of the cluster's version", "as it should be", versions("1.30", "1.30.4"), nil},
		{"a newer minor version of an older major one", "2.0 is newer than 1.31", versions("2.0", "1.31"), nil},
		{"a newer major version", "2.0 is newer than 1.31", versions("1.31", "2.0"), []string{"systemPool.kubernetesVersion NodePoolMcVersionIncompatible"}},
		{"an older minor version", "an upgrade begins with the control plane", versions("1.31", "1.30"), nil},
		{"encryption without a vault", "the right is granted on it", func(c *plan.Cluster) {
			encrypted(c, "https://kms.vault.azure.net/keys/etcd/1")
			c.Mentions = nil
		}, []string{"security.kms.keyVaultId"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c := plan.Cluster{SystemPool: system(), APIServer: open()}
			tc.change(&c)
			var got []string
			for _, p := range plan.ForCluster(c).Problems {
				got = append(got, strings.TrimSpace(string(p.Path)+" "+p.Code))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("%s: problems (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

// TestWorkloadsHaveTwoSides: the same for the identity of a workload.
func TestWorkloadsHaveTwoSides(t *testing.T) {
	accounts := func(n int) map[string]plan.ServiceAccount {
		all := map[string]plan.ServiceAccount{}
		for i := range n {
			name := "app-" + string(rune('a'+i))
			all[name] = plan.ServiceAccount{Namespace: plan.Known("shop"), Name: plan.Known(name)}
		}
		return all
	}
	one := plan.ServiceAccount{Namespace: plan.Known("shop"), Name: plan.Known("orders")}
	cases := []struct {
		name, reason string
		change       func(*plan.Workload)
		want         []string
	}{
		{"one account", "the smallest workload", func(*plan.Workload) {}, nil},
		{"20 accounts", "as many as one identity takes", func(w *plan.Workload) { w.ServiceAccounts = accounts(20) }, nil},
		{"21 accounts", "one more", func(w *plan.Workload) { w.ServiceAccounts = accounts(21) }, []string{"serviceAccounts"}},
		{"no account", "nobody could act as the identity", func(w *plan.Workload) { w.ServiceAccounts = nil }, []string{"serviceAccounts"}},
		{"the same account twice", "Azure refuses a second credential for it", func(w *plan.Workload) {
			w.ServiceAccounts = map[string]plan.ServiceAccount{"first": one, "second": one}
		}, []string{"serviceAccounts.second"}},
		{"the same name in two namespaces", "they are two accounts", func(w *plan.Workload) {
			w.ServiceAccounts = map[string]plan.ServiceAccount{"first": one, "second": {Namespace: plan.Known("stock"), Name: plan.Known("orders")}}
		}, nil},
		{"a key of 3 characters", "the shortest name of a credential", func(w *plan.Workload) {
			w.ServiceAccounts = map[string]plan.ServiceAccount{"app": one}
		}, nil},
		{"a key of 2 characters", "too short for a credential", func(w *plan.Workload) {
			w.ServiceAccounts = map[string]plan.ServiceAccount{"ap": one}
		}, []string{"serviceAccounts.ap"}},
		{"no issuer", "whose tokens?", func(w *plan.Workload) { w.Issuer = plan.Value[string]{} }, []string{"issuerUrl"}},
		{"an empty issuer", "the cluster has none", func(w *plan.Workload) { w.Issuer = plan.Known("") }, []string{"issuerUrl"}},
		{"no group", "an identity lies in one", func(w *plan.Workload) { w.ResourceGroup = plan.Value[string]{} }, []string{"resourceGroupName"}},
		{"a namespace with a dot", "it is a label", func(w *plan.Workload) {
			w.ServiceAccounts = map[string]plan.ServiceAccount{"app": {Namespace: plan.Known("shop.eu"), Name: plan.Known("orders")}}
		}, []string{"serviceAccounts.app.namespace"}},
		{"an account with a dot", "it is a subdomain", func(w *plan.Workload) {
			w.ServiceAccounts = map[string]plan.ServiceAccount{"app": {Namespace: plan.Known("shop"), Name: plan.Known("orders.v2")}}
		}, nil},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := plan.Workload{
				Name: "orders", ResourceGroup: plan.Known("shop"), Issuer: plan.Known("https://issuer.example/"),
				ServiceAccounts: map[string]plan.ServiceAccount{"orders": one},
			}
			tc.change(&w)
			if got := plan.ForWorkload(w).Problems.Paths(); !slices.Equal(got, tc.want) && len(got)+len(tc.want) > 0 {
				t.Errorf("%s: want problems at %q, got %q", tc.reason, tc.want, got)
			}
		})
	}
}

// TestWaitsHaveLowerBounds: a wait of no time at all asks not to wait; a first delay of none would not be a delay.
func TestWaitsHaveLowerBounds(t *testing.T) {
	number := func(n int) *int { return &n }
	for _, tc := range []struct {
		name string
		wait plan.Propagation
		want []string
	}{
		{"no wait", plan.Propagation{TimeoutSeconds: number(0), FirstDelayMilliseconds: number(1)}, []string{}},
		{"less than no wait", plan.Propagation{TimeoutSeconds: number(-1)}, []string{"propagation.timeoutSeconds"}},
		{"no delay", plan.Propagation{FirstDelayMilliseconds: number(0)}, []string{"propagation.firstDelayMilliseconds"}},
	} {
		c := plan.Cluster{SystemPool: system(), APIServer: open(), Propagation: tc.wait}
		if got := plan.ForCluster(c).Problems.Paths(); !slices.Equal(got, tc.want) {
			t.Errorf("%s: want problems at %q, got %q", tc.name, tc.want, got)
		}
	}
}

// TestAGrantKeepsItsNameWhenItsIdentityBecomesKnown: while the ID of a given identity is late its grants cannot be named by it; once it
// is known they are, and keep their place in the state.
func TestAGrantKeepsItsNameWhenItsIdentityBecomesKnown(t *testing.T) {
	planned := func(id plan.Value[string]) plan.Grant {
		c := plan.Cluster{SystemPool: plan.Pool{Name: "system", Subnet: "a"}, APIServer: open(), Subnets: values{"a": plan.Known(subnetA)}}
		c.Identity.User = &plan.UserIdentity{Existing: &plan.ExistingIdentity{ResourceID: id, PrincipalID: plan.Late[string](), ClientID: plan.Late[string]()}}
		p := plan.ForCluster(c)
		if err := p.Problems.Err(); err != nil || len(p.Grants) != 1 {
			t.Fatalf("want one grant: %v %v", err, p.Grants)
		}
		return p.Grants[0]
	}
	late, known := planned(plan.Late[string]()), planned(plan.Known(identityGW))
	if late.Name == known.Name || !contains(known.FormerNames, late.Name) {
		t.Errorf("%s has to continue %s; its former names are %v", known.Name, late.Name, known.FormerNames)
	}
}

// TestNobodyIsGrantedAnything: an identity without a principal is a problem that names it, never a grant.
func TestNobodyIsGrantedAnything(t *testing.T) {
	p := plan.ForCluster(plan.Cluster{
		SystemPool: plan.Pool{Name: "system", Subnet: "a"}, APIServer: open(), Subnets: values{"a": plan.Known(subnetA)},
	})
	if _, err := p.Grants[0].Resolve(subnetA, ""); err == nil || !strings.Contains(err.Error(), "control-plane identity has no principal ID") {
		t.Errorf("got %v", err)
	}
	if _, err := p.Grants[0].Resolve(subnetA, "22222222-2222-2222-2222-222222222222"); err != nil {
		t.Errorf("with a principal: %v", err)
	}
}

func legacyMonitoring(day plan.Day) func(*plan.Cluster) {
	return func(c *plan.Cluster) {
		c.AsOf, c.Addons.Monitoring = day, &plan.MonitoringAddon{Legacy: true, Workspace: plan.Late[string]()}
	}
}

func otherAddon(key string, on bool, day plan.Day) func(*plan.Cluster) {
	return func(c *plan.Cluster) { c.AsOf, c.Addons.Other = day, map[string]bool{key: on} }
}

func versions(cluster, pool string) func(*plan.Cluster) {
	return func(c *plan.Cluster) {
		c.KubernetesVersion, c.SystemPool.KubernetesVersion = plan.Known(cluster), plan.Known(pool)
	}
}

// TestWhatIsSaidOfCounts: texts that depend on how many there are.
func TestWhatIsSaidOfCounts(t *testing.T) {
	accounts := map[string]plan.ServiceAccount{}
	for i := range 40 {
		name := "app-" + string(rune('a'+i/26)) + string(rune('a'+i%26))
		accounts[name] = plan.ServiceAccount{Namespace: plan.Known("shop"), Name: plan.Known(name)}
	}
	workload := plan.ForWorkload(plan.Workload{Name: "w", ResourceGroup: late(), Issuer: late(), ServiceAccounts: accounts})
	gateway := func(mentions ...plan.Mention) plan.Plan {
		return plan.ForCluster(plan.Cluster{SystemPool: system(), APIServer: open(), Addons: plan.Addons{Gateway: &plan.GatewayAddon{}}, Mentions: mentions})
	}
	subnet := plan.Mention{Use: plan.GatewaySubnet, Path: "addons.ingressGateway.subnetId", ID: plan.Known(subnetB)}
	there := plan.Mention{Use: plan.Gateway, Path: "addons.ingressGateway.gatewayId", ID: plan.Known(groupGW)}
	renamed := func(c plan.Cluster) plan.Plan {
		c.SystemPool.Name, c.APIServer = "system", open()
		c.Renamed = plan.Renaming{Former: map[string][]string{"subnets.x": {"subnets.y"}}, Arguments: []plan.Path{"subnets"}}
		return plan.ForCluster(c)
	}
	for _, tc := range []struct {
		name string
		plan plan.Plan
		says string
	}{
		{"40 accounts", workload, "split them over 2 WorkloadIdentity components"},
		{"no place for the gateway", gateway(), "it is not said where the gateway is"},
		{"two places for the gateway", gateway(subnet, there), "more than one place is given"},
		{"a key with a space", plan.ForDelegation(plan.Delegation{
			PrincipalID: late(), Mentions: plan.Each(plan.NodeSubnet, "nodeSubnetIds", values{"a b": late()}),
		}), `the key "a b" cannot be part of a name`},
		{"a key with a dot", plan.ForDelegation(plan.Delegation{
			PrincipalID: late(), Mentions: plan.Each(plan.NodeSubnet, "nodeSubnetIds", values{"a.b": late()}),
		}), `nodeSubnetIds: the key "a.b" cannot be part of a name`},
		{"renamed, and nothing is there", renamed(plan.Cluster{}), "as subnets.nodes."},
		{"renamed to something else", renamed(plan.Cluster{
			SystemPool: plan.Pool{Subnet: "a"}, Subnets: values{"a": plan.Known(subnetA)},
		}), "as subnets.a."},
	} {
		if problems := tc.plan.Problems; len(problems) != 1 || !strings.Contains(problems[0].String(), tc.says) {
			t.Errorf("%s: want %q, got %v", tc.name, tc.says, problems)
		}
	}
}

// TestAllMistakesAreTold: one mistake does not hide the next.
func TestAllMistakesAreTold(t *testing.T) {
	mentions := slices.Concat(plan.One("teapot", "first", late()), plan.One(plan.Registry, "second", late()))
	asked := plan.OwnGrant{Role: "Raeder", Resource: late()}
	for name, tc := range map[string]struct {
		plan plan.Plan
		want []string
	}{
		"add-ons":      {plan.ForAddons(plan.AddonGrants{Mentions: mentions}), []string{"first", "kubeletPrincipalId"}},
		"a delegation": {plan.ForDelegation(plan.Delegation{PrincipalID: late(), Mentions: mentions}), []string{"first", "second"}},
		"a workload": {plan.ForWorkload(plan.Workload{
			Name: "w", ResourceGroup: late(), Issuer: late(), ServiceAccounts: map[string]plan.ServiceAccount{"app": {Namespace: plan.Known("n"), Name: plan.Known("a")}},
			Grants: map[string]plan.OwnGrant{"a key": asked, "b": asked},
		}), []string{"roles", "roles.b.role"}},
	} {
		if got := tc.plan.Problems.Paths(); !slices.Equal(got, tc.want) {
			t.Errorf("%s: want problems at %q, got %q", name, tc.want, got)
		}
	}
	read := plan.ForAddons(plan.AddonGrants{ClusterID: late(), Mentions: mentions})
	if read.FromCluster == nil || len(read.FromCluster.Identities) != 1 {
		t.Errorf("the kubelet is read although another use is unknown: %+v", read.FromCluster)
	}
}

// TestARenamedKeyKeepsItsGrant: the grant goes by its new key and continues the one of the old key.
func TestARenamedKeyKeepsItsGrant(t *testing.T) {
	delegation := func(key string, former map[string][]string) plan.Grant {
		p := plan.ForDelegation(plan.Delegation{
			PrincipalID: late(), Mentions: plan.Each(plan.NodeSubnet, "nodeSubnetIds", values{key: plan.Known(subnetA)}),
			Renamed: plan.Renaming{Former: former, Arguments: []plan.Path{"nodeSubnetIds"}},
		})
		if err := p.Problems.Err(); err != nil || len(p.Grants) != 1 {
			t.Fatalf("want one grant: %v %v", err, p.Grants)
		}
		return p.Grants[0]
	}
	before, after := delegation("old", nil), delegation("new", map[string][]string{"nodeSubnetIds.new": {"nodeSubnetIds.old"}})
	if !contains(after.FormerNames, before.Name) {
		t.Errorf("%s has to continue %s; its former names are %v", after.Name, before.Name, after.FormerNames)
	}
}

// TestTheGrantOnAGroupContinuesThoseInIt: as far as it is certain that they lie in it.
func TestTheGrantOnAGroupContinuesThoseInIt(t *testing.T) {
	group := func(name string) value { return plan.Known(subscription + "/resourceGroups/" + name) }
	gateways := plan.Each(plan.Gateway, "gatewayIds", values{"edge": plan.Known(groupGW)})
	lateGateways := plan.Each(plan.Gateway, "gatewayIds", values{"edge": late()})
	planned := func(mentions ...[]plan.Mention) plan.Plan {
		return plan.ForAddons(plan.AddonGrants{
			Principals: []plan.GivenPrincipal{{Identity: plan.AddonIdentity(plan.IngressGateway), Path: "p", ID: late()}}, Mentions: slices.Concat(mentions...),
		})
	}
	single, lateSingle := planned(gateways).Grants, planned(lateGateways).Grants
	if len(single) != 1 || len(lateSingle) != 1 {
		t.Fatalf("want one grant each: %v %v", single, lateSingle)
	}
	for _, tc := range []struct {
		name, reason string
		gateways     []plan.Mention
		groups       values
		single       string
		continues    []string
	}{
		{"the group of the gateway", "there is one", gateways, values{"net": group("net")}, single[0].Name, []string{"net"}},
		{"one group, all late", "it can only be that one", lateGateways, values{"net": late()}, lateSingle[0].Name, []string{"net"}},
		{"two groups", "the one that it lies in", gateways, values{"net": group("net"), "other": group("other")}, single[0].Name, []string{"net"}},
		{"two groups, the gateway late", "nobody knows which", lateGateways, values{"net": group("net"), "other": group("other")}, lateSingle[0].Name, nil},
		{"two groups, both late", "nobody knows which", gateways, values{"net": late(), "other": late()}, single[0].Name, nil},
	} {
		p := planned(tc.gateways, plan.Each(plan.GatewayGroup, "gatewayGroupIds", tc.groups))
		if err := p.Problems.Err(); err != nil || len(p.Grants) != len(tc.groups) {
			t.Fatalf("%s: want a grant for each group: %v %v", tc.name, err, p.Grants)
		}
		var got []string
		for _, g := range p.Grants {
			if contains(g.FormerNames, tc.single) {
				got = append(got, strings.TrimPrefix(string(g.Scope.Path), "gatewayGroupIds."))
			}
		}
		if !slices.Equal(got, tc.continues) {
			t.Errorf("%s: %s: %s is continued by the grants of %q, want %q", tc.name, tc.reason, tc.single, got, tc.continues)
		}
	}
}

// TestAWideGrantHoldsWhereItWasAskedFor: a scope above resource groups that arrives late is refused unless somebody asked for it.
func TestAWideGrantHoldsWhereItWasAskedFor(t *testing.T) {
	for _, wide := range []bool{true, false} {
		p := plan.ForWorkload(plan.Workload{
			Name: "w", ResourceGroup: late(), Issuer: late(), ServiceAccounts: map[string]plan.ServiceAccount{"app": {Namespace: plan.Known("n"), Name: plan.Known("a")}},
			Grants: map[string]plan.OwnGrant{"all": {Role: "Reader", Resource: late(), WideScope: wide}},
		})
		if err := p.Problems.Err(); err != nil || len(p.Grants) != 1 {
			t.Fatalf("want one grant: %v %v", err, p.Grants)
		}
		if _, err := p.Grants[0].Resolve(subscription, "22222222-2222-2222-2222-222222222222"); (err == nil) != wide {
			t.Errorf("wide %v: %v", wide, err)
		}
	}
}

// TestWhatIsSaidOfAClusterThatExists: the cluster is named, what it lacks, and what can be done without it.
func TestWhatIsSaidOfAClusterThatExists(t *testing.T) {
	p := plan.ForAddons(plan.AddonGrants{ClusterID: late(), Mentions: plan.One(plan.Registry, "registryId", late())})
	if err := p.Problems.Err(); err != nil {
		t.Fatal(err)
	}
	from, kubelet := *p.FromCluster, plan.Identity{Kind: plan.Kubelet}
	if problem := from.Unreadable("x", "it is gone", "make it"); !strings.HasSuffix(problem.Fix, "make it; or leave clusterId out and give kubeletPrincipalId yourself.") {
		t.Errorf("got %q", problem.Fix)
	}
	if problem := (plan.FromCluster{}).Unreadable("x", "it is gone", "make it"); !strings.HasSuffix(problem.Fix, "make it; or leave clusterId out.") {
		t.Errorf("got %q", problem.Fix)
	}
	problems := from.Check(plan.ClusterIdentities{ID: "theirs"})
	if len(problems) != 1 || problems[0].What != "the cluster theirs has no kubelet identity, for it runs on a service principal, but registryId is to be granted to it." {
		t.Errorf("got %v", problems)
	}
	answer := plan.ClusterIdentities{ID: "theirs", Principals: map[plan.Identity]string{kubelet: "aa"}}
	read := from.Identities[0]
	if problem := read.CheckGiven(plan.ClusterIdentities{ID: "theirs"}, "bb"); problem != nil {
		t.Errorf("nothing to compare with: %v", problem)
	}
	if problem := read.CheckGiven(answer, "AA"); problem != nil {
		t.Errorf("the same: %v", problem)
	}
	if problem := read.CheckGiven(answer, "bb"); problem == nil || !strings.Contains(problem.What, "is aa, not bb") {
		t.Errorf("another one: %v", problem)
	}
}

// TestIdentityIDsAreCompared: what is given with what the identity has; what is not known on either side is no mistake.
func TestIdentityIDsAreCompared(t *testing.T) {
	has := plan.IdentityIDs{Principal: "pp", Client: "cc"}
	for _, tc := range []struct {
		name       string
		given, has plan.IdentityIDs
		want       []string
	}{
		{"nothing given", plan.IdentityIDs{}, has, nil},
		{"nothing known", plan.IdentityIDs{Principal: "pp", Client: "cc"}, plan.IdentityIDs{}, nil},
		{"both right", plan.IdentityIDs{Principal: "PP", Client: "CC"}, has, nil},
		{"the principal of somebody else", plan.IdentityIDs{Principal: "xx", Client: "cc"}, has, []string{"i.principalId"}},
		{"the client of somebody else", plan.IdentityIDs{Principal: "pp", Client: "xx"}, has, []string{"i.clientId"}},
		{"the client ID as the principal", plan.IdentityIDs{Principal: "cc"}, has, []string{"i.principalId"}},
	} {
		if got := plan.CheckIdentityIDs("i", "id", tc.given, tc.has).Paths(); !slices.Equal(got, tc.want) && len(got)+len(tc.want) > 0 {
			t.Errorf("%s: want %q, got %q", tc.name, tc.want, got)
		}
	}
}

// TestTheNodesIdentityIsKept: taking it out of the arguments is a problem, unless AKS made it or nothing is known.
func TestTheNodesIdentityIsKept(t *testing.T) {
	for _, tc := range []struct {
		name, identity, group string
		problem               bool
	}{
		{"one of yours", identityGW, "MC_shop", true},
		{"in the node group", identityGW, "IDS", false},
		{"the node group is not known", identityGW, "", false},
		{"the identity is not known", "", "MC_shop", false},
	} {
		if got := plan.CheckKubeletKept(tc.identity, tc.group); (got != nil) != tc.problem {
			t.Errorf("%s: got %v", tc.name, got)
		}
	}
}

// TestValues: absent, late and known are three things.
func TestValues(t *testing.T) {
	for name, tc := range map[string]struct {
		v         value
		set, late bool
		or        string
	}{
		"absent": {value{}, false, false, "else"}, "late": {late(), true, true, "else"}, "known": {plan.Known("x"), true, false, "x"},
	} {
		if tc.v.IsSet() != tc.set || tc.v.IsLate() != tc.late || tc.v.Or("else") != tc.or {
			t.Errorf("%s: set %v, late %v, %s", name, tc.v.IsSet(), tc.v.IsLate(), tc.v.Or("else"))
		}
	}
}

// TestLocalAccountsStayOnWithoutAnAdminGroup: otherwise nobody could sign in as an administrator.
func TestLocalAccountsStayOnWithoutAnAdminGroup(t *testing.T) {
	if (plan.Cluster{Entra: &plan.Entra{}}).LocalAccountsOff() || !(plan.Cluster{Entra: &plan.Entra{AdminGroups: []value{late()}}}).LocalAccountsOff() {
		t.Error("local accounts go with the first admin group")
	}
}
