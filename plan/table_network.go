package plan

import "github.com/aksidentity/pulumi-aksidentity/rbac"

// Uses of networks by the control plane.
const (
	NodeSubnet              Use = "node subnet"
	PodSubnet               Use = "pod subnet"
	APIServerSubnet         Use = "API-server subnet"
	LoadBalancerSubnet      Use = "load-balancer subnet"
	KubenetSubnet           Use = "kubenet subnet"
	PrivateLinkSubnet       Use = "private-link subnet"
	AutoprovisioningSubnet  Use = "subnet of node auto-provisioning"
	VolumeSubnet            Use = "subnet of NFS and blob volumes"
	ZoneLinkNetwork         Use = "virtual network linked to a private zone"
	AutoprovisioningNetwork Use = "virtual network of node auto-provisioning"
	RouteTable              Use = "route table"
	SubnetRouteTable        Use = "route table of a rewritten subnet"
	NetworkSecurityGroup    Use = "network security group"
	NATGateway              Use = "NAT gateway"
	PrivateZone             Use = "private DNS zone of the API server"
	PrivateLinkService      Use = "private link service"
	DDoSPlan                Use = "DDoS protection plan"
)

const (
	typeSubnet  = "Microsoft.Network/virtualNetworks/subnets"
	typeNetwork = "Microsoft.Network/virtualNetworks"
	// TypePrivateZone is the ARM type of a private DNS zone.
	TypePrivateZone = "Microsoft.Network/privateDnsZones"
)

const (
	sourceServicePermissions = "Microsoft, AKS service permissions (azure-aks-docs aks-service-permissions.md, read 2026-08-21)"
	sourceInternalLB         = "Microsoft, internal load balancer (azure-aks-docs internal-lb.md, read 2026-08-21)"
	sourcePrivateClusters    = "Microsoft, private clusters (azure-aks-docs private-clusters.md, read 2026-08-21)"
	sourceAutoprovisioning   = "Microsoft, node auto-provisioning networking (azure-aks-docs node-auto-provisioning-networking.md, read 2026-08-21)"
	sourceFiles              = "Microsoft, Azure Files volumes (azure-aks-docs create-volume-azure-files.md, read 2026-08-21)"
	sourceCloudProvider      = "kubernetes-sigs/cloud-provider-azure (read 2026-08-19)"
	// sourceLinkedJoins: ARM asks for join on all that a subnet refers to when the cloud provider writes it. Seen with Azure CNI, for a
	// load balancer, a private link service and application routing.
	sourceLinkedJoins = "linked-access rule of ARM, seen in microsoft/tyger#320 (read 2026-11-26)"
)

const joinRouteTable = "Microsoft.Network/routeTables/join/action"

func subnetRows() []UseInfo {
	subnet := func(use Use, reason, source string, capabilities ...rbac.CapabilityID) UseInfo {
		return row(use, controlPlane, typeSubnet, rule(rbac.NetworkContributor, AtResource, reason, source, capabilities...))
	}
	return []UseInfo{
		subnet(NodeSubnet, "join nodes and internal load balancers to the subnet", sourceServicePermissions,
			"node-subnet-join", "internal-lb-external-subnet"),
		subnet(PodSubnet, "join pods to the subnet", sourceServicePermissions, "node-subnet-join"),
		subnet(LoadBalancerSubnet, "put internal load balancers into the subnet", sourceInternalLB, "internal-lb-external-subnet"),
		subnet(KubenetSubnet, "attach AKS's route table to the subnet",
			"inferred from Microsoft, kubenet (azure-aks-docs configure-kubenet.md, read 2026-08-21)", "kubenet-associate-managed-route-table"),
		subnet(AutoprovisioningSubnet, "create nodes in the subnet", sourceAutoprovisioning, "nap-subnet-join"),
		subnet(VolumeSubnet, "let the subnet reach the storage of NFS and blob volumes", sourceFiles, "files-nfs-private"),
		subnet(APIServerSubnet, "put the API server into the subnet",
			"Microsoft, API server VNet integration (azure-aks-docs api-server-vnet-integration.md, read 2026-08-21); actions inferred",
			"apiserver-subnet").
			refused("", "every documented setup of an own API-server subnet uses a user-assigned identity; a system-assigned one is not verified to work"),
		row(PrivateLinkSubnet, controlPlane, typeSubnet,
			rule(rbac.NetworkContributor, AtResource, "take the addresses of a private link service from the subnet", sourceCloudProvider, "private-link-service").
				only(typeSubnet+"/read", typeSubnet+"/write")),
	}
}

func networkRows() []UseInfo {
	const zoneLink = "link the private zone to the network"
	return []UseInfo{
		// The subnet is not enough: the link is a join of the whole network.
		row(ZoneLinkNetwork, controlPlane, typeNetwork,
			rule(rbac.NetworkContributor, AtResource, zoneLink, sourcePrivateClusters+"; AKS-Construction (2025-02-18)", "private-dns-vnet-link")),
		row(AutoprovisioningNetwork, controlPlane, typeNetwork,
			rule(rbac.NetworkContributor, AtResource, "create nodes in the subnets that node classes name", sourceAutoprovisioning, "nap-subnet-join")),
		row(RouteTable, controlPlane, "Microsoft.Network/routeTables", Rule{
			Role: rbac.NetworkContributor, Level: AtResource, Capabilities: []rbac.CapabilityID{"custom-route-table"},
			// The reference page lists read and write only; the cloud provider writes and deletes routes, and rewrites the subnet.
			MoreActions: []string{"Microsoft.Network/routeTables/routes/delete", joinRouteTable},
			Reason:      "write and remove the routes to the pods of each node",
			Source:      sourceServicePermissions + "; " + sourceCloudProvider + "; " + sourceLinkedJoins,
		}).refused("CustomRouteTableWithUnsupportedMSIType",
			"AKS checks the right on an own route table while it creates the cluster, when a system-assigned identity has none yet"),
		row(SubnetRouteTable, controlPlane, "Microsoft.Network/routeTables",
			rule(rbac.NetworkContributor, AtResource, "keep the table on a subnet that it rewrites", sourceLinkedJoins, "subnet-rewrite-linked-joins").
				only(joinRouteTable)),
		row(NetworkSecurityGroup, controlPlane, "Microsoft.Network/networkSecurityGroups",
			rule(rbac.NetworkContributor, AtResource, "open the ports of load-balanced services", sourceServicePermissions, "nsg-other-rg").
				undocumented("ARM also asks for join when a subnet of the group is rewritten, which the documented list lacks")),
		row(NATGateway, controlPlane, "Microsoft.Network/natGateways",
			rule(rbac.NetworkContributor, AtResource, "keep the gateway on a subnet that it rewrites",
				sourceLinkedJoins+"; jenkins-infra/azure#819, Azure/terraform-azurerm-avm-ptn-aks-production#103 (read 2026-11-26)", "subnet-rewrite-linked-joins").
				only("Microsoft.Network/natGateways/join/action")),
		row(PrivateZone, controlPlane, TypePrivateZone,
			rule(rbac.PrivateDNSZoneContributor, AtResource, "write the API server's record and link the zone", sourcePrivateClusters, "private-dns-zone-custom")).
			refused("", "AKS writes the API server's record while it creates the cluster, when a system-assigned identity has no right yet"),
		row(PrivateLinkService, controlPlane, "Microsoft.Network/privateLinkServices",
			rule(rbac.NetworkContributor, AtResource, "put a service behind the private link", sourceCloudProvider, "private-link-service").
				only("Microsoft.Network/privateLinkServices/read", "Microsoft.Network/privateLinkServices/write").
				undocumented("the list is that of the node resource group, and whether delete belongs to it elsewhere is not said")),
		row(DDoSPlan, controlPlane, "Microsoft.Network/ddosProtectionPlans",
			rule(rbac.NetworkContributor, AtResource, "write a virtual network that is under the plan",
				"Microsoft, AKS error codes (SupportArticles-docs, stored version)", "ddos-plan-join")),
	}
}
