package shapes

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed shapes.json
var shapesJSON []byte

// document is shapes.json. The type expressions are explained in tools/armshapes.
type document struct {
	Resources map[string]resource
	Packages  map[string]*pkg
}

type resource struct {
	Package, API, Put, Patch, Answer string
	Actions                          map[string]string // POST action -> model of the answer
}

type pkg struct {
	Module, Version, Released string
	Enums                     map[string][]string
	Models                    map[string]model
}

// model maps properties to type expressions; "*" stands for every property that is not listed.
type model map[string]typeExpr

// table reads shapes.json once, with resource types in lower case and the additions of otherVersions.
var table = sync.OnceValue(func() document {
	var d document
	if err := json.Unmarshal(shapesJSON, &d); err != nil {
		panic(fmt.Sprintf("shapes.json, which is part of this package, cannot be read: %v", err))
	}
	byKey := make(map[string]resource, len(d.Resources))
	for name, r := range d.Resources {
		byKey[strings.ToLower(name)] = r
	}
	d.Resources = byKey
	for _, other := range otherVersions {
		other.addTo(d.Packages[other.pkg])
	}
	return d
})

// find is the model of a type's bodies in a direction.
func find(resourceType string, as Direction) (*pkg, string, bool) {
	r, known := table().Resources[strings.ToLower(resourceType)]
	name := r.Put
	switch {
	case as == Answer:
		name = r.Answer
	case as == Patch && r.Patch != "":
		name = r.Patch
	}
	return table().Packages[r.Package], name, known
}

// hasPatch tells whether the SDK has a model for the PATCH of a type.
func hasPatch(resourceType string) bool {
	return table().Resources[strings.ToLower(resourceType)].Patch != ""
}

// Has tells whether the answers for a resource type have a property, as path of names. A type without a model has all.
func Has(resourceType string, path ...string) bool {
	p, name, known := find(resourceType, Answer)
	if !known {
		return true
	}
	t := typeExpr("#" + name)
	for _, property := range path {
		if !t.is("#") {
			return false
		}
		t = p.Models[string(t.bare()[1:])][property]
	}
	return t != ""
}

// Source tells where the model of a resource type was read and which API version it is of; "" for a type without one.
func Source(resourceType string) (module, version, api string) {
	r, known := table().Resources[strings.ToLower(resourceType)]
	if !known {
		return "", "", ""
	}
	p := table().Packages[r.Package]
	return p.Module, p.Version, r.API
}

// Size is how much the tables hold.
type Size struct{ Types, Models, Properties, Enums, Values int }

// Known counts the resource types, and the models, properties, enums and enum values that they reach.
func Known() Size {
	size := Size{Types: len(table().Resources)}
	for _, p := range table().Packages {
		size.Models += len(p.Models)
		size.Enums += len(p.Enums)
		for _, m := range p.Models {
			size.Properties += len(m)
		}
		for _, values := range p.Enums {
			size.Values += len(values)
		}
	}
	return size
}

// typeExpr is a type expression: "string!", "[]#Subnet", "=OSType".
type typeExpr string

func (t typeExpr) bare() typeExpr   { return typeExpr(strings.TrimRight(string(t), "!^")) }
func (t typeExpr) required() bool   { return strings.Contains(t.marks(), "!") }
func (t typeExpr) readOnly() bool   { return strings.Contains(t.marks(), "^") }
func (t typeExpr) marks() string    { return string(t[len(t.bare()):]) }
func (t typeExpr) is(b string) bool { return strings.HasPrefix(string(t), b) }

// element is the type of the elements of a list or of a map.
func (t typeExpr) element() typeExpr {
	if t.is("[]") {
		return t.bare()[2:]
	}
	return t.bare()[len("map[") : len(t.bare())-1]
}

func (m model) names() []string { return slices.Sorted(maps.Keys(m)) }
