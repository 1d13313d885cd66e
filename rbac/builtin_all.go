package rbac

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"sync"
)

// data/README.md tells where the file was read, when, and how it is made.
//
//go:embed data/builtin-roles-all.json.gz
var allBuiltinGzip []byte

// allBuiltins are read once, when a role is asked for that builtins lack; see there.
var allBuiltins = sync.OnceValue(func() roleIndex {
	roles, err := readAllRoles(allBuiltinGzip)
	if err != nil {
		panic("rbac: embedded data of all roles: " + err.Error())
	}
	for i, r := range roles {
		if own, ok := builtins().withID(r.ID); ok {
			roles[i] = own
		}
	}
	return newRoleIndex(roles)
})

// AllBuiltinRoles are all built-in roles of Azure, 928 of them, sorted by name without regard to letter case. Those of
// [BuiltinRoles] are the same there and here. The first call unpacks 714 KB. The result is the caller's own.
//
// Source: public dataset iann0036/iam-dataset, azure/built-in-roles-raw.json, snapshot 2026-08-22. Roles that Azure has
// added since are unknown.
func AllBuiltinRoles() []Role { return cloneRoles(allBuiltins().roles) }

// allRolesFile is the form of data/builtin-roles-all.json.gz.
type allRolesFile struct {
	Source string          `json:"source"`
	Roles  []publishedRole `json:"roles"`
}

type publishedRole struct {
	Name        RoleName          `json:"name"`
	GUID        string            `json:"guid"`
	Permissions []permissionBlock `json:"permissions"`
}

// permissionBlock is one of a role's sets of permissions: exceptions and the condition count within it.
type permissionBlock struct {
	Permissions
	Condition string `json:"condition,omitempty"`
}

func readAllRoles(data []byte) ([]Role, error) {
	file, err := unpackRoles(data)
	if err != nil {
		return nil, err
	}
	roles := make([]Role, 0, len(file.Roles))
	for _, r := range file.Roles {
		id, ok := ParseRoleID(r.GUID)
		if !ok {
			return nil, fmt.Errorf("role %q has no GUID but %q", r.Name, r.GUID)
		}
		roles = append(roles, r.role(id, file.Source))
	}
	return roles, nil
}

func unpackRoles(data []byte) (allRolesFile, error) {
	var file allRolesFile
	unpacked, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return file, err
	}
	text, err := io.ReadAll(unpacked)
	if err != nil {
		return file, err
	}
	return file, json.Unmarshal(text, &file)
}

// role joins the blocks of permissions. For the roles of the data that changes nothing, since no block's exceptions touch
// what another block gives; a test watches over it.
func (r publishedRole) role(id RoleID, source string) Role {
	role := builtinRole(r.Name, id, source)
	for _, block := range r.Permissions {
		p := &role.Permissions
		p.Actions = append(p.Actions, block.Actions...)
		p.NotActions = append(p.NotActions, block.NotActions...)
		p.DataActions = append(p.DataActions, block.DataActions...)
		p.NotDataActions = append(p.NotDataActions, block.NotDataActions...)
		if block.Condition != "" {
			role.Conditions = append(role.Conditions, block.Condition)
		}
	}
	return role
}
