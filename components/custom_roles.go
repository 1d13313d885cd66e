package components

import (
	"fmt"
	"sort"
	"strings"

	"github.com/google/uuid"
	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// roleMaker generates the role definitions of strategy custom: one for each set of permissions, shared by all grants
// that need the same. Azure allows 5000 in a tenant (Microsoft, RBAC limits, read 2026-08).
type roleMaker struct {
	component pulumi.Resource
	name      string
	inherited []pulumi.ResourceOption
	// scopes of the grants that share a role, by the role's name.
	scopes map[string][]pulumi.StringOutput
	made   map[string]pulumi.StringOutput
}

// newRoleMaker collects the scopes of every grant that needs a generated role. A custom role can be assigned at and below
// its assignable scopes, which are resource groups at the narrowest.
func newRoleMaker(g *granter, grants []plan.Grant) *roleMaker {
	m := &roleMaker{
		component: g.component, name: g.name, inherited: g.inherited,
		scopes: map[string][]pulumi.StringOutput{}, made: map[string]pulumi.StringOutput{},
	}
	for _, grant := range grants {
		if id, ok := g.scopes[grant.Scope.Path]; ok && grant.Role.IsCustom() {
			m.scopes[grant.Role.Name] = append(m.scopes[grant.Role.Name], assignableScope(scopeOutput(id, grant.Scope)))
		}
	}
	return m
}

// assignableScope is the resource group of a scope, or the scope itself above groups.
func assignableScope(scope pulumi.StringOutput) pulumi.StringOutput {
	return scope.ApplyT(func(text string) (string, error) {
		parsed, err := rbac.ParseScope(text)
		if err != nil {
			return "", err
		}
		if group, ok := parsed.ResourceGroupScope(); ok {
			return group.String(), nil
		}
		return parsed.String(), nil
	}).(pulumi.StringOutput)
}

// roleID returns the ID of the generated role, which is made at its first use.
func (m *roleMaker) roleID(ctx *pulumi.Context, grant plan.Grant) (pulumi.StringOutput, error) {
	if id, ok := m.made[grant.Role.Name]; ok {
		return id, nil
	}
	scopes := distinctScopes(m.scopes[grant.Role.Name])
	guid := m.guid(ctx, grant.Role.Name)
	definition, err := authorization.NewRoleDefinition(ctx, m.name+"-"+strings.ReplaceAll(strings.ToLower(grant.Role.Name), " ", "-"),
		&authorization.RoleDefinitionArgs{
			RoleDefinitionId: pulumi.StringPtr(guid),
			// Role names are unique in a tenant.
			RoleName:         pulumi.StringPtr(fmt.Sprintf("%s (%s)", grant.Role.Name, guid[:8])),
			RoleType:         pulumi.StringPtr("CustomRole"),
			Description:      pulumi.StringPtr("Generated for " + m.name + ": exactly the actions that its identities need."),
			Scope:            scopes.Index(pulumi.Int(0)),
			AssignableScopes: scopes,
			Permissions: authorization.PermissionArray{authorization.PermissionArgs{
				Actions:     pulumi.ToStringArray(grant.Role.Permissions.Actions),
				DataActions: pulumi.ToStringArray(grant.Role.Permissions.DataActions),
			}},
		}, append([]pulumi.ResourceOption{pulumi.Parent(m.component)}, m.inherited...)...)
	if err != nil {
		return pulumi.StringOutput{}, err
	}
	id := definition.ID().ToStringOutput()
	m.made[grant.Role.Name] = id
	return id, nil
}

// guid is stable for the same component in the same stack, so that a role keeps its identity.
func (m *roleMaker) guid(ctx *pulumi.Context, role string) string {
	parts := []string{"aksidentity", ctx.Organization(), ctx.Project(), ctx.Stack(), m.name, role}
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte(strings.Join(parts, "/"))).String()
}

func distinctScopes(scopes []pulumi.StringOutput) pulumi.StringArrayOutput {
	parts := make([]any, len(scopes))
	for i, s := range scopes {
		parts[i] = s
	}
	return pulumi.All(parts...).ApplyT(func(values []any) []string {
		byKey := map[string]string{}
		for _, v := range values {
			byKey[strings.ToLower(v.(string))] = v.(string)
		}
		keys := make([]string, 0, len(byKey))
		for key := range byKey {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		out := make([]string, len(keys))
		for i, key := range keys {
			out[i] = byKey[key]
		}
		return out
	}).(pulumi.StringArrayOutput)
}
