package simtest

import (
	pkgresource "github.com/pulumi/pulumi/pkg/v3/resource"
	"github.com/pulumi/pulumi/pkg/v3/resource/deploy"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

const stackType = "pulumi:pulumi:Stack"

// Resource is one resource of the state.
type Resource struct {
	URN          resource.URN
	Type         string
	Name         string // logical name
	ID           string
	Parent       resource.URN
	Custom       bool // false: a component
	Provider     string
	Inputs       resource.PropertyMap
	Outputs      resource.PropertyMap
	Dependencies []resource.URN
	// PropertyDependencies are the resources that the value of an input comes out of, by the name of the input.
	PropertyDependencies map[resource.PropertyKey][]resource.URN
	InitErrors           []string // the resource exists, but its last operation failed
	Protect              bool
	Delete               bool // replaced, and waiting for its deletion
	// IgnoreChanges are the property paths that the program does not want to be compared.
	IgnoreChanges []string
}

// Resources is the state, in the order in which the engine keeps it: a resource stands after those it depends on.
type Resources []Resource

func resourcesOf(snapshot *deploy.Snapshot) Resources {
	if snapshot == nil {
		return nil
	}
	var out Resources
	for _, s := range snapshot.Resources {
		out = append(out, resourceOf(s))
	}
	return out
}

func resourceOf(s *pkgresource.State) Resource {
	return Resource{
		URN: s.URN, Type: string(s.Type), Name: s.URN.Name(), ID: string(s.ID), Parent: s.Parent, Custom: s.Custom,
		Provider: s.Provider, Inputs: s.Inputs, Outputs: s.Outputs, Dependencies: s.Dependencies,
		PropertyDependencies: s.PropertyDependencies,
		InitErrors:           s.InitErrors, Protect: s.Protect, Delete: s.Delete, IgnoreChanges: s.IgnoreChanges,
	}
}

// ByType keeps the resources with this type token.
func (rs Resources) ByType(token string) Resources {
	return rs.filter(func(r Resource) bool { return r.Type == token })
}

// ByName keeps the resources with this logical name.
func (rs Resources) ByName(name string) Resources {
	return rs.filter(func(r Resource) bool { return r.Name == name })
}

// ByURN finds a resource.
func (rs Resources) ByURN(urn string) (Resource, bool) {
	for _, r := range rs {
		if string(r.URN) == urn {
			return r, true
		}
	}
	return Resource{}, false
}

// Find finds the resource with this type and logical name.
func (rs Resources) Find(token, name string) (Resource, bool) {
	for _, r := range rs {
		if r.Type == token && r.Name == name {
			return r, true
		}
	}
	return Resource{}, false
}

// Custom keeps what a provider manages: no components, no stack, no providers.
func (rs Resources) Custom() Resources {
	return rs.filter(func(r Resource) bool {
		return r.Custom && r.URN.Type().Package() != "pulumi"
	})
}

func (rs Resources) filter(keep func(Resource) bool) Resources {
	var out Resources
	for _, r := range rs {
		if keep(r) {
			out = append(out, r)
		}
	}
	return out
}

func (rs Resources) stackOutputs() resource.PropertyMap {
	for _, r := range rs {
		if r.Type == stackType {
			return r.Outputs
		}
	}
	return nil
}

// Input returns an input as a plain value, nil when there is none.
func (r Resource) Input(name string) any { return property(r.Inputs, name) }

// Output returns an output as a plain value, nil when there is none.
func (r Resource) Output(name string) any { return property(r.Outputs, name) }

// Input returns an input of the step as a plain value, nil when there is none.
func (s Step) Input(name string) any { return property(s.Inputs, name) }

// Output returns an output of the step as a plain value, nil when there is none.
func (s Step) Output(name string) any { return property(s.Outputs, name) }

func property(m resource.PropertyMap, name string) any {
	v, ok := m[resource.PropertyKey(name)]
	if !ok {
		return nil
	}
	return Plain(v)
}
