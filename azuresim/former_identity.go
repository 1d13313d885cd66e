package azuresim

import "github.com/aksidentity/pulumi-aksidentity/rbac"

// leaveFormerGrant: a cluster that gets another control plane leaves the former one its Contributor on the node resource group, a
// system-assigned one as an orphan (Azure/AKS#4610 of 2024-10-28, hashicorp/terraform-provider-azurerm#30942 of 2025-10-24, read 2026-11-26). What
// AKS grants the present one is implied and not stored (impliedGrants); what it leaves is a role assignment like any other, which its owner has
// to take away. It goes with the group.
func (v *clusterView) leaveFormerGrant() {
	if v.old == nil || v.q.seeding {
		return
	}
	if former := controlOf(v.old).principal; former != v.control.principal {
		v.c.store(v.formerGrant(former))
	}
	if again := v.c.lookup(v.formerGrant(v.control.principal).ID); again != nil {
		v.c.remove(again)
	}
}

func (v *clusterView) formerGrant(principal string) *resource {
	scope, name := v.nodeGroupID(), derive("former control plane", v.id, principal)
	role, _ := rbac.BuiltinRole(rbac.Contributor)
	id, _ := parseID(v.id)
	return &resource{
		ID: scope + "/providers/" + RoleAssignmentType + "/" + name, Type: RoleAssignmentType, Name: name, ManagedBy: key(v.id),
		Body: map[string]any{"properties": map[string]any{
			"principalId": principal, "principalType": ServicePrincipal, "roleDefinitionId": role.ID.DefinitionID(id.subscription), "scope": scope,
		}},
	}
}
