package plan

import "fmt"

// linkedJoinNotes tell of what stands on the nodes' subnets and is not named: the subnet's own properties say what is there, and nobody
// reads them. With kubenet AKS looks at the route table itself and refuses the cluster.
func (c Cluster) linkedJoinNotes() []string {
	if c.Grants == GrantNone {
		return nil
	}
	var what, argument string
	switch {
	case c.Network.OutboundType == OutboundTypeUserAssignedNATGateway && !c.mentioned(NATGateway):
		what, argument = "NAT gateway", "natGatewayIds"
	case c.Network.OutboundType == OutboundTypeUserDefinedRouting && c.Network.Plugin != NetworkPluginKubenet && !c.mentioned(SubnetRouteTable):
		what, argument = "route table", "routeTableIds"
	default:
		return nil
	}
	return []string{fmt.Sprintf("network.outboundType: the %s on the nodes' subnet is not named, so nothing is granted on it; name it in %s, "+
		"because a private link service of an internal load balancer rewrites the subnet, and Azure then asks for the right to join it", what, argument)}
}
