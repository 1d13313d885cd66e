package components_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// autoscaled is a cluster whose pools scale by themselves between 2 and 9 nodes.
func autoscaled() *components.ManagedIdentityClusterArgs {
	args := smallest()
	args.SystemPool.Autoscaling = bounds(2, 9)
	args.Pools = []*components.NodePoolArgs{{Name: "web", Autoscaling: bounds(2, 9)}}
	return args
}

func bounds(low, high int) *components.AutoscalingArgs {
	return &components.AutoscalingArgs{Min: pulumi.Int(low), Max: pulumi.Int(high)}
}

// TestAutoscalingIsSwitchedOff: AKS keeps what an update leaves out, so a pool whose autoscaling goes has to say so.
func TestAutoscalingIsSwitchedOff(t *testing.T) {
	args := autoscaled()
	s := simtest.New(t, program(args))
	must(t, "up", s.Up())
	args.SystemPool.Autoscaling, args.SystemPool.Count = nil, pulumi.IntPtr(4)
	args.Pools[0].Autoscaling, args.Pools[0].Count = nil, pulumi.IntPtr(4)
	must(t, "up without autoscaling", s.Up())
	for _, name := range []string{"system", "web"} {
		if pool := poolNamed(t, s.Cloud(), name); pool["enableAutoScaling"] != false || pool["count"] != 4.0 {
			t.Errorf("%s: autoscaling %v, %v nodes", name, pool["enableAutoScaling"], pool["count"])
		}
	}
	if again := must(t, "up again", s.Up()); !again.Unchanged() {
		t.Errorf("a second up changes %v", again.Steps.Changing())
	}
}

// TestTaintsAndLabelsThatGoAreGone: AKS keeps what an update leaves out. The default taint of a system pool goes with its mode.
func TestTaintsAndLabelsThatGoAreGone(t *testing.T) {
	args := smallest()
	args.Pools = []*components.NodePoolArgs{
		{Name: "sys2", Mode: components.PoolModeSystem},
		{Name: "web", NodeTaints: pulumi.StringArray{pulumi.String("a=b:NoSchedule")}, NodeLabels: pulumi.StringMap{"tier": pulumi.String("web")}},
	}
	s := simtest.New(t, program(args))
	must(t, "up", s.Up())
	if taints, _ := poolNamed(t, s.Cloud(), "system")["nodeTaints"].([]any); len(taints) != 1 {
		t.Fatalf("a system pool beside user pools has one taint, got %v", taints)
	}
	args.SystemPool.Mode, args.SystemPool.Count = components.PoolModeUser, pulumi.IntPtr(0)
	args.Pools[1].NodeTaints, args.Pools[1].NodeLabels = nil, nil
	must(t, "up without", s.Up())
	for _, name := range []string{"system", "web"} {
		pool := poolNamed(t, s.Cloud(), name)
		taints, _ := pool["nodeTaints"].([]any)
		labels, _ := pool["nodeLabels"].(map[string]any)
		if len(taints) > 0 || len(labels) > 0 {
			t.Errorf("%s still has the taints %v and the labels %v", name, taints, labels)
		}
	}
	must(t, "refresh", s.Refresh(simtest.Target(poolURN(t, s, "web"))))
	if again := must(t, "up again", s.Up()); !again.Unchanged() {
		t.Errorf("a second up changes %v", again.Steps.Changing())
	}
}

func poolURN(t *testing.T, s *simtest.Stack, pool string) string {
	t.Helper()
	for _, r := range s.Resources() {
		if r.Name == "aks-"+pool {
			return string(r.URN)
		}
	}
	t.Fatalf("the state has no pool %s", pool)
	return ""
}

// TestBoundsOfAnAutoscaledPoolCanRise: also when the new minimum is above the number of nodes there are.
func TestBoundsOfAnAutoscaledPoolCanRise(t *testing.T) {
	args := autoscaled()
	s := simtest.New(t, program(args))
	must(t, "up", s.Up())
	args.SystemPool.Autoscaling, args.Pools[0].Autoscaling = bounds(4, 20), bounds(4, 20)
	must(t, "up with other bounds", s.Up())
	for _, name := range []string{"system", "web"} {
		if pool := poolNamed(t, s.Cloud(), name); pool["minCount"] != 4.0 || pool["count"] != 2.0 {
			t.Errorf("%s: at least %v nodes, and now %v", name, pool["minCount"], pool["count"])
		}
	}
}

// TestAnAutoscaledPoolIsChangedAfterARefresh: AKS refuses another count than there is. For the system pool the component asks; for a
// further one Pulumi sends the count that it knows, and a refresh tells it. The autoscaler's nodes stay.
func TestAnAutoscaledPoolIsChangedAfterARefresh(t *testing.T) {
	args := autoscaled()
	s := simtest.New(t, program(args))
	must(t, "up", s.Up())
	for _, name := range []string{"system", "web"} {
		if err := s.Cloud().ScalePool(s.Cloud().Clusters()[0].ID+"/agentPools/"+name, 5); err != nil {
			t.Fatal(err)
		}
	}
	args.SystemPool.NodeLabels = pulumi.StringMap{"role": pulumi.String("system")}
	must(t, "up, without a refresh", s.Up())
	unchanged(t, "the preview after it", s.Preview())
	args.Pools[0].NodeLabels = pulumi.StringMap{"role": pulumi.String("web")}
	if stale := s.Up(); stale.Err == nil || !strings.Contains(stale.Diagnostics(), "Cannot manually scale AgentPool") {
		t.Errorf("a stale count is refused, got %s", stale.Explain())
	}
	must(t, "up after a refresh", s.Up(simtest.WithRefresh()))
	for _, name := range []string{"system", "web"} {
		labels, _ := poolNamed(t, s.Cloud(), name)["nodeLabels"].(map[string]any)
		if count := poolNamed(t, s.Cloud(), name)["count"]; count != 5.0 || labels["role"] != name {
			t.Errorf("%s: %v nodes with the labels %v", name, count, labels)
		}
	}
}

// TestAPoolChangesNoGrant: a pool that comes into a subnet, or leaves it, does not touch the grant on it.
func TestAPoolChangesNoGrant(t *testing.T) {
	cloud := azuresim.New()
	args := smallest()
	args.Identity = &components.ClusterIdentityArgs{Type: components.UserAssigned}
	args.Subnets = pulumi.StringMap{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))}
	args.SystemPool.Subnet = "nodes"
	args.Pools = []*components.NodePoolArgs{{Name: "web", Subnet: "nodes"}}
	s := simtest.New(t, program(args), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	args.Pools = append(args.Pools, &components.NodePoolArgs{Name: "gpu", Subnet: "nodes"})
	more := must(t, "one pool more", s.Up()).Steps.Changing()
	if len(more) != 1 || more[0].Op != "create" || more[0].Name != "aks-gpu" {
		t.Errorf("one pool comes and nothing else: %v", more)
	}
	args.Pools = args.Pools[1:]
	less := must(t, "one pool less", s.Up()).Steps.Changing()
	if len(less) != 1 || less[0].Op != "delete" || less[0].Name != "aks-web" {
		t.Errorf("one pool goes and nothing else: %v", less)
	}
}

func poolNamed(t *testing.T, cloud *azuresim.Cloud, name string) map[string]any {
	t.Helper()
	for _, r := range cloud.Resources() {
		if properties, ok := r.Body["properties"].(map[string]any); ok && r.Type == azuresim.AgentPoolType && strings.HasSuffix(r.ID, "/"+name) {
			return properties
		}
	}
	t.Fatalf("there is no pool %s", name)
	return nil
}
