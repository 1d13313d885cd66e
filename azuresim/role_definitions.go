package azuresim

import (
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/google/uuid"
)

// customRolesPerTenant is the limit of custom roles, read in the Azure RBAC documentation in August 2026.
const customRolesPerTenant = 5000

// role finds a role by GUID, built-in or custom. A definition with several permission blocks gives one role for each
// block, since notActions count only within their block.
func (c *Cloud) role(id rbac.RoleID) []rbac.Role {
	if role, ok := rbac.BuiltinRoleByID(id); ok {
		return []rbac.Role{role}
	}
	r := c.lookup("/providers/" + RoleDefinitionType + "/" + string(id))
	if r == nil {
		return nil
	}
	base := rbac.Role{ID: id, Name: rbac.RoleName(text(r.Body, "properties", "roleName")), Source: "custom role in the simulator"}
	for _, scope := range texts(r.Body, "properties", "assignableScopes") {
		if s, err := rbac.ParseScope(scope); err == nil {
			base.AssignableScopes = append(base.AssignableScopes, s)
		}
	}
	var out []rbac.Role
	for _, block := range objects(r.Body, "properties", "permissions") {
		role := base
		role.Permissions = rbac.Permissions{
			Actions: texts(block, "actions"), NotActions: texts(block, "notActions"),
			DataActions: texts(block, "dataActions"), NotDataActions: texts(block, "notDataActions"),
		}
		out = append(out, role)
	}
	return out
}

// ofTenant tells whether the resources of a type belong to the tenant, whatever subscription their ids name.
func ofTenant(resourceType string) bool { return resourceType == RoleDefinitionType }

// putRoleDefinition makes or changes a custom role.
func (c *Cloud) putRoleDefinition(q *request) (*change, *Error) {
	name := strings.ToLower(q.id.name())
	if len(name) != 36 || uuid.Validate(name) != nil {
		return nil, badRequest("InvalidRoleDefinitionId", "", "The role definition ID '%s' must be a GUID.", name)
	}
	if _, builtin := rbac.BuiltinRoleByID(rbac.RoleID(name)); builtin {
		return nil, badRequest("RoleDefinitionUpdateNotPermitted", "", "The built-in role '%s' cannot be changed.", name)
	}
	props := object(q.body, "properties")
	if err := c.checkRoleDefinition(q, props); err != nil {
		return nil, err
	}
	r := c.draft(q, map[string]any{"properties": props})
	r.ID, r.Name = rbac.RoleID(name).DefinitionID(q.id.subscription), name
	setDefault(props, "CustomRole", "type")
	for _, block := range objects(props, "permissions") {
		for _, list := range []string{"actions", "notActions", "dataActions", "notDataActions"} {
			setDefault(block, []any{}, list)
		}
	}
	return c.stored(q, r), nil
}

func (c *Cloud) checkRoleDefinition(q *request, props map[string]any) *Error {
	title, scopes := text(props, "roleName"), texts(props, "assignableScopes")
	if title == "" || len(scopes) == 0 || len(objects(props, "permissions")) == 0 {
		return badRequest("InvalidRoleDefinition", "", "A custom role needs roleName, permissions and assignableScopes.")
	}
	if err := c.checkAssignableScopes(scopes); err != nil {
		return err
	}
	for _, block := range objects(props, "permissions") {
		if err := c.checkOperations(block); err != nil {
			return err
		}
	}
	count := 0
	for _, r := range c.resources {
		if r.Type != RoleDefinitionType {
			continue
		}
		count++
		if r != q.old && strings.EqualFold(text(r.Body, "properties", "roleName"), title) {
			return refuse(409, "RoleDefinitionWithSameNameExists", "roleName",
				"A custom role with the name '%s' already exists in this tenant.", title)
		}
	}
	if q.old == nil && count >= customRolesPerTenant {
		return badRequest(CodeRoleDefinitionLimitExceeded, "", "No more role definitions can be created.")
	}
	return nil
}

// checkAssignableScopes: scopes that exist, at most one of them a management group (Azure RBAC documentation, custom roles; the
// code is not verified).
func (c *Cloud) checkAssignableScopes(scopes []string) *Error {
	if slices.Contains(scopes, "/") {
		return badRequest("InvalidAssignableScopes", "assignableScopes", "A custom role cannot be assignable at '/'.")
	}
	groups := 0
	for _, scope := range scopes {
		scope = strings.TrimSuffix(scope, "/")
		if err := c.scopeExists(scope); err != nil {
			return err
		}
		if c.managementGroups[key(scope)] != "" {
			groups++
		}
	}
	if groups > 1 {
		return badRequest("InvalidAssignableScopes", "assignableScopes", "A custom role has at most one management group.")
	}
	return nil
}

// roleUnused refuses to delete a role that is assigned.
func (c *Cloud) roleUnused(q *request) *Error {
	for _, a := range c.assignments() {
		if string(readAssignment(a).role) == strings.ToLower(q.old.Name) {
			return badRequest(CodeRoleDefinitionHasAssignments, "",
				"There are existing role assignments referencing role (code: RoleDefinitionHasAssignments): %s", a.ID)
		}
	}
	return nil
}

// getRoleDefinition answers for custom roles and for the built-in ones, at any scope.
func (c *Cloud) getRoleDefinition(q *request) (*change, *Error) {
	if q.old != nil {
		r := q.old
		return &change{status: 200, body: func() map[string]any { return c.render(r) }}, nil
	}
	role, ok := rbac.BuiltinRoleByID(rbac.RoleID(strings.ToLower(q.id.name())))
	if !ok {
		return nil, refuse(404, CodeRoleDefinitionDoesNotExist, "", "The specified role definition with ID '%s' does not "+
			"exist.", q.id.name())
	}
	return &change{status: 200, body: func() map[string]any { return builtinBody(role, q.id.subscription) }}, nil
}

func builtinBody(role rbac.Role, subscription string) map[string]any {
	body, _ := normalizeObject(map[string]any{
		"id": role.ID.DefinitionID(subscription), "name": string(role.ID), "type": RoleDefinitionType,
		"properties": map[string]any{
			"roleName": role.Name, "type": "BuiltInRole", "assignableScopes": []string{"/"},
			"permissions": []any{permissionBlock(role.Permissions)},
		},
	})
	return body
}

// permissionBlock is a set of permissions as ARM writes it.
func permissionBlock(p rbac.Permissions) map[string]any {
	return map[string]any{
		"actions": orNone(p.Actions), "notActions": orNone(p.NotActions),
		"dataActions": orNone(p.DataActions), "notDataActions": orNone(p.NotDataActions),
	}
}

func orNone(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
