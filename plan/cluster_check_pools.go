package plan

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	poolNamePattern  = regexp.MustCompile(`^[a-z][a-z0-9]{0,11}$`)
	surgePattern     = regexp.MustCompile(`^[0-9]+%?$`)
	burstablePattern = regexp.MustCompile(`(?i)^Standard_B\d`)
)

// CriticalAddonsTaint is the one hard taint that a system pool may carry.
const CriticalAddonsTaint = "CriticalAddonsOnly=true:NoSchedule"

func (c Cluster) checkPools(p *problems) {
	if len(c.Pools) == 0 {
		p.refused("MustDefineAtLeastOneSystemPool", "pools", `give at least one pool with mode "System".`, "the cluster has no node pool")
		return
	}
	names := map[string]int{}
	for i, pool := range c.Pools {
		path := fmt.Sprintf("pools[%d]", i)
		if first, twice := names[pool.Name]; twice {
			p.add(path+".name", "give each pool its own name.", "pools[%d] is called %q too", first, pool.Name)
		}
		names[pool.Name] = i
		pool.check(p, path)
		c.checkPoolPlace(p, path, pool)
	}
	if c.Pools[0].Mode != "System" {
		p.refused("MustDefineAtLeastOneSystemPool", "pools[0].mode", `put a pool with mode "System" first; it is created with the cluster.`,
			"the first pool is no system pool")
	}
}

func (pool Pool) check(p *problems, path string) {
	form, fix := poolNamePattern, "use 1 to 12 lower-case letters and digits, beginning with a letter."
	if pool.OSType == "Windows" && len(pool.Name) > 6 {
		p.add(path+".name", "use at most 6 characters for a Windows pool.", "%q is too long for a Windows pool", pool.Name)
	}
	p.matches(path+".name", Known(pool.Name), form, fix)
	p.oneOf(path+".mode", pool.Mode, "System", "User")
	p.oneOf(path+".osType", pool.OSType, "Linux", "Windows")
	p.oneOf(path+".osDiskType", pool.OSDiskType, "Managed", "Ephemeral")
	p.oneOf(path+".scaleDownMode", pool.ScaleDownMode, "Delete", "Deallocate")
	p.between(path+".osDiskSizeGb", pool.OSDiskSizeGB, 0, 2048, " GB (0 for the size of the image)")
	p.between(path+".maxPods", pool.MaxPods, 10, 250, " pods for each node")
	p.between(path+".drainTimeoutMinutes", pool.DrainTimeoutMinutes, 1, 1440, " minutes")
	p.between(path+".nodeSoakMinutes", pool.NodeSoakMinutes, 0, 30, " minutes")
	p.matches(path+".maxSurge", pool.MaxSurge, surgePattern, `give a number of nodes or a percentage, like "33%".`)
	p.matches(path+".kubernetesVersion", pool.KubernetesVersion, versionPattern, `give "1.30" or "1.30.10".`)
	pool.checkCount(p, path)
	pool.checkSystem(p, path)
	pool.checkSpot(p, path)
	pool.checkIDs(p, path)
	if pool.WindowsOutboundNATOff && pool.OSType != "Windows" {
		p.add(path+".disableWindowsOutboundNat", "leave it out for Linux.", "only a Windows pool has outbound NAT to switch off")
	}
}

func (pool Pool) checkIDs(p *problems, path string) {
	p.checkID(path+".nodePublicIpPrefixId", pool.NodePublicIPPrefix, typePrefix)
	p.checkID(path+".proximityPlacementGroupId", pool.ProximityGroup, "Microsoft.Compute/proximityPlacementGroups")
	p.checkID(path+".capacityReservationGroupId", pool.CapacityReservationGroup, "Microsoft.Compute/capacityReservationGroups")
	p.checkID(path+".hostGroupId", pool.HostGroup, "Microsoft.Compute/hostGroups")
	if pool.NodePublicIPPrefix.IsSet() && !pool.NodePublicIP {
		p.add(path+".nodePublicIpPrefixId", "set enableNodePublicIp to true, or leave the prefix out.", "the nodes have no public IP to take from it")
	}
}

func (pool Pool) checkCount(p *problems, path string) {
	low := 0
	if pool.Mode == "System" {
		low = 1
	}
	p.between(path+".count", pool.Count, low, 1000, " nodes")
	if pool.Autoscaling == nil {
		return
	}
	p.between(path+".autoscaling.min", pool.Autoscaling.Min, low, 1000, " nodes")
	p.between(path+".autoscaling.max", pool.Autoscaling.Max, 1, 1000, " nodes")
	for _, bound := range []struct {
		name  string
		value Value[int]
	}{{"min", pool.Autoscaling.Min}, {"max", pool.Autoscaling.Max}} {
		if !bound.value.IsSet() {
			p.add(path+".autoscaling."+bound.name, "give both bounds.", "the autoscaler has no %simum", bound.name)
		}
	}
	low, lowKnown := pool.Autoscaling.Min.Get()
	high, highKnown := pool.Autoscaling.Max.Get()
	if !lowKnown || !highKnown {
		return
	}
	if low > high {
		p.add(path+".autoscaling.min", "make min at most max.", "the minimum %d is above the maximum %d", low, high)
	} else if count, ok := pool.Count.Get(); ok && (count < low || count > high) {
		p.add(path+".count", fmt.Sprintf("give %d to %d, or leave it out to begin with the minimum.", low, high),
			"%d is outside the autoscaler's bounds", count)
	}
}

func (pool Pool) checkSystem(p *problems, path string) {
	if pool.Mode != "System" {
		return
	}
	if pool.OSType == "Windows" {
		p.refused("SystemPoolMustBeLinux", path+".osType", "use Linux, or mode User.", "a system pool cannot run Windows")
	}
	if pool.Spot != nil {
		p.refused("SystemPoolMustBeRegular", path+".spot", "leave spot out, or use mode User.", "a system pool cannot use spot machines")
	}
	if size, ok := pool.VMSize.Get(); ok && burstablePattern.MatchString(size) {
		p.refused("SystemPoolSkuTooLow", path+".vmSize", "use a size of the D series or larger, with at least 2 cores and 4 GB.",
			"%q is a burstable size; system pods starve on it", size)
	}
	for i, taint := range pool.Taints {
		text, ok := taint.Get()
		if ok && text != CriticalAddonsTaint && !strings.HasSuffix(text, ":PreferNoSchedule") {
			p.refused("SystemPoolHasRestrictedTaint", fmt.Sprintf("%s.nodeTaints[%d]", path, i),
				"use "+CriticalAddonsTaint+" or a PreferNoSchedule taint.", "a system pool cannot have the hard taint %q", text)
		}
	}
}

func (pool Pool) checkSpot(p *problems, path string) {
	if pool.Spot == nil {
		return
	}
	p.oneOf(path+".spot.evictionPolicy", pool.Spot.EvictionPolicy, "Delete", "Deallocate")
	if price, ok := pool.Spot.MaxPrice.Get(); ok && price != -1 && price <= 0 {
		p.add(path+".spot.maxPrice", "give a price in US dollars an hour above 0, or -1 for the price on demand.", "%v is no price", price)
	}
}

// checkPoolPlace checks a pool against the cluster around it.
func (c Cluster) checkPoolPlace(p *problems, path string, pool Pool) {
	for _, part := range []struct{ name, key string }{{"subnet", pool.Subnet}, {"podSubnet", pool.PodSubnet}} {
		if _, ok := c.Subnets[part.key]; part.key != "" && !ok {
			p.add(path+"."+part.name, "add it to subnets, or use one of the keys there.", "subnets has no key %q", part.key)
		}
	}
	if pool.PodSubnet != "" && pool.Subnet == "" {
		p.add(path+".podSubnet", "give subnet for the nodes too.", "a pod subnet needs a node subnet")
	}
	if pool.PodSubnet != "" && c.Network.PluginMode == "overlay" {
		p.add(path+".podSubnet", "leave it out, or do not use overlay.", "with overlay, pods take their addresses from podCidr")
	}
	if pool.OSType == "Windows" && c.Network.Plugin == "kubenet" {
		p.add(path+".osType", `set network.plugin to "azure".`, "kubenet has no Windows nodes")
	}
	c.checkPoolVersion(p, path, pool)
}

func (c Cluster) checkPoolVersion(p *problems, path string, pool Pool) {
	cluster, okCluster := c.KubernetesVersion.Get()
	own, okOwn := pool.KubernetesVersion.Get()
	if !okCluster || !okOwn {
		return
	}
	major, minor, ok1 := majorMinor(cluster)
	poolMajor, poolMinor, ok2 := majorMinor(own)
	if ok1 && ok2 && (poolMajor > major || poolMajor == major && poolMinor > minor) {
		p.refused("NodePoolMcVersionIncompatible", path+".kubernetesVersion", "use the cluster's version or an older one.",
			"the pool's version %s is newer than the cluster's %s", own, cluster)
	}
}
