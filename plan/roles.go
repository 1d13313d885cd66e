package plan

import (
	"fmt"
	"slices"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Needed are the permissions that the rule's use takes.
func (r Rule) Needed() (rbac.Permissions, error) {
	var p rbac.Permissions
	for _, id := range r.Capabilities {
		capability, err := rbac.LookupCapability(id)
		if err != nil {
			return p, err
		}
		if r.Actions == nil {
			p.Actions = append(p.Actions, capability.Actions...)
		}
		p.DataActions = append(p.DataActions, capability.DataActions...)
	}
	p.Actions = sortedSet(slices.Concat(p.Actions, r.Actions, r.MoreActions))
	p.DataActions = sortedSet(slices.Concat(p.DataActions, r.MoreDataActions))
	return p, nil
}

// WhyBuiltin says why the rule's role stays a built-in one with strategy custom; empty when a role is generated.
func (r Rule) WhyBuiltin() (string, error) {
	if r.Undocumented != "" {
		return r.Undocumented, nil
	}
	for _, id := range r.Capabilities {
		capability, err := rbac.LookupCapability(id)
		if err != nil {
			return "", err
		}
		if !capability.ActionsDocumented() {
			return "no source lists the actions", nil
		}
	}
	return "", nil
}

// part is one role of a rule at one level: the built-in role, or a generated one with the actions that work there.
type part struct {
	role  Role
	level Level
	// needs are the actions for which it is made; nil when they are not documented.
	needs *rbac.Permissions
}

// parts says which roles a rule takes, at which levels. note says why a generated role was asked for and is not made.
func (r Rule) parts(strategy RoleStrategy) (parts []part, note string, err error) {
	needs, err := r.Needed()
	if err != nil {
		return nil, "", err
	}
	why, err := r.WhyBuiltin()
	if err != nil {
		return nil, "", err
	}
	if strategy != CustomRoles || why != "" {
		builtin, err := rbac.FindRole(string(r.Role))
		if err != nil {
			return nil, "", err
		}
		p := part{role: Role{Name: string(builtin.Name), ID: builtin.ID}, level: r.Level}
		if why == "" {
			p.needs = &needs
		}
		if strategy == CustomRoles {
			note = fmt.Sprintf("keeps the built-in role %s: %s", r.Role, why)
		}
		return []part{p}, note, nil
	}
	return r.generated(needs), "", nil
}

// generated are the parts of a rule whose actions are documented: at the rule's level, and those that work at the resource
// itself there.
func (r Rule) generated(needs rbac.Permissions) []part {
	custom := func(level Level, p rbac.Permissions) part {
		return part{role: Role{Permissions: p}, level: level, needs: &p}
	}
	if len(r.AtOwnResource) == 0 {
		return []part{custom(r.Level, needs)}
	}
	above := needs
	above.Actions = slices.DeleteFunc(slices.Clone(needs.Actions), func(action string) bool { return slices.Contains(r.AtOwnResource, action) })
	return []part{custom(r.Level, above), custom(AtResource, rbac.Permissions{Actions: sortedSet(r.AtOwnResource)})}
}

// union of two sets of permissions without exceptions, as generated roles have them.
func union(a, b rbac.Permissions) rbac.Permissions {
	return rbac.Permissions{
		Actions:     sortedSet(slices.Concat(a.Actions, b.Actions)),
		DataActions: sortedSet(slices.Concat(a.DataActions, b.DataActions)),
	}
}

func sortedSet[T ~string](values []T) []T {
	out := slices.Clone(values)
	slices.Sort(out)
	return slices.Compact(out)
}
