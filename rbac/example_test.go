package rbac_test

import (
	"fmt"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

const (
	subnetID  = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes"
	clusterID = "11111111-1111-1111-1111-111111111111"
)

// Can the cluster create an internal load balancer in the subnet? Reader alone is not enough.
func ExampleEvaluate() {
	subnet := rbac.MustParseScope(subnetID)
	reader, _ := rbac.BuiltinRole(rbac.Reader)
	network, _ := rbac.BuiltinRole(rbac.NetworkContributor)
	capability, _ := rbac.CapabilityByID("internal-lb-external-subnet")

	held := []rbac.Assignment{{PrincipalID: clusterID, Role: reader, Scope: subnet}}
	decision := rbac.Evaluate(held, clusterID, capability.Needs(subnet)...)
	fmt.Println(decision.Effect)
	for _, need := range decision.Missing {
		fmt.Println("missing:", need.Action)
	}

	held = append(held, rbac.Assignment{PrincipalID: clusterID, Role: network, Scope: subnet})
	decision = rbac.Evaluate(held, clusterID, capability.Needs(subnet)...)
	fmt.Println(decision.Effect)
	for _, met := range decision.Met {
		for _, by := range met.By {
			fmt.Println(met.Need.Action, "by", by.Role.Name)
		}
	}
	// Output:
	// deny
	// missing: Microsoft.Network/virtualNetworks/subnets/join/action
	// allow
	// Microsoft.Network/virtualNetworks/subnets/read by Reader
	// Microsoft.Network/virtualNetworks/subnets/read by Network Contributor
	// Microsoft.Network/virtualNetworks/subnets/join/action by Network Contributor
}

// An assignment at a management group reaches the subscriptions that the hierarchy places under it.
func ExampleEvaluator() {
	platform := rbac.MustParseScope("/providers/Microsoft.Management/managementGroups/platform")
	subnet := rbac.MustParseScope(subnetID)
	subscription, _ := subnet.SubscriptionScope()
	hierarchy, err := rbac.NewHierarchy(rbac.Placement{Child: subscription, Parent: platform})
	if err != nil {
		fmt.Println(err)
		return
	}
	network, _ := rbac.BuiltinRole(rbac.NetworkContributor)
	held := []rbac.Assignment{{PrincipalID: clusterID, Role: network, Scope: platform}}
	need := rbac.Need{Action: "Microsoft.Network/virtualNetworks/subnets/join/action", Scope: subnet}

	fmt.Println("unknown hierarchy:", rbac.Evaluate(held, clusterID, need).Effect)
	fmt.Println("known hierarchy:", rbac.Evaluator{Hierarchy: hierarchy}.Evaluate(held, clusterID, need).Effect)
	// Output:
	// unknown hierarchy: deny
	// known hierarchy: allow
}

func ExampleParseScope() {
	scope, err := rbac.ParseScope(subnetID)
	if err != nil {
		fmt.Println(err)
		return
	}
	network, _ := scope.Ancestor("Microsoft.Network/virtualNetworks")
	fmt.Println(scope.Kind(), scope.ResourceType(), scope.Name())
	fmt.Println("network", network.Name(), "in group", scope.ResourceGroup())

	_, err = rbac.ParseScope("hub")
	fmt.Println(err)
	// Output:
	// resource Microsoft.Network/virtualNetworks/subnets nodes
	// network hub in group network
	// "hub" is not an Azure scope: it begins with "hub"; a scope begins with /subscriptions/<id> or /providers/<namespace>
}

// A name, a GUID or a role definition ID: whatever the user wrote. What names no role is an error, never an empty role.
func ExampleFindRole() {
	role, err := rbac.FindRole("acrpull")
	fmt.Println(role.Name, role.ID, err)
	_, err = rbac.FindRole("NetworkContributur")
	fmt.Println(err)
	// Output:
	// AcrPull 7f951dda-4ed3-4680-a7ca-43fe172d538d <nil>
	// "NetworkContributur" is not the name of a built-in role, a GUID or a role definition ID; did you mean "Network Contributor"?
}

// What does a role give beyond what is needed?
func ExamplePermissions_Beyond() {
	role, _ := rbac.BuiltinRole(rbac.ManagedIdentityOperator)
	capability, _ := rbac.CapabilityByID("kubelet-identity-assign")
	for _, excess := range role.Permissions.Beyond(capability.Actions, capability.DataActions) {
		fmt.Println(excess.Entry)
	}
	// Output:
	// Microsoft.ManagedIdentity/userAssignedIdentities/*/read
	// Microsoft.Authorization/*/read
	// Microsoft.Insights/alertRules/*
	// Microsoft.Resources/subscriptions/resourceGroups/read
	// Microsoft.Resources/deployments/*
	// Microsoft.Support/*
}

// DNS Zone Contributor covers nothing on private zones.
func ExamplePermissions_Covers() {
	role, _ := rbac.BuiltinRole(rbac.DNSZoneContributor)
	capability, _ := rbac.CapabilityByID("approuting-private-dns")
	for _, action := range role.Permissions.Covers(capability.Actions, capability.DataActions) {
		fmt.Println("missing:", action)
	}
	for _, enough := range rbac.BuiltinRolesThatCover(capability.Actions, capability.DataActions) {
		fmt.Println("enough:", enough.Name)
	}
	// Output:
	// missing: Microsoft.Network/privateDnsZones/read
	// missing: Microsoft.Network/privateDnsZones/A/write
	// enough: Owner
	// enough: Contributor
	// enough: Network Contributor
	// enough: Private DNS Zone Contributor
}

func ExampleAssignmentName() {
	role, _ := rbac.BuiltinRole(rbac.NetworkContributor)
	fmt.Println(rbac.AssignmentName(rbac.MustParseScope(subnetID), clusterID, role.ID))
	fmt.Println(role.ID.DefinitionID("00000000-0000-0000-0000-000000000001"))
	// Output:
	// be6160f5-63c4-5da4-9b01-6cf4a92ad4ed
	// /subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7
}
