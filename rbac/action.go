package rbac

import "strings"

const (
	identities      = "microsoft.managedidentity/userassignedidentities/"
	assignAnyName   = identities + "*/assign/action"
	assignIdentity  = identities + "assign/action"
	readAnyIdentity = identities + "*/read"
	readIdentity    = identities + "read"
)

// alsoGives are rights that an entry gives beyond its text. The built-in role Managed Identity Operator, which is described
// as reading and assigning identities, has a wildcard where the name of the identity would stand, while the operations
// that Azure checks and names in its errors have no such place. Source: MicrosoftDocs/azure-docs,
// role-based-access-control/built-in-roles/identity.md of 2026-07-01 for the role; the LinkedAuthorizationFailed message in
// Azure/aad-pod-identity issue 443 for the action that is checked.
var alsoGives = map[string]string{
	assignAnyName:   assignIdentity,
	readAnyIdentity: readIdentity,
}

// folded is an action as asked for. Both spellings of the assign action ask for the same.
func folded(action string) string {
	if f := lower(action); f != assignAnyName {
		return f
	}
	return assignIdentity
}

// MatchAction tells whether a pattern, as it stands in a role's actions, covers an action. A star stands for any text,
// slashes included, at any place and more than once; letter case carries no meaning. The action may be a pattern too: then
// the answer tells whether everything it stands for is covered.
//
// Source: Microsoft Learn, "Understand Azure role definitions" (role-based-access-control/role-definitions), on
// wildcards in actions.
func MatchAction(pattern, action string) bool {
	return matches(lower(pattern), folded(action), covers)
}

// touches tells whether a pattern covers the action or, if the action is a pattern too, some of what it stands for.
func touches(pattern, action string) bool {
	asked := folded(action)
	if !strings.Contains(asked, "*") {
		return matches(lower(pattern), asked, covers)
	}
	return matches(lower(pattern), asked, overlap)
}

func matches(entry, asked string, match func(a, b string) bool) bool {
	if match(entry, asked) {
		return true
	}
	more, ok := alsoGives[entry]
	return ok && match(more, asked)
}

// covers matches pattern against text with the one rule that a star in the text is an ordinary character, met only by a
// star of the pattern. That makes it exact for patterns in the text as well: if a star of the pattern takes in a star of
// the text, it takes in whatever that stands for. Greedy with one step back, hence no more than len(pattern)*len(text).
func covers(pattern, text string) bool {
	p, t := 0, 0
	star, resume := -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, resume = p, t
			p++
		case p < len(pattern) && pattern[p] == text[t]:
			p++
			t++
		case star >= 0:
			resume++
			p, t = star+1, resume
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// overlap tells whether any action is covered by both patterns.
func overlap(a, b string) bool {
	// meets[j] tells whether the part of a seen so far and b[:j] have an action in common.
	meets := make([]bool, len(b)+1)
	meets[0] = true
	for j := range len(b) {
		meets[j+1] = meets[j] && b[j] == '*'
	}
	for i := range len(a) {
		diagonal := meets[0]
		meets[0] = meets[0] && a[i] == '*'
		for j := range len(b) {
			above := meets[j+1]
			if a[i] == '*' || b[j] == '*' {
				meets[j+1] = above || meets[j]
			} else {
				meets[j+1] = diagonal && a[i] == b[j]
			}
			diagonal = above
		}
	}
	return meets[len(b)]
}
