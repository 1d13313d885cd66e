package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// deployerRoles are built-in roles that deployers are given, the narrowest first.
var deployerRoles = []rbac.RoleName{
	rbac.ManagedIdentityOperator, rbac.NetworkContributor, rbac.RoleBasedAccessControlAdministrator, rbac.UserAccessAdministrator,
	rbac.Contributor, rbac.Owner,
}

// BuiltinRole is the narrowest of the built-in roles that deployers are usually given which holds all the rights; Owner holds any.
func (r DeployerRights) BuiltinRole() rbac.RoleName {
	wanted := r.Role("").Permissions.Actions
	for _, name := range deployerRoles {
		if role, known := rbac.BuiltinRole(name); known && len(role.Permissions.Covers(wanted, nil)) == 0 {
			return name
		}
	}
	return rbac.Owner
}

// parts are the rights about roles and the others: one built-in role for both would be Owner, which may do everything.
func (r DeployerRights) parts() (parts []DeployerRights) {
	aboutRoles := func(a DeployerAction) bool { return strings.HasPrefix(a.Action, "Microsoft.Authorization/") }
	others := slices.DeleteFunc(slices.Clone(r), aboutRoles)
	roles := slices.DeleteFunc(slices.Clone(r), func(a DeployerAction) bool { return !aboutRoles(a) })
	for _, part := range []DeployerRights{others, roles} {
		if len(part) > 0 {
			parts = append(parts, part)
		}
	}
	return parts
}

// MissingRights are rights that whoever deploys does not have at one scope.
type MissingRights struct {
	Scope  rbac.Scope
	Rights DeployerRights
}

// Missing are those of the needed rights that the permissions do not include. held is what the deployer may do at a scope; known is
// false when nobody can tell, and then nothing is missing there. A scope that is late is not asked about.
func (r DeployerRights) Missing(subscription string, held func(rbac.Scope) (permissions []rbac.Permissions, known bool)) []MissingRights {
	var missing []MissingRights
	needed := r.Needed()
	for _, at := range needed.Scopes() {
		scope, known := at.In(subscription)
		if !known {
			continue
		}
		permissions, known := held(scope)
		if !known {
			continue
		}
		var lacking DeployerRights
		for _, a := range needed.At(at) {
			if !anyAllows(permissions, a.Action) {
				lacking = append(lacking, a)
			}
		}
		if len(lacking) > 0 {
			missing = append(missing, MissingRights{scope, lacking})
		}
	}
	return missing
}

func anyAllows(held []rbac.Permissions, action string) bool {
	for _, p := range held {
		if p.Allows(action) {
			return true
		}
	}
	return false
}

// ExplainMissing says which rights whoever deploys lacks, what needs each, and what to do. principal is the object ID of whoever deploys,
// empty when nobody knows it.
func ExplainMissing(principal string, missing []MissingRights) string {
	if principal == "" {
		principal = "<object ID of whoever deploys>"
	}
	var b strings.Builder
	b.WriteString("Whoever deploys lacks rights, by what Azure says of " + principal + ":")
	for _, m := range missing {
		for _, a := range joined(m.Rights) {
			fmt.Fprintf(&b, "\n  - %s on %s: %s", a.Action, m.Scope, a.Resource)
		}
	}
	b.WriteString("\nLet somebody who may grant roles there run, and deploy again some minutes later:")
	for _, m := range missing {
		for _, part := range m.Rights.parts() {
			fmt.Fprintf(&b, "\n  az role assignment create --assignee-object-id %s --assignee-principal-type <User or ServicePrincipal> "+
				"--role %q --scope %s", principal, part.BuiltinRole(), m.Scope)
		}
	}
	b.WriteString("\nA narrower role, and what to do when another team makes the grants: docs/deployer.md. checkDeployer: false deploys without this look.")
	return b.String()
}

// joined are rights with one entry for each action, which names all that need it.
func joined(rights DeployerRights) (each DeployerRights) {
	for _, a := range rights {
		if last := len(each) - 1; last >= 0 && each[last].Action == a.Action {
			each[last].Resource += ", " + a.Resource
			continue
		}
		each = append(each, a)
	}
	return each
}
