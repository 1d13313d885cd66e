package provider

import (
	"reflect"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// offer makes text of a closed set an enumeration, with a description of each value. To the framework it stays text, so a wrong
// value arrives at the plan, whose answer has the path and what to do; the framework's own enumerations would be late values in
// every language and their mistakes the framework's.
func offer(spec *schema.PackageSpec, t *schema.TypeSpec, goType reflect.Type) {
	closed, ok := reflect.Zero(goType).Interface().(plan.ClosedSet)
	if !ok {
		return
	}
	set := closed.Set()
	token := indexName + set.Name
	spec.Types[token] = enumeration(set)
	t.Ref = typesRef + token
}

func enumeration(set plan.Set) schema.ComplexTypeSpec {
	out := schema.ComplexTypeSpec{ObjectTypeSpec: schema.ObjectTypeSpec{Type: "string", Description: withoutName(set)}}
	for _, choice := range set.Choices {
		out.Enum = append(out.Enum, schema.EnumValueSpec{
			Name: memberName(choice.Value), Value: choice.Value, Description: choice.Description, DeprecationMessage: plan.RetiredValue(set.Name, choice.Value),
		})
	}
	return out
}

// withoutName is what a set is, as "How AKS reaches the vault": other languages show its name beside it.
func withoutName(set plan.Set) string {
	text := strings.TrimPrefix(strings.TrimPrefix(set.Description, set.Name+" "), "is ")
	return strings.ToUpper(text[:1]) + text[1:]
}

// memberName is a value as a name in other languages: NodeImage for node-image.
func memberName(value string) string {
	var name strings.Builder
	for word := range strings.SplitSeq(value, "-") {
		name.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return name.String()
}

// underlying is the type that a value has on the wire: an enumeration's is text, that of a list of them a list of text.
func underlying(spec schema.PackageSpec, t schema.TypeSpec) schema.TypeSpec {
	if t.Items != nil {
		items := underlying(spec, *t.Items)
		t.Items = &items
	}
	object, known := spec.Types[strings.TrimPrefix(t.Ref, typesRef)]
	if !known || len(object.Enum) == 0 {
		return t
	}
	return schema.TypeSpec{Type: object.Type, Plain: t.Plain}
}
