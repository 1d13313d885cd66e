package provider

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// shapes checks what other languages send against the schema. Their compilers check some of it, or nothing; the framework
// stops at the first difference and does not say where it is.
type shapes struct{ spec schema.PackageSpec }

// check returns the inputs as a constructor can take them, or every problem with its path.
//
// A list or map that is known but carries a mark as a whole (secret, or depending on a resource, as everything out of another
// stack does) is given back with the mark on each of its values, where the constructors can take it.
func (s *shapes) check(token string, inputs property.Map) (property.Map, plan.Problems) {
	component, known := s.spec.Resources[token]
	if !known {
		return inputs, nil // the framework answers
	}
	w := &shapeWalk{spec: s.spec}
	// What is missing at the top, a constructor says in better words: it knows why it has no default.
	out := w.object("", component.InputProperties, inputs)
	return out, w.problems
}

// shapeWalk goes through the arguments of one call.
type shapeWalk struct {
	spec     schema.PackageSpec
	problems plan.Problems
}

func (w *shapeWalk) problem(path, fix, format string, args ...any) {
	w.problems = append(w.problems, plan.Problem{Path: plan.Path(path), What: fmt.Sprintf(format, args...) + ".", Fix: fix})
}

func (w *shapeWalk) object(path string, properties map[string]schema.PropertySpec, values property.Map) property.Map {
	out := map[string]property.Value{}
	for name, value := range values.AllStable {
		expected, known := properties[name]
		switch {
		case value.IsNull(): // not given
		case known:
			out[name] = w.value(join(path, name), expected.TypeSpec, value)
		case !strings.HasPrefix(name, "__"): // those are Pulumi's own
			w.problems = append(w.problems, unknownArgument(join(path, name), name, slices.Sorted(maps.Keys(properties))))
		}
	}
	return property.NewMap(out)
}

func (w *shapeWalk) value(path string, expected schema.TypeSpec, value property.Value) property.Value {
	expected = underlying(w.spec, expected)
	switch {
	case expected.Ref == anyRef:
		return gather(value)
	case value.IsComputed():
		if expected.Plain {
			w.problem(path, lateFix(expected), "its value is not known before the deployment, but it decides what is created")
		}
		return value
	case expected.Plain && isLeaf(expected) && value.Secret():
		w.problem(path, "give it as plain text.", "it is secret, but what is created depends on it and shows it")
		return value
	case !hasKind(value, expected):
		w.problem(path, "", "it must be %s, and is %s", kindOf(expected), kindGiven(value))
		return value
	case isLeaf(expected):
		return w.leaf(path, expected, value)
	default:
		return w.container(path, expected, spread(value))
	}
}

// leaf drops from a plain value what it depends on: it is known, and waiting for it could not change it.
func (w *shapeWalk) leaf(path string, expected schema.TypeSpec, value property.Value) property.Value {
	if expected.Type == "integer" && value.AsNumber() != float64(int64(value.AsNumber())) {
		given := fmt.Sprint(value.AsNumber())
		if value.Secret() {
			given = "a secret one that is not"
		}
		w.problem(path, "", "it must be a whole number, and is %s", given)
	}
	if expected.Plain {
		return value.WithDependencies(nil)
	}
	return value
}

func (w *shapeWalk) container(path string, expected schema.TypeSpec, value property.Value) property.Value {
	switch {
	case expected.Items != nil:
		return property.New(w.list(path, *expected.Items, value.AsArray()))
	case expected.AdditionalProperties != nil:
		out := map[string]property.Value{}
		for key, element := range value.AsMap().AllStable {
			if !element.IsNull() { // a key without a value is not given
				out[key] = w.value(join(path, key), *expected.AdditionalProperties, element)
			}
		}
		return property.New(property.NewMap(out))
	default:
		object := w.spec.Types[strings.TrimPrefix(expected.Ref, typesRef)]
		for _, name := range object.Required {
			if value.AsMap().Get(name).IsNull() {
				w.problem(join(path, name), "give it.", "it is missing")
			}
		}
		return property.New(w.object(path, object.Properties, value.AsMap()))
	}
}

func (w *shapeWalk) list(path string, expected schema.TypeSpec, values property.Array) property.Array {
	var out []property.Value
	for i, element := range values.All {
		at := path + "[" + strconv.Itoa(i) + "]"
		if element.IsNull() {
			w.problem(at, "leave it out.", "it is empty")
			continue
		}
		out = append(out, w.value(at, expected, element))
	}
	return property.NewArray(out)
}

// gather moves the marks inside a value to the value itself. The framework reads what may be anything in one piece: a secret inside
// would become plain, and what is not known yet would be missing.
func gather(value property.Value) property.Value {
	out := value
	if value.HasComputed() {
		out = property.New(property.Computed)
	}
	return out.WithSecret(value.HasSecrets()).WithDependencies(dependenciesIn(value))
}

func dependenciesIn(value property.Value) []urn.URN {
	all := slices.Clone(value.Dependencies())
	switch {
	case value.IsArray():
		for _, element := range value.AsArray().All {
			all = append(all, dependenciesIn(element)...)
		}
	case value.IsMap():
		for _, element := range value.AsMap().AllStable {
			all = append(all, dependenciesIn(element)...)
		}
	}
	return all
}

// spread moves the marks of a list or map to its values.
func spread(value property.Value) property.Value {
	if !value.Secret() && len(value.Dependencies()) == 0 {
		return value
	}
	mark := func(v property.Value) property.Value {
		dependencies := append(slices.Clone(v.Dependencies()), value.Dependencies()...)
		return v.WithSecret(v.Secret() || value.Secret()).WithDependencies(dependencies)
	}
	if value.IsArray() {
		var out []property.Value
		for _, element := range value.AsArray().All {
			out = append(out, mark(element))
		}
		return property.New(property.NewArray(out))
	}
	out := map[string]property.Value{}
	for key, element := range value.AsMap().All {
		out[key] = mark(element)
	}
	return property.New(property.NewMap(out))
}
