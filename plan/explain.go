package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// readableGrants is up to how many grants are told one by one when nobody says otherwise: about half a screen.
const readableGrants = 12

// Explained tells the grants as a preview shows them: a heading with a line for each, or a summary on one line. It is empty when there
// is nothing to tell. IDs need not be known.
func (p Plan) Explained(how Explain) string {
	if how == ExplainNone || len(p.Grants) == 0 {
		return ""
	}
	if how == ExplainGrants || how == "" && len(p.Grants) <= readableGrants {
		return p.eachGrant()
	}
	return p.summary()
}

func (p Plan) eachGrant() string {
	var b strings.Builder
	b.WriteString(counted(len(p.Grants), "grant") + ":")
	for _, g := range p.Grants {
		fmt.Fprintf(&b, "\n  - %s gets %s on %s: %s", g.Identity, g.Role.Name, g.Scope.short(), strings.Join(g.Reasons, "; "))
	}
	return b.String()
}

// summary counts the grants by identity and role, in the order of the identities' names.
func (p Plan) summary() string {
	count := map[[2]string]int{}
	for _, g := range p.Grants {
		role := g.Role.Name
		if g.Role.IsCustom() {
			role = "a generated role"
		}
		count[[2]string{g.Identity.String(), role}]++
	}
	keys := make([][2]string, 0, len(count))
	for key := range count {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	parts := make([]string, len(keys))
	for i, key := range keys {
		parts[i] = fmt.Sprintf("%s gets %s on %s", key[0], key[1], counted(count[key], "scope"))
	}
	return fmt.Sprintf("%s: %s. The output plannedGrants has each with its reason, and explain: \"grants\" shows them here.",
		counted(len(p.Grants), "grant"), strings.Join(parts, ", "))
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// short is the scope by its argument, with the names in its ID when that is known: subnets.nodes (hub/nodes).
func (s ScopeRef) short() string {
	if s.Scope.IsZero() {
		return s.String()
	}
	return s.String() + " (" + namesIn(s.Scope) + ")"
}

// namesIn are the names of a resource and of those that it lies in, below its resource group: hub/nodes.
func namesIn(scope rbac.Scope) string {
	resourceType := scope.ResourceType()
	if resourceType == "" {
		return scope.Name()
	}
	segments := strings.Split(scope.String(), "/")
	depth := strings.Count(resourceType, "/")
	var names []string
	for i := len(segments) - 2*depth + 1; i < len(segments); i += 2 {
		names = append(names, segments[i])
	}
	return strings.Join(names, "/")
}
