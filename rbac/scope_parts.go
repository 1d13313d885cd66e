package rbac

import "strings"

const managementGroupType = "microsoft.management/managementgroups"

// block is one "providers/<namespace>/<type>/<name>..." run of a scope.
type block struct {
	// start is the index of the segment "providers".
	start int
	// pairs counts the type and name pairs after the namespace; 0 only in text that is not a scope.
	pairs int
}

// parts are the segments of a scope and where its provider blocks begin.
type parts struct {
	kind     ScopeKind
	segments []string
	blocks   []block
}

func (p parts) lastBlock() block { return p.blocks[len(p.blocks)-1] }

// parts takes apart what [ParseScope] has accepted.
func (s Scope) parts() parts {
	if s.IsZero() {
		return parts{}
	}
	if s.text == "/" {
		return parts{kind: Tenant}
	}
	p, _ := split(strings.Split(s.text[1:], "/"))
	return p
}

// Kind is the level of the scope.
func (s Scope) Kind() ScopeKind { return s.parts().kind }

// SubscriptionID is the ID of the subscription the scope lies in, letters as given; "" above subscriptions and for
// resources of the tenant.
func (s Scope) SubscriptionID() string {
	if p := s.parts(); p.inSubscription() {
		return p.segments[1]
	}
	return ""
}

// ResourceGroup is the name of the resource group the scope lies in, letters as given; "" when it lies in none.
func (s Scope) ResourceGroup() string {
	if p := s.parts(); p.inResourceGroup() {
		return p.segments[3]
	}
	return ""
}

// SubscriptionScope is the subscription the scope lies in.
func (s Scope) SubscriptionScope() (Scope, bool) {
	if p := s.parts(); !p.inSubscription() {
		return Scope{}, false
	}
	return s.prefix(2), true
}

// ResourceGroupScope is the resource group the scope lies in.
func (s Scope) ResourceGroupScope() (Scope, bool) {
	if p := s.parts(); !p.inResourceGroup() {
		return Scope{}, false
	}
	return s.prefix(4), true
}

// ResourceType is the full type of a resource, letters as given: "Microsoft.Network/virtualNetworks/subnets". For an
// extension resource it is the type of the extension. It is "" for every kind other than [Resource].
func (s Scope) ResourceType() string {
	p := s.parts()
	if p.kind != Resource {
		return ""
	}
	return p.blockType(p.lastBlock())
}

// HasType tells whether the scope is a resource of that type, without regard to letter case.
func (s Scope) HasType(resourceType string) bool {
	own := s.ResourceType()
	return own != "" && lower(own) == lower(resourceType)
}

// Name is the last name in the scope: of the resource, the group or the management group, or the subscription's ID. It is
// "" for the tenant root.
func (s Scope) Name() string {
	p := s.parts()
	if len(p.segments) == 0 {
		return ""
	}
	return p.segments[len(p.segments)-1]
}

func (p parts) inSubscription() bool {
	return len(p.segments) >= 2 && lower(p.segments[0]) == "subscriptions"
}

func (p parts) inResourceGroup() bool {
	return p.inSubscription() && len(p.segments) >= 4 && lower(p.segments[2]) == "resourcegroups"
}

// blockType joins the namespace and the types of a block, leaving the names out.
func (p parts) blockType(b block) string {
	words := []string{p.segments[b.start+1]}
	for pair := range b.pairs {
		words = append(words, p.segments[b.start+2+2*pair])
	}
	return strings.Join(words, "/")
}

// lower is the one way in which this package folds letter case; [strings.EqualFold] knows more pairs (the long s, say).
func lower(s string) string { return strings.ToLower(s) }
