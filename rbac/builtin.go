package rbac

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"
)

//go:embed data/builtin-roles.json
var builtinJSON []byte

// builtins are read once, at first use. The data is part of the program, so an error in it cannot happen at run time.
var builtins = sync.OnceValue(func() roleIndex {
	roles, err := readRoles(builtinJSON)
	if err != nil {
		panic("rbac: embedded role data: " + err.Error())
	}
	return newRoleIndex(roles)
})

// roleFile is the form of data/builtin-roles.json.
type roleFile struct {
	Source string `json:"source"`
	Date   string `json:"date"`
	Roles  []struct {
		Name     RoleName `json:"name"`
		ID       string   `json:"id"`
		Verified bool     `json:"verified"`
		Permissions
	} `json:"roles"`
}

// readRoles leaves out roles that are not verified: a wrong permission is worse than an unknown role.
func readRoles(data []byte) ([]Role, error) {
	var file roleFile
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, err
	}
	var roles []Role
	for _, r := range file.Roles {
		id, ok := ParseRoleID(r.ID)
		if !ok {
			return nil, fmt.Errorf("role %q has no GUID but %q", r.Name, r.ID)
		}
		if !r.Verified {
			continue
		}
		role := builtinRole(r.Name, id, file.Source+", "+file.Date)
		role.Permissions = r.Permissions
		roles = append(roles, role)
	}
	return roles, nil
}

// builtinRole is a built-in role without its permissions.
func builtinRole(name RoleName, id RoleID, source string) Role {
	return Role{
		ID: id, Name: name, AssignableScopes: []Scope{MustParseScope("/")}, BuiltIn: true, Verified: true, Source: source,
	}
}

// BuiltinRoles are the built-in roles that an AKS cluster, its add-ons or its deployer have to do with, in the order of
// data/builtin-roles.json, where source and date stand. [AllBuiltinRoles] are those of all of Azure. The result is the
// caller's own.
func BuiltinRoles() []Role { return cloneRoles(builtins().roles) }

// BuiltinRole finds a built-in role by name, among all of Azure, without regard to letter case and to spaces around the
// name. Constants such as [NetworkContributor] hold the names of most of [BuiltinRoles]; finding one of these does not read
// the others. For an error instead of false, see [FindRole].
func BuiltinRole(name RoleName) (Role, bool) {
	return findBuiltin(builtinIndexes, func(x roleIndex) (Role, bool) { return x.named(name) })
}

// BuiltinRoleByID finds a built-in role by its GUID, among all of Azure, without regard to letter case.
func BuiltinRoleByID(id RoleID) (Role, bool) {
	return findBuiltin(builtinIndexes, func(x roleIndex) (Role, bool) { return x.withID(id) })
}

// BuiltinRolesThatCover are those of [BuiltinRoles] that include all the given actions, in the order of the data. It does
// not look at the rest of Azure's built-in roles: a role made for another service may hold the actions by chance, and is
// no advice for a cluster. With no action at all there is nothing to cover, and no role is returned.
func BuiltinRolesThatCover(actions, dataActions []string) []Role {
	if len(actions)+len(dataActions) == 0 {
		return nil
	}
	var roles []Role
	for _, r := range builtins().roles {
		if len(r.Permissions.Covers(actions, dataActions)) == 0 {
			roles = append(roles, r.clone())
		}
	}
	return roles
}

// builtinIndexes are asked in this order, so that finding a role of the first does not cost the reading of the second.
var builtinIndexes = []func() roleIndex{builtins, allBuiltins}

func findBuiltin(indexes []func() roleIndex, find func(roleIndex) (Role, bool)) (Role, bool) {
	for _, index := range indexes {
		if role, ok := find(index()); ok {
			return role.clone(), true
		}
	}
	return Role{}, false
}
