package rbac

// roleIndex finds roles by name and by GUID.
type roleIndex struct {
	roles  []Role
	byID   map[RoleID]Role
	byName map[string]Role
}

func newRoleIndex(roles []Role) roleIndex {
	x := roleIndex{roles: roles, byID: map[RoleID]Role{}, byName: map[string]Role{}}
	for _, r := range roles {
		x.byID[r.ID], x.byName[r.Name.key()] = r, r
	}
	return x
}

func (x roleIndex) named(name RoleName) (Role, bool) {
	role, ok := x.byName[name.key()]
	return role, ok
}

func (x roleIndex) withID(id RoleID) (Role, bool) {
	role, ok := x.byID[RoleID(lower(string(id)))]
	return role, ok
}

func (x roleIndex) names() []string {
	names := make([]string, 0, len(x.roles))
	for _, r := range x.roles {
		names = append(names, string(r.Name))
	}
	return names
}

func cloneRoles(roles []Role) []Role {
	clones := make([]Role, 0, len(roles))
	for _, r := range roles {
		clones = append(clones, r.clone())
	}
	return clones
}
