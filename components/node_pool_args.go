package components

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

// NodePoolArgs describe one node pool.
type NodePoolArgs struct {
	// Name of the pool: 1 to 12 lower-case letters and digits beginning with a letter; at most 6 for Windows. Default for
	// the system pool: system; for others it is required.
	Name string `pulumi:"name,optional"`
	// Mode is what the pool is for. Default: System for the system pool, User for the others.
	Mode PoolMode `pulumi:"mode,optional"`
	// VMSize of the nodes. Default Standard_D4ds_v5: four cores, and a local disk for an ephemeral OS disk.
	VMSize pulumi.StringPtrInput `pulumi:"vmSize,optional"`
	// Count of nodes. Default: the autoscaler's minimum; else 2 for a system pool, 3 with zones, and 1 for a user pool.
	Count pulumi.IntPtrInput `pulumi:"count,optional"`
	// Autoscaling between bounds; without it the count is fixed.
	Autoscaling *AutoscalingArgs `pulumi:"autoscaling,optional"`
	// AvailabilityZones as "1", "2", "3". Default none: not every region has them, and the component does not guess.
	AvailabilityZones []pulumi.StringInput `pulumi:"availabilityZones,optional"`
	// Subnet of the nodes: a key of ManagedIdentityClusterArgs.Subnets. Without it AKS makes a network.
	Subnet string `pulumi:"subnet,optional"`
	// PodSubnet of the pods: a key of ManagedIdentityClusterArgs.Subnets. Not with overlay.
	PodSubnet string `pulumi:"podSubnet,optional"`
	// OSType is the operating system. Default Linux.
	OSType OSType `pulumi:"osType,optional"`
	// OSSKU is the node image. Default AzureLinux for Linux; AKS's choice for Windows.
	OSSKU OSSKU `pulumi:"osSku,optional"`
	// OSDiskType is where the OS disk is. Default: AKS takes an ephemeral disk where the size allows it.
	OSDiskType OSDiskType `pulumi:"osDiskType,optional"`
	// OSDiskSizeGB is the size of the OS disk, 0 to 2048; 0 means the size of the image.
	OSDiskSizeGB pulumi.IntPtrInput `pulumi:"osDiskSizeGb,optional"`
	// MaxPods on a node, 10 to 250. Default: AKS's for the network plugin.
	MaxPods pulumi.IntPtrInput `pulumi:"maxPods,optional"`
	// NodeLabels on every node.
	NodeLabels pulumi.StringMapInput `pulumi:"nodeLabels,optional"`
	// NodeTaints on every node. Default for a system pool beside user pools: CriticalAddonsOnly=true:NoSchedule, which
	// keeps workloads away from the system pods. An empty list means none.
	NodeTaints []pulumi.StringInput `pulumi:"nodeTaints,optional"`
	// Spot makes it a pool of spot machines; User pools only.
	Spot *SpotArgs `pulumi:"spot,optional"`
	// KubernetesVersion of the pool, not newer than the cluster's. Default: the cluster's.
	KubernetesVersion pulumi.StringPtrInput `pulumi:"kubernetesVersion,optional"`
	// MaxSurge is how many nodes an upgrade adds: a number or a percentage. Default 33%.
	MaxSurge pulumi.StringPtrInput `pulumi:"maxSurge,optional"`
	// DrainTimeoutMinutes is how long an upgrade waits for pods to leave, 1 to 1440.
	DrainTimeoutMinutes pulumi.IntPtrInput `pulumi:"drainTimeoutMinutes,optional"`
	// NodeSoakMinutes is how long an upgrade waits after each node, 0 to 30.
	NodeSoakMinutes pulumi.IntPtrInput `pulumi:"nodeSoakMinutes,optional"`
	// EnableNodePublicIP gives each node a public address. Default false.
	EnableNodePublicIP bool `pulumi:"enableNodePublicIp,optional"`
	// NodeIPPrefix is the prefix those addresses come from: a key of ManagedIdentityClusterArgs.NodeIPPrefixIDs.
	NodeIPPrefix string `pulumi:"nodeIpPrefix,optional"`
	// EnableEncryptionAtHost encrypts temporary disks and caches. Default false: the subscription has to be registered
	// for the feature and not every size has it.
	EnableEncryptionAtHost bool `pulumi:"enableEncryptionAtHost,optional"`
	// EnableFIPS uses a FIPS node image.
	EnableFIPS bool `pulumi:"enableFips,optional"`
	// EnableUltraSSD allows ultra disks.
	EnableUltraSSD bool `pulumi:"enableUltraSsd,optional"`
	// SecureBoot starts only signed boot components (trusted launch).
	SecureBoot bool `pulumi:"secureBoot,optional"`
	// VTPM gives nodes a virtual TPM (trusted launch).
	VTPM bool `pulumi:"vtpm,optional"`
	// DisableWindowsOutboundNAT switches the outbound NAT of a Windows pool off.
	DisableWindowsOutboundNAT bool `pulumi:"disableWindowsOutboundNat,optional"`
	// ProximityPlacementGroupID of the nodes.
	ProximityPlacementGroupID pulumi.StringPtrInput `pulumi:"proximityPlacementGroupId,optional"`
	// CapacityReservationGroup of the nodes: a key of ManagedIdentityClusterArgs.CapacityReservationGroupIDs.
	CapacityReservationGroup string `pulumi:"capacityReservationGroup,optional"`
	// HostGroup of dedicated hosts: a key of ManagedIdentityClusterArgs.HostGroupIDs.
	HostGroup string `pulumi:"hostGroup,optional"`
	// ScaleDownMode is what happens to machines that a smaller pool does not need. Default: AKS's, Delete.
	ScaleDownMode ScaleDownMode `pulumi:"scaleDownMode,optional"`
	// Tags on the pool's scale set.
	Tags pulumi.StringMapInput `pulumi:"tags,optional"`
	// IgnoreChanges are properties of the AKS agent pool resource whose drift is left alone, as count. For the system
	// pool, which is part of the cluster, use ManagedIdentityClusterArgs.IgnoreChanges.
	IgnoreChanges []string `pulumi:"ignoreChanges,optional"`
	// AdditionalProperties of the agent pool that this component does not model, in azure-native's spelling; see
	// ManagedIdentityClusterArgs.AdditionalProperties. A further pool that has some is deleted before its cluster and not
	// with it: Pulumi's Go SDK (v3.259.0) drops that option where they are added.
	AdditionalProperties pulumi.MapInput `pulumi:"additionalProperties,optional"`
}

// AutoscalingArgs are bounds in nodes; both are required.
type AutoscalingArgs struct {
	// Min nodes: at least 1 in a system pool.
	Min pulumi.IntInput `pulumi:"min"`
	// Max nodes: at most 1000.
	Max pulumi.IntInput `pulumi:"max"`
}

// SpotArgs buy spare capacity.
type SpotArgs struct {
	// EvictionPolicy is what happens to machines that Azure takes back. Default Delete.
	EvictionPolicy EvictionPolicy `pulumi:"evictionPolicy,optional"`
	// MaxPrice in US dollars an hour. Default -1: the price on demand.
	MaxPrice pulumi.Float64PtrInput `pulumi:"maxPrice,optional"`
}
