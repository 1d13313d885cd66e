package rbac

import (
	"strconv"
	"strings"
)

// ScopeKind is the level of a scope. The values are ordered from wide to narrow.
type ScopeKind int

// The levels at which Azure accepts a role assignment. Source: Microsoft Learn, "Understand scope for Azure RBAC"
// (role-based-access-control/scope-overview); the tenant root is the scope that elevated access works at.
const (
	// NoScope is the kind of the zero [Scope].
	NoScope ScopeKind = iota
	// Tenant is the root, "/".
	Tenant
	// ManagementGroup is "/providers/Microsoft.Management/managementGroups/<id>".
	ManagementGroup
	// Subscription is "/subscriptions/<id>".
	Subscription
	// ResourceGroup is "/subscriptions/<id>/resourceGroups/<name>".
	ResourceGroup
	// Resource is any resource: in a group, in a subscription, in the tenant, nested or an extension of another one.
	Resource
)

var kindNames = [...]string{"no scope", "tenant", "management group", "subscription", "resource group", "resource"}

// String names the kind for people: "resource group".
func (k ScopeKind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return "ScopeKind(" + strconv.Itoa(int(k)) + ")"
	}
	return kindNames[k]
}

// Scope is a place at which a role can be assigned and an action can be asked for. Letter case carries no meaning in a
// scope; compare with [Scope.Equal] or [Scope.Key], never with ==. The zero Scope is no scope: it contains nothing and
// nothing contains it.
type Scope struct {
	// text is canonical: one leading slash, no trailing one, or "/" alone; "" in the zero Scope.
	text string
}

// IsZero tells whether s is the zero Scope.
func (s Scope) IsZero() bool { return s.text == "" }

// String is the scope with one leading slash and no trailing one, letters as given. The tenant root is "/".
func (s Scope) String() string { return s.text }

// Key is the lower-cased scope, for use as a map key.
func (s Scope) Key() string { return strings.ToLower(s.text) }

// Equal tells whether both are the same scope, without regard to letter case.
func (s Scope) Equal(other Scope) bool { return s.Key() == other.Key() }

// Contains tells whether other is s itself or lies below it, as far as the IDs show. The tenant root contains every
// scope. Which subscriptions a management group holds does not stand in any ID: see [Hierarchy].
func (s Scope) Contains(other Scope) bool {
	switch {
	case s.IsZero() || other.IsZero():
		return false
	case s.Kind() == Tenant:
		return true
	}
	rest, found := strings.CutPrefix(other.Key(), s.Key())
	return found && (rest == "" || rest[0] == '/')
}

// Parent is the next scope above, as far as the ID shows: subnet, virtual network, resource group, subscription, tenant
// root. The parent of an extension resource is the resource it extends. The tenant root has none. Subscriptions and
// management groups have the tenant root; [Hierarchy.Parent] knows the groups between.
func (s Scope) Parent() (Scope, bool) {
	p := s.parts()
	switch p.kind {
	case NoScope, Tenant:
		return Scope{}, false
	case ManagementGroup, Subscription:
		return Scope{text: "/"}, true
	case ResourceGroup:
		return s.prefix(2), true
	}
	if last := p.lastBlock(); last.pairs == 1 {
		return s.prefix(last.start), true
	}
	return s.prefix(len(p.segments) - 2), true
}

// prefix is the scope of the first n segments; the caller knows that they are a scope.
func (s Scope) prefix(n int) Scope {
	return Scope{text: "/" + strings.Join(s.parts().segments[:n], "/")}
}

// Ancestor is the nearest resource of the given type ("Microsoft.Network/virtualNetworks") among s itself and the scopes
// above it: the virtual network of a subnet.
func (s Scope) Ancestor(resourceType string) (Scope, bool) {
	for at, ok := s, !s.IsZero(); ok; at, ok = at.Parent() {
		if at.HasType(resourceType) {
			return at, true
		}
	}
	return Scope{}, false
}

// MarshalText makes a Scope a plain string in JSON. The zero Scope is the empty string.
func (s Scope) MarshalText() ([]byte, error) { return []byte(s.text), nil }

// UnmarshalText reads what MarshalText wrote; it is [ParseScope] that also accepts the empty string.
func (s *Scope) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*s = Scope{}
		return nil
	}
	parsed, err := ParseScope(string(text))
	if err != nil {
		return err
	}
	*s = parsed
	return nil
}
