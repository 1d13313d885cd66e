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
var builtins = sync.OnceValue(func() []Role {
	roles, err := readRoles(builtinJSON)
	if err != nil {
		panic("rbac: embedded role data: " + err.Error())
	}
	return roles
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
		roles = append(roles, Role{
			ID: id, Name: r.Name, Permissions: r.Permissions,
			AssignableScopes: []Scope{MustParseScope("/")}, BuiltIn: true, Verified: true,
			Source: file.Source + ", " + file.Date,
		})
	}
	return roles, nil
}

// BuiltinRoles are the built-in roles that this package knows, in the order of the data. Azure has several hundred more;
// these are the ones an AKS cluster, its add-ons or its deployer have to do with. The result is the caller's own.
func BuiltinRoles() []Role {
	roles := make([]Role, 0, len(builtins()))
	for _, r := range builtins() {
		roles = append(roles, r.clone())
	}
	return roles
}

// BuiltinRole finds a built-in role by name, without regard to letter case and to spaces around the name. Constants such as
// [NetworkContributor] hold the names.
func BuiltinRole(name RoleName) (Role, bool) {
	wanted := name.key()
	return findBuiltin(func(r Role) bool { return r.Name.key() == wanted })
}

// BuiltinRoleByID finds a built-in role by its GUID, without regard to letter case.
func BuiltinRoleByID(id RoleID) (Role, bool) {
	wanted := RoleID(lower(string(id)))
	return findBuiltin(func(r Role) bool { return r.ID == wanted })
}

// BuiltinRolesThatCover are the known built-in roles that include all the given actions, in the order of the data. With
// no action at all there is nothing to cover, and no role is returned.
func BuiltinRolesThatCover(actions, dataActions []string) []Role {
	if len(actions)+len(dataActions) == 0 {
		return nil
	}
	var roles []Role
	for _, r := range builtins() {
		if len(r.Permissions.Covers(actions, dataActions)) == 0 {
			roles = append(roles, r.clone())
		}
	}
	return roles
}

func findBuiltin(is func(Role) bool) (Role, bool) {
	for _, r := range builtins() {
		if is(r) {
			return r.clone(), true
		}
	}
	return Role{}, false
}
