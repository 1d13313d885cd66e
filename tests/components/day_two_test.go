package components_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"
)

// TestARenamedComponentKeepsItsCluster: with an alias and nothing but default arguments, another name changes nothing in Azure.
func TestARenamedComponentKeepsItsCluster(t *testing.T) {
	run := func(name string, opts ...pulumi.ResourceOption) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			_, err := components.NewManagedIdentityCluster(ctx, name, &components.ManagedIdentityClusterArgs{
				Location:  pulumi.StringPtr("westeurope"),
				APIServer: &components.APIServerArgs{Public: true},
			}, opts...)
			return err
		}
	}
	s := simtest.New(t, run("shop"))
	must(t, "up", s.Up())
	before := s.Cloud().Clusters()[0].ID
	s.SetProgram(run("store", pulumi.Aliases([]pulumi.Alias{{Name: pulumi.String("shop")}})))
	up := must(t, "up under another name", s.Up())
	if changing := up.Steps.Changing(); len(changing) > 0 {
		t.Errorf("a rename with an alias changes nothing: %v", changing)
	}
	if after := s.Cloud().Clusters(); len(after) != 1 || after[0].ID != before {
		t.Errorf("the cluster was %s, and now there is %v", before, after)
	}
}

// TestDeletingTheClusterDeletesItsPools: what the cluster takes with it is not deleted one by one before.
func TestDeletingTheClusterDeletesItsPools(t *testing.T) {
	cloud := azuresim.New()
	args := smallest()
	for _, name := range []string{"a", "b", "c", "d"} {
		args.Pools = append(args.Pools, &components.NodePoolArgs{Name: name})
	}
	s := simtest.New(t, program(args), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	must(t, "up again, with a state to look at", s.Up())
	seen := len(cloud.Operations())
	must(t, "destroy", s.Destroy())
	for _, operation := range cloud.Operations()[seen:] {
		if operation.Method == azuresim.MethodDelete && (strings.Contains(operation.ID, "/agentPools/") || strings.Contains(operation.ID, "/maintenanceConfigurations/")) {
			t.Errorf("%s is deleted by itself, before the cluster that takes it with it", operation.ID)
		}
	}
	if !cloud.Empty() {
		t.Errorf("destroy left %v", cloud.Resources())
	}
}

// TestProblemsNameTheirComponent: with several components in a program, it is said whose arguments are wrong.
func TestProblemsNameTheirComponent(t *testing.T) {
	args := smallest()
	args.SystemPool.Name = "System Pool"
	up := simtest.New(t, program(args)).Up()
	if up.Err == nil || !strings.Contains(up.Diagnostics(), `1 problem in the arguments of ManagedIdentityCluster "aks":`) {
		t.Errorf("the component is not named: %s", up.Explain())
	}
}

// TestTheSystemPoolIsReplacedStepByStep: docs/system-pool.md. The cluster stays, and there is a system pool at every moment.
func TestTheSystemPoolIsReplacedStepByStep(t *testing.T) {
	args := smallest()
	s := simtest.New(t, program(args))
	must(t, "up", s.Up())
	cluster := s.Cloud().Clusters()[0].ID
	for _, step := range []struct {
		name   string
		change func()
	}{
		{"another system pool", func() {
			args.Pools = append(args.Pools, &components.NodePoolArgs{Name: "sys2", Mode: components.PoolModeSystem, VMSize: pulumi.StringPtr("Standard_D8ds_v5")})
		}},
		{"the first one retired", func() {
			args.SystemPool.Mode, args.SystemPool.Count = components.PoolModeUser, pulumi.IntPtr(0)
		}},
	} {
		step.change()
		up := must(t, step.name, s.Up())
		if gone := append(up.Steps.Op("replace"), up.Steps.Op("delete")...); len(gone) > 0 {
			t.Errorf("%s: nothing goes, got %v", step.name, gone)
		}
		if again := must(t, step.name+", again", s.Up()); !again.Unchanged() {
			t.Errorf("%s: a second up changes %v", step.name, again.Steps.Changing())
		}
	}
	modes := map[string]any{}
	for _, r := range s.Cloud().Resources() {
		if r.Type == azuresim.AgentPoolType {
			properties, _ := r.Body["properties"].(map[string]any)
			modes[r.ID[strings.LastIndex(r.ID, "/")+1:]] = properties["mode"]
		}
	}
	if modes["sys2"] != "System" || modes["system"] != "User" || s.Cloud().Clusters()[0].ID != cluster {
		t.Errorf("want the same cluster with sys2 as its system pool, got %v", modes)
	}
	must(t, "destroy", s.Destroy())
}

// TestTheLastSystemPoolCannotBeRetired: AKS refuses it, and the plan says it before.
func TestTheLastSystemPoolCannotBeRetired(t *testing.T) {
	args := smallest()
	args.SystemPool.Mode = components.PoolModeUser
	problems := components.PlanManagedIdentityCluster(args, worlds.Day).Problems
	if len(problems) != 1 || problems[0].Path != "systemPool.mode" || problems[0].Code != "MustDefineAtLeastOneSystemPool" {
		t.Errorf("the last system pool: %v", problems)
	}
}

// TestPoolsComeInAnyOrder: a list of further pools can be reordered, and one of them taken out, without touching the others.
func TestPoolsComeInAnyOrder(t *testing.T) {
	args := smallest()
	for _, name := range []string{"a", "b", "c"} {
		args.Pools = append(args.Pools, &components.NodePoolArgs{Name: name})
	}
	s := simtest.New(t, program(args))
	must(t, "up", s.Up())
	args.Pools[0], args.Pools[2] = args.Pools[2], args.Pools[0]
	if up := must(t, "reordered", s.Up()); len(up.Steps.Changing()) > 0 {
		t.Errorf("reordering changes nothing: %v", up.Steps.Changing())
	}
	args.Pools = args.Pools[1:]
	up := must(t, "one less", s.Up())
	if changing := up.Steps.Changing(); len(changing) != 1 || len(up.Steps.Op("delete")) != 1 {
		t.Errorf("one pool goes and nothing else: %v", changing)
	}
}

// TestAServiceRangeAloneIsEnough: AKS refuses a range of yours with its own default address of the DNS in another range.
func TestAServiceRangeAloneIsEnough(t *testing.T) {
	args := smallest()
	services := "172.20.0.0/16"
	args.Network = &components.NetworkArgs{ServiceCIDR: &services}
	s := simtest.New(t, program(args))
	cluster, _ := must(t, "up", s.Up()).Resources.Find(clusterType, "aks")
	network, _ := cluster.Input("networkProfile").(map[string]any)
	if network["dnsServiceIP"] != "172.20.0.10" {
		t.Errorf("the DNS is at %v", network["dnsServiceIP"])
	}
	must(t, "refresh", s.Refresh())
	if again := must(t, "up again", s.Up()); !again.Unchanged() {
		t.Errorf("a second up changes %v", again.Steps.Changing())
	}
}
