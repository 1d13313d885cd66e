package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

// grant is one line of the table of grants.
type grant struct {
	Who   string // the identity's part, or its principal ID when it is nobody we know
	Role  string
	Scope string
	Why   string // the reason in the description that the role assignment carries
}

// grantsIn lists the role assignments that the deployment made, by who and where.
func grantsIn(resources []azuresim.Resource) []grant {
	names := map[string]string{}
	for _, i := range identitiesIn(resources) {
		names[strings.ToLower(i.PrincipalID)] = i.Who
	}
	roles := roleNames(resources)
	var found []grant
	for _, r := range ofType(resources, azuresim.RoleAssignmentType) {
		if r.Seeded {
			continue
		}
		principal := text(r.Body, "properties", "principalId")
		role := lastSegment(text(r.Body, "properties", "roleDefinitionId"))
		found = append(found, grant{
			Who:   or(names[strings.ToLower(principal)], report.Short(principal)),
			Role:  or(roles[strings.ToLower(role)], role),
			Scope: report.Short(text(r.Body, "properties", "scope")),
			Why:   reason(text(r.Body, "properties", "description")),
		})
	}
	slices.SortStableFunc(found, func(a, b grant) int {
		return cmp.Or(cmp.Compare(a.Who, b.Who), cmp.Compare(a.Scope, b.Scope))
	})
	return found
}

// roleNames maps the GUIDs of roles, in lower case, to their names: the built-in ones and those that were deployed.
func roleNames(resources []azuresim.Resource) map[string]string {
	names := map[string]string{}
	for _, role := range rbac.BuiltinRoles() {
		names[string(role.ID)] = string(role.Name)
	}
	for _, r := range ofType(resources, azuresim.RoleDefinitionType) {
		names[strings.ToLower(lastSegment(r.ID))] = text(r.Body, "properties", "roleName")
	}
	return names
}

// reason is the description of a role assignment of ours without the identity before the colon, which the table shows already.
func reason(description string) string {
	if _, why, found := strings.Cut(description, ": "); found {
		return why
	}
	return description
}

func or(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}
