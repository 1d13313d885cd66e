package azuresim_test

import (
	"context"
	"fmt"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// A cluster in a subnet of its owner's is created without any grant, as in Azure, and cannot make an internal load
// balancer. With Network Contributor on the subnet it can.
func Example() {
	ctx, cloud := context.Background(), sim.New()
	subnet := cloud.MustSeedSubnet("network", "vnet", "nodes") // was there before
	id := sim.ID("aks", sim.ManagedClusterType, "demo")
	cloud.MustSeed(sim.GroupID(sim.DefaultSubscriptionID, "aks"), nil)
	_, err := cloud.Put(ctx, id, map[string]any{
		"location": "westeurope",
		"identity": map[string]any{"type": "SystemAssigned"},
		"properties": map[string]any{
			"dnsPrefix": "demo",
			"agentPoolProfiles": []any{map[string]any{
				"name": "system", "mode": "System", "count": 3, "vmSize": "Standard_D4ds_v5", "vnetSubnetID": subnet,
			}},
		},
	})
	fmt.Println("cluster:", err)

	cluster, _ := cloud.Cluster(id)
	decision, _ := cluster.Perform("internal-lb-external-subnet", subnet)
	for _, need := range decision.Missing {
		fmt.Println("missing:", need.Action)
	}

	role, _ := rbac.BuiltinRole(rbac.NetworkContributor)
	scope := rbac.MustParseScope(subnet)
	name := rbac.AssignmentName(scope, cluster.ControlPlane(), role.ID)
	_, err = cloud.Put(ctx, subnet+"/providers/"+sim.RoleAssignmentType+"/"+name, map[string]any{
		"properties": map[string]any{
			"principalId": cluster.ControlPlane(), "principalType": "ServicePrincipal",
			"roleDefinitionId": role.ID.DefinitionID(sim.DefaultSubscriptionID),
		},
	})
	fmt.Println("grant:", err)
	decision, _ = cluster.Perform("internal-lb-external-subnet", subnet)
	fmt.Println("internal load balancer:", decision.Effect)
	// Output:
	// cluster: <nil>
	// missing: Microsoft.Network/virtualNetworks/subnets/read
	// missing: Microsoft.Network/virtualNetworks/subnets/join/action
	// grant: <nil>
	// internal load balancer: allow
}

// The answer to a grant is lost on its way. The grant is there, and asking again finds it.
func ExampleCloud_LoseResponse() {
	ctx, cloud := context.Background(), sim.New()
	identity := cloud.MustSeedIdentity("shared", "control")
	role, _ := rbac.BuiltinRole(rbac.Reader)
	id := sim.GroupID(sim.DefaultSubscriptionID, "shared") + "/providers/" + sim.RoleAssignmentType + "/aaaaaaaa-0000-4000-8000-000000000001"
	body := map[string]any{"properties": map[string]any{"principalId": identity.PrincipalID, "principalType": "ServicePrincipal",
		"roleDefinitionId": role.ID.DefinitionID("")}}

	cloud.LoseResponse(sim.Match{Method: sim.MethodPut, Type: sim.RoleAssignmentType})
	_, err := cloud.Put(ctx, id, body)
	fmt.Println(sim.Code(err), len(cloud.Assignments()))
	_, err = cloud.Put(ctx, id, body)
	fmt.Println(err, len(cloud.Assignments()))
	// Output:
	// ConnectionReset 1
	// <nil> 1
}
