package components

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// VnetDelegationArgs name a principal and the resources it works with. Each map holds Azure resource IDs by names of your
// choice, and takes a pulumi.StringMap: the names are known at preview and become part of the grants' names, the IDs may arrive
// late. An empty map and no map are the same.
type VnetDelegationArgs struct {
	// PrincipalID is the object ID of who gets the grants: ManagedIdentityCluster.PrincipalID, or any other. Required unless
	// ClusterID is given.
	PrincipalID pulumi.StringInput `pulumi:"principalId,optional"`
	// ClusterID is the resource ID of a cluster that exists already, or of one that the program makes: its control plane gets the
	// grants, and what AKS refuses for the type of its identity is refused. A principal that is given as well is compared with it.
	// A cluster in another subscription than the azure-native provider's needs a provider of that subscription on the component.
	ClusterID pulumi.StringPtrInput `pulumi:"clusterId,optional"`
	// IdentityType of the principal when it is a cluster's control plane. Resources that AKS refuses with a system-assigned
	// identity are then refused before anything is made. Not required; read from the cluster when ClusterID is given.
	IdentityType IdentityType `pulumi:"identityType,optional"`

	// NodeSubnetIDs are subnets of nodes; internal load balancers in them are covered too.
	NodeSubnetIDs map[string]pulumi.StringInput `pulumi:"nodeSubnetIds,optional"`
	// PodSubnetIDs are subnets of pods.
	PodSubnetIDs map[string]pulumi.StringInput `pulumi:"podSubnetIds,optional"`
	// APIServerSubnetIDs are subnets of API servers (VNet integration).
	APIServerSubnetIDs map[string]pulumi.StringInput `pulumi:"apiServerSubnetIds,optional"`
	// LoadBalancerSubnetIDs are further subnets of internal load balancers.
	LoadBalancerSubnetIDs map[string]pulumi.StringInput `pulumi:"loadBalancerSubnetIds,optional"`
	// KubenetSubnetIDs are node subnets to which AKS attaches its own route table.
	KubenetSubnetIDs map[string]pulumi.StringInput `pulumi:"kubenetSubnetIds,optional"`
	// PrivateLinkSubnetIDs are subnets of private link services.
	PrivateLinkSubnetIDs map[string]pulumi.StringInput `pulumi:"privateLinkSubnetIds,optional"`
	// ZoneLinkNetworkIDs are virtual networks to which a private DNS zone is linked.
	ZoneLinkNetworkIDs map[string]pulumi.StringInput `pulumi:"zoneLinkNetworkIds,optional"`
	// AutoprovisioningNetworkIDs are virtual networks in which node auto-provisioning makes nodes.
	AutoprovisioningNetworkIDs map[string]pulumi.StringInput `pulumi:"autoprovisioningNetworkIds,optional"`
	// AutoprovisioningSubnetIDs are the subnets in which it makes nodes, when the whole network is too much.
	AutoprovisioningSubnetIDs map[string]pulumi.StringInput `pulumi:"autoprovisioningSubnetIds,optional"`
	// VolumeSubnetIDs are subnets from which nodes mount NFS and blob volumes.
	VolumeSubnetIDs map[string]pulumi.StringInput `pulumi:"volumeSubnetIds,optional"`
	// RouteTableIDs are route tables that the cluster writes, as with kubenet.
	RouteTableIDs map[string]pulumi.StringInput `pulumi:"routeTableIds,optional"`
	// SubnetRouteTableIDs are route tables of subnets that the cluster rewrites, and whose routes somebody else writes, as with every other
	// network plugin.
	SubnetRouteTableIDs map[string]pulumi.StringInput `pulumi:"subnetRouteTableIds,optional"`
	// NetworkSecurityGroupIDs are security groups that the cluster writes.
	NetworkSecurityGroupIDs map[string]pulumi.StringInput `pulumi:"networkSecurityGroupIds,optional"`
	// NATGatewayIDs are NAT gateways of subnets that the cluster rewrites.
	NATGatewayIDs map[string]pulumi.StringInput `pulumi:"natGatewayIds,optional"`
	// PublicIPIDs are addresses of services. The grant is on their resource group, because the cloud provider lists it.
	// Several late IDs of one group need PublicIPGroupIDs instead: one grant cannot be made of two resources.
	PublicIPIDs map[string]pulumi.StringInput `pulumi:"publicIpIds,optional"`
	// PublicIPGroupIDs are resource groups whose addresses services use. They take the place of PublicIPIDs, which have to lie
	// in one of them.
	PublicIPGroupIDs map[string]pulumi.StringInput `pulumi:"publicIpGroupIds,optional"`
	// OutboundIPIDs are addresses of outbound traffic.
	OutboundIPIDs map[string]pulumi.StringInput `pulumi:"outboundIpIds,optional"`
	// OutboundIPPrefixIDs are prefixes of outbound traffic.
	OutboundIPPrefixIDs map[string]pulumi.StringInput `pulumi:"outboundIpPrefixIds,optional"`
	// EgressPrefixIDs are prefixes of static egress gateways.
	EgressPrefixIDs map[string]pulumi.StringInput `pulumi:"egressPrefixIds,optional"`
	// NodeIPPrefixIDs are prefixes of nodes' own addresses. The grant is on their resource group.
	NodeIPPrefixIDs map[string]pulumi.StringInput `pulumi:"nodeIpPrefixIds,optional"`
	// NodeIPPrefixGroupIDs are the resource groups of such prefixes. They take the place of NodeIPPrefixIDs.
	NodeIPPrefixGroupIDs map[string]pulumi.StringInput `pulumi:"nodeIpPrefixGroupIds,optional"`
	// PrivateDNSZoneIDs are private zones of API servers.
	PrivateDNSZoneIDs map[string]pulumi.StringInput `pulumi:"privateDnsZoneIds,optional"`
	// DiskIDs are disks to attach.
	DiskIDs map[string]pulumi.StringInput `pulumi:"diskIds,optional"`
	// DiskGroupIDs are resource groups in which disks are made.
	DiskGroupIDs map[string]pulumi.StringInput `pulumi:"diskGroupIds,optional"`
	// SnapshotGroupIDs are resource groups in which snapshots are made.
	SnapshotGroupIDs map[string]pulumi.StringInput `pulumi:"snapshotGroupIds,optional"`
	// DiskEncryptionSetIDs are disk encryption sets.
	DiskEncryptionSetIDs map[string]pulumi.StringInput `pulumi:"diskEncryptionSetIds,optional"`
	// StorageAccountIDs are accounts of file and blob volumes.
	StorageAccountIDs map[string]pulumi.StringInput `pulumi:"storageAccountIds,optional"`
	// KMSVaultIDs are vaults with keys of etcd encryption, reachable publicly.
	KMSVaultIDs map[string]pulumi.StringInput `pulumi:"kmsVaultIds,optional"`
	// PrivateKMSVaultIDs are vaults with keys of etcd encryption behind a private endpoint.
	PrivateKMSVaultIDs map[string]pulumi.StringInput `pulumi:"privateKmsVaultIds,optional"`
	// KMSKeyIDs are resource IDs of keys of etcd encryption (<vault ID>/keys/<name>), when the whole vault is too much.
	KMSKeyIDs map[string]pulumi.StringInput `pulumi:"kmsKeyIds,optional"`
	// KubeletIdentityIDs are user-assigned identities that the cluster assigns to its nodes.
	KubeletIdentityIDs map[string]pulumi.StringInput `pulumi:"kubeletIdentityIds,optional"`
	// CapacityReservationGroupIDs are reservations of node pools. The grant is on their resource group.
	CapacityReservationGroupIDs map[string]pulumi.StringInput `pulumi:"capacityReservationGroupIds,optional"`
	// CapacityReservationResourceGroupIDs are their resource groups. They take the place of CapacityReservationGroupIDs.
	CapacityReservationResourceGroupIDs map[string]pulumi.StringInput `pulumi:"capacityReservationResourceGroupIds,optional"`
	// HostGroupIDs are dedicated hosts of node pools. The grant is on their resource group.
	HostGroupIDs map[string]pulumi.StringInput `pulumi:"hostGroupIds,optional"`
	// HostResourceGroupIDs are their resource groups. They take the place of HostGroupIDs.
	HostResourceGroupIDs map[string]pulumi.StringInput `pulumi:"hostResourceGroupIds,optional"`
	// PrivateLinkServiceIDs are private link services.
	PrivateLinkServiceIDs map[string]pulumi.StringInput `pulumi:"privateLinkServiceIds,optional"`
	// DDoSPlanIDs are DDoS protection plans of virtual networks that the cluster writes.
	DDoSPlanIDs map[string]pulumi.StringInput `pulumi:"ddosPlanIds,optional"`

	// RoleStrategy chooses between built-in and generated roles. Default builtin.
	RoleStrategy RoleStrategy `pulumi:"roleStrategy,optional"`
	// RenamedKeys names the former keys of what you call otherwise now, so that nothing is made or deleted for a new name: today's
	// property path, and the paths that it had before, the oldest last, as "nodeSubnetIds.nodes": ["nodeSubnetIds.workers"]. What
	// has a key of its own can be renamed. An entry can go once every stack is deployed with it.
	RenamedKeys map[string][]string `pulumi:"renamedKeys,optional"`
	// Adopt takes over role assignments that exist already under the names that the component gives, as an interrupted deployment
	// leaves them. Default: an existing one is an error.
	Adopt *AdoptArgs `pulumi:"adopt,optional"`
	// AdoptedAssignments takes over role assignments that somebody made by hand: the assignment's GUID by the name of the grant, as
	// plannedGrants has it. They stay as they are; once they are deployed, the entry can go when the stack has an output.
	AdoptedAssignments map[string]string `pulumi:"adoptedAssignments,optional"`
	// Explain says how a preview tells the grants with their reasons. Default: those that are not deployed yet, a line for each of up to 12, a
	// summary of more.
	Explain Explain `pulumi:"explain,optional"`
	// Propagation bounds the wait for a principal that Entra does not know yet, and for grants to take effect.
	Propagation *PropagationArgs `pulumi:"propagation,optional"`
}

// mentions lists what the arguments name: one line is one target.
func (a *VnetDelegationArgs) mentions() []plan.Mention {
	return slices.Concat(
		each(plan.NodeSubnet, "nodeSubnetIds", a.NodeSubnetIDs),
		each(plan.PodSubnet, "podSubnetIds", a.PodSubnetIDs),
		each(plan.APIServerSubnet, "apiServerSubnetIds", a.APIServerSubnetIDs),
		each(plan.LoadBalancerSubnet, "loadBalancerSubnetIds", a.LoadBalancerSubnetIDs),
		each(plan.KubenetSubnet, "kubenetSubnetIds", a.KubenetSubnetIDs),
		each(plan.PrivateLinkSubnet, "privateLinkSubnetIds", a.PrivateLinkSubnetIDs),
		each(plan.ZoneLinkNetwork, "zoneLinkNetworkIds", a.ZoneLinkNetworkIDs),
		each(plan.AutoprovisioningNetwork, "autoprovisioningNetworkIds", a.AutoprovisioningNetworkIDs),
		each(plan.AutoprovisioningSubnet, "autoprovisioningSubnetIds", a.AutoprovisioningSubnetIDs),
		each(plan.VolumeSubnet, "volumeSubnetIds", a.VolumeSubnetIDs),
		each(plan.RouteTable, "routeTableIds", a.RouteTableIDs),
		each(plan.SubnetRouteTable, "subnetRouteTableIds", a.SubnetRouteTableIDs),
		each(plan.NetworkSecurityGroup, "networkSecurityGroupIds", a.NetworkSecurityGroupIDs),
		each(plan.NATGateway, "natGatewayIds", a.NATGatewayIDs),
		each(plan.PublicIP, "publicIpIds", a.PublicIPIDs),
		each(plan.PublicIPGroup, "publicIpGroupIds", a.PublicIPGroupIDs),
		each(plan.OutboundIP, "outboundIpIds", a.OutboundIPIDs),
		each(plan.OutboundPrefix, "outboundIpPrefixIds", a.OutboundIPPrefixIDs),
		each(plan.EgressPrefix, "egressPrefixIds", a.EgressPrefixIDs),
		each(plan.NodeIPPrefix, "nodeIpPrefixIds", a.NodeIPPrefixIDs),
		each(plan.NodeIPPrefixGroup, "nodeIpPrefixGroupIds", a.NodeIPPrefixGroupIDs),
		each(plan.PrivateZone, "privateDnsZoneIds", a.PrivateDNSZoneIDs),
		each(plan.Disk, "diskIds", a.DiskIDs),
		each(plan.DiskGroup, "diskGroupIds", a.DiskGroupIDs),
		each(plan.SnapshotGroup, "snapshotGroupIds", a.SnapshotGroupIDs),
		each(plan.DiskEncryptionSet, "diskEncryptionSetIds", a.DiskEncryptionSetIDs),
		each(plan.StorageAccount, "storageAccountIds", a.StorageAccountIDs),
		each(plan.KeyVaultKMS, "kmsVaultIds", a.KMSVaultIDs),
		each(plan.KeyVaultKMSPrivate, "privateKmsVaultIds", a.PrivateKMSVaultIDs),
		each(plan.KMSKey, "kmsKeyIds", a.KMSKeyIDs),
		each(plan.KubeletIdentityUse, "kubeletIdentityIds", a.KubeletIdentityIDs),
		each(plan.CapacityReservationGroup, "capacityReservationGroupIds", a.CapacityReservationGroupIDs),
		each(plan.CapacityReservations, "capacityReservationResourceGroupIds", a.CapacityReservationResourceGroupIDs),
		each(plan.HostGroup, "hostGroupIds", a.HostGroupIDs),
		each(plan.HostGroups, "hostResourceGroupIds", a.HostResourceGroupIDs),
		each(plan.PrivateLinkService, "privateLinkServiceIds", a.PrivateLinkServiceIDs),
		each(plan.DDoSPlan, "ddosPlanIds", a.DDoSPlanIDs),
	)
}
