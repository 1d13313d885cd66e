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

// Adopt is what a component takes over.
type Adopt struct {
	// Cluster takes over a cluster with its pools.
	Cluster bool
	// Assignments takes over role assignments that have the names which the component gives; none by default.
	Assignments Adoption
}

func (a Adopt) check(p *problems) { oneOf(p, "adopt.assignments", a.Assignments) }

// checkAdopted: the cluster is looked up before anything is registered, so its names have to be known then.
func (c Cluster) checkAdopted(p *problems) {
	c.Adopt.check(p)
	if !c.Adopt.Cluster {
		return
	}
	for _, name := range []struct {
		path  Path
		value Value[string]
	}{{"resourceGroupName", c.ResourceGroup}, {"clusterName", c.Name}} {
		if _, known := name.value.Get(); !known {
			p.add(name.path, "it is not known, and adopt.cluster takes over the cluster of that name", "give it as text.")
		}
	}
}

// ExistingAssignment is a role assignment that Azure has under the name that a grant gives.
type ExistingAssignment struct {
	// ID of the assignment.
	ID string
	// Description that Azure shows beside it.
	Description string
	// HeldBy is another resource of the stack that is this assignment already; empty when there is none.
	HeldBy string
}

// IsMadeBy tells whether the description ends with the mark of a component.
func (a ExistingAssignment) IsMadeBy(mark string) bool {
	return strings.HasSuffix(a.Description, "("+mark+")")
}

// Check says why a grant may not take the assignment over; nil when it may. The mark is that of the grant's component.
func (a ExistingAssignment) Check(grant Grant, how Adoption, mark string) *Problem {
	switch {
	case a.HeldBy != "":
		return &Problem{
			Path: grant.Scope.Path, What: fmt.Sprintf("the assignment %s is %s of this stack already.", a.ID, a.HeldBy),
			Fix: "name the former key in renamedKeys, or give the component an alias with its former name.",
		}
	case how == AdoptAny || a.IsMadeBy(mark):
		return nil
	}
	said := "has no description"
	if a.Description != "" {
		said = fmt.Sprintf("is described as %q", a.Description)
	}
	return &Problem{
		Path: grant.Scope.Path, What: fmt.Sprintf("the assignment %s exists already and %s: it is not one that this component made.", a.ID, said),
		Fix: fmt.Sprintf("leave %s to whoever makes it, or take it over all the same: adopt.assignments: any.", grant.Scope.Path),
	}
}
