package arguments

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Leaf is a place in the arguments of a component at which a value stands. It is read from the types, so a new argument is one more
// leaf by itself.
type Leaf struct {
	// Path is the property path, with [0] in every list and the key One in every map of our own.
	Path string
	// Type is what stands there: a kind of pulumi.Input, or a plain text, number or truth value.
	Type reflect.Type

	steps []string
}

// One is the key of a map's only entry.
const One = "one"

// IsInput tells whether the value may be an output, and so a secret.
func (l Leaf) IsInput() bool { return l.Type.Implements(reflect.TypeFor[pulumi.Input]()) }

// LeavesOf are the leaves of a pointer to an args struct, in the order of its fields.
func LeavesOf(args any) []Leaf { return leavesOf(reflect.TypeOf(args), nil) }

func leavesOf(t reflect.Type, steps []string) []Leaf {
	if t.Implements(reflect.TypeFor[pulumi.Input]()) {
		return []Leaf{{pathOf(steps), t, steps}}
	}
	down := func(t reflect.Type, step string) []Leaf {
		return leavesOf(t, append(steps[:len(steps):len(steps)], step))
	}
	switch t.Kind() {
	case reflect.Pointer:
		return leavesOf(t.Elem(), steps)
	case reflect.Slice:
		return down(t.Elem(), "[0]")
	case reflect.Map:
		return down(t.Elem(), One)
	case reflect.Struct:
		var all []Leaf
		for i := range t.NumField() {
			if name := tagOf(t.Field(i)); name != "" {
				all = append(all, down(t.Field(i).Type, name)...)
			}
		}
		return all
	default:
		return []Leaf{{pathOf(steps), t, steps}}
	}
}

func pathOf(steps []string) string {
	return strings.ReplaceAll(strings.Join(steps, "."), ".[", "[")
}

func tagOf(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("pulumi"), ",")
	return name
}

// Keyed is the leaf with another key in place of One, where not every key is one.
func (l Leaf) Keyed(key string) Leaf {
	steps := slices.Clone(l.steps)
	for i, step := range steps {
		if step == One {
			steps[i] = key
		}
	}
	return Leaf{pathOf(steps), l.Type, steps}
}

// Above is the place that holds the leaf: an object, a list or a map. It has no type, and takes nil only.
func (l Leaf) Above() Leaf {
	steps := l.steps[:max(len(l.steps)-1, 1)]
	return Leaf{Path: pathOf(steps), steps: steps}
}

// Get is what stands at the leaf; nil for nothing.
func (l Leaf) Get(args any) any {
	at := reflect.ValueOf(args)
	for _, step := range l.steps {
		for at.Kind() == reflect.Pointer {
			at = at.Elem()
		}
		switch {
		case !at.IsValid():
			return nil
		case at.Kind() == reflect.Slice:
			index, _ := strconv.Atoi(strings.Trim(step, "[]"))
			if index >= at.Len() {
				return nil
			}
			at = at.Index(index)
		case at.Kind() == reflect.Map:
			at = at.MapIndex(reflect.ValueOf(step))
		default:
			at = fieldOf(at, step)
		}
	}
	if !at.IsValid() || at.Kind() == reflect.Interface && at.IsNil() {
		return nil
	}
	return at.Interface()
}

func fieldOf(v reflect.Value, tag string) reflect.Value {
	for i := range v.NumField() {
		if tagOf(v.Type().Field(i)) == tag {
			return v.Field(i)
		}
	}
	return reflect.Value{}
}

// Put gives the leaf of the arguments a value. What is missing on the way is made; what is there stays.
func (l Leaf) Put(args, value any) {
	put(reflect.ValueOf(args).Elem(), l.steps, reflect.ValueOf(value))
}

func put(at reflect.Value, steps []string, value reflect.Value) {
	if len(steps) == 0 && !value.IsValid() {
		at.SetZero()
		return
	}
	if at.Kind() == reflect.Pointer {
		if at.IsNil() {
			at.Set(reflect.New(at.Type().Elem()))
		}
		put(at.Elem(), steps, value)
		return
	}
	if len(steps) == 0 {
		at.Set(fitting(value, at.Type()))
		return
	}
	switch step := steps[0]; at.Kind() {
	case reflect.Slice:
		index, _ := strconv.Atoi(strings.Trim(step, "[]"))
		for at.Len() <= index {
			at.Set(reflect.Append(at, reflect.Zero(at.Type().Elem())))
		}
		put(at.Index(index), steps[1:], value)
	case reflect.Map:
		if at.IsNil() {
			at.Set(reflect.MakeMap(at.Type()))
		}
		entry := reflect.New(at.Type().Elem()).Elem()
		if old := at.MapIndex(reflect.ValueOf(step)); old.IsValid() {
			entry.Set(old)
		}
		put(entry, steps[1:], value)
		at.SetMapIndex(reflect.ValueOf(step), entry)
	default:
		put(fieldOf(at, step), steps[1:], value)
	}
}

// fitting is the value as the type takes it, as a text for a type of texts.
func fitting(value reflect.Value, t reflect.Type) reflect.Value {
	if value.Type().AssignableTo(t) {
		return value
	}
	return value.Convert(t)
}

// Properties are the arguments as a program in another language sends them.
func Properties(args any) pulumi.Map {
	properties, _ := sent(reflect.ValueOf(args)).(pulumi.Map)
	return properties
}

// sent is a value as it goes over the protocol; nil for what is not given.
func sent(v reflect.Value) pulumi.Input {
	if in, is := v.Interface().(pulumi.Input); is && !v.IsZero() {
		return in
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return sent(v.Elem())
	case reflect.Slice:
		if v.IsNil() {
			return nil
		}
		out := pulumi.Array{}
		for _, element := range v.Seq2() {
			out = append(out, sent(element))
		}
		return out
	case reflect.Map:
		if v.IsNil() {
			return nil
		}
		out := pulumi.Map{}
		for key, element := range v.Seq2() {
			out[key.String()] = sent(element)
		}
		return out
	case reflect.Struct:
		out := pulumi.Map{}
		for i := range v.NumField() {
			if in := sent(v.Field(i)); in != nil && tagOf(v.Type().Field(i)) != "" {
				out[tagOf(v.Type().Field(i))] = in
			}
		}
		return out
	default:
		return plain(v)
	}
}

// plain is a text, number or truth value; a text that is empty is not given.
func plain(v reflect.Value) pulumi.Input {
	switch v.Kind() {
	case reflect.Bool:
		return pulumi.Bool(v.Bool())
	case reflect.Int:
		return pulumi.Int(v.Int())
	default:
		if v.Len() == 0 {
			return nil
		}
		return pulumi.String(v.String())
	}
}

// PutInto gives the leaf of arguments that are sent over the protocol a value. What is missing on the way is made.
func (l Leaf) PutInto(properties pulumi.Map, value pulumi.Input) {
	properties[l.steps[0]] = within(properties[l.steps[0]], l.steps[1:], value)
}

func within(old pulumi.Input, steps []string, value pulumi.Input) pulumi.Input {
	switch {
	case len(steps) == 0:
		return value
	case steps[0] == "[0]":
		list, _ := old.(pulumi.Array)
		if len(list) == 0 {
			list = pulumi.Array{nil}
		}
		list[0] = within(list[0], steps[1:], value)
		return list
	}
	fields, _ := old.(pulumi.Map)
	if fields == nil {
		fields = pulumi.Map{}
	}
	fields[steps[0]] = within(fields[steps[0]], steps[1:], value)
	return fields
}
