// Package arguments knows which arguments the components have, from the tags of their structs: for tests that check that what is
// said of an argument is said of one that exists.
package arguments

import (
	"reflect"
	"regexp"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// All are the arguments of the four components.
func All() []any {
	return []any{
		&components.ManagedIdentityClusterArgs{}, &components.VnetDelegationArgs{}, &components.AddonIdentityGrantsArgs{},
		&components.WorkloadIdentityArgs{},
	}
}

// step is one part of a property path: .name, ["key"], [0] or [] for any element.
var step = regexp.MustCompile(`^(?:\.?([^.[\]]+)|\["([^"\]]*)"\]|\[(\d*)\])`)

// Has tells whether a property path names an argument in args: pools[1].autoscaling.min, subnets.nodes. Below an input nothing is
// checked, for its value is not ours.
func Has(args any, path string) bool {
	return path != "" && has(reflect.TypeOf(args), path)
}

func has(t reflect.Type, path string) bool {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if path == "" || t.Implements(reflect.TypeFor[pulumi.Input]()) {
		return true
	}
	parts := step.FindStringSubmatch(path)
	if parts == nil {
		return false
	}
	rest := path[len(parts[0]):]
	isElement := strings.HasPrefix(parts[0], "[") && !strings.HasPrefix(parts[0], `["`)
	switch t.Kind() {
	case reflect.Slice:
		return isElement && has(t.Elem(), rest)
	case reflect.Map:
		return !isElement && has(t.Elem(), rest)
	case reflect.Struct:
		field, ok := property(t, parts[1])
		return ok && has(field, rest)
	default:
		return false
	}
}

func property(t reflect.Type, name string) (reflect.Type, bool) {
	for i := range t.NumField() {
		if tag, _, _ := strings.Cut(t.Field(i).Tag.Get("pulumi"), ","); tag == name && name != "" {
			return t.Field(i).Type, true
		}
	}
	return nil, false
}

// Names are the names of all properties of the arguments, at any depth.
func Names() map[string]bool {
	names := map[string]bool{}
	for _, args := range All() {
		collect(reflect.TypeOf(args), names, map[reflect.Type]bool{})
	}
	return names
}

func collect(t reflect.Type, names map[string]bool, seen map[reflect.Type]bool) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || seen[t] {
		return
	}
	seen[t] = true
	for i := range t.NumField() {
		if tag, _, _ := strings.Cut(t.Field(i).Tag.Get("pulumi"), ","); tag != "" {
			names[tag] = true
			collect(t.Field(i).Type, names, seen)
		}
	}
}
