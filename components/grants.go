package components

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// granter makes the role assignments of a plan. Each grant brings the argument that it is about along; what the component
// itself makes, and which principal an identity turns out to be, the granter is told.
type granter struct {
	ctx       *pulumi.Context
	component pulumi.Resource
	// token is the component's type.
	token, name string
	// given are the options of the component.
	given *pulumi.ResourceOptions
	// inherited are those that its children have to heed, see inheritedOptions.
	inherited []pulumi.ResourceOption
	// names are the component's name and its former ones, see namesOf.
	names []string
	// formers are the component under its former names, see formersOf.
	formers []former
	hooks   *pulumi.ResourceHookBinding
	// first runs before a resource is made, see deployerCheck.
	first      *pulumi.ResourceHookBinding
	principals map[plan.Identity]pulumi.StringInput
	// arguments are those that give the principals; there is none for an identity that Azure or the component makes.
	arguments map[plan.Identity]plan.Path
	own       map[plan.Own]pulumi.StringInput
	// planned are all grants of the component.
	planned []plan.Grant
	// adopt says which assignments that exist are taken over.
	adopt  plan.Adoption
	claims claims
	state  state
	// deployed are the assignments in it.
	deployed assignments
	secrets  secrets
	late     lateProblems
	// settling says for how long the component waits for its grants.
	settling settling
	// switched tells that a working cluster has got another identity in this deployment.
	switched   atomic.Bool
	unreadable sync.Once
	// warn tells the user something, without the values of secrets.
	warn func(string)
}

func newGranter(ctx *pulumi.Context, component pulumi.Resource, token, name string, opts []pulumi.ResourceOption) *granter {
	given, err := pulumi.NewResourceOptions(opts...)
	if err != nil {
		given = &pulumi.ResourceOptions{} // registering the component has failed with the same error by now
	}
	g := &granter{
		ctx: ctx, component: component, token: token, name: name, given: given, inherited: inheritedOptions(given), names: namesOf(name, given),
		formers:    formersOf(ctx, token, name, given),
		principals: map[plan.Identity]pulumi.StringInput{}, arguments: map[plan.Identity]plan.Path{}, own: map[plan.Own]pulumi.StringInput{},
	}
	g.late.built = make(chan struct{})
	g.warn = func(text string) { _ = ctx.Log.Warn(g.secrets.hide(text), &pulumi.LogArgs{Resource: component}) }
	return g
}

// named is an error with the component that it is of, when it tells problems.
func (g *granter) named(err error) error {
	var problems plan.Problems
	if errors.As(err, &problems) {
		return g.refusal(problems)
	}
	return err
}

// refusal is the error of problems that show after the component has been registered, together with those of all other arguments that
// came late.
func (g *granter) refusal(problems plan.Problems) error {
	return g.hide(componentError(g.token, g.name, g.late.with(g.ctx.Context(), problems)))
}

// child are the options of every resource in the component.
func (g *granter) child(options ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return slices.Concat([]pulumi.ResourceOption{pulumi.Parent(g.component), pulumi.ResourceHooks(g.first)}, g.inherited, g.keepingPlace(), options)
}

// waiting are child's options for a resource that Azure makes: a grant may have to take effect for it, and what is refused gets advice.
func (g *granter) waiting(options ...pulumi.ResourceOption) []pulumi.ResourceOption {
	if g.hooks != nil {
		options = append(options, pulumi.ResourceHooks(g.hooks))
	}
	return g.child(options...)
}

// madeGrant is a grant together with the resource that makes it.
type madeGrant struct {
	plan.Grant
	decision
	Assignment *authorization.RoleAssignment
}

// make creates the grants. Whatever is given in after comes before them.
func (g *granter) make(grants []plan.Grant, after ...pulumi.Resource) ([]madeGrant, error) {
	made := make([]madeGrant, 0, len(grants))
	for _, grant := range grants {
		one, err := g.makeOne(grant, after)
		if err != nil {
			return nil, fmt.Errorf("grant %s: %w", grant.Name, err)
		}
		made = append(made, one)
	}
	return made, nil
}

// standalone makes the grants of a component that is nothing but grants.
func (g *granter) standalone(wait *PropagationArgs, grants []plan.Grant) (made []madeGrant, err error) {
	if err := g.waitFor(wait, grants); err != nil {
		return nil, err
	}
	return g.make(grants)
}

// waitFor decides how the component waits for its grants.
func (g *granter) waitFor(wait *PropagationArgs, grants []plan.Grant) (err error) {
	g.settling = wait.settling()
	g.hooks, err = propagationHooks(g, wait, grants)
	return err
}

func (g *granter) makeOne(grant plan.Grant, after []pulumi.Resource) (madeGrant, error) {
	decision, err := g.decide(grant)
	if err != nil {
		return madeGrant{}, err
	}
	assignment, err := authorization.NewRoleAssignment(g.ctx, g.name+"-"+grant.Name, &authorization.RoleAssignmentArgs{
		RoleAssignmentName: decision.name,
		PrincipalId:        decision.principal,
		// The SDK's default, User, fails for managed identities; the type also makes Azure tolerate an identity that
		// the directory does not know yet (Microsoft, RBAC troubleshooting, stored version).
		PrincipalType:    pulumi.StringPtr(string(cmp.Or(grant.PrincipalType, plan.PrincipalTypeServicePrincipal))),
		RoleDefinitionId: decision.role,
		Scope:            decision.scope,
		Description:      pulumi.StringPtr(g.description(grant)),
	}, append(slices.Concat(g.adopting(grant, decision), g.replacing(grant)), g.waiting(
		// azure-native would send a changed role in place, which Azure does not do.
		pulumi.ReplaceOnChanges([]string{"roleDefinitionId"}),
		pulumi.DependsOn(after),
		pulumi.Aliases(g.aliases("", grant)),
	)...)...)
	return madeGrant{Grant: grant, decision: decision, Assignment: assignment}, err
}

// decision is a resolved grant as inputs: literals when all of it is known now.
type decision struct {
	scope, principal, role pulumi.StringInput
	name                   pulumi.StringPtrInput
}

// decide resolves a grant at once when everything that it takes is known, else in one go when it arrives.
func (g *granter) decide(grant plan.Grant) (decision, error) {
	id, principal := g.resource(grant.Scope), g.principals[grant.Identity]
	if isNil(id) {
		return decision{}, fmt.Errorf("nothing tells the resource ID of %s", grant.Scope)
	}
	if isNil(principal) {
		return decision{}, fmt.Errorf("nothing tells the principal of %s", grant.Identity)
	}
	idText, idKnown := valueOf[string](id).Get()
	principalText, principalKnown := valueOf[string](principal).Get()
	if idKnown && principalKnown && !grant.Role.IsCustom() && grant.Scope.Mode == "" {
		r, err := g.resolve(grant, idText, principalText)
		return decision{
			scope: pulumi.String(r.Scope), principal: principal, role: pulumi.String(r.RoleDefinitionID), name: pulumi.StringPtr(r.AssignmentName),
		}, err
	}
	return g.decideLate(grant, id, principal)
}

func (g *granter) decideLate(grant plan.Grant, id, principal pulumi.StringInput) (decision, error) {
	if grant.Scope.Own == "" && !g.mocked() {
		g.late.checks = append(g.late.checks, g.grantCheck(grant, id, principal))
	}
	parts := []pulumi.StringInput{g.inMode(grant.Scope, id), principal}
	if grant.Role.IsCustom() {
		role, err := g.generateRole(grant, id)
		if err != nil {
			return decision{}, err
		}
		parts = append(parts, role)
	}
	resolved := textsOf(parts...).ApplyT(func(parts []string) ([]string, error) {
		g.learn(id, principal)
		grant := grant
		if len(parts) > 2 {
			role, ok := rbac.ParseRoleID(parts[2])
			if !ok && g.mocked() {
				role, ok = rbac.RoleID(parts[2]), true
			}
			if !ok {
				return nil, g.hide(fmt.Errorf("the generated role's ID %q names no role", parts[2]))
			}
			grant = grant.WithRole(role)
		}
		r, err := g.resolve(grant, parts[0], parts[1])
		if err != nil {
			return nil, g.hide(g.named(err))
		}
		return []string{r.Scope, r.AssignmentName, r.RoleDefinitionID}, nil
	})
	part := func(i int) pulumi.StringOutput {
		return resolved.ApplyT(func(r []string) string { return r[i] }).(pulumi.StringOutput)
	}
	name := resolved.ApplyT(func(r []string) *string { return &r[1] }).(pulumi.StringPtrOutput)
	return decision{scope: part(0), principal: principal, role: part(2), name: name}, nil
}

// resource is the ID of the resource that the grant is about.
func (g *granter) resource(ref plan.ScopeRef) pulumi.StringInput {
	own := g.own[ref.Own]
	switch {
	case ref.Own == "":
		return inputOf(ref.ID)
	case ref.Namespace.IsSet():
		return g.namespaceIn(own, ref)
	default:
		return own
	}
}

// resolve decides the grant, and finds two grants of one component that turn out to be the same.
func (g *granter) resolve(grant plan.Grant, id, principal string) (plan.Resolved, error) {
	r, err := grant.Resolve(id, principal)
	if err != nil && g.mocked() {
		return standIn(grant, id, principal), nil
	}
	if argument, given := g.arguments[grant.Identity]; err == nil && given && !g.mocked() {
		err = plan.CheckPrincipalID(argument, principal)
	}
	if err == nil {
		err = g.claims.take(r, principal, grant)
	}
	return r, err
}

// claims finds two grants of one component that turn out to be the same when their IDs arrive. Grants on IDs that are
// known at preview are merged by the plan; for late ones it is too late to make one resource of two.
type claims struct {
	mu    sync.Mutex
	owned map[string]claim
	// clashes are what was said of two grants with one assignment, by its name.
	clashes map[string]string
}

// claim is a decided grant.
type claim struct {
	grant            plan.Grant
	principal, scope string
}

// made are the grants that are decided so far, in order of name.
func (c *claims) made() []claim {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.SortedFunc(maps.Values(c.owned), func(a, b claim) int { return strings.Compare(a.grant.Name, b.grant.Name) })
}

func (c *claims) take(r plan.Resolved, principal string, grant plan.Grant) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.owned == nil {
		c.owned = map[string]claim{}
	}
	owner, taken := c.owned[r.AssignmentName]
	c.owned[r.AssignmentName] = claim{grant: grant, principal: principal, scope: r.Scope}
	if !taken || owner.grant.Name == grant.Name {
		return nil
	}
	first, second := owner.grant, grant
	if second.Scope.Path < first.Scope.Path { // whichever came first, it is one problem
		first, second = second, first
	}
	fix := "use one key for the resource, or IDs that are known before the deployment: grants on those are joined."
	if grant.Scope.GroupArgument != "" && grant.Scope.GroupArgument == owner.grant.Scope.GroupArgument {
		fix = fmt.Sprintf("give the resource group once, in %s.", grant.Scope.GroupArgument)
	}
	problem := plan.Problem{
		Path: second.Scope.Path, Fix: fix,
		What: fmt.Sprintf("%s and %s turn out to be the same scope for %s; one grant cannot be two resources.", first.Scope, second.Scope, grant.Identity),
	}
	if first.Identity != second.Identity {
		problem = samePrincipal(first, second)
	}
	if c.clashes == nil {
		c.clashes = map[string]string{}
	}
	c.clashes[r.AssignmentName] = problem.String()
	return plan.Problems{problem}
}

// samePrincipal is the problem of two identities that turn out to be one principal.
func samePrincipal(first, second plan.Grant) plan.Problem {
	return plan.Problem{
		Path: second.Scope.Path,
		What: fmt.Sprintf("%s and %s turn out to give one principal %s on the same scope; one grant cannot be two resources.",
			first.Scope.Path, second.Scope.Path, second.Role.Name),
		Fix: "keep one of the two, or give principal IDs that are known before the deployment: grants to those are joined.",
	}
}

// scopeOf is the scope of the grant that has the assignment; "" when there is none.
func (c *claims) scopeOf(assignment string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.owned[strings.ToLower(assignment)].scope
}

// clash is what was said of two grants with the assignment that a message names; "" when there is one only.
func (c *claims) clash(message string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	for name, said := range c.clashes {
		if strings.Contains(message, name) {
			return said
		}
	}
	return ""
}

// reasonOf is all reasons of a grant on one line.
func reasonOf(grant plan.Grant) string { return strings.Join(grant.Reasons, "; ") }

// longestDescription is in characters: Microsoft recommends at most 512 for the description of a role assignment (azure-docs
// conditions-faq.md, 2025-02-26; it named 2 KB before).
const longestDescription = 512

// description is what Azure shows beside the assignment: for what it is, and who made it. It names no pools: another pool in a
// subnet changes no grant. Azure changes it in place.
func (g *granter) description(grant plan.Grant) string {
	holder := grant.Identity
	if holder.Kind == plan.WorkloadKind || holder.Kind.GetsIn() {
		holder.Name = "" // it is the component's, or a key that can change
	}
	made := " (" + g.madeBy() + ")"
	room := max(longestDescription-len(made), longestDescription/2)
	return cut(cut(fmt.Sprintf("%s: %s", holder, strings.Join(grant.Purposes, "; ")), room)+made, longestDescription)
}

// cut shortens a text between characters: it may be the caller's own.
func cut(text string, longest int) string {
	if len(text) <= longest {
		return text
	}
	return strings.ToValidUTF8(text[:longest-3], "") + "..."
}

// aliases keep a resource of the grant in its place in the state under the names that the grant had.
func (g *granter) aliases(prefix string, grant plan.Grant) []pulumi.Alias {
	var aliases []pulumi.Alias
	for _, name := range grant.FormerNames {
		name = g.name + "-" + prefix + name
		aliases = append(append(aliases, pulumi.Alias{Name: pulumi.String(name)}), g.formerly(name)...)
	}
	return aliases
}

// recordsOf are what the grants turned out to be.
func recordsOf(made []madeGrant) GrantRecordArrayOutput {
	parts := make([]pulumi.StringInput, 0, 3*len(made))
	for _, m := range made {
		parts = append(parts, m.principal, m.scope, m.Assignment.ID())
	}
	return textsOf(parts...).ApplyT(func(parts []string) []GrantRecord {
		records := make([]GrantRecord, len(made))
		for i, m := range made {
			records[i] = GrantRecord{
				Name: m.Name, Identity: m.Identity.String(), Role: m.Role.Name, Reason: reasonOf(m.Grant),
				PrincipalID: parts[3*i], Scope: parts[3*i+1], AssignmentID: parts[3*i+2],
			}
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
