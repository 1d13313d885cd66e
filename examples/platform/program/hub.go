package program

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

// network is what the rest of the platform needs to know of the hub and the spoke.
type network struct {
	hub, endpoints, nodes pulumi.IDOutput
	firewallAddress       pulumi.StringOutput
	ready                 []pulumi.Resource // when all traffic of the nodes goes through the firewall
}

// hubAndSpoke makes the hub with its firewall and the spoke with the nodes' subnet, whose traffic leaves through the firewall.
func (p *platform) hubAndSpoke() network {
	hub := p.virtualNetwork("hub", "10.0.0.0/20")
	forFirewall := p.subnet("AzureFirewallSubnet", hub, "10.0.0.0/26", nil)
	endpoints := p.subnet("endpoints", hub, "10.0.1.0/24", nil, forFirewall)
	address := p.firewall(forFirewall)

	table := p.azure("network:RouteTable", "through-firewall", pulumi.Map{"location": pulumi.String(location)})
	route := p.azure("network:Route", "everything", pulumi.Map{
		"routeTableName": nameOf(table), "addressPrefix": pulumi.String("0.0.0.0/0"),
		"nextHopType": pulumi.String("VirtualAppliance"), "nextHopIpAddress": address,
	})
	spoke := p.virtualNetwork("spoke", "10.1.0.0/16")
	nodes := p.subnet("nodes", spoke, "10.1.0.0/20", pulumi.Map{"routeTable": ref(table.ID())})
	toHub := p.peering("to-hub", spoke, hub, nodes)
	p.peering("to-spoke", hub, spoke, endpoints)
	return network{hub: hub.ID(), endpoints: endpoints.ID(), nodes: nodes.ID(), firewallAddress: address, ready: []pulumi.Resource{route, toHub}}
}

// firewall makes the firewall with its policy and returns its address in the hub.
func (p *platform) firewall(subnet *anything) pulumi.StringOutput {
	public := p.azure("network:PublicIPAddress", "egress", pulumi.Map{
		"location": pulumi.String(location), "publicIPAllocationMethod": pulumi.String("Static"),
		"sku": pulumi.Map{"name": pulumi.String("Standard")},
	})
	policy := p.azure("network:FirewallPolicy", "egress", pulumi.Map{"location": pulumi.String(location)})
	rules := p.azure("network:FirewallPolicyRuleCollectionGroup", "aks", pulumi.Map{
		"firewallPolicyName": nameOf(policy), "priority": pulumi.Int(200),
		"ruleCollections": pulumi.Array{pulumi.Map{
			"ruleCollectionType": pulumi.String("FirewallPolicyFilterRuleCollection"), "name": pulumi.String("aks"),
			"priority": pulumi.Int(100), "action": pulumi.Map{"type": pulumi.String("Allow")},
			"rules": pulumi.Array{pulumi.Map{
				"ruleType": pulumi.String("ApplicationRule"), "name": pulumi.String("aks"),
				"fqdnTags": pulumi.ToStringArray([]string{"AzureKubernetesService"}), "sourceAddresses": pulumi.ToStringArray([]string{"10.1.0.0/20"}),
				"protocols": pulumi.Array{pulumi.Map{"protocolType": pulumi.String("Https"), "port": pulumi.Int(443)}},
			}},
		}},
	})
	firewall := p.azure("network:AzureFirewall", "egress", pulumi.Map{
		"location": pulumi.String(location), "firewallPolicy": ref(policy.ID()),
		"sku": pulumi.Map{"name": pulumi.String("AZFW_VNet"), "tier": pulumi.String("Standard")},
		"ipConfigurations": pulumi.Array{pulumi.Map{
			"name": pulumi.String("egress"), "subnet": ref(subnet.ID()), "publicIPAddress": ref(public.ID()),
		}},
	}, pulumi.DependsOn([]pulumi.Resource{rules}))
	return firewall.IPConfigurations.Index(pulumi.Int(0)).MapIndex(pulumi.String("privateIPAddress")).
		ApplyT(text).(pulumi.StringOutput)
}

func (p *platform) virtualNetwork(name, prefix string) *anything {
	return p.azure("network:VirtualNetwork", name, pulumi.Map{
		"location": pulumi.String(location), "addressSpace": pulumi.Map{"addressPrefixes": pulumi.ToStringArray([]string{prefix})},
	})
}

// subnet makes a subnet after others of its network: Azure changes a network in one place at a time.
func (p *platform) subnet(name string, in *anything, prefix string, more pulumi.Map, after ...pulumi.Resource) *anything {
	inputs := pulumi.Map{"virtualNetworkName": nameOf(in), "addressPrefix": pulumi.String(prefix)}
	for key, value := range more {
		inputs[key] = value
	}
	return p.azure("network:Subnet", name, inputs, pulumi.DependsOn(after))
}

func (p *platform) peering(name string, from, to *anything, after pulumi.Resource) *anything {
	return p.azure("network:VirtualNetworkPeering", name, pulumi.Map{
		"virtualNetworkName": nameOf(from), "remoteVirtualNetwork": ref(to.ID()),
		"allowForwardedTraffic": pulumi.Bool(true), "allowVirtualNetworkAccess": pulumi.Bool(true),
	}, pulumi.DependsOn([]pulumi.Resource{after}))
}
