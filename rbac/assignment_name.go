package rbac

import (
	"strings"

	"github.com/google/uuid"
)

// armNamespace is the UUID namespace of the template function guid() of Azure Resource Manager.
var armNamespace = uuid.MustParse("11fb06fb-712d-4ddd-98c7-e71bbd588830")

// AssignmentName is the name (a GUID) of the assignment of a role to a principal at a scope. The same three always give
// the same name, so a second deployment meets the assignment of the first. It is the version 5 UUID that guid() of Bicep
// and ARM templates makes of the lower-cased scope, the lower-cased principal ID and the lower-cased GUID of the role;
// tools that follow this convention share assignments instead of colliding. At the tenant root the scope is "/".
//
// The principal has to be the object ID, not the identity's name: an identity made anew under an old name has another
// object ID and must get another assignment.
//
// Sources, read 2026-08: Azure/bicep pull request 20293 (getRoleAssignmentName) for the three parts; Microsoft Learn, Bicep
// string functions, for guid().
func AssignmentName(scope Scope, principalID string, role RoleID) string {
	key := strings.Join([]string{scope.Key(), lower(principalID), lower(string(role))}, "-")
	return uuid.NewSHA1(armNamespace, []byte(key)).String()
}
