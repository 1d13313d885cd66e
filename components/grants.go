package components

import (
	"fmt"
	"strings"
	"sync"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// granter makes the role assignments of a plan. It binds each grant's path to the input that holds the resource ID, and
// each identity to the principal that it turns out to be.
type granter struct {
	component pulumi.Resource
	name      string
	// scopes are the resource IDs by property path.
	scopes boundIDs
	// principals by identity.
	principals map[plan.Identity]pulumi.StringInput
	hooks      *pulumi.ResourceHookBinding
	claims     *claims
	roles      *roleMaker
	// inherited are the options of the component that its children have to heed, see inheritedOptions.
	inherited []pulumi.ResourceOption
}

func newGranter(component pulumi.Resource, name string, inherited []pulumi.ResourceOption) *granter {
	return &granter{
		component: component, name: name, claims: &claims{owners: map[string]string{}}, inherited: inherited,
		scopes: boundIDs{}, principals: map[plan.Identity]pulumi.StringInput{},
	}
}

// boundIDs are resource IDs by the property path of the argument that holds them.
type boundIDs map[string]pulumi.StringInput

// bind an optional argument; without one there is nothing to bind.
func (b boundIDs) bind(path string, id pulumi.StringPtrInput) {
	if !isNil(id) {
		b[path] = id.ToStringPtrOutput().Elem()
	}
}

func (b boundIDs) bindMap(path string, ids map[string]pulumi.StringInput) {
	for key, id := range ids {
		b[path+"."+key] = id
	}
}

// madeGrant is a grant together with the resource that makes it.
type madeGrant struct {
	plan.Grant
	Assignment *authorization.RoleAssignment
}

// make creates the grants. Whatever is given in after comes before them.
func (g *granter) make(ctx *pulumi.Context, grants []plan.Grant, after ...pulumi.Resource) ([]madeGrant, error) {
	made := make([]madeGrant, 0, len(grants))
	for _, grant := range grants {
		assignment, err := g.makeOne(ctx, grant, after)
		if err != nil {
			return nil, fmt.Errorf("grant %s: %w", grant.Name, err)
		}
		made = append(made, madeGrant{Grant: grant, Assignment: assignment})
	}
	return made, nil
}

// standalone makes the grants of a component that is nothing but grants.
func (g *granter) standalone(
	ctx *pulumi.Context, wait *PropagationArgs, maps []resourceMap, grants []plan.Grant,
) (made []madeGrant, err error) {
	if g.hooks, err = propagationHooks(ctx, g.name, wait); err != nil {
		return nil, err
	}
	for _, m := range maps {
		g.scopes.bindMap(m.argument, m.ids)
	}
	g.roles = newRoleMaker(g, grants)
	return g.make(ctx, grants)
}

func (g *granter) makeOne(ctx *pulumi.Context, grant plan.Grant, after []pulumi.Resource) (*authorization.RoleAssignment, error) {
	input, ok := g.scopes[grant.Scope.Path]
	if !ok || isNil(input) {
		return nil, fmt.Errorf("no resource ID is bound to %s", grant.Scope.Path)
	}
	principalInput, ok := g.principals[grant.Identity]
	if !ok {
		return nil, fmt.Errorf("no principal is bound to %s", grant.Identity)
	}
	scope := scopeOutput(input, grant.Scope)
	if grant.Scope.ResourceType == vaultType {
		scope = g.rbacVault(ctx, grant.Scope.Path, scope)
	}
	principal := principalOutput(principalInput, grant.Identity)
	role, err := g.roleID(ctx, grant, scope)
	if err != nil {
		return nil, err
	}
	options := []pulumi.ResourceOption{
		pulumi.Parent(g.component),
		// A replacement that the engine starts would otherwise make the new assignment while the old one still holds
		// the same name (docs/decisions/0003-grants.md).
		pulumi.DeleteBeforeReplace(true),
		// azure-native would send a changed role in place, which Azure does not do.
		pulumi.ReplaceOnChanges([]string{"roleDefinitionId"}),
		pulumi.DependsOn(after),
		pulumi.Aliases(g.aliases(grant)),
	}
	options = append(options, g.inherited...)
	if g.hooks != nil {
		options = append(options, pulumi.ResourceHooks(g.hooks))
	}
	return authorization.NewRoleAssignment(ctx, g.name+"-"+grant.Name, &authorization.RoleAssignmentArgs{
		RoleAssignmentName: g.assignmentName(grant, scope, principal, role).ToStringPtrOutput(),
		PrincipalId:        principal,
		// The SDK's default, User, fails for managed identities; the type also makes Azure tolerate an identity that
		// the directory does not know yet (Microsoft, RBAC troubleshooting, stored version).
		PrincipalType:    pulumi.StringPtr("ServicePrincipal"),
		RoleDefinitionId: role,
		Scope:            scope,
		Description:      pulumi.StringPtr(description(grant)),
	}, options...)
}

// reasonOf is all reasons of a grant on one line.
func reasonOf(grant plan.Grant) string { return strings.Join(grant.Reasons, "; ") }

// description is what Azure shows beside the assignment. Azure allows 1024 characters.
func description(grant plan.Grant) string {
	text := fmt.Sprintf("%s: %s", grant.Identity, reasonOf(grant))
	if len(text) > 1024 {
		// A reason may be the caller's own text: cut between characters.
		text = strings.ToValidUTF8(text[:1021], "") + "..."
	}
	return text
}

func (g *granter) aliases(grant plan.Grant) []pulumi.Alias {
	aliases := make([]pulumi.Alias, len(grant.FormerNames))
	for i, name := range grant.FormerNames {
		aliases[i] = pulumi.Alias{Name: pulumi.String(g.name + "-" + name)}
	}
	return aliases
}

// scopeOutput checks the resource ID when it arrives and climbs to the level at which the grant sits.
func scopeOutput(id pulumi.StringInput, ref plan.ScopeRef) pulumi.StringOutput {
	return id.ToStringOutput().ApplyT(func(text string) (string, error) {
		scope, problem := plan.CheckResourceID(ref.Path, text, ref.ResourceType)
		if problem != nil {
			return "", plan.Problems{*problem}
		}
		return plan.AtLevel(scope, ref.Level).WithKeywords().String(), nil
	}).(pulumi.StringOutput)
}

// principalOutput refuses an empty principal: a role assignment without one would be made for nobody.
func principalOutput(id pulumi.StringInput, identity plan.Identity) pulumi.StringOutput {
	return id.ToStringOutput().ApplyT(func(text string) (string, error) {
		if text == "" {
			return "", fmt.Errorf("the %s identity has no principal ID; Azure returned none, so its grants cannot be made", identity)
		}
		return text, nil
	}).(pulumi.StringOutput)
}

// roleID is the resource ID of the role at the scope's subscription.
func (g *granter) roleID(ctx *pulumi.Context, grant plan.Grant, scope pulumi.StringOutput) (pulumi.StringOutput, error) {
	if grant.Role.IsCustom() {
		return g.roles.roleID(ctx, grant)
	}
	return scope.ApplyT(func(text string) (string, error) {
		parsed, err := rbac.ParseScope(text)
		if err != nil {
			return "", err
		}
		return grant.Role.ID.DefinitionID(parsed.SubscriptionID()), nil
	}).(pulumi.StringOutput), nil
}

// assignmentName is the name that every tool computes for the same grant: see [rbac.AssignmentName].
func (g *granter) assignmentName(grant plan.Grant, scope, principal, role pulumi.StringOutput) pulumi.StringOutput {
	return pulumi.All(scope, principal, role).ApplyT(func(parts []any) (string, error) {
		parsed, err := rbac.ParseScope(parts[0].(string))
		if err != nil {
			return "", err
		}
		definition := parts[2].(string)
		id := rbac.RoleID(strings.ToLower(definition[strings.LastIndex(definition, "/")+1:]))
		name := rbac.AssignmentName(parsed, parts[1].(string), id)
		return name, g.claims.take(name, grant)
	}).(pulumi.StringOutput)
}

// claims finds two grants of one component that turn out to be the same when their IDs arrive. Grants on IDs that are
// known at preview are merged by the plan; for late ones it is too late to make one resource of two.
type claims struct {
	mu     sync.Mutex
	owners map[string]string
}

func (c *claims) take(assignment string, grant plan.Grant) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	owner, taken := c.owners[assignment]
	if taken && owner != grant.Scope.String() {
		return plan.Problems{{
			Path: grant.Scope.Path,
			What: fmt.Sprintf("%s and %s turn out to be the same scope for %s; one grant cannot be two resources.", owner, grant.Scope, grant.Identity),
			Fix:  "use one key for the resource, or for addresses of one group publicIpGroups with the group's ID.",
		}}
	}
	c.owners[assignment] = grant.Scope.String()
	return nil
}

// record is what the grant turned out to be.
func (m madeGrant) record() pulumi.Output {
	return pulumi.All(m.Assignment.PrincipalId, m.Assignment.Scope, m.Assignment.ID()).ApplyT(func(parts []any) GrantRecord {
		return GrantRecord{
			Name: m.Name, Identity: m.Identity.String(), Role: m.Role.Name, Reason: reasonOf(m.Grant),
			PrincipalID: parts[0].(string), Scope: parts[1].(string), AssignmentID: string(parts[2].(pulumi.ID)),
		}
	})
}

func recordsOf(made []madeGrant) GrantRecordArrayOutput {
	outputs := make([]any, len(made))
	for i, m := range made {
		outputs[i] = m.record()
	}
	return pulumi.All(outputs...).ApplyT(func(parts []any) []GrantRecord {
		records := make([]GrantRecord, len(parts))
		for i, part := range parts {
			records[i] = part.(GrantRecord)
		}
		return records
	}).(GrantRecordArrayOutput)
}

// resourcesOf are the assignments, to depend on.
func resourcesOf(made []madeGrant) []pulumi.Resource {
	resources := make([]pulumi.Resource, len(made))
	for i, m := range made {
		resources[i] = m.Assignment
	}
	return resources
}
