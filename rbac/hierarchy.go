package rbac

import "fmt"

// Hierarchy tells which management groups and subscriptions lie under which management group; no ID shows that. The zero
// Hierarchy knows of none: every subscription and every management group lies directly under the tenant root, and a
// management group contains only itself. A Hierarchy does not change once made.
type Hierarchy struct {
	// parents by key of the child.
	parents map[string]Scope
}

// Placement puts one management group or subscription under a management group.
type Placement struct {
	Child, Parent Scope
}

// HierarchyError says why placements do not make a tree.
type HierarchyError struct {
	Placement Placement
	Reason    string
}

// Error holds placement and reason.
func (e *HierarchyError) Error() string {
	return fmt.Sprintf("cannot place %s under %s: %s", e.Placement.Child, e.Placement.Parent, e.Reason)
}

// NewHierarchy makes a hierarchy of placements, in any order. What is not placed lies under the tenant root. It refuses a
// child placed twice, a ring, and kinds that cannot be placed.
func NewHierarchy(placements ...Placement) (Hierarchy, error) {
	h := Hierarchy{parents: make(map[string]Scope, len(placements))}
	for _, p := range placements {
		if reason := h.refuses(p); reason != "" {
			return Hierarchy{}, &HierarchyError{Placement: p, Reason: reason}
		}
		h.parents[p.Child.Key()] = p.Parent
	}
	return h, nil
}

func (h Hierarchy) refuses(p Placement) string {
	placed, twice := h.parents[p.Child.Key()]
	switch {
	case p.Child.Kind() != ManagementGroup && p.Child.Kind() != Subscription:
		return "only management groups and subscriptions can be placed, this is a " + p.Child.Kind().String()
	case p.Parent.Kind() != ManagementGroup:
		return "they lie under management groups only, this is a " + p.Parent.Kind().String()
	case twice && !placed.Equal(p.Parent):
		return "it is already placed under " + placed.String()
	case h.Contains(p.Child, p.Parent):
		return "the groups would form a ring"
	}
	return ""
}

// Parent is [Scope.Parent] with the management groups between a subscription and the tenant root.
func (h Hierarchy) Parent(s Scope) (Scope, bool) {
	if parent, ok := h.parents[s.Key()]; ok {
		return parent, true
	}
	return s.Parent()
}

// Contains is [Scope.Contains] that also looks through management groups.
func (h Hierarchy) Contains(outer, inner Scope) bool {
	if outer.IsZero() {
		return false
	}
	for at, ok := inner, !inner.IsZero(); ok; at, ok = h.Parent(at) {
		if outer.Equal(at) {
			return true
		}
	}
	return false
}

// Path is the scope itself and everything above it, narrow to wide, the tenant root last. These are the scopes at which
// an assignment reaches s.
func (h Hierarchy) Path(s Scope) []Scope {
	var path []Scope
	for at, ok := s, !s.IsZero(); ok; at, ok = h.Parent(at) {
		path = append(path, at)
	}
	return path
}
