package shapes

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Direction is what a body is for.
type Direction int

const (
	// Request is the body of a PUT: all that is required has to be there, and read-only properties are not looked at.
	Request Direction = iota
	// Partial is what a test seeds: a Request of which parts can be missing.
	Partial
	// Patch is the body of a PATCH. It has a model of its own, in which little is required; a type without one takes a Partial.
	Patch
	// Answer is the body of a response: read-only properties belong to it.
	Answer
)

// Kind is what is wrong with a property.
type Kind int

// The kinds of problems.
const (
	Unknown Kind = iota // the model has no such property
	Type                // another JSON type than the model's
	Value               // not among the values of the enum
	Missing             // required, and left out or null
)

// Problem is one place where a body differs from its model.
type Problem struct {
	Kind    Kind
	Path    string // "properties.agentPoolProfiles[0].vmSize"
	Message string // without the path
}

func (p Problem) String() string { return p.Path + ": " + p.Message }

// Check compares a body with the model of its resource type, which is compared without regard to case. The problems are in the
// order of the properties' names.
func Check(resourceType string, as Direction, body map[string]any) []Problem {
	p, name, known := find(resourceType, as)
	if !known {
		return nil
	}
	if as == Patch && !hasPatch(resourceType) {
		as = Partial
	}
	w := &walk{pkg: p, as: as}
	w.object("", name, body)
	return w.problems
}

// CheckAction compares the answer of a POST action with its model; an action without one has no problems.
func CheckAction(resourceType, action string, body map[string]any) []Problem {
	r := table().Resources[strings.ToLower(resourceType)]
	for known, name := range r.Actions {
		if strings.EqualFold(known, action) {
			w := &walk{pkg: table().Packages[r.Package], as: Answer, action: true}
			w.object("", name, body)
			return w.problems
		}
	}
	return nil
}

// envelope are the properties that ARM itself keeps in every resource, whatever the model of a PUT says.
var envelope = []string{"id", "name", "type", "systemData"}

// walk goes through one body.
type walk struct {
	pkg      *pkg
	as       Direction
	action   bool // the body is no resource
	problems []Problem
}

func (w *walk) fail(kind Kind, path, format string, args ...any) {
	w.problems = append(w.problems, Problem{Kind: kind, Path: path, Message: fmt.Sprintf(format, args...)})
}

func (w *walk) object(path, name string, o map[string]any) {
	m := w.pkg.Models[name]
	for _, property := range slices.Sorted(maps.Keys(o)) {
		t, known := m[property]
		if !known {
			t, known = m["*"]
		}
		at := join(path, property)
		switch {
		case !known && path == "" && !w.action && slices.Contains(envelope, property):
		case !known:
			w.fail(Unknown, at, "there is no such property%s", hint(property, m))
		case w.as != Answer && t.readOnly(), o[property] == nil:
		default:
			w.value(at, t, o[property])
		}
	}
	for _, property := range m.names() {
		if o[property] == nil && w.wants(path, property, m[property]) {
			w.fail(Missing, join(path, property), "is required")
		}
	}
}

// wants tells whether a property must be there. A missing location of a resource is for ARM to refuse, before the provider.
func (w *walk) wants(path, property string, t typeExpr) bool {
	switch {
	case !t.required() || w.as == Partial:
		return false
	case w.as == Request || w.as == Patch:
		return !t.readOnly() && (path != "" || property != "location")
	default:
		return true
	}
}

func (w *walk) value(path string, t typeExpr, v any) {
	switch {
	case t.is("[]"):
		w.list(path, t, v)
	case t.is("map["):
		w.dictionary(path, t, v)
	case t.is("#"):
		if o, ok := v.(map[string]any); ok {
			w.object(path, string(t.bare()[1:]), o)
			return
		}
		w.mismatch(path, "an object", v)
	case t.is("="):
		w.enum(path, string(t.bare()[1:]), v)
	default:
		w.scalar(path, string(t.bare()), v)
	}
}

func (w *walk) list(path string, t typeExpr, v any) {
	elements, ok := v.([]any)
	if !ok {
		w.mismatch(path, "a list", v)
		return
	}
	for i, e := range elements {
		w.value(fmt.Sprintf("%s[%d]", path, i), t.element(), e)
	}
}

// dictionary is an object with free names. A null in it takes the name out.
func (w *walk) dictionary(path string, t typeExpr, v any) {
	o, ok := v.(map[string]any)
	if !ok {
		w.mismatch(path, "an object", v)
		return
	}
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if o[name] != nil {
			w.value(join(path, name), t.element(), o[name])
		}
	}
}

func (w *walk) enum(path, name string, v any) {
	s, ok := v.(string)
	if !ok {
		w.mismatch(path, "a string", v)
		return
	}
	values := w.pkg.Enums[name]
	if !slices.ContainsFunc(values, func(known string) bool { return strings.EqualFold(known, s) }) {
		w.fail(Value, path, "'%s' is none of %s", s, strings.Join(values, ", "))
	}
}

func (w *walk) scalar(path, want string, v any) {
	ok := true
	switch want {
	case "string":
		_, ok = v.(string)
	case "boolean":
		_, ok = v.(bool)
	case "integer":
		n, isNumber := v.(float64)
		ok = isNumber && n == math.Trunc(n)
	case "number":
		_, ok = v.(float64)
	}
	if !ok {
		w.mismatch(path, articles[want], v)
	}
}

var articles = map[string]string{"string": "a string", "boolean": "true or false", "integer": "a whole number", "number": "a number"}

func (w *walk) mismatch(path, want string, v any) {
	w.fail(Type, path, "has to be %s and is %s", want, describe(v))
}

func describe(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case map[string]any:
		return "an object"
	case []any:
		return "a list"
	case string:
		return "a string"
	default:
		return fmt.Sprint(v)
	}
}

// hint names the property that was probably meant.
func hint(property string, m model) string {
	if near := rbac.Nearest(property, m.names()); near != "" {
		return fmt.Sprintf("; did you mean '%s'?", near)
	}
	return ""
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// DropReadOnly takes out of the body of a request what Azure fills in itself, as Azure ignores it.
func DropReadOnly(resourceType string, body map[string]any) {
	if p, name, known := find(resourceType, Request); known {
		p.drop(typeExpr("#"+name), body)
	}
}

func (p *pkg) drop(t typeExpr, v any) {
	switch v := v.(type) {
	case []any:
		if t.is("[]") {
			for _, e := range v {
				p.drop(t.element(), e)
			}
		}
	case map[string]any:
		p.dropFrom(t, v)
	}
}

func (p *pkg) dropFrom(t typeExpr, o map[string]any) {
	if t.is("map[") {
		for _, e := range o {
			p.drop(t.element(), e)
		}
	}
	if !t.is("#") {
		return
	}
	m := p.Models[string(t.bare()[1:])]
	for name, e := range o {
		if m[name].readOnly() {
			delete(o, name)
			continue
		}
		p.drop(m[name], e)
	}
}
