package components

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// mentions lists the external resources that the cluster's arguments name for themselves: one line is one target. What pools and
// add-ons share stands in the shape, and is mentioned by whoever refers to it.
func (a *ManagedIdentityClusterArgs) mentions() []plan.Mention {
	return slices.Concat(
		each(plan.Registry, "registryIds", a.RegistryIDs),
		each(plan.ABACRegistry, "abacRegistryIds", a.ABACRegistryIDs),
		one(plan.BootstrapRegistry, "bootstrapRegistryId", a.BootstrapRegistryID),
		one(plan.ABACBootstrapRegistry, "abacBootstrapRegistryId", a.ABACBootstrapRegistryID),
		one(plan.DiskEncryptionSet, "diskEncryptionSetId", a.DiskEncryptionSetID),
		a.Network.routeTables(a.RouteTableIDs),
		each(plan.NetworkSecurityGroup, "networkSecurityGroupIds", a.NetworkSecurityGroupIDs),
		each(plan.NATGateway, "natGatewayIds", a.NATGatewayIDs),
		each(plan.NodeIPPrefixGroup, "nodeIpPrefixGroupIds", a.NodeIPPrefixGroupIDs),
		each(plan.CapacityReservations, "capacityReservationResourceGroupIds", a.CapacityReservationResourceGroupIDs),
		each(plan.HostGroups, "hostResourceGroupIds", a.HostResourceGroupIDs),
		a.Network.mentions(), a.APIServer.mentions(), a.Security.mentions(), a.Addons.mentions(),
	)
}

// routeTables: kubenet writes a route table; with another plugin it only has to stay on its subnet.
func (a *NetworkArgs) routeTables(given map[string]pulumi.StringInput) []plan.Mention {
	if a != nil && a.Plugin == NetworkPluginKubenet {
		return each(plan.RouteTable, "routeTableIds", given)
	}
	return each(plan.SubnetRouteTable, "routeTableIds", given)
}

func (a *NetworkArgs) mentions() []plan.Mention {
	if a == nil || a.LoadBalancer == nil {
		return nil
	}
	return slices.Concat(
		each(plan.OutboundIP, "network.loadBalancer.outboundIpIds", a.LoadBalancer.OutboundIPIDs),
		each(plan.OutboundPrefix, "network.loadBalancer.outboundIpPrefixIds", a.LoadBalancer.OutboundIPPrefixIDs),
	)
}

func (a *APIServerArgs) mentions() []plan.Mention {
	if a == nil {
		return nil
	}
	return slices.Concat(
		one(plan.PrivateZone, "apiServer.privateDnsZoneId", a.PrivateDNSZoneID),
		each(plan.ZoneLinkNetwork, "apiServer.privateDnsZoneNetworkIds", a.PrivateDNSZoneNetworkIDs),
	)
}

func (a *SecurityArgs) mentions() []plan.Mention {
	if a == nil || a.KMS == nil {
		return nil
	}
	use := plan.KeyVaultKMS
	if a.KMS.NetworkAccess == KMSNetworkAccessPrivate {
		use = plan.KeyVaultKMSPrivate
	}
	return one(use, "security.kms.keyVaultId", a.KMS.KeyVaultID)
}

func (a *AddonsArgs) mentions() (mentions []plan.Mention) {
	if a == nil {
		return nil
	}
	if g := a.IngressGateway; g != nil {
		mentions = slices.Concat(mentions,
			one(plan.Gateway, "addons.ingressGateway.gatewayId", g.GatewayID),
			one(plan.GatewaySubnet, "addons.ingressGateway.subnetId", g.SubnetID),
			one(plan.GatewayIdentity, "addons.ingressGateway.gatewayIdentityId", g.GatewayIdentityID),
			one(plan.GatewaySubnet, "addons.ingressGateway.gatewaySubnetId", g.GatewaySubnetID),
			one(plan.GatewayIP, "addons.ingressGateway.gatewayPublicIpId", g.GatewayPublicIPID),
		)
	}
	if v := a.VirtualNode; v != nil {
		mentions = slices.Concat(mentions, one(plan.VirtualNodeSubnet, "addons.virtualNode.subnetId", v.SubnetID))
	}
	if r := a.AppRouting; r != nil {
		mentions = slices.Concat(mentions,
			each(plan.PublicZone, "addons.appRouting.publicDnsZoneIds", r.PublicDNSZoneIDs),
			each(plan.PrivateRecordZone, "addons.appRouting.privateDnsZoneIds", r.PrivateDNSZoneIDs),
			each(plan.RoutingZoneGroup, "addons.appRouting.dnsZoneGroupIds", r.DNSZoneGroupIDs),
		)
	}
	return mentions
}
