package components_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// mocks answer with the inputs, as in Pulumi's documentation, and note the grants. Resources are made in parallel, hence the lock.
type mocks struct {
	mu     sync.Mutex
	grants []string
}

func (m *mocks) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	if strings.HasSuffix(args.TypeToken, ":RoleAssignment") {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.grants = append(m.grants, args.Inputs["description"].StringValue()+" on "+args.Inputs["scope"].StringValue())
	}
	return args.Name + "_id", args.Inputs, nil
}

func (*mocks) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) { return args.Args, nil }

// A program under Pulumi's own mocks: quick, without an engine, and with whatever the mocks make up. What a deployment would do is
// tested with azuresim/simtest.
func Example_mocks() {
	m := &mocks{}
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		subnet := &pulumi.CustomResourceState{} // of the program itself
		if err := ctx.RegisterResource("azure-native:network:Subnet", "nodes", pulumi.Map{}, subnet); err != nil {
			return err
		}
		_, err := components.NewManagedIdentityCluster(ctx, "shop", &components.ManagedIdentityClusterArgs{
			APIServer:       &components.APIServerArgs{Public: true},
			Identity:        &components.ClusterIdentityArgs{Type: plan.UserAssigned},
			KubeletIdentity: &components.KubeletIdentityArgs{},
			Subnets:         map[string]pulumi.StringInput{"nodes": subnet.ID()},
			SystemPool:      &components.NodePoolArgs{Subnet: "nodes"},
		})
		return err
	}, pulumi.WithMocks("project", "stack", m))
	slices.Sort(m.grants)
	fmt.Println(strings.Join(m.grants, "\n"))
	fmt.Println(err)
	// Output:
	// control-plane: assign the kubelet identity to the nodes; AKS checks it when the cluster is created (made by Pulumi: project project, stack stack, ManagedIdentityCluster shop) on shop-kubelet_id
	// control-plane: join nodes and internal load balancers to the subnet (made by Pulumi: project project, stack stack, ManagedIdentityCluster shop) on nodes_id
	// <nil>
}
