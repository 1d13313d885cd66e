package program

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// firstVersion is the minor version of the first day; AKS's patch channel keeps the patches.
const firstVersion = "1.35"

// systemPool runs what the cluster itself needs. The default taint keeps everything else away.
func systemPool() *components.NodePoolArgs {
	return Zonal(&components.NodePoolArgs{
		Subnet:      "system",
		Autoscaling: between(3, 5),
	})
}

// webPool serves customers.
func webPool() *components.NodePoolArgs {
	return Zonal(&components.NodePoolArgs{
		Name:        "web",
		Subnet:      "workloads",
		VMSize:      pulumi.StringPtr("Standard_D8ds_v5"),
		Autoscaling: between(3, 12),
	})
}

// jobPool is empty until there is a job that tolerates its taint.
func jobPool() *components.NodePoolArgs {
	return Zonal(&components.NodePoolArgs{
		Name:        "jobs",
		Subnet:      "workloads",
		VMSize:      pulumi.StringPtr("Standard_E8ds_v5"),
		Autoscaling: between(0, 20),
		NodeLabels:  pulumi.StringMap{"workload": pulumi.String("jobs")},
		NodeTaints:  pulumi.StringArray{pulumi.String("workload=jobs:NoSchedule")},
	})
}

// Zonal spreads a pool over three zones. Each pool names its version: AKS leaves the version of a pool where it is when the
// control plane is upgraded.
func Zonal(pool *components.NodePoolArgs) *components.NodePoolArgs {
	pool.AvailabilityZones = pulumi.StringArray{pulumi.String("1"), pulumi.String("2"), pulumi.String("3")}
	pool.KubernetesVersion = pulumi.StringPtr(firstVersion)
	return pool
}

func between(low, high int) *components.AutoscalingArgs {
	return &components.AutoscalingArgs{Min: pulumi.Int(low), Max: pulumi.Int(high)}
}

// windows are when AKS upgrades: early on working days, so that whoever looks after the cluster is there a few hours later; the
// nodes two days after the control plane.
func windows() *components.MaintenanceArgs {
	return &components.MaintenanceArgs{
		Cluster: &components.MaintenanceWindowArgs{Day: components.Tuesday, StartTime: pulumi.String("02:00"), UTCOffset: pulumi.String("+01:00"), DurationHours: pulumi.Int(4)},
		NodeOS:  &components.MaintenanceWindowArgs{Day: components.Thursday, StartTime: pulumi.String("02:00"), UTCOffset: pulumi.String("+01:00"), DurationHours: pulumi.Int(4)},
	}
}
