package languages

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Dependencies are what the resources of a state wait for, directly and through others. Each resource is called by type and name.
//
// What waits for a component waits for all that is in it: an edge to a component of a provider is all that a program in another language can
// have, and the engine reads it so when it orders deletions (pulumi 3.259.0, pkg/resource/graph/dependency_graph.go, DependenciesOf, read
// 2026-11-26).
type Dependencies struct {
	// before are all resources that come before this one, without components.
	before map[string][]string
	// in is the component that a resource is in; there is none for a resource of the program itself.
	in map[string]string
	// by is the provider that the program made for the resource; there is none for one of Pulumi's default providers.
	by map[string]string
}

// DependenciesOf reads an exported state: simtest's Export writes the deployment alone, `pulumi stack export` wraps it.
func DependenciesOf(export []byte) (Dependencies, error) {
	var whole struct {
		apitype.DeploymentV3
		Deployment *apitype.DeploymentV3 `json:"deployment"`
	}
	if err := json.Unmarshal(export, &whole); err != nil {
		return Dependencies{}, fmt.Errorf("the exported state: %w", err)
	}
	if whole.Deployment != nil {
		return dependenciesOf(whole.Deployment.Resources), nil
	}
	return dependenciesOf(whole.Resources), nil
}

// dependenciesOf goes through the resources in the order of the state: each stands after those it waits for.
func dependenciesOf(resources []apitype.ResourceV3) Dependencies {
	out := Dependencies{before: map[string][]string{}, in: map[string]string{}, by: map[string]string{}}
	inside := map[resource.URN][]string{} // the resources in a component, and those that it is about itself
	for _, r := range resources {
		if r.URN.Type().Package() == "pulumi" {
			continue // the stack and the providers
		}
		if !r.Custom {
			inside[r.URN] = nil
			continue
		}
		name := nameOf(r.URN)
		before := map[string]bool{}
		for _, urn := range r.Dependencies {
			for _, one := range names(urn, inside) {
				before[one] = true
				for _, further := range out.before[one] {
					before[further] = true
				}
			}
		}
		out.before[name] = slices.Sorted(maps.Keys(before))
		out.by[name] = providerOf(r.Provider)
		if _, isComponent := inside[r.Parent]; isComponent {
			inside[r.Parent] = append(inside[r.Parent], name)
			out.in[name] = nameOf(r.Parent)
		}
	}
	return out
}

// providerOf is the name of the provider in a reference, which is its URN and its ID.
func providerOf(reference string) string {
	at := strings.LastIndex(reference, "::")
	if at < 0 {
		return ""
	}
	if name := resource.URN(reference[:at]).Name(); !strings.HasPrefix(name, "default") {
		return name
	}
	return ""
}

// names are the resource itself, or what is in it.
func names(urn resource.URN, inside map[resource.URN][]string) []string {
	if children, isComponent := inside[urn]; isComponent {
		return children
	}
	return []string{nameOf(urn)}
}

func nameOf(urn resource.URN) string { return string(urn.Type()) + " " + urn.Name() }

// Len is the number of resources.
func (d Dependencies) Len() int { return len(d.before) }

// Compare tells where resources wait for something else in another language than they do in Go; it is empty when they wait for the same,
// but for one thing that cannot be otherwise: all outputs of a component arrive together, so that who takes one of them waits for all that
// is in the component.
func (d Dependencies) Compare(other Dependencies) string {
	var problems []string
	for _, name := range slices.Sorted(maps.Keys(d.before)) {
		before, there := other.before[name]
		if !there {
			problems = append(problems, name+" is there in Go only")
			continue
		}
		if d.by[name] != other.by[name] {
			problems = append(problems, fmt.Sprintf("%s is of the provider %q, in Go of %q", name, other.by[name], d.by[name]))
		}
		for _, missing := range without(d.before[name], before) {
			problems = append(problems, name+" waits for "+missing+" in Go only")
		}
		for _, more := range without(before, d.withNeighbours(name)) {
			problems = append(problems, name+" waits for "+more+", but not in Go")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(other.before)) {
		if _, there := d.before[name]; !there {
			problems = append(problems, name+" is not there in Go")
		}
	}
	return strings.Join(problems, "\n")
}

// Later lists what a resource waits for in the other language and not in Go, where it waits for a single resource of a component.
func (d Dependencies) Later(other Dependencies) map[string][]string {
	out := map[string][]string{}
	for name, before := range other.before {
		if later := without(before, d.before[name]); len(later) > 0 {
			out[name] = later
		}
	}
	return out
}

// withNeighbours are what a resource waits for in Go, and whatever is in the same components; also what those wait for in turn.
func (d Dependencies) withNeighbours(name string) []string {
	found := map[string]bool{}
	var add func(names []string)
	add = func(names []string) {
		for _, one := range names {
			if found[one] {
				continue
			}
			found[one] = true
			if component := d.in[one]; component != "" && component != d.in[name] {
				add(d.members(component))
			}
			add(d.before[one])
		}
	}
	add(d.before[name])
	return slices.Sorted(maps.Keys(found))
}

func (d Dependencies) members(component string) []string {
	var out []string
	for name, in := range d.in {
		if in == component {
			out = append(out, name)
		}
	}
	return out
}

func without(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(name string) bool { return slices.Contains(some, name) })
}
