package components_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// TestARenamedComponentKeepsItsCluster: with an alias and nothing but default arguments, another name changes nothing in Azure.
func TestARenamedComponentKeepsItsCluster(t *testing.T) {
	run := func(name string, opts ...pulumi.ResourceOption) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			_, err := components.NewManagedIdentityCluster(ctx, name, &components.ManagedIdentityClusterArgs{
				Location:  pulumi.StringPtr("westeurope"),
				Pools:     []*components.NodePoolArgs{{Name: "system"}},
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
	args.Pools = nil
	up := simtest.New(t, program(args)).Up()
	if up.Err == nil || !strings.Contains(up.Diagnostics(), `1 problem in the arguments of ManagedIdentityCluster "aks":`) {
		t.Errorf("the component is not named: %s", up.Explain())
	}
}
