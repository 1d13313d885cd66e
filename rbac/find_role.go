package rbac

import (
	"fmt"
	"slices"
)

// UnknownError says that a text names nothing that this package knows.
type UnknownError struct {
	// Input is the text as given.
	Input string
	// Wanted is what it should have been, for people: "the ID of a capability".
	Wanted string
	// Nearest is the known name that was probably meant, or "".
	Nearest string
}

// Error holds all three.
func (e *UnknownError) Error() string {
	text := fmt.Sprintf("%q is not %s", e.Input, e.Wanted)
	if e.Nearest != "" {
		text += fmt.Sprintf("; did you mean %q?", e.Nearest)
	}
	return text
}

// FindRole finds a role by what people write for it: the name of a built-in role, among all of Azure (see
// [AllBuiltinRoles]); the GUID of a role; or the ID of a role definition, with or without a scope before /providers. Letter
// case carries no meaning. Every error is an [*UnknownError] and suggests the nearest name, if one is near.
//
// A GUID that is no built-in role's is taken for a custom role of the user's. The result then has only its ID: BuiltIn and
// Verified are false, the name is empty, and the permissions, which this package cannot know, are empty too. Do not ask such
// a role what it allows: it would answer like one that gives nothing.
func FindRole(text string) (Role, error) {
	if id, ok := ParseRoleID(text); ok {
		if role, ok := BuiltinRoleByID(id); ok {
			return role, nil
		}
		return Role{ID: id}, nil
	}
	if role, ok := BuiltinRole(RoleName(text)); ok {
		return role, nil
	}
	known := slices.Concat(builtins().names(), allBuiltins().names()) // among equally near names a cluster's comes first
	return Role{}, &UnknownError{
		Input: text, Wanted: "the name of a built-in role, a GUID or a role definition ID", Nearest: Nearest(text, known),
	}
}
