package estate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// New is the estate of resources. Their order carries no meaning, and what is broken in one of them becomes a note.
func New(resources []Resource) *Estate {
	resources = slices.Clone(resources)
	slices.SortStableFunc(resources, func(a, b Resource) int { return cmp.Compare(a.URN, b.URN) })
	e := &Estate{Resources: resources, Name: stackOf(resources), Roles: map[rbac.RoleID]rbac.Role{}}
	for _, r := range resources {
		switch {
		case r.Is("authorization", "RoleDefinition"):
			e.addRole(r)
		case slices.Contains(ofOlderProvider, r.Type):
			e.note("%s is of the provider azure, which is not read; only azure-native is.", r.Name())
		}
	}
	e.addClusters()
	e.addWorkloads()
	for place := range e.Identities {
		e.Identities[place].place = place
	}
	e.addAssignments()
	return e
}

// ofOlderProvider are types of the provider azure about which an estate would have something to tell.
var ofOlderProvider = []string{
	"azure:containerservice/kubernetesCluster:KubernetesCluster", "azure:authorization/assignment:Assignment",
	"azure:authorization/userAssignedIdentity:UserAssignedIdentity",
}

func (e *Estate) note(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(e.Notes, text) {
		e.Notes = append(e.Notes, text)
	}
}

// stackOf is project and stack, which every URN has: urn:pulumi:STACK::PROJECT::TYPE::NAME.
func stackOf(resources []Resource) string {
	for _, r := range resources {
		parts := strings.SplitN(strings.TrimPrefix(r.URN, "urn:pulumi:"), "::", 3)
		if len(parts) == 3 {
			return parts[1] + "/" + parts[0]
		}
	}
	return ""
}

func (e *Estate) addRole(r Resource) {
	id, ok := rbac.ParseRoleID(r.ID)
	if !ok {
		id, ok = rbac.ParseRoleID(r.Text("roleDefinitionId"))
	}
	if !ok {
		return // not made yet: its assignments name it by their dependency
	}
	role := rbac.Role{ID: id, Name: rbac.RoleName(r.Text("roleName")), Source: r.URN}
	permissions := List(r.Outputs, "permissions")
	if permissions == nil {
		permissions = List(r.Inputs, "permissions")
	}
	for _, p := range permissions {
		role.Permissions.Actions = append(role.Permissions.Actions, texts(p, "actions")...)
		role.Permissions.NotActions = append(role.Permissions.NotActions, texts(p, "notActions")...)
		role.Permissions.DataActions = append(role.Permissions.DataActions, texts(p, "dataActions")...)
		role.Permissions.NotDataActions = append(role.Permissions.NotDataActions, texts(p, "notDataActions")...)
	}
	for _, text := range texts(r.Inputs, "assignableScopes") {
		if scope, err := rbac.ParseScope(text); err == nil {
			role.AssignableScopes = append(role.AssignableScopes, scope)
		}
	}
	e.Roles[id] = role
}

func texts(value any, path ...string) (out []string) {
	for _, one := range List(value, path...) {
		if text := Text(one); text != "" {
			out = append(out, text)
		}
	}
	return out
}
