//go:build az

package az

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

type clusterArgs = components.ManagedIdentityClusterArgs

// situation is a cluster that is wanted twice, once with the CLI and once with our component, in places that are alike.
type situation struct {
	name string
	// given is what somebody made before; nil is nothing.
	given func(p place)
	// create are options of `az aks create`; exit is its exit code.
	create string
	exit   int
	// change is a command after it, "" for none.
	change string
	// ours and oursChanged are the arguments that mean the same.
	ours, oursChanged func(p place, a *clusterArgs)
	// more are the grants that one side alone makes, with the reason.
	more map[string]string
}

// Options of the CLI that several situations share.
const (
	inSubnet      = "--vnet-subnet-id {subnet:nodes} "
	flatInSubnet  = inSubnet + "--network-plugin azure "
	ownControl    = "--assign-identity {id:control} "
	existingZone  = "--enable-private-cluster --private-dns-zone {zone} --fqdn-subdomain demo "
	monitoringEtc = "monitoring,azure-policy,azure-keyvault-secrets-provider"
)

// situations are those in which the CLI grants something, or in which a cluster needs something granted.
func situations() []situation {
	return []situation{
		{
			name: "own subnet, and a registry", create: inSubnet + "--attach-acr {registry}", change: "aks delete -g {group} -n demo --yes -o none",
			ours: both(nodesInSubnet, withRegistry),
		},
		{
			name:  "own subnet on which somebody else holds the role",
			given: func(p place) { p.grant("somebody else", "Network Contributor", p.subnet("nodes")) }, create: inSubnet,
			ours: nodesInSubnet,
			more: map[string]string{"ours: Network Contributor on subnet nodes": "the CLI takes the assignment of somebody else for the cluster's"},
		},
		{
			name: "own identities for control plane and nodes", create: flatInSubnet + ownControl + "--assign-kubelet-identity {id:nodes}",
			ours: both(flat, nodesInSubnet, userAssigned, ownKubelet),
		},
		{
			name: "kubenet with a route table of one's own", given: place.routeTable, exit: 1,
			create: inSubnet + ownControl + "--network-plugin kubenet --outbound-type userDefinedRouting", ours: both(nodesInSubnet, userAssigned, ownRoutes),
			more: map[string]string{"ours: Network Contributor on route table udr": "AKS refuses the cluster without it (" + azuresim.CodeRouteTableMissingPermission + ")"},
		},
		{
			name: "private DNS zone of one's own", create: ownControl + existingZone, exit: 1, ours: both(userAssigned, privateZone),
			more: map[string]string{
				"ours: Private DNS Zone Contributor on DNS zone privatelink.westeurope.azmk8s.io": "AKS refuses the cluster without it (" + azuresim.CodePrivateDNSZoneMissingPermission + ")",
			},
		},
		{
			name: "registry, attached and detached", create: "--attach-acr {registry}", change: "aks update -g {group} -n demo --detach-acr {registry} -o none",
			ours: withRegistry, oursChanged: nothing,
		},
		{
			name: "another control plane identity on an own subnet", create: flatInSubnet,
			change: "aks update -g {group} -n demo --enable-managed-identity --assign-identity {id:control} --yes -o none",
			ours:   both(flat, nodesInSubnet), oursChanged: both(flat, nodesInSubnet, userAssigned),
			more: map[string]string{"ours: Network Contributor on subnet nodes": "the CLI leaves the new identity without rights on the cluster's own subnet"},
		},
		{
			name: "ingress gateway in an own subnet, switched off again", create: "--network-plugin azure --enable-addons ingress-appgw --appgw-name gateway --appgw-subnet-id {subnet:appgw}",
			change: "aks disable-addons -g {group} -n demo --addons ingress-appgw -o none", ours: both(flat, gatewayInSubnet), oursChanged: flat,
		},
		{
			name: "ingress gateway that exists", create: "--network-plugin azure --enable-addons ingress-appgw --appgw-id {gateway}", ours: both(flat, existingGateway),
		},
		{
			name: "virtual nodes", given: func(p place) { p.subnet("aci") }, create: flatInSubnet + "--enable-addons virtual-node --aci-subnet-name aci",
			ours: both(flat, nodesInSubnet, virtualNode),
		},
		{
			name: "monitoring, policy and secrets provider, switched off again", create: "--workspace-resource-id {workspace} --enable-addons " + monitoringEtc,
			change: "aks disable-addons -g {group} -n demo --addons " + monitoringEtc + " -o none", ours: monitoring, oursChanged: nothing,
			more: map[string]string{"az: Monitoring Metrics Publisher on cluster demo": "ours signs in with the identity of the nodes' agent through a data collection rule, which takes no role"},
		},
		{
			name: "outbound address of one's own", create: "--load-balancer-outbound-ips {address}", ours: ownAddress,
			more: map[string]string{"ours: Network Contributor on address outbound": "every later change of the load balancer joins the address again"},
		},
		{
			name: "disk encryption set", create: "--node-osdisk-diskencryptionset-id {set}", ours: encryptionSet,
			more: map[string]string{"ours: Reader on disk encryption set disks": "the cluster reads the set for every disk that it makes"},
		},
	}
}

func both(steps ...func(place, *clusterArgs)) func(place, *clusterArgs) {
	return func(p place, a *clusterArgs) {
		for _, step := range steps {
			step(p, a)
		}
	}
}

func nothing(place, *clusterArgs) {}

func flat(_ place, a *clusterArgs) { a.Network = &components.NetworkArgs{Plugin: "azure", Flat: true} }

func nodesInSubnet(p place, a *clusterArgs) {
	a.Subnets = map[string]pulumi.StringInput{"nodes": pulumi.String(p.subnet("nodes"))}
	a.SystemPool.Subnet = "nodes"
}

func withRegistry(p place, a *clusterArgs) {
	a.RegistryIDs = map[string]pulumi.StringInput{"images": pulumi.String(p.registry())}
}

func userAssigned(p place, a *clusterArgs) {
	a.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned, UserAssigned: p.existing("control")}
}

func ownKubelet(p place, a *clusterArgs) {
	a.KubeletIdentity = &components.KubeletIdentityArgs{Existing: p.existing("nodes")}
}

func ownRoutes(p place, a *clusterArgs) {
	a.RouteTableIDs = map[string]pulumi.StringInput{"udr": pulumi.String(p.id(azuresim.RouteTableType, "udr"))}
	a.Network.OutboundType = "userDefinedRouting"
}

func privateZone(p place, a *clusterArgs) {
	a.APIServer = &components.APIServerArgs{Private: true, PrivateDNSZoneID: pulumi.StringPtr(p.zone())}
	a.FQDNSubdomain = pulumi.StringPtr("demo")
}

func gatewayInSubnet(p place, a *clusterArgs) {
	a.Addons = &components.AddonsArgs{IngressGateway: &components.IngressGatewayArgs{
		GatewayName: pulumi.StringPtr("gateway"), SubnetID: pulumi.StringPtr(p.subnet("appgw")),
	}}
}

func existingGateway(p place, a *clusterArgs) {
	id := p.id(azuresim.ApplicationGatewayType, "gateway")
	a.Addons = &components.AddonsArgs{IngressGateway: &components.IngressGatewayArgs{GatewayID: pulumi.StringPtr(id)}}
}

func virtualNode(p place, a *clusterArgs) {
	a.Addons = &components.AddonsArgs{VirtualNode: &components.VirtualNodeArgs{SubnetID: pulumi.String(p.subnet("aci"))}}
}

func monitoring(p place, a *clusterArgs) {
	a.Addons = &components.AddonsArgs{
		Monitoring:      &components.MonitoringArgs{WorkspaceID: pulumi.String(p.id(azuresim.WorkspaceType, "logs"))},
		SecretsProvider: &components.SecretsProviderArgs{RotationPollInterval: pulumi.String("2m")},
	}
}

func ownAddress(p place, a *clusterArgs) {
	a.Network.LoadBalancer = &components.LoadBalancerArgs{OutboundIPIDs: map[string]pulumi.StringInput{
		"mine": pulumi.String(p.id(azuresim.PublicIPAddressType, "outbound")),
	}}
}

func encryptionSet(p place, a *clusterArgs) {
	a.DiskEncryptionSetID = pulumi.StringPtr(p.id(azuresim.DiskEncryptionSetType, "disks"))
}
