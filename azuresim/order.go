package azuresim

import (
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Reliance is a right that the identity of a cluster needed for an operation that succeeded, and the grants that gave it.
// Without all of them Azure would have refused: at least one has to be made before the operation, and a program has to say
// so, or it works by luck.
type Reliance struct {
	Operation int // index into Operations
	Right     string
	Grants    []string // ids of the role assignments that give it, each alone
}

// Reliances lists on what the logged operations relied, in their order. Rights that AKS gives itself are not listed.
func (c *Cloud) Reliances() []Reliance {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Reliance(nil), c.reliances...)
}

// rely remembers the needs of a decision that allows, with the assignments that met them.
func (q *request) rely(c *Cloud, d rbac.Decision) {
	for _, met := range d.Met {
		if grants, all := c.assignmentIDs(met.By); all {
			q.relied = append(q.relied, Reliance{Right: met.Need.String(), Grants: grants})
		}
	}
}

// assignmentIDs finds the stored assignments. all is false when one of them is not stored: a right that is always there.
func (c *Cloud) assignmentIDs(by []rbac.Assignment) (ids []string, all bool) {
	for _, assignment := range by {
		id := c.assignmentID(assignment)
		if id == "" {
			return nil, false
		}
		ids = append(ids, id)
	}
	return ids, len(ids) > 0
}

func (c *Cloud) assignmentID(assignment rbac.Assignment) string {
	for _, r := range c.assignments() {
		a := readAssignment(r)
		if a.role == assignment.Role.ID && strings.EqualFold(a.principalID, assignment.PrincipalID) &&
			sameID(a.scope, assignment.Scope.String()) {
			return r.ID
		}
	}
	return ""
}

// Occupies is the id of what a change excludes other changes on, in lower case: a cluster together with its pools, an
// identity together with its federated credentials. "" for everything that can happen at the same time.
func (o Operation) Occupies() string {
	q := &request{method: o.Method, rawID: o.ID}
	if err := q.read(newTypeTable(typeRows())); err != nil {
		return ""
	}
	return occupies(q)
}
