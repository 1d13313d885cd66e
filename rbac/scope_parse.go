package rbac

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ScopeError says why a text is not a scope.
type ScopeError struct {
	// Input is the text as given.
	Input string
	// Reason is a clause for people: "the resource type subnets has no name".
	Reason string
}

// Error holds input and reason.
func (e *ScopeError) Error() string {
	return fmt.Sprintf("%q is not an Azure scope: %s", e.Input, e.Reason)
}

// ParseScope reads the ID of a tenant root, management group, subscription, resource group or resource. It accepts any
// letter case, a missing leading slash and one trailing slash, since Azure does. Subscription IDs need not be GUIDs, so
// that tests can use short ones. It never panics; every error is a [*ScopeError].
func ParseScope(s string) (Scope, error) {
	if reason := wrongAsText(s); reason != "" {
		return Scope{}, &ScopeError{Input: s, Reason: reason}
	}
	body := strings.TrimSuffix(strings.TrimPrefix(s, "/"), "/")
	if body == "" {
		if s != "/" {
			return Scope{}, &ScopeError{Input: s, Reason: "it has an empty segment"}
		}
		return Scope{text: "/"}, nil
	}
	segments := strings.Split(body, "/")
	for _, segment := range segments {
		if reason := wrongAsSegment(segment); reason != "" {
			return Scope{}, &ScopeError{Input: s, Reason: reason}
		}
	}
	if _, reason := split(segments); reason != "" {
		return Scope{}, &ScopeError{Input: s, Reason: reason}
	}
	return Scope{text: "/" + body}, nil
}

// MustParseScope is [ParseScope] for IDs that are constants of a program; it panics on an error.
func MustParseScope(s string) Scope {
	scope, err := ParseScope(s)
	if err != nil {
		panic(err)
	}
	return scope
}

func wrongAsText(s string) string {
	switch {
	case s == "":
		return "it is empty"
	case !utf8.ValidString(s):
		return "it is not UTF-8 text"
	case strings.Contains(s, "://"):
		return "it is a URL; a scope is the part from /subscriptions or /providers on, without a query"
	case strings.ContainsRune(s, '?'):
		return "it has a query; leave out the ? and what follows"
	}
	return ""
}

// forbidden are the characters that no ARM name holds and that show a placeholder, an encoded or a Windows-style path.
const forbidden = `<>{}%\"#&`

func wrongAsSegment(segment string) string {
	switch {
	case segment == "":
		return "it has an empty segment"
	case segment == "." || segment == "..":
		return "the segment " + segment + " is a path step, not a name"
	case strings.TrimSpace(segment) != segment:
		return fmt.Sprintf("the segment %q begins or ends with a space", segment)
	case strings.ContainsAny(segment, forbidden):
		return fmt.Sprintf("the segment %q has one of the characters %s; is it a placeholder or URL-encoded?", segment, forbidden)
	case strings.ContainsFunc(segment, unicode.IsControl):
		return fmt.Sprintf("the segment %q has a control character", segment)
	}
	return ""
}

// split finds kind and provider blocks of a scope's segments (at least one), or says what is wrong with them.
func split(segments []string) (parts, string) {
	p := parts{segments: segments}
	at, reason := p.splitHead()
	if reason != "" {
		return p, reason
	}
	for at < len(segments) {
		if at, reason = p.splitBlock(at); reason != "" {
			return p, reason
		}
	}
	p.kind = p.findKind()
	return p, ""
}

// splitHead passes over "subscriptions/<id>" and "resourceGroups/<name>"; what comes next is a provider block.
func (p *parts) splitHead() (next int, reason string) {
	switch lower(p.segments[0]) {
	case "providers":
		return 0, ""
	case "subscriptions":
	default:
		return 0, fmt.Sprintf("it begins with %q; a scope begins with /subscriptions/<id> or /providers/<namespace>", p.segments[0])
	}
	switch {
	case len(p.segments) == 1:
		return 0, "the subscription ID is missing"
	case len(p.segments) == 2 || lower(p.segments[2]) != "resourcegroups":
		return 2, ""
	case len(p.segments) == 3:
		return 0, "the name of the resource group is missing"
	}
	return 4, ""
}

// splitBlock reads one provider block that begins at the given segment and returns where it ends.
func (p *parts) splitBlock(at int) (next int, reason string) {
	rest := p.segments[at:]
	switch {
	case lower(rest[0]) != "providers":
		return 0, fmt.Sprintf("%q stands where providers/<namespace>/<type>/<name> is expected", rest[0])
	case len(rest) == 1:
		return 0, "the namespace after providers is missing"
	case !isWord(rest[1]) || !strings.Contains(rest[1], "."):
		return 0, fmt.Sprintf("%q is not a resource provider namespace such as Microsoft.Network", rest[1])
	case len(rest) == 2 || lower(rest[2]) == "providers":
		return 0, fmt.Sprintf("the namespace %s has no resource type and name after it", rest[1])
	}
	b := block{start: at}
	for at += 2; at < len(p.segments) && lower(p.segments[at]) != "providers"; at += 2 {
		if !isWord(p.segments[at]) {
			return 0, fmt.Sprintf("%q is not a resource type", p.segments[at])
		}
		if at+1 == len(p.segments) {
			return 0, fmt.Sprintf("the resource type %s has no name after it", p.segments[at])
		}
		b.pairs++
	}
	p.blocks = append(p.blocks, b)
	return at, ""
}

func (p *parts) findKind() ScopeKind {
	switch {
	case len(p.blocks) == 0 && len(p.segments) == 2:
		return Subscription
	case len(p.blocks) == 0:
		return ResourceGroup
	case len(p.segments) == 4 && lower(p.blockType(p.blocks[0])) == managementGroupType:
		return ManagementGroup
	}
	return Resource
}

// isWord tells whether s can be a namespace or a resource type: ASCII letters, digits, dot, hyphen, underscore.
func isWord(s string) bool {
	for _, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (r < '0' || r > '9') && !strings.ContainsRune("._-", r) {
			return false
		}
	}
	return s != ""
}
