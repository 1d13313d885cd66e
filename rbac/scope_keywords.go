package rbac

import "strings"

// WithKeywords spells subscriptions, resourceGroups and providers the way Azure documents them; names stay as given. AKS
// and managed identities return IDs with resourcegroups, people write resourceGroups: a scope that is compared with its
// letters, as Pulumi does, should not change for that.
func (s Scope) WithKeywords() Scope {
	p := s.parts()
	if len(p.segments) == 0 {
		return s
	}
	segments := append([]string(nil), p.segments...)
	if p.inSubscription() {
		segments[0] = "subscriptions"
	}
	if p.inResourceGroup() {
		segments[2] = "resourceGroups"
	}
	for _, b := range p.blocks {
		segments[b.start] = "providers"
	}
	return Scope{text: "/" + strings.Join(segments, "/")}
}
