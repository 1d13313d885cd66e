package simtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// moment is the point in the life of a cloud at which an operation of the engine begins.
type moment struct{ operations, reliances int }

func (s *Stack) now() moment {
	return moment{len(s.cloud.Operations()), len(s.cloud.Reliances())}
}

// races lists what worked by luck since a moment: grants that a cluster needed and that it does not depend on, and changes
// of one thing that exclude each other and have no order. resources are those before and after.
func (s *Stack) races(since moment, resources Resources) []string {
	g := newGraph(resources)
	operations := s.cloud.Operations()
	out := g.unorderedGrants(operations, s.cloud.Reliances()[since.reliances:])
	return append(out, g.collisions(operations[since.operations:])...)
}

// graph is what comes before what.
type graph struct {
	byID   map[string]Resource // lower-case id
	before map[resource.URN][]resource.URN
}

func newGraph(resources Resources) graph {
	g := graph{byID: map[string]Resource{}, before: map[resource.URN][]resource.URN{}}
	for _, r := range resources {
		if r.ID != "" {
			g.byID[strings.ToLower(r.ID)] = r
		}
		g.before[r.URN] = append(append(g.before[r.URN], r.Dependencies...), r.Parent)
	}
	return g
}

func (g graph) find(id string) (Resource, bool) {
	r, ok := g.byID[strings.ToLower(id)]
	return r, ok
}

// precedes tells whether first is made before later in every order that the engine may choose.
func (g graph) precedes(first, later resource.URN) bool {
	seen := map[resource.URN]bool{}
	var search func(at resource.URN) bool
	search = func(at resource.URN) bool {
		if at == first {
			return true
		}
		if seen[at] {
			return false
		}
		seen[at] = true
		return slices.ContainsFunc(g.before[at], search)
	}
	return slices.ContainsFunc(g.before[later], search)
}

func (g graph) unorderedGrants(operations []azuresim.Operation, reliances []azuresim.Reliance) []string {
	var out []string
	for _, reliance := range reliances {
		user, ours := g.find(operations[reliance.Operation].ID)
		if !ours || slices.ContainsFunc(reliance.Grants, func(id string) bool { return g.inTime(id, user) }) {
			continue
		}
		grant, _ := g.find(reliance.Grants[0])
		out = append(out, fmt.Sprintf("%s needs %s, which the grant %s gives, and does not depend on it",
			user.Name, reliance.Right, grant.Name))
	}
	return slices.Compact(out)
}

// inTime tells whether a grant is there whenever user is made; what another program made was there before.
func (g graph) inTime(grantID string, user Resource) bool {
	grant, ours := g.find(grantID)
	return !ours || g.precedes(grant.URN, user.URN)
}

func (g graph) collisions(operations []azuresim.Operation) []string {
	var out []string
	occupants := g.occupants(operations)
	for _, thing := range slices.Sorted(maps.Keys(occupants)) {
		for i, one := range occupants[thing] {
			for _, other := range occupants[thing][i+1:] {
				if !g.precedes(one.URN, other.URN) && !g.precedes(other.URN, one.URN) {
					out = append(out, fmt.Sprintf("%s and %s have no order, and Azure does not change both at the same time",
						min(one.Name, other.Name), max(one.Name, other.Name)))
				}
			}
		}
	}
	return out
}

// occupants are the resources that were changed, by what they occupy meanwhile.
func (g graph) occupants(operations []azuresim.Operation) map[string][]Resource {
	out := map[string][]Resource{}
	for _, op := range operations {
		r, ours := g.find(op.ID)
		thing := op.Occupies()
		known := slices.ContainsFunc(out[thing], func(o Resource) bool { return o.URN == r.URN })
		if ours && thing != "" && op.Status < 400 && !known {
			out[thing] = append(out[thing], r)
		}
	}
	return out
}
