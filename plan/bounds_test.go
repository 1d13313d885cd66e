package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestNumbersHaveBothBounds: of each number the lowest and the highest that Azure takes pass, and the next one on either side is
// refused, by its path and with both bounds in the advice.
func TestNumbersHaveBothBounds(t *testing.T) {
	balancer := func(change func(*plan.LoadBalancer, plan.Value[int])) func(*plan.Cluster, int) {
		return func(c *plan.Cluster, n int) {
			c.Network.LoadBalancer = &plan.LoadBalancer{}
			change(c.Network.LoadBalancer, plan.Known(n))
		}
	}
	gateway := func(change func(*plan.ManagedNAT, plan.Value[int])) func(*plan.Cluster, int) {
		return func(c *plan.Cluster, n int) {
			c.Network.OutboundType, c.Network.NATGateway = plan.OutboundTypeManagedNATGateway, &plan.ManagedNAT{}
			change(c.Network.NATGateway, plan.Known(n))
		}
	}
	window := func(change func(*plan.Window, int)) func(*plan.Cluster, int) {
		return func(c *plan.Cluster, n int) {
			w := plan.Window{}
			change(&w, n)
			c.Maintenance = map[string]plan.Window{plan.ClusterUpgradeWindow: w}
		}
	}
	scaling := func(change func(*plan.Autoscaling, plan.Value[int])) func(*plan.Cluster, int) {
		return func(c *plan.Cluster, n int) {
			c.SystemPool.Autoscaling = &plan.Autoscaling{Min: plan.Known(1), Max: plan.Known(1000)}
			change(c.SystemPool.Autoscaling, plan.Known(n))
		}
	}
	for _, tc := range []struct {
		path      string
		low, high int
		set       func(*plan.Cluster, int)
	}{
		{"systemPool.count", 1, 1000, func(c *plan.Cluster, n int) { c.SystemPool.Count = plan.Known(n) }},
		{"pools[0].count", 0, 1000, func(c *plan.Cluster, n int) { c.Pools = []plan.Pool{{Name: "web", Count: plan.Known(n)}} }},
		{"systemPool.autoscaling.min", 1, 1000, scaling(func(a *plan.Autoscaling, n plan.Value[int]) { a.Min = n })},
		{"systemPool.autoscaling.max", 1, 1000, scaling(func(a *plan.Autoscaling, n plan.Value[int]) { a.Max = n })},
		{"pools[0].autoscaling.min", 0, 1000, func(c *plan.Cluster, n int) {
			c.Pools = []plan.Pool{{Name: "web", Autoscaling: &plan.Autoscaling{Min: plan.Known(n), Max: plan.Known(1000)}}}
		}},
		{"systemPool.osDiskSizeGb", 0, 2048, func(c *plan.Cluster, n int) { c.SystemPool.OSDiskSizeGB = plan.Known(n) }},
		{"systemPool.maxPods", 10, 250, func(c *plan.Cluster, n int) { c.SystemPool.MaxPods = plan.Known(n) }},
		{"systemPool.drainTimeoutMinutes", 1, 1440, func(c *plan.Cluster, n int) { c.SystemPool.DrainTimeoutMinutes = plan.Known(n) }},
		{"systemPool.nodeSoakMinutes", 0, 30, func(c *plan.Cluster, n int) { c.SystemPool.NodeSoakMinutes = plan.Known(n) }},
		{"network.loadBalancer.managedIps", 1, 100, balancer(func(l *plan.LoadBalancer, n plan.Value[int]) { l.ManagedIPs = n })},
		{"network.loadBalancer.managedIpv6s", 0, 100, balancer(func(l *plan.LoadBalancer, n plan.Value[int]) { l.ManagedIPv6s = n })},
		{"network.loadBalancer.idleTimeoutMinutes", 4, 120, balancer(func(l *plan.LoadBalancer, n plan.Value[int]) { l.IdleTimeoutMinutes = n })},
		{"network.natGateway.managedIps", 1, 16, gateway(func(g *plan.ManagedNAT, n plan.Value[int]) { g.IPs = n })},
		{"network.natGateway.idleTimeoutMinutes", 4, 120, gateway(func(g *plan.ManagedNAT, n plan.Value[int]) { g.IdleTimeoutMinutes = n })},
		{"security.imageCleanerIntervalHours", 24, 2160, func(c *plan.Cluster, n int) { c.Security.ImageCleanerIntervalHour = plan.Known(n) }},
		{"maintenance.cluster.durationHours", 4, 24, window(func(w *plan.Window, n int) { w.DurationHours = plan.Known(n) })},
		{"maintenance.cluster.intervalWeeks", 1, 4, window(func(w *plan.Window, n int) { w.IntervalWeeks = plan.Known(n) })},
	} {
		t.Run(tc.path, func(t *testing.T) {
			for _, number := range []struct {
				n       int
				allowed bool
			}{{tc.low, true}, {tc.high, true}, {tc.low - 1, false}, {tc.high + 1, false}} {
				c := plan.Cluster{SystemPool: system(), APIServer: open()}
				tc.set(&c, number.n)
				problems := plan.ForCluster(c).Problems
				refused := slices.ContainsFunc(problems, func(p plan.Problem) bool {
					return string(p.Path) == tc.path && strings.Contains(p.What, "is out of bounds")
				})
				if refused == number.allowed || (number.allowed && len(problems) > 0) {
					t.Errorf("%d: allowed %v, got %v", number.n, number.allowed, problems)
				}
			}
		})
	}
}

// TestTextsHaveBothLengths: the longest name that Azure takes passes, and one letter more is refused.
func TestTextsHaveBothLengths(t *testing.T) {
	for _, tc := range []struct {
		path    string
		longest int
		set     func(*plan.Cluster, string)
	}{
		{"clusterName", 63, func(c *plan.Cluster, s string) { c.Name = plan.Known(s) }},
		{"dnsPrefix", 54, func(c *plan.Cluster, s string) { c.DNSPrefix = plan.Known(s) }},
		{"resourceGroupName", 90, func(c *plan.Cluster, s string) { c.ResourceGroup = plan.Known(s) }},
		{"newResourceGroupName", 90, func(c *plan.Cluster, s string) { c.NewResourceGroup = plan.Known(s) }},
		{"nodeResourceGroup", 80, func(c *plan.Cluster, s string) { c.NodeResourceGroup = plan.Known(s) }},
		{"systemPool.name", 12, func(c *plan.Cluster, s string) { c.SystemPool.Name = s }},
		{"pools[0].name", 6, func(c *plan.Cluster, s string) { c.Pools = []plan.Pool{{Name: s, OSType: plan.OSTypeWindows}} }},
	} {
		t.Run(tc.path, func(t *testing.T) {
			for length, want := range map[int][]string{1: {}, tc.longest: {}, tc.longest + 1: {tc.path}} {
				c := plan.Cluster{SystemPool: system(), APIServer: open()}
				tc.set(&c, strings.Repeat("a", length))
				if got := plan.ForCluster(c).Problems.Paths(); !slices.Equal(got, want) {
					t.Errorf("%d letters: want problems at %q, got %q", length, want, got)
				}
			}
		})
	}
}

// TestTheAgeOfGrantsIsAnHourAtMost: no documentation names more.
func TestTheAgeOfGrantsIsAnHourAtMost(t *testing.T) {
	for seconds, refused := range map[int]bool{-1: true, 0: false, 3600: false, 3601: true} {
		p := plan.ForCluster(plan.Cluster{APIServer: open(), SystemPool: system(), Propagation: plan.Propagation{SettleSeconds: &seconds}})
		if got := slices.Contains(p.Problems.Paths(), "propagation.settleSeconds"); got != refused {
			t.Errorf("%d seconds: refused: %t, want %t", seconds, got, refused)
		}
	}
}

// TestLateAccountsMayDiffer: of two service accounts with a part that is late nobody can say that they are one.
func TestLateAccountsMayDiffer(t *testing.T) {
	known := plan.Known("shop")
	for name, account := range map[string]plan.ServiceAccount{
		"late namespaces": {Namespace: late(), Name: known}, "late names": {Namespace: known, Name: late()},
	} {
		p := plan.ForWorkload(plan.Workload{
			Name: "orders", ResourceGroup: known, Issuer: plan.Known("https://issuer.example/"),
			ServiceAccounts: map[string]plan.ServiceAccount{"one": account, "two": account},
		})
		if len(p.Problems) > 0 {
			t.Errorf("%s: %v", name, p.Problems)
		}
	}
}
