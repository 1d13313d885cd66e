package recordings

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// grant is a role assignment: who, which role by its GUID, and where.
type grant struct{ principal, role, scope string }

// place says role and scope in words.
func (g grant) place() string {
	role, _ := rbac.BuiltinRoleByID(rbac.RoleID(g.role))
	scope := rbac.MustParseScope(g.scope)
	kind := scope.ResourceType()
	if kind == "" {
		kind = "resource group"
	}
	return string(role.Name) + " on " + kind[strings.LastIndex(kind, "/")+1:] + " " + scope.Name()
}

// ourGrant is a role assignment that a deployment of ours made, removed, or could not make.
type ourGrant struct {
	grant
	id               string // of the assignment
	holder           string // the principal's ID, which outlives its name
	removed, refused bool
}

func (g ourGrant) String() string {
	switch {
	case g.removed:
		return "removes " + g.place()
	case g.refused:
		return "stops at " + g.place()
	default:
		return g.place()
	}
}

// standingGrants are the assignments of ours that are there now.
func standingGrants(w *world) []ourGrant {
	who := w.principals()
	var out []ourGrant
	for _, a := range w.cloud.RoleAssignments() {
		if a.Seeded || a.Left { // what AKS leaves to a former identity is neither the CLI's nor ours
			continue
		}
		out = append(out, ourGrant{
			grant: grant{who[a.PrincipalID], string(a.Role.ID), a.Scope.String()}, id: a.ID, holder: a.PrincipalID,
		})
	}
	return sorted(out)
}

func sorted(grants []ourGrant) []ourGrant {
	slices.SortFunc(grants, func(a, b ourGrant) int {
		return strings.Compare(fmt.Sprint(a.removed, a.grant), fmt.Sprint(b.removed, b.grant))
	})
	return grants
}

// changed are the grants that came and those that went. Who lost one may be gone, and its name another's.
func changed(before, after []ourGrant, who map[string]string) []ourGrant {
	has := func(list []ourGrant, g ourGrant) bool {
		return slices.ContainsFunc(list, func(other ourGrant) bool { return other.id == g.id })
	}
	var out []ourGrant
	for _, g := range after {
		if !has(before, g) {
			out = append(out, g)
		}
	}
	for _, g := range before {
		if !has(after, g) {
			g.removed = true
			if who[g.holder] != g.principal {
				g.principal += " of before"
			}
			out = append(out, g)
		}
	}
	return sorted(out)
}

// failedGrants are the assignments at which the deployment failed.
func failedGrants(w *world, up simtest.Result) []ourGrant {
	who := w.principals()
	var out []ourGrant
	for _, step := range failedAssignments(up) {
		principal, _ := step.Input("principalId").(string)
		role, _ := step.Input("roleDefinitionId").(string)
		scope, _ := step.Input("scope").(string)
		out = append(out, ourGrant{
			grant: grant{who[principal], role[strings.LastIndex(role, "/")+1:], scope}, refused: true, holder: principal,
		})
	}
	return out
}

// row is one line of the comparison.
type row struct{ situation, who, theirs, ours, verdict string }

// compareGrants holds that ours give at least what the CLI's give, and are never broader in role or scope.
func compareGrants(t *testing.T, s situation, theirs []cliGrant, ours []ourGrant) []row {
	t.Helper()
	var rows []row
	matched := map[int]bool{}
	for _, their := range theirs {
		i, verdict := match(their, ours, matched)
		if i < 0 {
			t.Errorf("%s: the CLI: %s %s; nothing of ours does that without being broader: %v", s.name(), their.principal, their, ours)
			continue
		}
		matched[i] = true
		if ours[i].refused {
			verdict = s.stops.says
		}
		rows = append(rows, row{s.name(), ours[i].principal, their.String(), ours[i].String(), verdict})
	}
	rows = append(rows, s.onlyOurs(t, ours, matched)...)
	if len(rows) > 0 {
		return rows
	}
	return []row{{s.name(), "", "", "", s.withoutGrants()}}
}

// onlyOurs are the grants that the CLI does not make. Each needs a reason, and each reason its grant.
func (s situation) onlyOurs(t *testing.T, ours []ourGrant, matched map[int]bool) []row {
	t.Helper()
	var rows []row
	unused := maps.Clone(s.more)
	for i, g := range ours {
		if !matched[i] {
			rows = append(rows, row{s.name(), g.principal, "nothing", g.String(), s.reasonFor(t, g)})
			delete(unused, g.String())
		}
	}
	for place := range unused {
		t.Errorf("%s: that we alone do %q is not so any more; take it from the list", s.name(), place)
	}
	return rows
}

func (s situation) withoutGrants() string {
	if s.stops != nil {
		return s.stops.says
	}
	return "neither grants anything"
}

// reasonFor a grant that the CLI does not make, or a removal that it does not do.
func (s situation) reasonFor(t *testing.T, g ourGrant) string {
	t.Helper()
	if g.refused {
		return s.stops.says
	}
	reason := s.more[g.String()]
	if reason == "" {
		t.Errorf("%s: %s %s, which the CLI does not do, and no reason is listed", s.name(), g.principal, g)
	}
	return reason
}

// match finds our grant that stands in for the CLI's.
func match(their cliGrant, ours []ourGrant, taken map[int]bool) (index int, verdict string) {
	for i, g := range ours {
		if verdict := against(their, g); verdict != "" && !taken[i] {
			return i, verdict
		}
	}
	return -1, ""
}

// against says how our grant stands beside the CLI's; empty when it does not stand in for it, or is broader.
func against(theirs cliGrant, ours ourGrant) string {
	their, okTheir := rbac.BuiltinRoleByID(rbac.RoleID(theirs.role))
	our, okOur := rbac.BuiltinRoleByID(rbac.RoleID(ours.role))
	theirScope, ourScope := rbac.MustParseScope(theirs.scope), rbac.MustParseScope(ours.scope)
	if !okTheir || !okOur || theirs.principal != ours.principal || theirs.removed != ours.removed || !theirScope.Contains(ourScope) {
		return ""
	}
	verdict := []string{}
	if !theirScope.Equal(ourScope) {
		verdict = append(verdict, "narrower scope")
	}
	if their.ID != our.ID {
		if missing := their.Permissions.Covers(our.Permissions.Actions, our.Permissions.DataActions); len(missing) > 0 {
			return ""
		}
		verdict = append(verdict, "narrower role")
	}
	if len(verdict) == 0 {
		return "the same"
	}
	return strings.Join(verdict, ", ")
}
