package plan_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// lookInto lets a comparison look into values.
var lookInto = cmp.AllowUnexported(plan.Value[string]{}, plan.Value[int]{}, plan.Cluster{})

// TestDefaultsOfTheSmallestCluster: each default, literally, so that none changes by accident.
func TestDefaultsOfTheSmallestCluster(t *testing.T) {
	got := plan.Cluster{}.WithDefaults()
	on := true
	want := plan.Cluster{
		Identity: plan.ClusterIdentity{Type: "SystemAssigned"}, Tier: "Standard", Strategy: "builtin", Grants: "auto",
		OIDCIssuer: &on, WorkloadIdentity: &on, CostAnalysis: &on, KubernetesRBAC: &on,
		Upgrade:    plan.Upgrade{Channel: "patch", NodeOSChannel: "NodeImage"},
		SystemPool: plan.Pool{Name: "system", Mode: "System", OSType: "Linux", OSSKU: "AzureLinux"}, Pools: []plan.Pool{},
		Network: plan.Network{Plugin: "azure", PluginMode: "overlay", Dataplane: "cilium", Policy: "cilium", OutboundType: "loadBalancer"},
		Maintenance: map[string]plan.Window{
			"aksManagedAutoUpgradeSchedule":   {Day: "Sunday", StartTime: plan.Known("01:00"), UTCOffset: plan.Known("+00:00"), DurationHours: plan.Known(8), IntervalWeeks: plan.Known(1)},
			"aksManagedNodeOSUpgradeSchedule": {Day: "Sunday", StartTime: plan.Known("13:00"), UTCOffset: plan.Known("+00:00"), DurationHours: plan.Known(8), IntervalWeeks: plan.Known(1)},
		},
	}
	if diff := cmp.Diff(want, got, lookInto); diff != "" {
		t.Errorf("defaults (-want +got):\n%s", diff)
	}
}

// TestDefaultsThatDependOnOthers: a default that follows another argument, one by one.
func TestDefaultsThatDependOnOthers(t *testing.T) {
	off := false
	taints := func(pool plan.Pool) any { return len(pool.Taints) }
	cases := []struct {
		name, reason string
		change       func(*plan.Cluster)
		look         func(plan.Cluster) any
		want         any
	}{
		{"given identity", "an identity that is given is a user-assigned one", func(c *plan.Cluster) { c.Identity.User = &plan.UserIdentity{} },
			func(c plan.Cluster) any { return c.Identity.Type }, plan.UserAssigned},
		{"cost analysis on Free", "the tier has none", func(c *plan.Cluster) { c.Tier = plan.TierFree },
			func(c plan.Cluster) any { return *c.CostAnalysis }, false},
		{"workload identity without issuer", "it needs the issuer", func(c *plan.Cluster) { c.OIDCIssuer = &off },
			func(c plan.Cluster) any { return *c.WorkloadIdentity }, false},
		{"system pool alone", "workloads have nowhere else to go", func(*plan.Cluster) {},
			func(c plan.Cluster) any { return taints(c.SystemPool) }, 0},
		{"system pool beside a user pool", "workloads keep away from system pods", func(c *plan.Cluster) { c.Pools = []plan.Pool{{Name: "web"}} },
			func(c plan.Cluster) any { return c.SystemPool.Taints[0].Or("") }, plan.CriticalAddonsTaint},
		{"user pool", "it has no taint by default", func(c *plan.Cluster) { c.Pools = []plan.Pool{{Name: "web"}} },
			func(c plan.Cluster) any { return taints(c.Pools[0]) }, 0},
		{"system pool with taints of yours", "they stay, none too", func(c *plan.Cluster) {
			c.SystemPool.Taints, c.Pools = []plan.Value[string]{}, []plan.Pool{{Name: "web"}}
		}, func(c plan.Cluster) any { return taints(c.SystemPool) }, 0},
		{"two system pools", "neither has a user pool beside it", func(c *plan.Cluster) { c.Pools = []plan.Pool{{Name: "two", Mode: plan.PoolModeSystem}} },
			func(c plan.Cluster) any { return len(c.SystemPool.Taints) + len(c.Pools[0].Taints) }, 0},
		{"second system pool beside a user pool", "it is tainted like the first", func(c *plan.Cluster) {
			c.Pools = []plan.Pool{{Name: "two", Mode: plan.PoolModeSystem}, {Name: "web"}}
		}, func(c plan.Cluster) any {
			return len(c.SystemPool.Taints) + 10*len(c.Pools[0].Taints) + 100*len(c.Pools[1].Taints)
		}, 11},
		{"first pool in user mode", "the other one is the system pool beside it", func(c *plan.Cluster) {
			c.SystemPool.Mode, c.Pools = plan.PoolModeUser, []plan.Pool{{Name: "sys", Mode: plan.PoolModeSystem}}
		}, func(c plan.Cluster) any { return len(c.SystemPool.Taints) + 10*len(c.Pools[0].Taints) }, 10},
		{"image of a Windows pool", "AKS chooses it", func(c *plan.Cluster) { c.Pools = []plan.Pool{{Name: "win", OSType: plan.OSTypeWindows}} },
			func(c plan.Cluster) any { return c.Pools[0].OSSKU }, plan.OSSKU("")},
		{"eviction of spot machines", "a deleted one costs nothing", func(c *plan.Cluster) { c.Pools = []plan.Pool{{Name: "spare", Spot: &plan.Spot{}}} },
			func(c plan.Cluster) any { return c.Pools[0].Spot.EvictionPolicy }, plan.EvictionPolicyDelete},
		{"kubenet", "it has no mode, no data plane and no policy", func(c *plan.Cluster) { c.Network.Plugin = plan.NetworkPluginKubenet },
			func(c plan.Cluster) any {
				return string(c.Network.PluginMode) + string(c.Network.Dataplane) + string(c.Network.Policy)
			}, ""},
		{"flat", "no overlay, and the data plane needs overlay or pod subnets", func(c *plan.Cluster) { c.Network.Flat = true },
			func(c plan.Cluster) any { return string(c.Network.PluginMode) + string(c.Network.Dataplane) }, ""},
		{"pod subnets", "pods are in them, on cilium", func(c *plan.Cluster) { c.SystemPool.PodSubnet = "pods" },
			func(c plan.Cluster) any { return string(c.Network.PluginMode) + string(c.Network.Dataplane) }, "cilium"},
		{"Windows nodes", "cilium runs on Linux only", func(c *plan.Cluster) { c.Pools = []plan.Pool{{Name: "win", OSType: plan.OSTypeWindows}} },
			func(c plan.Cluster) any { return string(c.Network.Dataplane) + string(c.Network.Policy) }, ""},
		{"calico", "another policy engine has no cilium data plane", func(c *plan.Cluster) { c.Network.Policy = plan.NetworkPolicyCalico },
			func(c plan.Cluster) any { return c.Network.Dataplane }, plan.Dataplane("")},
		{"cilium policy", "it brings its data plane", func(c *plan.Cluster) { c.Network.Policy = plan.NetworkPolicyCilium },
			func(c plan.Cluster) any { return c.Network.Dataplane }, plan.DataplaneCilium},
		{"DNS of a range of yours", "the tenth address", func(c *plan.Cluster) { c.Network.ServiceCIDR = plan.Known("172.16.8.0/21") },
			func(c plan.Cluster) any { return c.Network.DNSServiceIP.Or("") }, "172.16.8.10"},
		{"DNS of a range written at an address in it", "counted from the range's beginning", func(c *plan.Cluster) { c.Network.ServiceCIDR = plan.Known("172.16.8.77/21") },
			func(c plan.Cluster) any { return c.Network.DNSServiceIP.Or("") }, "172.16.8.10"},
		{"DNS of a late range", "it cannot be computed", func(c *plan.Cluster) { c.Network.ServiceCIDR = plan.Late[string]() },
			func(c plan.Cluster) any { return c.Network.DNSServiceIP.IsSet() }, false},
		{"DNS as given", "it stays", func(c *plan.Cluster) {
			c.Network.ServiceCIDR, c.Network.DNSServiceIP = plan.Known("172.16.8.0/21"), plan.Known("172.16.8.20")
		}, func(c plan.Cluster) any { return c.Network.DNSServiceIP.Or("") }, "172.16.8.20"},
		{"no maintenance", "no windows", func(c *plan.Cluster) { c.NoMaintenance = true }, func(c plan.Cluster) any { return len(c.Maintenance) }, 0},
		{"no upgrades of the version", "no window for them", func(c *plan.Cluster) { c.Upgrade.Channel = plan.UpgradeChannelNone },
			func(c plan.Cluster) any { return windowNames(c) }, plan.NodeOSUpgradeWindow},
		{"no upgrades of the image", "no window for them", func(c *plan.Cluster) { c.Upgrade.NodeOSChannel = plan.NodeOSChannelNone },
			func(c plan.Cluster) any { return windowNames(c) }, plan.ClusterUpgradeWindow},
		{"images upgraded by the nodes themselves", "no window for that", func(c *plan.Cluster) { c.Upgrade.NodeOSChannel = plan.NodeOSChannelUnmanaged },
			func(c plan.Cluster) any { return windowNames(c) }, plan.ClusterUpgradeWindow},
		{"part of a window", "the rest is the default", func(c *plan.Cluster) {
			c.Maintenance = map[string]plan.Window{plan.ClusterUpgradeWindow: {Day: plan.Monday, DurationHours: plan.Known(5)}}
		}, func(c plan.Cluster) any { return c.Maintenance[plan.ClusterUpgradeWindow] },
			plan.Window{Day: "Monday", StartTime: plan.Known("01:00"), UTCOffset: plan.Known("+00:00"), DurationHours: plan.Known(5), IntervalWeeks: plan.Known(1)}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c := plan.Cluster{}
			tc.change(&c)
			if diff := cmp.Diff(tc.want, tc.look(c.WithDefaults()), lookInto); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

func windowNames(c plan.Cluster) (names string) {
	for name := range c.Maintenance {
		names += name
	}
	return names
}

// TestFirstCounts: with how many nodes a pool begins.
func TestFirstCounts(t *testing.T) {
	zones := []plan.Value[string]{plan.Known("1")}
	for _, tc := range []struct {
		name, reason string
		pool         plan.Pool
		want         int
	}{
		{"system pool", "one node may go", plan.Pool{Mode: plan.PoolModeSystem}, 2},
		{"system pool in zones", "one for each of three zones", plan.Pool{Mode: plan.PoolModeSystem, Zones: zones}, 3},
		{"user pool", "the workload decides", plan.Pool{Mode: plan.PoolModeUser}, 1},
		{"user pool in zones", "the workload decides", plan.Pool{Mode: plan.PoolModeUser, Zones: zones}, 1},
		{"autoscaled", "it begins with the minimum", plan.Pool{Mode: plan.PoolModeSystem, Autoscaling: &plan.Autoscaling{Min: plan.Known(4)}}, 4},
		{"autoscaled from a late minimum", "one node will do", plan.Pool{Mode: plan.PoolModeSystem, Autoscaling: &plan.Autoscaling{Min: plan.Late[int]()}}, 1},
	} {
		if got := tc.pool.FirstCount(); got != tc.want {
			t.Errorf("%s: %s: want %d, got %d", tc.name, tc.reason, tc.want, got)
		}
	}
}
