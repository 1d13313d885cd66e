package components_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Examples of the constructors are in tests/components, where the engine is.

// later stands for an output of another resource: nothing is known of it yet.
var later = pulumi.String("").ToStringOutput()

func show(p plan.Plan) {
	if err := p.Problems.Err(); err != nil {
		fmt.Println(err)
		return
	}
	for _, g := range p.Grants {
		fmt.Printf("%s gets %s on %s, %s\n", g.Identity, g.Role.Name, g.Scope, g.Phase)
	}
}

// What a cluster will be granted, without a Pulumi context and without Azure.
func ExamplePlanManagedIdentityCluster() {
	show(components.PlanManagedIdentityCluster(&components.ManagedIdentityClusterArgs{
		Identity:    &components.ClusterIdentityArgs{Type: plan.UserAssigned},
		Subnets:     map[string]pulumi.StringInput{"nodes": later},
		SystemPool:  &components.NodePoolArgs{Subnet: "nodes"},
		APIServer:   &components.APIServerArgs{Private: true},
		RegistryIDs: map[string]pulumi.StringInput{"shop": later},
	}, "2026-11-25"))
	// Output:
	// control-plane gets Network Contributor on subnets.nodes, before the cluster
	// kubelet gets AcrPull on registryIds.shop, after the cluster
}

// A subnet that is none, and a route table that AKS refuses with a system-assigned identity.
func ExamplePlanVnetDelegation() {
	show(components.PlanVnetDelegation(&components.VnetDelegationArgs{
		PrincipalID:   pulumi.String("22222222-2222-2222-2222-222222222222"),
		IdentityType:  plan.SystemAssigned,
		NodeSubnetIDs: map[string]pulumi.StringInput{"shop": pulumi.String("shop")},
		RouteTableIDs: map[string]pulumi.StringInput{"firewall": later},
	}))
	// Output:
	// 2 problems in the arguments:
	//   - nodeSubnetIds.shop: "shop" is not a resource ID: it begins with "shop"; a scope begins with /subscriptions/<id> or /providers/<namespace>. Fix: give the full ID, /subscriptions/<subscription>/resourceGroups/<group>/providers/Microsoft.Network/virtualNetworks/<name>/subnets/<name>.
	//   - routeTableIds.firewall: AKS refuses it with a system-assigned identity: AKS checks the right on an own route table while it creates the cluster, when a system-assigned identity has none yet. (Azure: CustomRouteTableWithUnsupportedMSIType) Fix: give the cluster a user-assigned identity.
}

func ExamplePlanAddonIdentityGrants() {
	shop := map[string]pulumi.StringInput{"shop": later}
	show(components.PlanAddonIdentityGrants(&components.AddonIdentityGrantsArgs{
		KubeletPrincipalID: pulumi.StringPtr("22222222-2222-2222-2222-222222222222"),
		AddonPrincipalIDs:  map[string]pulumi.StringInput{"webAppRouting": pulumi.String("33333333-3333-3333-3333-333333333333")},
		RegistryIDs:        shop,
		PrivateDNSZoneIDs:  shop,
	}))
	// Output:
	// addon-webAppRouting gets Private DNS Zone Contributor on privateDnsZoneIds.shop, after the cluster
	// kubelet gets AcrPull on registryIds.shop, after the cluster
}

func ExamplePlanWorkloadIdentity() {
	show(components.PlanWorkloadIdentity("orders", &components.WorkloadIdentityArgs{
		ResourceGroupName: pulumi.String("shop"),
		IssuerURL:         later,
		ServiceAccounts:   map[string]*components.ServiceAccountArgs{"api": {Namespace: pulumi.String("shop"), Name: pulumi.String("orders")}},
		Roles: map[string]*components.WorkloadGrantArgs{
			"payments": {Role: rbac.KeyVaultSecretsUser, ResourceID: later, Reason: "read the key of the payment service"},
		},
	}))
	// Output:
	// workload-orders gets Key Vault Secrets User on roles.payments, before the resources are used
}

// The same answer as an error.
func ExampleValidateManagedIdentityCluster() {
	fmt.Println(components.ValidateManagedIdentityCluster(&components.ManagedIdentityClusterArgs{
		APIServer: &components.APIServerArgs{Public: true},
	}))
	// Output:
	// <nil>
}
