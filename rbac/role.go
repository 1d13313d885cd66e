package rbac

import (
	"strings"

	"github.com/google/uuid"
)

// RoleID is the GUID of a role definition in lower case. A built-in role has the same one in every tenant.
type RoleID string

const roleDefinitions = "/providers/Microsoft.Authorization/roleDefinitions/"

// ParseRoleID reads a GUID, or the ID of a role definition with or without a scope before /providers. Azure accepts and
// returns both.
func ParseRoleID(s string) (RoleID, bool) {
	if at := strings.LastIndexByte(s, '/'); at >= 0 {
		if !strings.HasSuffix(lower(s[:at+1]), lower(roleDefinitions)) {
			return "", false
		}
		s = s[at+1:]
	}
	if !isGUID(s) {
		return "", false
	}
	return RoleID(lower(s)), true
}

// isGUID wants the plain form with hyphens; [uuid.Parse] would also take braces and URNs.
func isGUID(s string) bool { return len(s) == 36 && uuid.Validate(s) == nil }

// DefinitionID is the ID of the role definition in a subscription, as a role assignment wants it. Without a subscription
// it is the tenant-wide form, for assignments above subscriptions.
func (id RoleID) DefinitionID(subscriptionID string) string {
	if subscriptionID == "" {
		return roleDefinitions + string(id)
	}
	return "/subscriptions/" + subscriptionID + roleDefinitions + string(id)
}

// Role is a role definition, built-in or custom.
type Role struct {
	ID RoleID
	// Name is "" when only the ID is known, see [FindRole].
	Name        RoleName
	Permissions Permissions
	// Conditions are those that the definition itself puts on some of the permissions, in Azure's condition language: which
	// roles the holder may assign, mostly. Nothing in this package heeds them: permissions are taken as if they had none.
	Conditions []string
	// AssignableScopes are where a custom role may be assigned. Built-in roles have the tenant root.
	AssignableScopes []Scope
	BuiltIn          bool
	// Verified tells that the permissions were read from a published definition, not from memory.
	Verified bool
	// Source is where and when they were read.
	Source string
}

// AssignableAt tells whether the role can be assigned at the scope: one of its assignable scopes has to contain it.
// [Evaluate] does not ask this, since Azure refuses the assignment itself.
func (r Role) AssignableAt(scope Scope, h Hierarchy) bool {
	for _, assignable := range r.AssignableScopes {
		if h.Contains(assignable, scope) {
			return true
		}
	}
	return false
}

func (r Role) clone() Role {
	r.Permissions, r.Conditions = r.Permissions.clone(), cloneStrings(r.Conditions)
	r.AssignableScopes = append([]Scope(nil), r.AssignableScopes...)
	return r
}
