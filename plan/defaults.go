package plan

import "net/netip"

// Default values with a choice behind them; the reasons stand at the arguments in package components.
const (
	DefaultVMSize           = "Standard_D4ds_v5"
	DefaultSystemPool       = "system"
	DefaultMaxSurge         = "33%"
	DefaultLinuxImage       = OSSKUAzureLinux
	DefaultCleanerHours     = 168
	ClusterUpgradeWindow    = "aksManagedAutoUpgradeSchedule"
	NodeOSUpgradeWindow     = "aksManagedNodeOSUpgradeSchedule"
	defaultWindowHours      = 8
	defaultClusterStart     = "01:00"
	defaultNodeOSStart      = "13:00"
	defaultOffset           = "+00:00"
	defaultDay              = Sunday
	systemNodes, zonedNodes = 2, 3
	// AKS's own ranges, which it does not send back in a preview (documentation of azure-native 2.92.3).
	defaultServiceCIDR = "10.0.0.0/16"
	defaultPodCIDR     = "10.244.0.0/16"
)

// WithDefaults fills in every default that decides something. What it returns is what will be deployed.
func (c Cluster) WithDefaults() Cluster {
	c.Identity.Type = orText(c.Identity.Type, c.Identity.implied())
	c.Tier = orText(c.Tier, TierStandard)
	c.Strategy = orText(c.Strategy, BuiltinRoles)
	c.Grants = orText(c.Grants, GrantAuto)
	c.OIDCIssuer = orBool(c.OIDCIssuer, true)
	c.WorkloadIdentity = orBool(c.WorkloadIdentity, *c.OIDCIssuer)
	c.CostAnalysis = orBool(c.CostAnalysis, c.Tier != TierFree)
	c.KubernetesRBAC = orBool(c.KubernetesRBAC, true)
	c.Upgrade.Channel = orText(c.Upgrade.Channel, UpgradeChannelPatch)
	c.Upgrade.NodeOSChannel = orText(c.Upgrade.NodeOSChannel, NodeOSChannelNodeImage)
	c = c.withPoolDefaults()
	c.Network = c.Network.withDefaults(c.pools())
	c.Maintenance = c.withWindows()
	return c
}

func orText[T ~string](value, fallback T) T {
	if value == "" {
		return fallback
	}
	return value
}

// implied is the type of an identity of which no type is said: a given identity is a user-assigned one.
func (i ClusterIdentity) implied() IdentityType {
	if i.User != nil {
		return UserAssigned
	}
	return SystemAssigned
}

func orBool(value *bool, fallback bool) *bool {
	if value == nil {
		return &fallback
	}
	return value
}

// withPoolDefaults: a system pool beside user pools keeps workloads away from the system pods, unless its taints are given.
func (c Cluster) withPoolDefaults() Cluster {
	c.SystemPool.Name = orText(c.SystemPool.Name, DefaultSystemPool)
	c.SystemPool = c.SystemPool.withDefaults(PoolModeSystem)
	users := c.SystemPool.Mode == PoolModeUser
	pools := make([]Pool, len(c.Pools))
	for i, pool := range c.Pools {
		pools[i] = pool.withDefaults(PoolModeUser)
		users = users || pools[i].Mode == PoolModeUser
	}
	taint := func(pool *Pool) {
		if pool.Mode == PoolModeSystem && users && pool.Taints == nil {
			pool.Taints = []Value[string]{Known(CriticalAddonsTaint)}
		}
	}
	taint(&c.SystemPool)
	for i := range pools {
		taint(&pools[i])
	}
	c.Pools = pools
	return c
}

func (pool Pool) withDefaults(mode PoolMode) Pool {
	pool.OSType = orText(pool.OSType, OSTypeLinux)
	if pool.OSType == OSTypeLinux {
		pool.OSSKU = orText(pool.OSSKU, DefaultLinuxImage)
	}
	pool.Mode = orText(pool.Mode, mode)
	if pool.Spot != nil {
		spot := *pool.Spot
		spot.EvictionPolicy = orText(spot.EvictionPolicy, EvictionPolicyDelete)
		pool.Spot = &spot
	}
	return pool
}

// FirstCount is the number of nodes that a pool begins with when none is given.
func (pool Pool) FirstCount() int {
	switch {
	case pool.Autoscaling != nil:
		return pool.Autoscaling.Min.Or(1)
	case pool.Mode == PoolModeSystem && len(pool.Zones) > 0:
		return zonedNodes
	case pool.Mode == PoolModeSystem:
		return systemNodes
	default:
		return 1
	}
}

func (n Network) withDefaults(pools []placedPool) Network {
	podSubnets, windows := false, false
	for _, pool := range pools {
		podSubnets = podSubnets || pool.PodSubnet != ""
		windows = windows || pool.OSType == OSTypeWindows
	}
	n.Plugin = orText(n.Plugin, NetworkPluginAzure)
	n.OutboundType = orText(n.OutboundType, OutboundTypeLoadBalancer)
	n.DNSServiceIP = n.dnsAddress()
	if n.Plugin != NetworkPluginAzure {
		return n
	}
	if !podSubnets && !n.Flat {
		n.PluginMode = orText(n.PluginMode, NetworkPluginModeOverlay)
	}
	if n.Dataplane == "" && !windows && (n.Policy == "" || n.Policy == NetworkPolicyCilium) && (n.PluginMode == NetworkPluginModeOverlay || podSubnets) {
		n.Dataplane = DataplaneCilium
	}
	if n.Dataplane == DataplaneCilium {
		n.Policy = orText(n.Policy, NetworkPolicyCilium)
	}
	return n
}

// dnsAddress is the address of the cluster's DNS: AKS's default lies in its default range only, so a range of yours gets the
// tenth address of it, as AKS's own.
func (n Network) dnsAddress() Value[string] {
	if n.DNSServiceIP.IsSet() || !n.ServiceCIDR.IsSet() {
		return n.DNSServiceIP
	}
	text, _ := n.ServiceCIDR.Get()
	services, err := netip.ParsePrefix(text)
	if err != nil {
		return n.DNSServiceIP
	}
	address := services.Masked().Addr()
	for range 10 {
		address = address.Next()
	}
	return Known(address.String())
}

// withWindows are the maintenance windows: one for each channel that is on, as given or by default.
func (c Cluster) withWindows() map[string]Window {
	if c.NoMaintenance {
		return nil
	}
	windows := map[string]Window{}
	if c.Upgrade.Channel != UpgradeChannelNone {
		windows[ClusterUpgradeWindow] = c.Maintenance[ClusterUpgradeWindow].withDefaults(defaultClusterStart)
	}
	if c.Upgrade.NodeOSChannel != NodeOSChannelNone && c.Upgrade.NodeOSChannel != NodeOSChannelUnmanaged {
		windows[NodeOSUpgradeWindow] = c.Maintenance[NodeOSUpgradeWindow].withDefaults(defaultNodeOSStart)
	}
	return windows
}

func (w Window) withDefaults(start string) Window {
	w.Day = orText(w.Day, defaultDay)
	w.StartTime = w.StartTime.OrDefault(start)
	w.UTCOffset = w.UTCOffset.OrDefault(defaultOffset)
	w.DurationHours = w.DurationHours.OrDefault(defaultWindowHours)
	w.IntervalWeeks = w.IntervalWeeks.OrDefault(1)
	return w
}
