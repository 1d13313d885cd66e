package components

import (
	"reflect"

	aks "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// poolProperties builds the properties of one pool. The same ones describe the pool inside the cluster and the pools
// that follow it.
func poolProperties(args *NodePoolArgs, pool plan.Pool, cluster *ManagedIdentityClusterArgs) aks.AgentPoolArgs {
	properties := aks.AgentPoolArgs{
		AgentPoolName:              pulumi.StringPtr(pool.Name),
		Mode:                       textInput(pool.Mode),
		Type:                       pulumi.StringPtr("VirtualMachineScaleSets"),
		VmSize:                     orInput(args.VMSize, plan.DefaultVMSize),
		Count:                      countOf(args, pool),
		AvailabilityZones:          stringArray(args.AvailabilityZones),
		OsType:                     textInput(pool.OSType),
		OsSKU:                      textInput(pool.OSSKU),
		OsDiskType:                 textInput(args.OSDiskType),
		OsDiskSizeGB:               args.OSDiskSizeGB,
		MaxPods:                    args.MaxPods,
		NodeLabels:                 labelsOf(args),
		NodeTaints:                 taintsOf(args, pool),
		OrchestratorVersion:        args.KubernetesVersion,
		EnableNodePublicIP:         flagInput(args.EnableNodePublicIP),
		NodePublicIPPrefixID:       byKey(cluster.NodeIPPrefixIDs, args.NodeIPPrefix),
		EnableEncryptionAtHost:     flagInput(args.EnableEncryptionAtHost),
		EnableFIPS:                 flagInput(args.EnableFIPS),
		EnableUltraSSD:             flagInput(args.EnableUltraSSD),
		ProximityPlacementGroupID:  args.ProximityPlacementGroupID,
		CapacityReservationGroupID: byKey(cluster.CapacityReservationGroupIDs, args.CapacityReservationGroup),
		HostGroupID:                byKey(cluster.HostGroupIDs, args.HostGroup),
		ScaleDownMode:              textInput(args.ScaleDownMode),
		Tags:                       args.Tags,
		VnetSubnetID:               byKey(cluster.Subnets, args.Subnet),
		PodSubnetID:                byKey(cluster.Subnets, args.PodSubnet),
		// Said in either case: AKS keeps what an update leaves out, so autoscaling would stay on.
		EnableAutoScaling: pulumi.BoolPtr(args.Autoscaling != nil),
		UpgradeSettings: aks.AgentPoolUpgradeSettingsArgs{
			MaxSurge:                  orInput(args.MaxSurge, plan.DefaultMaxSurge),
			DrainTimeoutInMinutes:     args.DrainTimeoutMinutes,
			NodeSoakDurationInMinutes: args.NodeSoakMinutes,
		},
	}
	if args.Autoscaling != nil {
		properties.MinCount = args.Autoscaling.Min.ToIntOutput().ToIntPtrOutput()
		properties.MaxCount = args.Autoscaling.Max.ToIntOutput().ToIntPtrOutput()
	}
	if args.Spot != nil {
		properties.ScaleSetPriority = pulumi.StringPtr("Spot")
		properties.ScaleSetEvictionPolicy = textInput(pool.Spot.EvictionPolicy)
		properties.SpotMaxPrice = spotPrice(args.Spot)
	}
	if args.SecureBoot || args.VTPM {
		properties.SecurityProfile = aks.AgentPoolSecurityProfileArgs{
			EnableSecureBoot: pulumi.BoolPtr(args.SecureBoot), EnableVTPM: pulumi.BoolPtr(args.VTPM),
		}
	}
	if args.DisableWindowsOutboundNAT {
		properties.WindowsProfile = aks.AgentPoolWindowsProfileArgs{DisableOutboundNat: pulumi.BoolPtr(true)}
	}
	return properties
}

func orInput(value pulumi.StringPtrInput, fallback string) pulumi.StringPtrInput {
	if isNil(value) {
		return pulumi.StringPtr(fallback)
	}
	return value
}

// countOf always sends a count: AKS refuses a pool without one even when the autoscaler decides (InvalidParameter,
// pulumi-azure-native issue 2943).
func countOf(args *NodePoolArgs, pool plan.Pool) pulumi.IntPtrInput {
	switch {
	case !isNil(args.Count):
		return args.Count
	case args.Autoscaling != nil:
		return args.Autoscaling.Min.ToIntOutput().ToIntPtrOutput()
	default:
		return pulumi.IntPtr(pool.FirstCount())
	}
}

// taintsOf is a list also when there are none: AKS keeps what an update leaves out, and a taint that went would stay.
func taintsOf(args *NodePoolArgs, pool plan.Pool) pulumi.StringArrayInput {
	taints := pulumi.StringArray{}
	if args.NodeTaints != nil {
		return append(taints, args.NodeTaints...)
	}
	for _, taint := range pool.Taints {
		taints = append(taints, pulumi.String(taint.Or("")))
	}
	return taints
}

// labelsOf is a map also when there are none, as with taints.
func labelsOf(args *NodePoolArgs) pulumi.StringMapInput {
	if isNil(args.NodeLabels) {
		return pulumi.StringMap{}
	}
	return args.NodeLabels
}

func spotPrice(args *SpotArgs) pulumi.Float64PtrInput {
	if isNil(args.MaxPrice) {
		return pulumi.Float64Ptr(-1)
	}
	return args.MaxPrice
}

// byKey is the ID that a pool refers to.
func byKey(ids map[string]pulumi.StringInput, key string) pulumi.StringPtrInput {
	id, ok := ids[key]
	if key == "" || !ok {
		return nil
	}
	return id.ToStringOutput().ToStringPtrOutput()
}

// inlinePool is the system pool in the form it has inside the cluster: the same properties, but for the name's.
func inlinePool(args *ManagedIdentityClusterArgs, effective plan.Cluster) aks.ManagedClusterAgentPoolProfileArgs {
	pool := poolProperties(args.systemPool(), effective.SystemPool, args)
	inline := aks.ManagedClusterAgentPoolProfileArgs{Name: pulumi.String(effective.SystemPool.Name)}
	from, to := reflect.ValueOf(pool), reflect.ValueOf(&inline).Elem()
	for i := range to.NumField() {
		field := to.Type().Field(i)
		if same := from.FieldByName(field.Name); same.IsValid() && same.Type() == field.Type {
			to.Field(i).Set(same)
		}
	}
	return inline
}
