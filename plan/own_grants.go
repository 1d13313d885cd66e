package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// OwnGrant is a grant that the caller asks for: one role on one resource.
type OwnGrant struct {
	// Role is the name of a built-in role in any letter case, a role's GUID, or a role definition ID.
	Role     string
	Resource Value[string]
	Reason   string
	// GrantsRoles says in writing that the role may let its holder grant roles.
	GrantsRoles bool
	// WideScope says in writing that the grant reaches beyond one resource group.
	WideScope bool
}

// ExtraGrant is a grant that the caller asks for, for an identity of the cluster.
type ExtraGrant struct {
	OwnGrant
	// Identity is control-plane, kubelet or the key of an add-on that is on.
	Identity string
}

// grant plans what the caller asks for at the path; nil when something is wrong with it.
func (g OwnGrant) grant(p *problems, path Path, identity Identity) *Grant {
	before := len(p.list)
	role, err := rbac.FindRole(g.Role)
	if err != nil {
		p.add(path.Field("role"), err.Error(), "give the name of a built-in role, a role's GUID or its definition ID.")
	}
	if role.Permissions.CanGrantRoles() && !g.GrantsRoles {
		p.add(path.Field("role"), fmt.Sprintf("%s lets its holder grant roles, to itself too", role.Name),
			"choose a role that does not, or set "+string(path.Field("grantsRoles"))+".")
	}
	if !g.Resource.IsSet() {
		p.add(path.Field("resourceId"), "it is missing", "give the ID of the resource on which the role is to hold.")
	}
	p.checkID(path.Field("resourceId"), g.Resource, "")
	scope, _ := scopeOf(g.Resource)
	if problem := tooWide(path, scope); problem != nil && !g.WideScope {
		p.list = append(p.list, *problem)
	}
	if len(p.list) > before {
		return nil
	}
	made := Grant{
		Identity: identity, Role: Role{Name: string(role.Name), ID: role.ID}, Reasons: []string{g.Reason}, Purposes: []string{g.Reason},
		Scope: ScopeRef{Path: path, ID: g.Resource, Level: AtResource, Scope: scope, narrow: !g.WideScope}, Sources: []string{"the caller's argument"},
	}
	if made.Role.Name == "" {
		made.Role.Name = string(role.ID)
	}
	return &made
}

// nameByKey names the grant after its argument and that argument's former keys.
func (g *Grant) nameByKey(label string, former []string, renamed Renaming) {
	keys := renamed.keysOf(g.Scope.Path)
	g.nameAs(label, former, Slug(g.Role.Name), append([]NamingKey{NamingKey(g.Scope.Path)}, keys...), keys)
}

// tooWide is the problem of a scope above a resource group that nobody asked for in writing.
func tooWide(path Path, scope rbac.Scope) *Problem {
	switch scope.Kind() {
	case rbac.Tenant, rbac.ManagementGroup, rbac.Subscription:
		return &Problem{
			Path: path.Field("resourceId"), What: fmt.Sprintf("%s is a %s: the role would hold on everything below it.", scope, scopeKindName(scope)),
			Fix: "give a resource or its group, or set " + string(path.Field("wideScope")) + ".",
		}
	default:
		return nil
	}
}

// extraGrants plans the caller's own grants for the cluster's identities.
func (c Cluster) extraGrants(p *problems) []Grant {
	var grants []Grant
	for _, key := range slices.Sorted(maps.Keys(c.ExtraGrants)) {
		extra, path := c.ExtraGrants[key], Path("extraGrants").Key(key)
		if !p.checkMapKey("extraGrants", key) {
			continue
		}
		identity, ok := c.identityNamed(p, path.Field("identity"), extra.Identity)
		if strings.TrimSpace(extra.Reason) == "" {
			p.add(path.Field("reason"), "it is missing", "say in a few words why the identity needs the role; it is shown beside the grant.")
		}
		if grant := extra.grant(p, path, identity); grant != nil && ok {
			label, former := c.labelOf(identity)
			grant.Phase = c.phaseOf(identity)
			grant.nameByKey(label, former, c.Renamed)
			grants = append(grants, *grant)
		}
	}
	return grants
}

func (c Cluster) identityNamed(p *problems, path Path, name string) (Identity, bool) {
	var names []string
	for _, i := range c.identities() {
		short := i.String()
		if i.Kind == Addon {
			short = i.Name
		}
		if short == name {
			return i.Identity, true
		}
		names = append(names, short)
	}
	slices.Sort(names)
	p.add(path, fmt.Sprintf("%q is no identity of this cluster", name)+meant(name, names), "use one of "+strings.Join(names, ", ")+".")
	return Identity{}, false
}
