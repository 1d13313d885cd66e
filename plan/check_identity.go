package plan

import (
	"fmt"
	"strings"
)

// IdentityIDs are the two GUIDs of an identity; an empty one is not known.
type IdentityIDs struct {
	// Principal is the object ID in Entra: the one that grants name. Client is the application ID.
	Principal, Client string
}

// CheckIdentityIDs compares the GUIDs that were given for the identity with the resource ID, in arguments below the path, with those
// that it has. Letter case is of no importance. With nothing known of what it has, one GUID given as both is still told.
func CheckIdentityIDs(path Path, resourceID string, given, has IdentityIDs) Problems {
	check := &problems{}
	principal := "give its principal ID (object ID), " + has.Principal + "."
	if has.Principal == "" {
		principal = "give its principal ID (object ID): " + PrincipalQuery(resourceID) + "."
	}
	switch {
	case same(given.Principal, has.Client), same(given.Principal, given.Client) && !same(given.Principal, has.Principal):
		check.add(path.Field("principalId"), fmt.Sprintf("%s is the client ID of %s, and grants name the principal ID", given.Principal, resourceID), principal)
	case differ(given.Principal, has.Principal):
		check.add(path.Field("principalId"), fmt.Sprintf("%s is not the principal of %s, and the grants would be somebody else's", given.Principal, resourceID), principal)
	}
	if differ(given.Client, has.Client) {
		check.add(path.Field("clientId"), fmt.Sprintf("%s is not the client ID of %s", given.Client, resourceID), "give its client ID, "+has.Client+".")
	}
	return check.list
}

func same(a, b string) bool   { return a != "" && strings.EqualFold(a, b) }
func differ(a, b string) bool { return a != "" && b != "" && !strings.EqualFold(a, b) }

// principalID reports what is known not to be the ID of a principal.
func (p *problems) principalID(path Path, id Value[string]) {
	if text, known := id.Get(); known && !guidPattern.MatchString(text) {
		p.add(path, fmt.Sprintf("%q is not a GUID", text), "give the object ID of the identity, not its client ID or its resource ID.")
	}
}

// CheckPrincipalID is principalID for an argument that is known late. The error, if any, is [Problems].
func CheckPrincipalID(argument Path, id string) error {
	check := problems{}
	check.principalID(argument, Known(id))
	return check.list.sorted().Err()
}

// PrincipalQuery is the command that prints the principal ID of a user-assigned identity.
func PrincipalQuery(resourceID string) string {
	if resourceID == "" {
		resourceID = "<resource ID of the identity>"
	}
	return "az identity show --ids " + resourceID + " --query principalId --output tsv"
}
