package pages_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

const subnet = "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes"

func inSubnet() *components.ManagedIdentityClusterArgs {
	return &components.ManagedIdentityClusterArgs{
		NewResourceGroupName: pulumi.String("shop"),
		ClusterName:          pulumi.String("shop"),
		Location:             pulumi.String("westeurope"),
		Identity:             &components.ClusterIdentityArgs{Type: components.UserAssigned},
		Subnets:              pulumi.StringMap{"nodes": pulumi.String(subnet)},
		SystemPool:           &components.NodePoolArgs{Subnet: "nodes"},
		APIServer:            &components.APIServerArgs{Public: true},
	}
}

// TestTheRightsOfWhoeverDeploys is the code of docs/deployer.md.
func TestTheRightsOfWhoeverDeploys(t *testing.T) {
	args := inSubnet()
	p := components.PlanManagedIdentityCluster(args, components.Today())
	rights := plan.DeployerActions(p) // of several plans of one program: plan.DeployerActions(p, q)
	for _, right := range rights {
		fmt.Println(right)
	}
	definition, err := rights.RoleDefinition("Shop deployer", rbac.MustParseScope("/subscriptions/00000000-0000-4000-8000-0000000000aa"))
	if err != nil || !json.Valid(definition) {
		t.Errorf("the role is JSON: %s %v", definition, err)
	}
}

// What whoever deploys has to be allowed in order to grant.
func Example_deployer() {
	for _, right := range plan.DeployerActions(components.PlanManagedIdentityCluster(inSubnet(), components.Today())) {
		if right.Action == "Microsoft.Authorization/roleAssignments/write" {
			fmt.Println(right)
		}
	}
	// Output:
	// Microsoft.Authorization/roleAssignments/write on /subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes (grant control-plane-created-network-contributor-subnets.nodes): create and update it
}

// Every mistake at once, as docs/embedding.md tells it.
func Example_problems() {
	args := inSubnet()
	args.Subnets["nodes"] = pulumi.String("nodes")
	args.SystemPool.Count = pulumi.IntPtr(-1)
	var problems plan.Problems
	if err := components.ValidateManagedIdentityCluster(args); errors.As(err, &problems) {
		for _, problem := range problems {
			fmt.Println(problem.Path, "-", problem.Fix)
		}
	}
	// Output:
	// subnets.nodes - give the full ID, /subscriptions/<subscription>/resourceGroups/<group>/providers/Microsoft.Network/virtualNetworks/<name>/subnets/<name>.
	// systemPool.count - give 1 to 1000 nodes.
}

// The programs of docs/renaming.md and docs/system-pool.md. Each is deployed after the one that it changes.

func shop(ctx *pulumi.Context) error {
	_, err := components.NewManagedIdentityCluster(ctx, "shop", inSubnet())
	return err
}

func renamed(ctx *pulumi.Context) error {
	args := inSubnet()
	_, err := components.NewManagedIdentityCluster(ctx, "store", args, pulumi.Aliases([]pulumi.Alias{{Name: pulumi.String("shop")}}))
	return err
}

type platform struct{ pulumi.ResourceState }

func wrapped(ctx *pulumi.Context) error {
	args, platform := inSubnet(), &platform{}
	if err := ctx.RegisterComponentResource("acme:index:Platform", "platform", platform); err != nil {
		return err
	}
	_, err := components.NewManagedIdentityCluster(ctx, "shop", args, pulumi.Parent(platform),
		pulumi.Aliases([]pulumi.Alias{{NoParent: pulumi.Bool(true)}}))
	return err
}

func withAnotherSystemPool(ctx *pulumi.Context) error {
	args := inSubnet()
	args.Pools = []*components.NodePoolArgs{
		{Name: "sys2", Mode: components.PoolModeSystem, Subnet: "nodes", VMSize: pulumi.StringPtr("Standard_D8ds_v5")},
	}
	_, err := components.NewManagedIdentityCluster(ctx, "shop", args)
	return err
}

func withoutTheFirst(ctx *pulumi.Context) error {
	args := inSubnet()
	args.Pools = []*components.NodePoolArgs{
		{Name: "sys2", Mode: components.PoolModeSystem, Subnet: "nodes", VMSize: pulumi.StringPtr("Standard_D8ds_v5")},
	}
	args.SystemPool = &components.NodePoolArgs{Mode: components.PoolModeUser, Subnet: "nodes", Count: pulumi.IntPtr(0)}
	_, err := components.NewManagedIdentityCluster(ctx, "shop", args)
	return err
}

func TestTheProgramsOfThePagesKeepTheCluster(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		programs     []pulumi.RunFunc
	}{
		{"renamed", "a component with an alias", []pulumi.RunFunc{shop, renamed}},
		{"wrapped", "another parent with an alias", []pulumi.RunFunc{shop, wrapped}},
		{"the system pool", "in two steps", []pulumi.RunFunc{shop, withAnotherSystemPool, withoutTheFirst}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			cloud.MustSeedSubnet("hub", "hub", "nodes")
			s := simtest.New(t, tc.programs[0], simtest.WithCloud(cloud))
			for _, program := range tc.programs {
				s.SetProgram(program)
				if up := s.Up(); up.Err != nil || up.Op("replace")+up.Op("delete") > 0 {
					t.Errorf("%s: nothing goes: %s%s", tc.reason, up.Explain(), up.Steps.Changing())
				}
			}
		})
	}
}
