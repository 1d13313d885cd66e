package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

// judgeGrants looks at each assignment that an identity of a cluster holds. Those that our components made have their reason beside
// them, and those in node resource groups are AKS's own.
func (a *auditor) judgeGrants() {
	for _, g := range a.grants {
		parts := a.parts[strings.ToLower(g.PrincipalID)]
		if len(parts) == 0 || isOurs(g.Assignment) || a.isNodes(g.Scope) || !g.known || g.Scope.IsZero() {
			continue
		}
		if a.judgeEffect(g, parts[0]) || a.judgeHolder(g, parts) {
			continue
		}
		a.judgeWidth(g, parts[0])
	}
}

// isOurs tells whether one of our components made the assignment: by its place in the program, or by the mark in its description.
func isOurs(g estate.Assignment) bool {
	return strings.Contains(g.Resource.URN, "aksidentity:index:") || strings.Contains(g.Resource.Text("description"), " (made by Pulumi: ")
}

// about is what every finding about an assignment has.
func about(kind Kind, severity Severity, g grant, i estate.Identity) Finding {
	return Finding{
		Kind: kind, Severity: severity, Cluster: i.Cluster, Identity: i.Title(), PrincipalID: g.PrincipalID, Scope: g.Scope.String(),
		Assignment: g.Resource.ID, Resource: g.Resource.URN, Where: report.Short(g.Scope.String()),
	}
}

// use is what an identity needs at one scope, by a rule of the grant table.
type use struct {
	touch
	rule  plan.Rule
	scope rbac.Scope
}

// usesOf are the uses of a principal at the scope of the grant and below.
func (a *auditor) usesOf(g grant) (at, below []use) {
	for _, place := range a.touching[strings.ToLower(g.PrincipalID)] {
		a.steps++
		t := a.touches[place]
		for _, rule := range t.info.Rules {
			u := use{t, rule, plan.AtLevel(t.resource, rule.Level)}
			switch {
			case u.scope.Equal(g.Scope):
				at = append(at, u)
			case g.Scope.Contains(u.scope):
				below = append(below, u)
			}
		}
	}
	return at, below
}

// judgeWidth tells roles that hold on more than is used, and roles that give more than is used.
func (a *auditor) judgeWidth(g grant, i estate.Identity) {
	at, below := a.usesOf(g)
	kind := g.Scope.Kind()
	wide := kind < rbac.ResourceGroup || len(at) == 0 && (kind == rbac.ResourceGroup || g.Scope.HasType("Microsoft.Network/virtualNetworks"))
	switch {
	case g.role.Permissions.CanGrantRoles():
		a.findGrantsRoles(g, i, at, below)
	case wide:
		a.findWide(g, i, below)
	case isEverything(g.role) && len(at) > 0 && !isDocumented(g, at):
		a.findStrong(g, i, at)
	}
}

// isEverything tells roles such as Contributor, which name no resource but take all with a few exceptions.
func isEverything(role rbac.Role) bool { return slices.Contains(role.Permissions.Actions, "*") }

func isDocumented(g grant, uses []use) bool {
	return slices.ContainsFunc(uses, func(u use) bool { return strings.EqualFold(string(u.rule.Role), g.RoleName) })
}

func (a *auditor) findGrantsRoles(g grant, i estate.Identity, at, below []use) {
	f := about(GrantsRoles, Error, g, i)
	f.What = fmt.Sprintf("%s of %s holds %s on a %s, with which it can grant roles, to itself too.", capital(titleOf(i)), i.Cluster, g.RoleName, kindOf(g.Scope))
	f.Why = "Whoever reaches the identity, from a pod on a node for example, can give itself any right there."
	f.Do, f.Run = instead(g, append(at, below...)), removing(g)
	a.find(f)
}

func (a *auditor) findWide(g grant, i estate.Identity, below []use) {
	severity := Warning
	if len(below) == 0 && g.Scope.Kind() >= rbac.ResourceGroup {
		severity = Note // services may use public IPs of the group, and volumes its disks
	}
	f := about(WideScope, severity, g, i)
	f.What = fmt.Sprintf("%s of %s holds %s on a whole %s.", capital(titleOf(i)), i.Cluster, g.RoleName, kindOf(g.Scope))
	if len(below) == 0 {
		f.Why = "Nothing that the cluster's configuration names lies there."
		if severity == Note {
			f.Why += " It is right when services use public IPs of the group, or volumes its disks: the source does not tell."
		}
	} else {
		f.Why = fmt.Sprintf("It works with %s only, and %s", strings.Join(placesOf(below), ", "), excess(g, below))
	}
	f.Do, f.Run = instead(g, below), removing(g)
	a.find(f)
}

func (a *auditor) findStrong(g grant, i estate.Identity, at []use) {
	f := about(StrongRole, Warning, g, i)
	f.What = fmt.Sprintf("%s of %s holds %s where %s is documented.", capital(titleOf(i)), i.Cluster, g.RoleName, strings.Join(rolesOf(at), " and "))
	f.Why = "The identity is there to " + strings.Join(reasonsOf(at), ", and to ") + "; " + excess(g, at)
	f.Do, f.Run = instead(g, at), removing(g)
	a.find(f)
}

// excess tells how much of the role nothing asks for.
func excess(g grant, uses []use) string {
	var actions, data []string
	for _, u := range uses {
		needed, err := u.rule.Needed()
		if err != nil {
			continue // NeedsAt has reported it
		}
		actions, data = union(actions, needed.Actions), union(data, needed.DataActions)
	}
	taken := counted(len(actions)+len(data), "action")
	if isEverything(g.role) {
		return fmt.Sprintf("that takes %s, while the role gives almost every action there is.", taken)
	}
	entries := len(g.role.Permissions.Actions) + len(g.role.Permissions.DataActions)
	return fmt.Sprintf("that takes %s, while the role has %s, %d of which go beyond that.",
		taken, counted(entries, "entry"), len(g.role.Permissions.Beyond(actions, data)))
}

// instead is what to do about a grant that is too much.
func instead(g grant, uses []use) string {
	remove := removal(g)
	if len(uses) == 0 {
		return "When nothing needs it, remove it" + remove + "."
	}
	var grants, arguments []string
	for _, u := range uses {
		grants = union(grants, []string{fmt.Sprintf("%s on %s", u.rule.Role, report.Short(u.scope.String()))})
		arguments = union(arguments, []string{string(u.Path)})
	}
	return fmt.Sprintf("Assign %s; then remove this one%s. ManagedIdentityCluster grants just that for %s, and with roleStrategy custom no more than the actions.",
		strings.Join(grants, ", "), remove, strings.Join(arguments, ", "))
}

// removal ends a sentence with how an assignment goes: with its resource in the program, or by the Azure CLI.
func removal(g grant) string {
	if isProgram(g) {
		return fmt.Sprintf(": delete %q from the program", g.Resource.Name())
	}
	return " with the command below"
}

// removing is the command that removes an assignment that stands in no program.
func removing(g grant) string {
	if isProgram(g) {
		return ""
	}
	return "az role assignment delete --ids " + g.Resource.ID
}

func isProgram(g grant) bool { return strings.HasPrefix(g.Resource.URN, "urn:") }

func placesOf(uses []use) (places []string) {
	for _, u := range uses {
		places = union(places, []string{report.Short(u.scope.String())})
	}
	return places
}

func rolesOf(uses []use) (roles []string) {
	for _, u := range uses {
		roles = union(roles, []string{string(u.rule.Role)})
	}
	return roles
}

func reasonsOf(uses []use) (reasons []string) {
	for _, u := range uses {
		reasons = union(reasons, []string{u.rule.Reason})
	}
	return reasons
}

// kindOf names the kind of a scope: subscription, resource group, virtual network.
func kindOf(scope rbac.Scope) string {
	if scope.HasType("Microsoft.Network/virtualNetworks") {
		return "virtual network"
	}
	return scope.Kind().String()
}
