package components

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// generateRole makes the role definition of one grant. It never moves: its GUID is made up by the provider once and kept in the
// state, its place is the resource group of the grant's own scope, and its actions are updated in place. Azure allows 5000 in a
// tenant (Microsoft, RBAC limits, read 2026-08).
func (g *granter) generateRole(grant plan.Grant, id pulumi.StringInput) (pulumi.IDOutput, error) {
	place := id.ToStringOutput().ApplyT(func(text string) (string, error) {
		scope, problem := plan.CheckResourceID(grant.Scope.Path, text, grant.Scope.ResourceType)
		if problem != nil && g.mocked() {
			return text, nil
		}
		if problem != nil {
			return "", g.hide(g.refusal(plan.Problems{*problem}), id)
		}
		return assignableScope(plan.AtLevel(scope, grant.Scope.Level)).String(), nil
	}).(pulumi.StringOutput)
	definition, err := authorization.NewRoleDefinition(g.ctx, g.name+"-role-"+grant.Name, &authorization.RoleDefinitionArgs{
		RoleName:         g.uniqueRoleName(grant.Role.Name, place),
		RoleType:         pulumi.StringPtr("CustomRole"),
		Description:      pulumi.StringPtr("Exactly the actions that one grant needs (" + g.madeBy() + ")"),
		Scope:            place,
		AssignableScopes: pulumi.StringArray{place},
		Permissions: authorization.PermissionArray{authorization.PermissionArgs{
			Actions:     pulumi.ToStringArray(grant.Role.Permissions.Actions),
			DataActions: pulumi.ToStringArray(grant.Role.Permissions.DataActions),
		}},
	}, g.waiting(pulumi.Aliases(g.aliases("role-", grant)))...)
	if err != nil {
		return pulumi.IDOutput{}, err
	}
	return definition.ID(), nil
}

// assignableScope is the narrowest that Azure takes for a custom role: the resource group, or the scope itself above groups.
func assignableScope(scope rbac.Scope) rbac.Scope {
	if group, ok := scope.ResourceGroupScope(); ok {
		return group
	}
	return scope
}

// uniqueRoleName tells roles of one name apart: role names are unique in a tenant, and components of one name may stand under
// different parents. The URN is awaited apart from the outputs, for an output that depends on the component would depend on all
// its children, this role among them.
func (g *granter) uniqueRoleName(name string, place pulumi.StringOutput) pulumi.StringPtrOutput {
	return place.ApplyT(func(place string) (*string, error) {
		urn, err := internals.UnsafeAwaitOutput(g.ctx.Context(), g.component.URN())
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256([]byte(fmt.Sprintf("%s|%s", urn.Value, place)))
		unique := fmt.Sprintf("%s (%s)", name, hex.EncodeToString(sum[:])[:8])
		return &unique, nil
	}).(pulumi.StringPtrOutput)
}
