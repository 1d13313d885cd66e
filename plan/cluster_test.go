package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

const (
	network = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/net/providers/Microsoft.Network"
	subnetA = network + "/virtualNetworks/hub/subnets/a"
	subnetB = network + "/virtualNetworks/hub/subnets/b"
	subnetC = network + "/virtualNetworks/other/subnets/c"
	zone    = network + "/privateDnsZones/privatelink.westeurope.azmk8s.io"
	vnet    = network + "/virtualNetworks/hub"
)

func open() plan.APIServer { return plan.APIServer{Public: true} }

func system() plan.Pool { return plan.Pool{Name: "system"} }

// privateIn makes the cluster private, with an own zone.
func privateIn(c *plan.Cluster, zone string) {
	c.Identity.Type, c.APIServer = plan.UserAssigned, plan.APIServer{Private: true}
	c.Mentions = plan.One(plan.PrivateZone, "apiServer.privateDnsZoneId", plan.Known(zone))
}

// virtualNodes switches them on in the way in which they work.
func virtualNodes(c *plan.Cluster) {
	c.Subnets, c.SystemPool.Subnet = values{"a": plan.Known(subnetA)}, "a"
	c.Network, c.Addons.VirtualNode = plan.Network{Flat: true}, true
	c.Mentions = plan.One(plan.VirtualNodeSubnet, "addons.virtualNode.subnetId", plan.Known(subnetB))
}

// encrypted encrypts etcd with a key of the vault kms.
func encrypted(c *plan.Cluster, key string) {
	c.Identity.Type, c.Security.KMS = plan.UserAssigned, &plan.KMS{KeyID: plan.Known(key)}
	c.Mentions = plan.One(plan.KeyVaultKMS, "security.kms.keyVaultId", plan.Known(vaultKMS))
}

func TestForClusterFindsProblems(t *testing.T) {
	on, off := true, false
	cases := []struct {
		name, reason string
		change       func(*plan.Cluster)
		want         []string // path, or path + " " + code
	}{
		{"smallest", "one pool and an access choice are enough", func(*plan.Cluster) {}, nil},
		{"combined identity", "AKS has no SystemAssigned,UserAssigned", func(c *plan.Cluster) {
			c.Identity.Type = "SystemAssigned,UserAssigned"
		}, []string{"identity.type InvalidParameter"}},
		{"letter case", "a closed set is compared literally and the mistake is named", func(c *plan.Cluster) {
			c.Identity.Type = "userassigned"
		}, []string{"identity.type"}},
		{"kubelet with system-assigned", "nobody could hold the operator role before the cluster", func(c *plan.Cluster) {
			c.KubeletIdentity = &plan.UserIdentity{}
		}, []string{"kubeletIdentity CustomKubeletIdentityOnlySupportedOnUserAssignedMSICluster"}},
		{"private zone with system-assigned", "AKS refuses it; code not verified", func(c *plan.Cluster) {
			c.APIServer = plan.APIServer{Private: true}
			c.Mentions = plan.One(plan.PrivateZone, "apiServer.privateDnsZoneId", plan.Known(zone))
		}, []string{"apiServer.privateDnsZoneId"}},
		{"kubenet with own routes", "the route table cannot be granted in time", func(c *plan.Cluster) {
			c.Network = plan.Network{Plugin: "kubenet", OutboundType: "userDefinedRouting"}
			c.Subnets = map[string]plan.Value[string]{"a": plan.Known(subnetA)}
			c.SystemPool.Subnet = "a"
		}, []string{"network.outboundType CustomRouteTableWithUnsupportedMSIType"}},
		{"KMS with system-assigned", "the feature does not support the identity type", func(c *plan.Cluster) {
			c.Security.KMS = &plan.KMS{KeyID: plan.Late[string]()}
			c.Mentions = plan.One(plan.KeyVaultKMS, "security.kms.keyVaultId", plan.Late[string]())
		}, []string{"security.kms.keyVaultId"}},
		{"no access choice", "an open endpoint is never silent", func(c *plan.Cluster) { c.APIServer = plan.APIServer{} }, []string{"apiServer"}},
		{"two access choices", "they contradict each other", func(c *plan.Cluster) { c.APIServer.Private = true }, []string{"apiServer"}},
		{"no system pool", "AKS wants at least one", func(c *plan.Cluster) {
			c.SystemPool.Mode = "User"
		}, []string{"systemPool.mode MustDefineAtLeastOneSystemPool"}},
		{"another system pool", "then the first one can be retired: user mode and no nodes", func(c *plan.Cluster) {
			c.SystemPool.Mode, c.SystemPool.Count = "User", plan.Known(0)
			c.Pools = append(c.Pools, plan.Pool{Name: "sys2", Mode: "System"})
		}, nil},
		{"twin pools", "names are unique", func(c *plan.Cluster) { c.Pools = append(c.Pools, system()) }, []string{"pools[0].name"}},
		{"pool name", "12 lower-case letters and digits", func(c *plan.Cluster) { c.SystemPool.Name = "my-pool" }, []string{"systemPool.name"}},
		{"windows name", "6 characters for Windows", func(c *plan.Cluster) {
			c.Pools = append(c.Pools, plan.Pool{Name: "windows", OSType: "Windows"})
		}, []string{"pools[0].name"}},
		{"windows system", "system pods run on Linux", func(c *plan.Cluster) {
			c.SystemPool.OSType, c.SystemPool.Name = "Windows", "win"
		}, []string{"systemPool.osType SystemPoolMustBeLinux"}},
		{"spot system", "spare machines may go at any time", func(c *plan.Cluster) {
			c.SystemPool.Spot = &plan.Spot{}
		}, []string{"systemPool.spot SystemPoolMustBeRegular"}},
		{"burstable system", "system pods starve", func(c *plan.Cluster) {
			c.SystemPool.VMSize = plan.Known("Standard_B2s")
		}, []string{"systemPool.vmSize SystemPoolSkuTooLow"}},
		{"hard taint on system", "system pods could not run", func(c *plan.Cluster) {
			c.SystemPool.Taints = []plan.Value[string]{plan.Known("gpu=true:NoSchedule")}
		}, []string{"systemPool.nodeTaints[0] SystemPoolHasRestrictedTaint"}},
		{"autoscaling bounds", "min is at most max", func(c *plan.Cluster) {
			c.SystemPool.Autoscaling = &plan.Autoscaling{Min: plan.Known(5), Max: plan.Known(3)}
		}, []string{"systemPool.autoscaling.min"}},
		{"count outside autoscaling", "AKS refuses it", func(c *plan.Cluster) {
			c.SystemPool.Autoscaling = &plan.Autoscaling{Min: plan.Known(1), Max: plan.Known(3)}
			c.SystemPool.Count = plan.Known(5)
		}, []string{"systemPool.count"}},
		{"missing subnet", "pools name keys of subnets", func(c *plan.Cluster) { c.SystemPool.Subnet = "nodes" }, []string{"systemPool.subnet"}},
		{"unused subnet", "a grant that nothing uses is not made", func(c *plan.Cluster) {
			c.Subnets = map[string]plan.Value[string]{"a": plan.Known(subnetA)}
		}, []string{"subnets.a"}},
		{"wrong kind of ID", "a VNet is not a subnet", func(c *plan.Cluster) {
			c.Subnets = map[string]plan.Value[string]{"a": plan.Known(vnet)}
			c.SystemPool.Subnet = "a"
		}, []string{"subnets.a"}},
		{"two networks", "all pools share one VNet", func(c *plan.Cluster) {
			c.Subnets = map[string]plan.Value[string]{"a": plan.Known(subnetA), "c": plan.Known(subnetC)}
			c.SystemPool.Subnet, c.Pools = "a", []plan.Pool{{Name: "web", Subnet: "c"}}
		}, []string{"subnets"}},
		{"pod subnet with overlay", "overlay pods have no subnet", func(c *plan.Cluster) {
			c.Network.PluginMode = "overlay"
			c.Subnets = map[string]plan.Value[string]{"a": plan.Known(subnetA), "b": plan.Known(subnetB)}
			c.SystemPool.Subnet, c.SystemPool.PodSubnet = "a", "b"
		}, []string{"systemPool.podSubnet"}},
		{"azure policy on kubenet", "AKS refuses it", func(c *plan.Cluster) {
			c.Network = plan.Network{Plugin: "kubenet", Policy: "azure"}
		}, []string{"network.policy NetworkPolicyAzureNotSupportedForKubenet"}},
		{"cilium dataplane with calico", "AKS refuses it", func(c *plan.Cluster) {
			c.Network = plan.Network{Dataplane: "cilium", Policy: "calico"}
		}, []string{"network.policy CiliumDataplaneRequiresNetworkPolicyCilium"}},
		{"DNS address outside", "AKS refuses it", func(c *plan.Cluster) {
			c.Network.ServiceCIDR, c.Network.DNSServiceIP = plan.Known("10.0.0.0/16"), plan.Known("10.1.0.10")
		}, []string{"network.dnsServiceIp DnsServiceIpOutOfServiceCidr"}},
		{"overlapping ranges", "pods and services need their own", func(c *plan.Cluster) {
			c.Network.ServiceCIDR, c.Network.PodCIDR = plan.Known("10.0.0.0/16"), plan.Known("10.0.128.0/17")
		}, []string{"network.serviceCidr"}},
		{"DNS address outside AKS's own range", "a default is effective too", func(c *plan.Cluster) {
			c.Network.DNSServiceIP = plan.Known("10.1.0.10")
		}, []string{"network.dnsServiceIp DnsServiceIpOutOfServiceCidr"}},
		{"a range of services alone", "the address of the DNS follows it", func(c *plan.Cluster) {
			c.Network.ServiceCIDR = plan.Known("172.16.0.0/16")
		}, nil},
		{"services over AKS's own range of pods", "a default is effective too", func(c *plan.Cluster) {
			c.Network.ServiceCIDR = plan.Known("10.244.0.0/16")
		}, []string{"network.serviceCidr"}},
		{"pods over AKS's own range of services", "a default is effective too", func(c *plan.Cluster) {
			c.Network.PodCIDR = plan.Known("10.0.0.0/14")
		}, []string{"network.podCidr"}},
		{"pods of a subnet", "AKS's own range of pods is not used", func(c *plan.Cluster) {
			c.Network.Flat, c.Network.ServiceCIDR = true, plan.Known("10.244.0.0/16")
		}, nil},
		{"half a size", "Azure's names begin with the tier", func(c *plan.Cluster) {
			c.SystemPool.VMSize = plan.Known("D4ds_v5")
		}, []string{"systemPool.vmSize"}},
		{"zone with a region", "a pool's zones are numbers", func(c *plan.Cluster) {
			c.SystemPool.Zones = []plan.Value[string]{plan.Known("1"), plan.Known("westeurope-1"), plan.Late[string]()}
		}, []string{"systemPool.availabilityZones[1]"}},
		{"ID without its slash", "AKS compares text", func(c *plan.Cluster) {
			c.Subnets = map[string]plan.Value[string]{"a": plan.Known(strings.TrimPrefix(subnetA, "/"))}
			c.SystemPool.Subnet = "a"
		}, []string{"subnets.a"}},
		{"ID of no subscription", "Azure's subscriptions are GUIDs", func(c *plan.Cluster) {
			c.Subnets = map[string]plan.Value[string]{"a": plan.Known("/subscriptions/not-a-guid/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub/subnets/a")}
			c.SystemPool.Subnet = "a"
		}, []string{"subnets.a"}},
		{"balancer without balancer", "the profile fits the outbound type", func(c *plan.Cluster) {
			c.Network.OutboundType, c.Network.LoadBalancer = "managedNATGateway", &plan.LoadBalancer{}
		}, []string{"network.loadBalancer InvalidLoadBalancerProfile"}},
		{"routing without subnet", "the routes are the subnet's", func(c *plan.Cluster) {
			c.Network.OutboundType = "userDefinedRouting"
		}, []string{"systemPool.subnet"}},
		{"ports", "a multiple of 8", func(c *plan.Cluster) {
			c.Network.LoadBalancer = &plan.LoadBalancer{AllocatedPorts: plan.Known(1001)}
		}, []string{"network.loadBalancer.allocatedPorts"}},
		{"local accounts without Entra", "nobody could sign in", func(c *plan.Cluster) { c.DisableLocalAccounts = &on }, []string{"disableLocalAccounts"}},
		{"Entra without RBAC", "AKS refuses it", func(c *plan.Cluster) {
			c.Entra, c.KubernetesRBAC = &plan.Entra{}, &off
		}, []string{"enableRbac RBACNotEnabledForAAD"}},
		{"admin credentials", "there are none without local accounts", func(c *plan.Cluster) {
			c.Entra = &plan.Entra{AdminGroups: []plan.Value[string]{plan.Late[string]()}}
			c.AdminCredentials = true
		}, []string{"adminKubeconfig"}},
		{"a login without Entra", "the kubeconfig holds a certificate", func(c *plan.Cluster) { c.Login = "azurecli" }, []string{"kubeconfigLogin"}},
		{"a login with Entra", "kubelogin is called", func(c *plan.Cluster) { c.Entra, c.Login = &plan.Entra{}, "azurecli" }, nil},
		{"a login of an admin", "the admin kubeconfig holds a certificate", func(c *plan.Cluster) {
			c.Entra, c.Login, c.AdminCredentials = &plan.Entra{}, "azurecli", true
		}, []string{"kubeconfigLogin"}},
		{"a login with additional Entra", "the profile is sent beside the arguments", func(c *plan.Cluster) {
			c.Login = "azurecli"
			c.Additional = []plan.Addition{{Path: "additionalProperties.aadProfile.managed", Keys: []string{"aadProfile", "managed"}}}
		}, nil},
		{"long-term support", "it needs the premium tier", func(c *plan.Cluster) { c.SupportPlan = "AKSLongTermSupport" }, []string{"supportPlan"}},
		{"cost analysis on Free", "it needs a paid tier", func(c *plan.Cluster) {
			c.Tier, c.CostAnalysis = "Free", &on
		}, []string{"costAnalysis"}},
		{"workload identity without issuer", "tokens need an issuer", func(c *plan.Cluster) {
			c.OIDCIssuer, c.WorkloadIdentity = &off, &on
		}, []string{"workloadIdentity"}},
		{"window", "AKS wants at least 4 hours", func(c *plan.Cluster) {
			c.Maintenance = map[string]plan.Window{plan.ClusterUpgradeWindow: {DurationHours: plan.Known(2)}}
		}, []string{"maintenance.cluster.durationHours"}},
		{"newer pool", "a pool is not newer than the control plane", func(c *plan.Cluster) {
			c.KubernetesVersion, c.SystemPool.KubernetesVersion = plan.Known("1.30"), plan.Known("1.31.2")
		}, []string{"systemPool.kubernetesVersion NodePoolMcVersionIncompatible"}},
		{"own node group", "AKS creates the node group itself", func(c *plan.Cluster) {
			c.ResourceGroup, c.NodeResourceGroup = plan.Known("Shop"), plan.Known("shop")
		}, []string{"nodeResourceGroup NodeResourceGroupSameAsResourceGroup"}},
		{"monitoring without a workspace", "one is made, with its rule", monitoring(plan.MonitoringAddon{}), nil},
		{"monitoring into something else", "a rule is no workspace", monitoring(plan.MonitoringAddon{
			Workspace: plan.Known(collectionRule), Rule: plan.Known(workspace),
		}), []string{"addons.monitoring.dataCollectionRuleId", "addons.monitoring.workspaceId"}},
		{"own rule into nowhere", "the add-on names the workspace that the rule sends to", monitoring(plan.MonitoringAddon{
			Rule: plan.Late[string](),
		}), []string{"addons.monitoring.workspaceId LogAnalyticsWorkspaceNotSet"}},
		{"place for an own rule", "it has one", monitoring(plan.MonitoringAddon{
			Workspace: plan.Late[string](), Rule: plan.Late[string](), WorkspaceLocation: plan.Known("westeurope"),
		}), []string{"addons.monitoring.workspaceLocation"}},
		{"legacy monitoring without a workspace", "nothing is made for it", monitoring(plan.MonitoringAddon{Legacy: true}),
			[]string{"addons.monitoring.workspaceId LogAnalyticsWorkspaceNotSet"}},
		{"legacy monitoring with a rule", "the agent has the workspace's key", monitoring(plan.MonitoringAddon{
			Legacy: true, Workspace: plan.Late[string](), Rule: plan.Late[string](), WorkspaceLocation: plan.Late[string](),
		}), []string{"addons.monitoring.dataCollectionRuleId", "addons.monitoring.workspaceLocation"}},
		{"incomplete identity", "grants need the principal", func(c *plan.Cluster) {
			c.Identity = plan.ClusterIdentity{Type: plan.UserAssigned, User: &plan.UserIdentity{Existing: &plan.ExistingIdentity{
				ResourceID: plan.Late[string](), ClientID: plan.Late[string](),
			}}}
		}, []string{"identity.userAssigned.principalId"}},
		{"capacity reservation with system-assigned", "the documentation asks for user-assigned", func(c *plan.Cluster) {
			c.SystemPool.CapacityReservationGroup = "gold"
			c.CapacityReservationGroups = map[string]plan.Value[string]{"gold": plan.Late[string]()}
		}, []string{"capacityReservationGroupIds.gold"}},
		{"zone of another name", "AKS finds the API server by the zone's name", func(c *plan.Cluster) {
			privateIn(c, network+"/privateDnsZones/shop.internal")
		}, []string{"apiServer.privateDnsZoneId InvalidParameter"}},
		{"zone of another region", "the name tells the region", func(c *plan.Cluster) {
			privateIn(c, zone)
			c.Location = plan.Known("North Europe")
		}, []string{"apiServer.privateDnsZoneId InvalidParameter"}},
		{"zone below the region's", "a zone of one's own inside it is fine", func(c *plan.Cluster) {
			privateIn(c, network+"/privateDnsZones/shop.privatelink.westeurope.azmk8s.io")
			c.Location = plan.Known("West Europe")
		}, nil},
		{"zone linked elsewhere", "AKS links the nodes' network and no other", func(c *plan.Cluster) {
			privateIn(c, zone)
			c.Subnets, c.SystemPool.Subnet = values{"a": plan.Known(subnetA)}, "a"
			c.Mentions = append(c.Mentions, plan.Each(plan.ZoneLinkNetwork, "apiServer.privateDnsZoneNetworkIds",
				values{"nodes": plan.Known(vnet), "hub": plan.Known(network + "/virtualNetworks/other")})...)
		}, []string{"apiServer.privateDnsZoneNetworkIds.hub"}},
		{"pools half in subnets", "AKS wants all pools in one network", func(c *plan.Cluster) {
			c.Subnets = values{"a": plan.Known(subnetA)}
			c.SystemPool.Subnet, c.Pools = "a", []plan.Pool{{Name: "web"}}
		}, []string{"pools[0].subnet"}},
		{"own nodes' identity without grants", "what the component makes cannot be granted elsewhere in time", func(c *plan.Cluster) {
			c.Identity.Type, c.KubeletIdentity, c.Grants = plan.UserAssigned, &plan.UserIdentity{}, plan.GrantNone
		}, []string{"kubeletIdentity"}},
		{"zones of two groups", "application routing takes zones of one kind from one group", func(c *plan.Cluster) {
			c.Addons.Routing = &plan.RoutingAddon{}
			c.Mentions = plan.Each(plan.PublicZone, "addons.appRouting.publicDnsZoneIds", values{
				"a": plan.Known(network + "/dnsZones/a.example"), "b": plan.Known(subscription + "/resourceGroups/dns/providers/Microsoft.Network/dnsZones/b.example"),
			})
		}, []string{"addons.appRouting.publicDnsZoneIds.b"}},
		{"virtual nodes in AKS's network", "there is no subnet of yours in it, and a foreign one would be granted", func(c *plan.Cluster) {
			virtualNodes(c)
			c.Subnets, c.SystemPool.Subnet = nil, ""
		}, []string{"addons.virtualNode.subnetId InvalidACIConnectorSubnetName"}},
		{"virtual nodes in another network", "they lie in the nodes' network", func(c *plan.Cluster) {
			virtualNodes(c)
			c.Subnets["a"] = plan.Known(subnetC)
		}, []string{"addons.virtualNode.subnetId InvalidACIConnectorSubnetName"}},
		{"virtual nodes on overlay", "the documentation of virtual nodes calls it unsupported", func(c *plan.Cluster) {
			virtualNodes(c)
			c.Network = plan.Network{}
		}, []string{"addons.virtualNode"}},
		{"virtual nodes and authorised ranges", "the documentation of virtual nodes calls them unsupported", func(c *plan.Cluster) {
			virtualNodes(c)
			c.APIServer = plan.APIServer{AuthorizedRanges: []plan.Value[string]{plan.Known("192.0.2.0/24")}}
		}, []string{"addons.virtualNode"}},
		{"virtual nodes", "flat, in the nodes' network, and open", virtualNodes, nil},
		{"key of another vault", "the right would be on the wrong vault", func(c *plan.Cluster) {
			encrypted(c, "https://other.vault.azure.net/keys/etcd/1")
		}, []string{"security.kms.keyId"}},
		{"key without a version", "AKS takes none", func(c *plan.Cluster) { encrypted(c, "https://kms.vault.azure.net/keys/etcd") }, []string{"security.kms.keyId"}},
		{"key's name", "a name is no URL", func(c *plan.Cluster) { encrypted(c, "etcd") }, []string{"security.kms.keyId"}},
		{"key of the vault, in other letters", "vaults have names without letter case", func(c *plan.Cluster) {
			encrypted(c, "https://KMS.vault.azure.net/keys/etcd/1")
		}, nil},
		{"registry in two modes", "it has one", func(c *plan.Cluster) {
			id := subscription + "/resourceGroups/reg/providers/Microsoft.ContainerRegistry/registries/shop"
			c.Mentions = slices.Concat(plan.Each(plan.Registry, "registryIds", values{"shop": plan.Known(id)}),
				plan.Each(plan.ABACRegistry, "abacRegistryIds", values{"shop": plan.Known(strings.ToUpper(id))}))
		}, []string{"abacRegistryIds.shop"}},
		{"extra grant without reason", "it is shown beside the grant", func(c *plan.Cluster) {
			c.ExtraGrants = map[string]plan.ExtraGrant{"logs": {Identity: "kubelet", OwnGrant: plan.OwnGrant{Role: "Reader", Resource: late(), Reason: " "}}}
		}, []string{"extraGrants.logs.reason"}},
		{"extra grant for nobody", "all of it is said at once", func(c *plan.Cluster) {
			c.ExtraGrants = map[string]plan.ExtraGrant{"logs": {Identity: "webAppRouting", OwnGrant: plan.OwnGrant{Role: "Raeder", Reason: "logs"}}}
		}, []string{"extraGrants.logs.identity", "extraGrants.logs.resourceId", "extraGrants.logs.role"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c := plan.Cluster{SystemPool: system(), APIServer: open()}
			tc.change(&c)
			var got []string
			for _, p := range plan.ForCluster(c).Problems {
				got = append(got, strings.TrimSpace(string(p.Path)+" "+p.Code))
				if p.What == "" || p.Fix == "" {
					t.Errorf("%s says not what is wrong and what to do: %+v", p.Path, p)
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("%s: problems (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

func TestForClusterMergesGrantsThatCoincide(t *testing.T) {
	inA, pools := plan.Pool{Subnet: "a"}, []plan.Pool{{Name: "web", Subnet: "b"}}
	names := func(subnets map[string]plan.Value[string], pools []plan.Pool) []string {
		p := plan.ForCluster(plan.Cluster{SystemPool: inA, Pools: pools, Subnets: subnets, APIServer: open()})
		if err := p.Problems.Err(); err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, g := range p.Grants {
			out = append(out, g.Name)
		}
		return out
	}
	both := plan.ForCluster(plan.Cluster{
		SystemPool: inA, Pools: pools, APIServer: open(),
		Subnets: map[string]plan.Value[string]{"a": plan.Known(subnetA), "b": plan.Known(strings.ToUpper(subnetA))},
	})
	if len(both.Grants) != 1 || len(both.Grants[0].Reasons) != 2 {
		t.Fatalf("two keys for one subnet, in other letter case, want one grant with both reasons, got %+v", both.Grants)
	}
	single := names(map[string]plan.Value[string]{"a": plan.Known(subnetA)}, nil)
	if !contains(both.Grants[0].FormerNames, single[0]) {
		t.Errorf("the shared grant must continue %s, former names %v", single[0], both.Grants[0].FormerNames)
	}
	two := names(map[string]plan.Value[string]{"a": plan.Known(subnetA), "b": plan.Known(subnetB)}, pools)
	if len(two) != 2 || two[0] != single[0] {
		t.Errorf("adding a subnet must rename no grant: before %v, after %v", single, two)
	}
}

// TestExtraGrantsNameWhatWasMeant: roles by name, GUID and definition ID, identities by kind; a misspelled one with the near one.
func TestExtraGrantsNameWhatWasMeant(t *testing.T) {
	const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
	planned := func(identity, role string) plan.Plan {
		return plan.ForCluster(plan.Cluster{
			SystemPool: system(), APIServer: open(), Addons: plan.Addons{Secrets: &plan.SecretsAddon{}},
			ExtraGrants: map[string]plan.ExtraGrant{"logs": {Identity: identity, OwnGrant: plan.OwnGrant{Role: role, Resource: late(), Reason: "look at logs"}}},
		})
	}
	definition := "/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.Authorization/roleDefinitions/" + reader
	for _, role := range []string{"Reader", "reader", reader, strings.ToUpper(reader), definition} {
		for _, identity := range []string{"control-plane", "kubelet", "azureKeyvaultSecretsProvider"} {
			p := planned(identity, role)
			if err := p.Problems.Err(); err != nil || len(p.Grants) != 1 {
				t.Fatalf("%s, %s: %v %v", identity, role, err, p.Grants)
			}
			g := p.Grants[0]
			if g.Role.Name != "Reader" || string(g.Role.ID) != reader || g.Phase != plan.AfterCluster || g.Reasons[0] != "look at logs" ||
				!strings.HasSuffix(g.Identity.String(), identity) {
				t.Errorf("%s, %s: got %+v", identity, role, g)
			}
		}
	}
	for _, tc := range []struct{ identity, role, says string }{
		{"kublet", "Reader", `"kubelet"`}, {"kubelet", "Raeder", `"Reader"`}, {"azureKeyVaultSecretProvider", "Reader", `"azureKeyvaultSecretsProvider"`},
	} {
		if p := planned(tc.identity, tc.role); len(p.Problems) != 1 || !strings.Contains(p.Problems[0].String(), "did you mean "+tc.says) {
			t.Errorf("%s, %s: the near name %s is not suggested: %v", tc.identity, tc.role, tc.says, p.Problems)
		}
	}
}

func contains(list []string, want string) bool {
	for _, s := range list {
		if s == want {
			return true
		}
	}
	return false
}
