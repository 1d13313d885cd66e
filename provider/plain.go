package provider

import (
	"reflect"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const anyRef = "pulumi.json#/Any"

// markPlain says which inputs decide what is created: those that are no pulumi.Input in Go. They cannot be late, and the
// compiler of a typed language should say so, not the deployment. The framework marks only some of them. What of them is text of
// a closed set becomes an enumeration.
func markPlain(spec *schema.PackageSpec, served []component) {
	m := plainMarker{spec: spec, done: map[reflect.Type]bool{}}
	for _, c := range served {
		m.properties(spec.Resources[c.token].InputProperties, c.args)
	}
}

type plainMarker struct {
	spec *schema.PackageSpec
	done map[reflect.Type]bool
}

func (m plainMarker) properties(properties map[string]schema.PropertySpec, object reflect.Type) {
	for i := range object.NumField() {
		field := object.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("pulumi"), ",")
		property, ok := properties[name]
		if !ok {
			continue
		}
		m.mark(&property.TypeSpec, field.Type)
		properties[name] = property
	}
}

func (m plainMarker) mark(t *schema.TypeSpec, goType reflect.Type) {
	if goType.Implements(reflect.TypeFor[pulumi.Input]()) {
		allLate(t)
		return
	}
	t.Plain = true
	switch goType.Kind() {
	case reflect.Pointer:
		m.mark(t, goType.Elem())
	case reflect.Slice:
		m.mark(t.Items, goType.Elem())
	case reflect.Map:
		m.mark(t.AdditionalProperties, goType.Elem())
	case reflect.String:
		offer(m.spec, t, goType)
	case reflect.Struct:
		if !m.done[goType] {
			m.done[goType] = true
			m.properties(m.spec.Types[strings.TrimPrefix(t.Ref, typesRef)].Properties, goType)
		}
	}
}

// allLate is an input with everything in it: the elements of a pulumi.StringArrayInput may be late one by one too.
func allLate(t *schema.TypeSpec) {
	if t == nil {
		return
	}
	t.Plain = false
	allLate(t.Items)
	allLate(t.AdditionalProperties)
}
