// Package rbac answers one question about Azure: may this identity do that, here? It holds the facts (all built-in roles and
// their permissions, scopes and how they contain each other, the actions that each capability of an AKS cluster takes)
// and decides as Azure role-based access control does.
//
// It is pure: no network, no clock, no randomness, no Pulumi. The same input gives the same answer, and every answer comes
// with its reason: a [Decision] lists what is missing and which assignment gave what.
//
//	subnet, err := rbac.ParseScope(subnetID)
//	if err != nil {
//		return err
//	}
//	role, err := rbac.FindRole("Network Contributor")
//	if err != nil {
//		return err
//	}
//	held := []rbac.Assignment{{PrincipalID: clusterPrincipalID, Role: role, Scope: subnet}}
//	capability, err := rbac.LookupCapability("internal-lb-external-subnet")
//	if err != nil {
//		return err
//	}
//	decision := rbac.Evaluate(held, clusterPrincipalID, capability.Needs(subnet)...)
//	if !decision.Allowed() {
//		return fmt.Errorf("the cluster cannot create internal load balancers: missing %v", decision.Missing)
//	}
//
// # Scopes
//
// Letter case carries no meaning. One leading slash may be missing, one trailing slash is dropped. These are scopes:
//
//	/
//	/providers/Microsoft.Management/managementGroups/platform
//	/subscriptions/00000000-0000-0000-0000-000000000001
//	/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/network
//	/subscriptions/.../resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes
//	/subscriptions/.../providers/Microsoft.Authorization/roleAssignments/...
//
// These are not, and the error says why:
//
//	network                                       a name where the full ID belongs
//	/resourceGroups/network                       the subscription is missing
//	/subscriptions/<id>/resourceGroups/network    a placeholder
//	/subscriptions/.../virtualNetworks/hub        providers/<namespace> is missing
//	/subscriptions/.../virtualNetworks            a type without a name
//	https://management.azure.com/subscriptions/…  a URL
//
// # Limits
//
// These are outside of what a decision takes into account; the first two make Azure refuse where this package allows:
//
//   - deny assignments, such as the one that node resource group lockdown puts on the node resource group;
//   - conditions of role assignments (ABAC), and those that some built-in roles have in their definition, see [Role];
//   - membership in groups: give the assignments of the groups as the principal's own;
//   - propagation: an assignment counts at once, while Azure takes minutes;
//   - whether an action exists, and whether it is a control-plane or a data-plane action: [Need] says which is meant;
//   - assignable scopes, which Azure checks when it creates an assignment: see [Role.AssignableAt];
//   - built-in roles that Azure added after 2026-08-22, the date of the data: they are unknown here;
//   - the rule that custom roles with data actions cannot be assigned at management groups.
package rbac
