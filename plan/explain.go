package plan

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// readableGrants is up to how many grants are told one by one when nobody says otherwise: about half a screen.
const readableGrants = 12

// Explained tells the grants as a preview shows them: a heading with a line for each, or a summary on one line. It is empty when there
// is nothing to tell. IDs need not be known. No line is longer than a terminal of 80 columns, unless a word is.
func (p Plan) Explained(how Explain) string {
	return p.ExplainedBeside(how, func(Grant) bool { return false })
}

// ExplainedBeside is Explained for somebody who has deployed before: when nobody says how, it tells the grants only that are not there yet,
// and nothing when all are.
func (p Plan) ExplainedBeside(how Explain, isThere func(Grant) bool) string {
	all := len(p.Grants)
	heading := counted(all, "grant")
	if how == "" {
		p.Grants = slices.DeleteFunc(slices.Clone(p.Grants), isThere)
		if stay := all - len(p.Grants); stay > 0 {
			heading = fmt.Sprintf("%s, beside %d that %s", counted(len(p.Grants), "new grant"), stay, inNumber(stay, "stays", "stay"))
		}
	}
	switch {
	case how == ExplainNone || len(p.Grants) == 0:
		return ""
	case how == ExplainGrants || how == "" && len(p.Grants) <= readableGrants:
		return heading + ":" + p.eachGrant()
	default:
		return wrapped(heading + ": " + p.summary())
	}
}

func (p Plan) eachGrant() string {
	var b strings.Builder
	for _, g := range p.Grants {
		line := fmt.Sprintf("%s gets %s on %s: %s", g.Identity, g.Role.Name, g.Scope.short(), strings.Join(g.Reasons, "; "))
		b.WriteString("\n  - " + strings.ReplaceAll(wrapped(line), "\n", "\n    "))
	}
	return b.String()
}

// column is where a line ends: a preview indents what a component tells by four columns, and a list by as many more.
const column = 72

// wrapped breaks a text between words.
func wrapped(text string) string {
	var b strings.Builder
	length := 0
	for n, word := range strings.Split(text, " ") {
		switch {
		case n == 0:
		case length+1+utf8.RuneCountInString(word) > column:
			b.WriteString("\n")
			length = 0
		default:
			b.WriteString(" ")
			length++
		}
		b.WriteString(word)
		length += utf8.RuneCountInString(word)
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
	return strings.Join(parts, ", ") + `. The output plannedGrants has each with its reason, and explain: "grants" shows them here.`
}

func inNumber(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
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
