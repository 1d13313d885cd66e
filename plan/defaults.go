package plan

// Default values with a choice behind them; the reasons stand at the arguments in package components.
const (
	DefaultVMSize           = "Standard_D4ds_v5"
	DefaultMaxSurge         = "33%"
	DefaultLinuxImage       = "AzureLinux"
	DefaultCleanerHours     = 168
	ClusterUpgradeWindow    = "aksManagedAutoUpgradeSchedule"
	NodeOSUpgradeWindow     = "aksManagedNodeOSUpgradeSchedule"
	defaultWindowHours      = 8
	defaultClusterStart     = "01:00"
	defaultNodeOSStart      = "13:00"
	defaultOffset           = "+00:00"
	defaultDay              = "Sunday"
	systemNodes, zonedNodes = 2, 3
)

// WithDefaults fills in every default that decides something. What it returns is what will be deployed.
func (c Cluster) WithDefaults() Cluster {
	c.Identity.Type = orText(c.Identity.Type, SystemAssigned)
	c.Tier = orText(c.Tier, "Standard")
	c.Strategy = RoleStrategy(orText(string(c.Strategy), string(BuiltinRoles)))
	c.OIDCIssuer = orBool(c.OIDCIssuer, true)
	c.WorkloadIdentity = orBool(c.WorkloadIdentity, *c.OIDCIssuer)
	c.CostAnalysis = orBool(c.CostAnalysis, c.Tier != "Free")
	c.KubernetesRBAC = orBool(c.KubernetesRBAC, true)
	c.Upgrade.Channel = orText(c.Upgrade.Channel, "patch")
	c.Upgrade.NodeOSChannel = orText(c.Upgrade.NodeOSChannel, "NodeImage")
	c.Pools = withPoolDefaults(c.Pools)
	c.Network = c.Network.withDefaults(c.Pools)
	c.Maintenance = c.withWindows()
	return c
}

func orText(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}

func orBool(value *bool, fallback bool) *bool {
	if value == nil {
		return &fallback
	}
	return value
}

func withPoolDefaults(pools []Pool) []Pool {
	out := make([]Pool, len(pools))
	users := false
	for i, pool := range pools {
		pool.OSType = orText(pool.OSType, "Linux")
		if pool.OSType == "Linux" {
			pool.OSSKU = orText(pool.OSSKU, DefaultLinuxImage)
		}
		mode := "User"
		if i == 0 {
			mode = "System"
		}
		pool.Mode = orText(pool.Mode, mode)
		users = users || pool.Mode == "User"
		if pool.Spot != nil {
			spot := *pool.Spot
			spot.EvictionPolicy = orText(spot.EvictionPolicy, "Delete")
			pool.Spot = &spot
		}
		out[i] = pool
	}
	for i := range out {
		if out[i].Mode == "System" && users && out[i].Taints == nil {
			out[i].Taints = []Value[string]{Known(CriticalAddonsTaint)}
		}
	}
	return out
}

// FirstCount is the number of nodes that a pool begins with when none is given.
func (pool Pool) FirstCount() int {
	switch {
	case pool.Autoscaling != nil:
		return pool.Autoscaling.Min.Or(1)
	case pool.Mode == "System" && pool.Zones > 0:
		return zonedNodes
	case pool.Mode == "System":
		return systemNodes
	default:
		return 1
	}
}

func (n Network) withDefaults(pools []Pool) Network {
	podSubnets, windows := false, false
	for _, pool := range pools {
		podSubnets = podSubnets || pool.PodSubnet != ""
		windows = windows || pool.OSType == "Windows"
	}
	n.Plugin = orText(n.Plugin, "azure")
	n.OutboundType = orText(n.OutboundType, "loadBalancer")
	n.LoadBalancerSKU = orText(n.LoadBalancerSKU, "standard")
	if n.Plugin != "azure" {
		return n
	}
	if !podSubnets && !n.Flat {
		n.PluginMode = orText(n.PluginMode, "overlay")
	}
	if n.Dataplane == "" && !windows && (n.Policy == "" || n.Policy == "cilium") && (n.PluginMode == "overlay" || podSubnets) {
		n.Dataplane = "cilium"
	}
	if n.Dataplane == "cilium" {
		n.Policy = orText(n.Policy, "cilium")
	}
	return n
}

// withWindows are the maintenance windows: one for each channel that is on, as given or by default.
func (c Cluster) withWindows() map[string]Window {
	if c.NoMaintenance {
		return nil
	}
	windows := map[string]Window{}
	if c.Upgrade.Channel != "none" {
		windows[ClusterUpgradeWindow] = c.Maintenance[ClusterUpgradeWindow].withDefaults(defaultClusterStart)
	}
	if c.Upgrade.NodeOSChannel != "None" && c.Upgrade.NodeOSChannel != "Unmanaged" {
		windows[NodeOSUpgradeWindow] = c.Maintenance[NodeOSUpgradeWindow].withDefaults(defaultNodeOSStart)
	}
	return windows
}

func (w Window) withDefaults(start string) Window {
	w.Day = orText(w.Day, defaultDay)
	w.StartTime = orText(w.StartTime, start)
	w.UTCOffset = orText(w.UTCOffset, defaultOffset)
	if w.DurationHours == 0 {
		w.DurationHours = defaultWindowHours
	}
	if w.IntervalWeeks == 0 {
		w.IntervalWeeks = 1
	}
	return w
}
