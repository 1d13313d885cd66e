package plan

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	poolNamePattern  = regexp.MustCompile(`^[a-z][a-z0-9]{0,11}$`)
	surgePattern     = regexp.MustCompile(`^[0-9]+%?$`)
	sizePattern      = regexp.MustCompile(`(?i)^(Standard|Basic)_[A-Z][A-Z0-9_-]*$`)
	poolZonePattern  = regexp.MustCompile(`^[0-9]$`)
	burstablePattern = regexp.MustCompile(`(?i)^Standard_B\d`)
)

// CriticalAddonsTaint is the one hard taint that a system pool may carry.
const CriticalAddonsTaint = "CriticalAddonsOnly=true:NoSchedule"

func (c Cluster) checkPools(p *problems) {
	names := map[string]Path{}
	system := false
	for _, pool := range c.pools() {
		if first, twice := names[pool.Name]; twice {
			p.add(pool.path.Field("name"), fmt.Sprintf("%s is called %q too", first, pool.Name), "give each pool its own name.")
		}
		names[pool.Name] = pool.path
		pool.check(p, pool.path)
		c.checkPoolPlace(p, pool.path, pool.Pool)
		system = system || pool.Mode == PoolModeSystem
	}
	if !system {
		p.refused("MustDefineAtLeastOneSystemPool", "systemPool.mode", "no pool is a system pool", `give one of the pools mode "System".`)
	}
}

func (pool Pool) check(p *problems, path Path) {
	form, fix := poolNamePattern, "use 1 to 12 lower-case letters and digits, beginning with a letter."
	if pool.OSType == OSTypeWindows && len(pool.Name) > 6 {
		p.add(path.Field("name"), fmt.Sprintf("%q is too long for a Windows pool", pool.Name), "use at most 6 characters for a Windows pool.")
	}
	p.matches(path.Field("name"), Known(pool.Name), form, fix)
	oneOf(p, path.Field("mode"), pool.Mode)
	oneOf(p, path.Field("osType"), pool.OSType)
	oneOf(p, path.Field("osSku"), pool.OSSKU)
	oneOf(p, path.Field("osDiskType"), pool.OSDiskType)
	oneOf(p, path.Field("scaleDownMode"), pool.ScaleDownMode)
	p.between(path.Field("osDiskSizeGb"), pool.OSDiskSizeGB, 0, 2048, " GB (0 for the size of the image)")
	p.between(path.Field("maxPods"), pool.MaxPods, 10, 250, " pods for each node")
	p.between(path.Field("drainTimeoutMinutes"), pool.DrainTimeoutMinutes, 1, 1440, " minutes")
	p.between(path.Field("nodeSoakMinutes"), pool.NodeSoakMinutes, 0, 30, " minutes")
	p.matches(path.Field("maxSurge"), pool.MaxSurge, surgePattern, `give a number of nodes or a percentage, like "33%".`)
	p.matches(path.Field("kubernetesVersion"), pool.KubernetesVersion, versionPattern, `give "1.30" or "1.30.10".`)
	p.matches(path.Field("vmSize"), pool.VMSize, sizePattern, "give the full name, like "+DefaultVMSize+".")
	p.eachGiven(path.Field("availabilityZones"), pool.Zones)
	p.eachGiven(path.Field("nodeTaints"), pool.Taints)
	for i, zone := range pool.Zones {
		p.matches(path.Field("availabilityZones").Index(i), zone, poolZonePattern, `give the zone alone, like "1".`)
	}
	pool.checkCount(p, path)
	pool.checkSystem(p, path)
	pool.checkSpot(p, path)
	pool.checkIDs(p, path)
	if pool.WindowsOutboundNATOff && pool.OSType != OSTypeWindows {
		p.add(path.Field("disableWindowsOutboundNat"), "only a Windows pool has outbound NAT to switch off", "leave it out for Linux.")
	}
}

func (pool Pool) checkIDs(p *problems, path Path) {
	p.checkID(path.Field("proximityPlacementGroupId"), pool.ProximityGroup, "Microsoft.Compute/proximityPlacementGroups")
	if pool.NodeIPPrefix != "" && !pool.NodePublicIP {
		p.add(path.Field("nodeIpPrefix"), "the nodes have no public IP to take from it", "set enableNodePublicIp to true, or leave the prefix out.")
	}
}

func (pool Pool) checkCount(p *problems, path Path) {
	low := 0
	if pool.Mode == PoolModeSystem {
		low = 1
	}
	p.between(path.Field("count"), pool.Count, low, 1000, " nodes")
	if pool.Autoscaling == nil {
		return
	}
	p.between(path.Field("autoscaling").Field("min"), pool.Autoscaling.Min, low, 1000, " nodes")
	p.between(path.Field("autoscaling").Field("max"), pool.Autoscaling.Max, 1, 1000, " nodes")
	for _, bound := range []struct {
		name  string
		value Value[int]
	}{{"min", pool.Autoscaling.Min}, {"max", pool.Autoscaling.Max}} {
		if !bound.value.IsSet() {
			p.add(path.Field("autoscaling").Field(bound.name), fmt.Sprintf("the autoscaler has no %simum", bound.name), "give both bounds.")
		}
	}
	low, lowKnown := pool.Autoscaling.Min.Get()
	high, highKnown := pool.Autoscaling.Max.Get()
	if !lowKnown || !highKnown {
		return
	}
	if low > high {
		p.add(path.Field("autoscaling").Field("min"), fmt.Sprintf("the minimum %d is above the maximum %d", low, high), "make min at most max.")
	} else if count, ok := pool.Count.Get(); ok && (count < low || count > high) {
		p.add(path.Field("count"), fmt.Sprintf("%d is outside the autoscaler's bounds", count),
			fmt.Sprintf("give %d to %d, or leave it out to begin with the minimum.", low, high))
	}
}

func (pool Pool) checkSystem(p *problems, path Path) {
	if pool.Mode != PoolModeSystem {
		return
	}
	if pool.OSType == OSTypeWindows {
		p.refused("SystemPoolMustBeLinux", path.Field("osType"), "a system pool cannot run Windows", "use Linux, or mode User.")
	}
	if pool.Spot != nil {
		p.refused("SystemPoolMustBeRegular", path.Field("spot"), "a system pool cannot use spot machines",
			"leave spot out, or use mode User.")
	}
	if size, ok := pool.VMSize.Get(); ok && burstablePattern.MatchString(size) {
		p.refused("SystemPoolSkuTooLow", path.Field("vmSize"), fmt.Sprintf("%q is a burstable size; system pods starve on it", size),
			"use a size of the D series or larger, with at least 2 cores and 4 GB.")
	}
	for i, taint := range pool.Taints {
		text, ok := taint.Get()
		if ok && text != CriticalAddonsTaint && !strings.HasSuffix(text, ":PreferNoSchedule") {
			p.refused("SystemPoolHasRestrictedTaint", path.Field("nodeTaints").Index(i), fmt.Sprintf("a system pool cannot have the hard taint %q", text),
				"use "+CriticalAddonsTaint+" or a PreferNoSchedule taint.")
		}
	}
}

func (pool Pool) checkSpot(p *problems, path Path) {
	if pool.Spot == nil {
		return
	}
	oneOf(p, path.Field("spot").Field("evictionPolicy"), pool.Spot.EvictionPolicy)
	if price, ok := pool.Spot.MaxPrice.Get(); ok && price != -1 && price <= 0 {
		p.add(path.Field("spot").Field("maxPrice"), fmt.Sprintf("%v is no price", price),
			"give a price in US dollars an hour above 0, or -1 for the price on demand.")
	}
}

// checkPoolPlace checks a pool against the cluster around it.
func (c Cluster) checkPoolPlace(p *problems, path Path, pool Pool) {
	if pool.PodSubnet != "" && pool.Subnet == "" {
		p.add(path.Field("podSubnet"), "a pod subnet needs a node subnet", "give subnet for the nodes too.")
	}
	if pool.PodSubnet != "" && c.Network.PluginMode == NetworkPluginModeOverlay {
		p.add(path.Field("podSubnet"), "with overlay, pods take their addresses from podCidr", "leave it out, or do not use overlay.")
	}
	if pool.OSType == OSTypeWindows && c.Network.Plugin == NetworkPluginKubenet {
		p.add(path.Field("osType"), "kubenet has no Windows nodes", `set network.plugin to "azure".`)
	}
	c.checkPoolVersion(p, path, pool)
}

func (c Cluster) checkPoolVersion(p *problems, path Path, pool Pool) {
	cluster, okCluster := c.KubernetesVersion.Get()
	own, okOwn := pool.KubernetesVersion.Get()
	if !okCluster || !okOwn {
		return
	}
	major, minor, ok1 := majorMinor(cluster)
	poolMajor, poolMinor, ok2 := majorMinor(own)
	if ok1 && ok2 && (poolMajor > major || poolMajor == major && poolMinor > minor) {
		p.refused("NodePoolMcVersionIncompatible", path.Field("kubernetesVersion"), fmt.Sprintf("the pool's version %s is newer than the cluster's %s", own, cluster),
			"use the cluster's version or an older one.")
	}
}
