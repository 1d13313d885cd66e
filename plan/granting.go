package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// RoleStrategy chooses between built-in and generated roles.
type RoleStrategy string

// Role strategies.
const (
	// BuiltinRoles grants the documented built-in role at the narrowest scope that works. It is the default.
	BuiltinRoles RoleStrategy = "builtin"
	// CustomRoles generates role definitions that hold exactly the actions each capability needs.
	CustomRoles RoleStrategy = "custom"
)

// granting turns targets into grants.
type granting struct {
	strategy RoleStrategy
	// phase of the grants of an identity.
	phase func(Identity) Phase
	// controlPlane is the control plane, or whoever gets its grants.
	controlPlane Identity
	// label is the identity's part of a grant's name, and the labels it would have in another shape of the arguments.
	// nil: the identity's own name.
	label func(Identity) (name string, former []string)
}

// grants plans every target. Targets that turn out to be the same resource share a grant that carries all reasons.
func (g granting) grants(targets []Target) []Grant {
	var all []Grant
	for _, t := range targets {
		identity, info := g.use(t.Use)
		for _, rule := range info.Rules {
			all = append(all, g.grant(identity, t, info, rule))
		}
	}
	return mergeGrants(all)
}

func (g granting) use(u Use) (Identity, UseInfo) {
	if info, ok := controlPlaneUses()[u]; ok {
		return g.controlPlane, info
	}
	use := addonUses()[u]
	if use.Identity.Kind == ControlPlane {
		return g.controlPlane, use.UseInfo
	}
	return use.Identity, use.UseInfo
}

func always(phase Phase) func(Identity) Phase { return func(Identity) Phase { return phase } }

func (g granting) grant(identity Identity, t Target, info UseInfo, rule Rule) Grant {
	reason := rule.Reason
	if t.Detail != "" {
		reason += " (" + t.Detail + ")"
	}
	grant := Grant{
		Identity:     identity,
		Role:         g.role(rule),
		Scope:        ScopeRef{Path: t.Path, Level: rule.Level, ResourceType: info.ResourceType},
		Capabilities: rule.Capabilities,
		Reasons:      []string{reason},
		Phase:        g.phase(identity),
		Sources:      []string{rule.Source},
	}
	if id, ok := t.ID.Get(); ok {
		if scope, err := rbac.ParseScope(id); err == nil {
			grant.Scope.Scope = AtLevel(scope, rule.Level)
		}
	}
	label, former := identity.String(), []string(nil)
	if g.label != nil {
		label, former = g.label(identity)
	}
	grant.Name = grantName(label, g.roleWord(rule), grant.Scope)
	for _, f := range former {
		grant.FormerNames = append(grant.FormerNames, grantName(f, g.roleWord(rule), grant.Scope))
	}
	grant.label = label
	return grant
}

// AtLevel is the scope itself or the ancestor at which a grant sits.
func AtLevel(scope rbac.Scope, level Level) rbac.Scope {
	switch level {
	case AtResourceGroup:
		if group, ok := scope.ResourceGroupScope(); ok {
			return group
		}
	case AtVirtualNetwork:
		if network, ok := scope.Ancestor(typeNetwork); ok {
			return network
		}
	}
	return scope
}

func (g granting) role(rule Rule) Role {
	if g.strategy == CustomRoles {
		return customRole(rule)
	}
	builtin, _ := rbac.BuiltinRole(rule.Role)
	return Role{Name: string(builtin.Name), ID: builtin.ID}
}

// roleWord is the role's part of a logical name. A generated role's own name changes with its permissions, so the word
// does not follow it.
func (g granting) roleWord(rule Rule) string {
	if g.strategy == CustomRoles {
		return "custom-role"
	}
	return string(rule.Role)
}

// customRole holds exactly the actions that the rule's capabilities need.
func customRole(rule Rule) Role {
	var p rbac.Permissions
	for _, id := range rule.Capabilities {
		capability, _ := rbac.CapabilityByID(id)
		if rule.Actions == nil {
			p.Actions = append(p.Actions, capability.Actions...)
		}
		p.DataActions = append(p.DataActions, capability.DataActions...)
	}
	p.Actions = append(append(p.Actions, rule.Actions...), rule.MoreActions...)
	p.DataActions = append(p.DataActions, rule.MoreDataActions...)
	p.Actions, p.DataActions = sortedSet(p.Actions), sortedSet(p.DataActions)
	return Role{Name: "AKS " + permissionsKey(p), Permissions: p}
}

// permissionsKey is a short stable name of a set of permissions.
func permissionsKey(p rbac.Permissions) string {
	return shortHash(strings.ToLower(strings.Join(p.Actions, ",") + "|" + strings.Join(p.DataActions, ",")))
}

func shortHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])[:6]
}

func sortedSet[T ~string](values []T) []T {
	out := slices.Clone(values)
	slices.Sort(out)
	return slices.Compact(out)
}

// grantName is made of the identity, the documented role and the user's own key.
func grantName(identity, role string, scope ScopeRef) string {
	name := fmt.Sprintf("%s-%s-%s", identity, slug(role), scope.Path)
	if scope.Level != AtResource {
		name += "." + slug(string(scope.Level))
	}
	return name
}

// sharedName is the name of a grant that several keys share: made of the scope, so that it stays when a key goes.
func sharedName(g Grant) string {
	role := slug(g.Role.Name)
	if g.Role.IsCustom() {
		role = "custom-role"
	}
	return fmt.Sprintf("%s-%s-at-%s-%s", g.label, role, slug(g.Scope.Scope.Name()), shortHash(g.Scope.Scope.Key()))
}

func slug(text string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + ('a' - 'A')
		default:
			return '-'
		}
	}, text), "-")
}

// mergeGrants joins grants that coincide: the same identity and role at the same scope. Grants on the same argument
// coincide whether or not its ID is known.
func mergeGrants(all []Grant) []Grant {
	byPlace := map[string]*Grant{}
	var order []string
	for i := range all {
		place := placeOf(all[i])
		if into, ok := byPlace[place]; ok {
			into.absorb(all[i])
			continue
		}
		byPlace[place] = &all[i]
		order = append(order, place)
	}
	merged := make([]Grant, 0, len(order))
	for _, place := range order {
		merged = append(merged, byPlace[place].settled())
	}
	sortGrants(merged)
	return merged
}

func placeOf(g Grant) string {
	where := "path:" + g.Scope.Path + "@" + string(g.Scope.Level)
	if !g.Scope.Scope.IsZero() {
		where = "scope:" + g.Scope.Scope.Key()
	}
	role := string(g.Role.ID)
	if g.Role.IsCustom() {
		// Generated roles at one place become one role with the union of the permissions.
		role = "custom"
	}
	return g.Identity.String() + "|" + role + "|" + where
}

func (g *Grant) absorb(other Grant) {
	if other.Name != g.Name {
		g.merged = append(g.merged, other.Name)
		g.FormerNames = append(g.FormerNames, other.FormerNames...)
	}
	if other.Scope.Path < g.Scope.Path {
		g.Scope.Path, g.Scope.ResourceType, g.Scope.Level = other.Scope.Path, other.Scope.ResourceType, other.Scope.Level
	}
	g.Capabilities = sortedSet(append(slices.Clone(g.Capabilities), other.Capabilities...))
	g.Reasons = sortedSet(append(slices.Clone(g.Reasons), other.Reasons...))
	g.Sources = sortedSet(append(slices.Clone(g.Sources), other.Sources...))
	if g.Role.IsCustom() {
		p := rbac.Permissions{
			Actions:     sortedSet(append(slices.Clone(g.Role.Permissions.Actions), other.Role.Permissions.Actions...)),
			DataActions: sortedSet(append(slices.Clone(g.Role.Permissions.DataActions), other.Role.Permissions.DataActions...)),
		}
		g.Role = Role{Name: "AKS " + permissionsKey(p), Permissions: p}
	}
	if other.Phase == BeforeCluster {
		g.Phase = BeforeCluster
	}
}

// settled gives the grant its final name: by key when one argument names the scope, by scope when several do. The other
// names stay as former ones, so that the grant keeps its place in the state when a key comes or goes.
func (g *Grant) settled() Grant {
	names := sortedSet(append(slices.Clone(g.merged), g.Name))
	if g.Scope.Scope.IsZero() {
		return g.named(names[0], append(names[1:], g.FormerNames...))
	}
	shared := sharedName(*g)
	if len(names) == 1 {
		return g.named(names[0], append([]string{shared}, g.FormerNames...))
	}
	return g.named(shared, append(names, g.FormerNames...))
}

func (g *Grant) named(name string, former []string) Grant {
	out := *g
	out.Name = name
	out.FormerNames = sortedSet(former)
	return out
}
