package provider

import (
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// isLeaf tells text, numbers and truth values from lists, maps and objects.
func isLeaf(t schema.TypeSpec) bool {
	return t.Ref == "" && t.Items == nil && t.AdditionalProperties == nil
}

func hasKind(value property.Value, expected schema.TypeSpec) bool {
	switch expected.Type {
	case "string":
		return value.IsString()
	case "boolean":
		return value.IsBool()
	case "integer", "number":
		return value.IsNumber()
	case "array":
		return value.IsArray()
	default:
		return value.IsMap()
	}
}

// kindOf names what is expected, as a person would.
func kindOf(expected schema.TypeSpec) string {
	switch {
	case expected.Type == "string":
		return "text"
	case expected.Type == "boolean":
		return "true or false"
	case expected.Type == "integer", expected.Type == "number":
		return "a number"
	case expected.Items != nil:
		return "a list"
	case expected.AdditionalProperties != nil:
		return "a map"
	default:
		return "an object of type " + expected.Ref[strings.LastIndex(expected.Ref, ":")+1:]
	}
}

func kindGiven(value property.Value) string {
	switch {
	case value.IsString():
		return "text"
	case value.IsBool():
		return "true or false"
	case value.IsNumber():
		return "a number"
	case value.IsArray():
		return "a list"
	case value.IsMap():
		return "a map"
	default:
		return "a resource or an asset"
	}
}

// lateFix says how to give what is only known later.
func lateFix(expected schema.TypeSpec) string {
	switch {
	case expected.Items != nil && !expected.Items.Plain:
		return "give the list itself; its elements may be late."
	case expected.AdditionalProperties != nil && !expected.AdditionalProperties.Plain:
		return "give the map itself; its values may be late, its keys not."
	case isLeaf(expected), expected.Items != nil && isLeaf(*expected.Items):
		return "give a value that does not come from a resource."
	default:
		return "write it out in the program; resource IDs in it may be late."
	}
}

// join makes a property path. A key that is not a plain name is quoted.
func join(path, name string) string {
	if strings.ContainsAny(name, `.[]"`) {
		return path + `["` + strings.ReplaceAll(name, `"`, `\"`) + `"]`
	}
	if path == "" {
		return name
	}
	return path + "." + name
}
