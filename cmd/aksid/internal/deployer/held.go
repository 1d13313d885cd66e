package deployer

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Held are the role assignments of whoever deploys.
type Held struct {
	assignments []rbac.Assignment
	// unknown are those of roles whose permissions nobody here knows.
	unknown []rbac.Assignment
	// Principal is the one object ID of the assignments; empty when there are several, as with those of groups.
	Principal string
}

// ReadHeld reads what "az role assignment list --assignee ID --all --include-inherited --include-groups --output json" writes. Roles of
// one's own that the estate makes are known; others are not, see [Held.At].
func ReadHeld(text []byte, e *estate.Estate) (Held, error) {
	var listed []struct {
		PrincipalID        string `json:"principalId"`
		RoleDefinitionID   string `json:"roleDefinitionId"`
		RoleDefinitionName string `json:"roleDefinitionName"`
		Scope              string `json:"scope"`
	}
	if err := json.Unmarshal(text, &listed); err != nil {
		return Held{}, fmt.Errorf("this is not what az role assignment list --output json writes: %w", err)
	}
	held := Held{}
	principals := map[string]bool{}
	for _, one := range listed {
		scope, err := rbac.ParseScope(one.Scope)
		if err != nil {
			return Held{}, fmt.Errorf("the scope of the assignment of %s: %w", one.RoleDefinitionName, err)
		}
		id, _ := rbac.ParseRoleID(one.RoleDefinitionID)
		role, known := rbac.BuiltinRoleByID(id)
		if own, ours := e.Roles[id]; !known && ours {
			role, known = own, true
		}
		assignment := rbac.Assignment{PrincipalID: one.PrincipalID, Role: role, Scope: scope}
		if !known {
			held.unknown = append(held.unknown, assignment)
		} else {
			held.assignments = append(held.assignments, assignment)
		}
		principals[strings.ToLower(one.PrincipalID)], held.Principal = true, one.PrincipalID
	}
	if len(principals) > 1 {
		held.Principal = ""
	}
	return held, nil
}

// At is what may be done at the scope. It is not known where a role holds whose permissions nobody here knows.
func (h Held) At(scope rbac.Scope) (permissions []rbac.Permissions, known bool) {
	for _, a := range h.unknown {
		if a.Scope.Contains(scope) {
			return nil, false
		}
	}
	for _, a := range h.assignments {
		if a.Scope.Contains(scope) {
			permissions = append(permissions, a.Role.Permissions)
		}
	}
	return permissions, true
}
