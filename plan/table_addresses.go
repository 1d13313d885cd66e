package plan

import "github.com/aksidentity/pulumi-aksidentity/rbac"

// Uses of public addresses by the control plane.
const (
	PublicIP          Use = "public IP of a service"
	PublicIPGroup     Use = "resource group of public IPs"
	OutboundIP        Use = "outbound public IP"
	OutboundPrefix    Use = "outbound public IP prefix"
	EgressPrefix      Use = "static egress prefix"
	NodeIPPrefix      Use = "node public IP prefix"
	NodeIPPrefixGroup Use = "resource group of node public IP prefixes"
)

const (
	typeIP     = "Microsoft.Network/publicIPAddresses"
	typePrefix = "Microsoft.Network/publicIPPrefixes"
	// ResourceGroupType stands for a resource group where an argument wants the ID of one.
	ResourceGroupType = "Microsoft.Resources/resourceGroups"
)

func addressRows() []UseInfo {
	const sourceStaticIP = "Microsoft, static IP (azure-aks-docs static-ip.md, read 2026-08-21); " + sourceCloudProvider
	inbound := func(level Level, reason string) Rule {
		return rule(rbac.NetworkContributor, level, reason, sourceStaticIP, "lb-public-ip-other-rg")
	}
	single := inbound(AtResourceGroup, "use the address for a service; the cloud provider lists the addresses of the whole group")
	single.AtOwnResource = []string{typeIP + "/join/action"}
	join := func(use Use, resourceType string, capability rbac.CapabilityID, level Level, reason string) UseInfo {
		return row(use, controlPlane, resourceType, rule(rbac.NetworkContributor, level, reason, sourceServicePermissions, capability))
	}
	return []UseInfo{
		row(PublicIP, controlPlane, typeIP, single).grouped(PublicIPGroup, "publicIpGroupIds"),
		row(PublicIPGroup, controlPlane, ResourceGroupType,
			inbound(AtResource, "use the addresses of the group for services; the cloud provider lists them all")),
		join(OutboundIP, typeIP, "outbound-own-public-ip", AtResource, "send outbound traffic from the address"),
		join(OutboundPrefix, typePrefix, "outbound-own-ip-prefix", AtResource, "send outbound traffic from the prefix"),
		join(EgressPrefix, typePrefix, "static-egress-prefix", AtResource, "give a static egress gateway its addresses"),
		// The documentation asks for the prefix's group here, without saying why; we follow it.
		join(NodeIPPrefix, typePrefix, "node-public-ip-prefix", AtResourceGroup, "give nodes public addresses of the prefix").
			grouped(NodeIPPrefixGroup, "nodeIpPrefixGroupIds"),
		join(NodeIPPrefixGroup, ResourceGroupType, "node-public-ip-prefix", AtResource, "give nodes public addresses of the group's prefixes"),
	}
}
