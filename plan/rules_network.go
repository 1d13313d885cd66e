package plan

import (
	"maps"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

func networkUses() map[Use]UseInfo {
	uses := map[Use]UseInfo{
		RouteTable: {
			ResourceType: "Microsoft.Network/routeTables",
			Refusal: &Refusal{
				Code: "CustomRouteTableWithUnsupportedMSIType",
				Why:  "AKS checks the right on an own route table while it creates the cluster, when a system-assigned identity has none yet",
			},
			Rules: []Rule{{
				Role: rbac.NetworkContributor, Level: AtResource,
				Capabilities: []rbac.CapabilityID{"custom-route-table"},
				// The reference page lists read and write only; the cloud provider writes and deletes routes.
				MoreActions: []string{"Microsoft.Network/routeTables/routes/delete"},
				Reason:      "write and remove the routes to the pods of each node",
				Source:      sourceServicePermissions + "; " + sourceCloudProvider,
			}},
		},
		NetworkSecurityGroup: oneRule("Microsoft.Network/networkSecurityGroups", Rule{
			Role: rbac.NetworkContributor, Level: AtResource,
			Capabilities: []rbac.CapabilityID{"nsg-other-rg"},
			Reason:       "open the ports of load-balanced services", Source: sourceServicePermissions,
		}),
		NATGateway: oneRule("Microsoft.Network/natGateways", Rule{
			Role: rbac.NetworkContributor, Level: AtResource,
			Capabilities: []rbac.CapabilityID{"subnet-rewrite-linked-joins"},
			Actions:      []string{"Microsoft.Network/natGateways/join/action"},
			Reason:       "keep the gateway on a subnet that it rewrites",
			Source:       "inferred from the linked-access rule of ARM (azure-aks-docs nat-gateway.md, read 2026-08-21); not verified",
		}),
		PrivateZone: {
			ResourceType: "Microsoft.Network/privateDnsZones",
			Refusal:      &Refusal{Why: "AKS writes the API server's record while it creates the cluster, when a system-assigned identity has no right yet"},
			Rules: []Rule{{
				Role: rbac.PrivateDNSZoneContributor, Level: AtResource,
				Capabilities: []rbac.CapabilityID{"private-dns-zone-custom"},
				Reason:       "write the API server's record and link the zone",
				Source:       "Microsoft, private clusters (azure-aks-docs private-clusters.md, read 2026-08-21)",
			}},
		},
		PrivateLinkService: oneRule("Microsoft.Network/privateLinkServices", Rule{
			Role: rbac.NetworkContributor, Level: AtResource,
			Capabilities: []rbac.CapabilityID{"private-link-service"},
			Actions:      []string{"Microsoft.Network/privateLinkServices/read", "Microsoft.Network/privateLinkServices/write"},
			Reason:       "put a service behind the private link", Source: sourceCloudProvider,
		}),
		DDoSPlan: oneRule("Microsoft.Network/ddosProtectionPlans", Rule{
			Role: rbac.NetworkContributor, Level: AtResource,
			Capabilities: []rbac.CapabilityID{"ddos-plan-join"},
			Reason:       "write a virtual network that is under the plan",
			Source:       "Microsoft, AKS error codes (SupportArticles-docs, stored version)",
		}),
	}
	for _, more := range []map[Use]UseInfo{subnetUses(), virtualNetworkUses(), addressUses()} {
		maps.Copy(uses, more)
	}
	return uses
}

func oneRule(resourceType string, rule Rule) UseInfo {
	return UseInfo{ResourceType: resourceType, Rules: []Rule{rule}}
}

func onSubnet(reason, source string, capabilities ...rbac.CapabilityID) UseInfo {
	return oneRule(typeSubnet, Rule{
		Role: rbac.NetworkContributor, Level: AtResource, Capabilities: capabilities, Reason: reason, Source: source,
	})
}

func subnetUses() map[Use]UseInfo {
	privateLink := onSubnet("take the addresses of a private link service from the subnet", sourceCloudProvider, "private-link-service")
	privateLink.Rules[0].Actions = []string{typeSubnet + "/read", typeSubnet + "/write"}
	apiServer := onSubnet("put the API server into the subnet",
		"Microsoft, API server VNet integration (azure-aks-docs api-server-vnet-integration.md, read 2026-08-21); actions inferred",
		"apiserver-subnet")
	apiServer.Refusal = &Refusal{Why: "every documented setup of an own API-server subnet uses a user-assigned identity; a system-assigned one is not verified to work"}
	return map[Use]UseInfo{
		NodeSubnet: onSubnet("join nodes and internal load balancers to the subnet", sourceServicePermissions,
			"node-subnet-join", "internal-lb-external-subnet"),
		PodSubnet: onSubnet("join pods to the subnet", sourceServicePermissions, "node-subnet-join"),
		LoadBalancerSubnet: onSubnet("put internal load balancers into the subnet", sourceInternalLB,
			"internal-lb-external-subnet"),
		KubenetSubnet: onSubnet("attach AKS's route table to the subnet",
			"inferred from Microsoft, kubenet (azure-aks-docs configure-kubenet.md, read 2026-08-21)",
			"kubenet-associate-managed-route-table"),
		PrivateLinkSubnet: privateLink,
		VirtualNodeSubnet: onSubnet("run virtual nodes in the subnet",
			"Microsoft, virtual nodes (azure-aks-docs virtual-nodes-cli.md, read 2026-08-21); azure-cli 2.91 grants Contributor on the whole network",
			"virtual-node-subnet"),
		APIServerSubnet: apiServer,
	}
}

func virtualNetworkUses() map[Use]UseInfo {
	return map[Use]UseInfo{
		ZoneLinkNetwork: oneRule(typeNetwork, Rule{
			// The subnet is not enough: the link is a join of the whole network.
			Role: rbac.NetworkContributor, Level: AtResource,
			Capabilities: []rbac.CapabilityID{"private-dns-vnet-link"},
			Reason:       "link the private zone to the network",
			Source:       "Microsoft, private clusters (azure-aks-docs private-clusters.md, read 2026-08-21); AKS-Construction (2025-02-18)",
		}),
		AutoprovisioningNetwork: oneRule(typeNetwork, Rule{
			Role: rbac.NetworkContributor, Level: AtResource,
			Capabilities: []rbac.CapabilityID{"nap-subnet-join"},
			Reason:       "create nodes in the subnets that node classes name",
			Source:       "Microsoft, node auto-provisioning networking (azure-aks-docs node-auto-provisioning-networking.md, read 2026-08-21)",
		}),
	}
}

func addressUses() map[Use]UseInfo {
	const listed = "use the address for a service; the cloud provider lists the addresses of the whole group"
	inbound := Rule{
		Role: rbac.NetworkContributor, Level: AtResourceGroup,
		Capabilities: []rbac.CapabilityID{"lb-public-ip-other-rg"},
		Reason:       listed, Source: "Microsoft, static IP (azure-aks-docs static-ip.md, read 2026-08-21); " + sourceCloudProvider,
	}
	group := inbound
	group.Level, group.Reason = AtResource, "use the addresses of the group for services; the cloud provider lists them all"
	join := func(capability rbac.CapabilityID, level Level, reason string) Rule {
		return Rule{
			Role: rbac.NetworkContributor, Level: level, Capabilities: []rbac.CapabilityID{capability},
			Reason: reason, Source: sourceServicePermissions,
		}
	}
	return map[Use]UseInfo{
		PublicIP:       oneRule(typeIP, inbound),
		PublicIPGroup:  oneRule(ResourceGroupType, group),
		OutboundIP:     oneRule(typeIP, join("outbound-own-public-ip", AtResource, "send outbound traffic from the address")),
		OutboundPrefix: oneRule(typePrefix, join("outbound-own-ip-prefix", AtResource, "send outbound traffic from the prefix")),
		EgressPrefix:   oneRule(typePrefix, join("static-egress-prefix", AtResource, "give a static egress gateway its addresses")),
		// The documentation asks for the prefix's group here, without saying why; we follow it.
		NodeIPPrefix: oneRule(typePrefix, join("node-public-ip-prefix", AtResourceGroup, "give nodes public addresses of the prefix")),
	}
}
