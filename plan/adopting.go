package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Adopted are role assignments that exist under a name of somebody else's, by the name of the grant that takes each over as it is:
// Azure keeps one assignment for a principal, a role and a scope, and one that is deleted first leaves a moment without the right.
type Adopted map[string]string

// into tells the grants of a plan which assignments they take over, and reports entries that no grant can have.
func (a Adopted) into(p *Plan, check *problems) {
	names := make([]string, len(p.Grants))
	for i, g := range p.Grants {
		names[i] = g.Name
	}
	for _, name := range slices.Sorted(maps.Keys(a)) {
		at, i := Path("adoptedAssignments").Key(name), slices.Index(names, name)
		guid := dashed(a[name])
		switch {
		case i < 0:
			check.add(at, fmt.Sprintf("no grant is called %q", name)+meant(name, names), "use the name of a planned grant, which a preview shows.")
		case p.Grants[i].Role.IsCustom():
			check.add(at, "its role is generated, and nobody else can have assigned it", "leave the entry out.")
		case !guidPattern.MatchString(guid):
			check.add(at, fmt.Sprintf("%q is not the name of an assignment", a[name]), "give the GUID at the end of its ID.")
		default:
			p.Grants[i].AdoptedName = guid
		}
	}
}

// dashed is a GUID as a resource ID has it; Azure's error writes it without dashes.
func dashed(guid string) string {
	guid = strings.ToLower(guid)
	if len(guid) != 32 {
		return guid
	}
	return strings.Join([]string{guid[:8], guid[8:12], guid[12:16], guid[16:20], guid[20:]}, "-")
}
