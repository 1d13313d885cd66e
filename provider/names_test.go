package provider_test

import (
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// TestOneNameHasOneType: what is an argument and an output too, in whatever component, is of one type. A class of a generated SDK has both
// under one name, and programs that read the output of one component into the argument of another compile.
func TestOneNameHasOneType(t *testing.T) {
	for token, component := range specOf(t).Resources {
		for name, input := range component.InputProperties {
			output, both := component.Properties[name]
			if both && typeIn(input.TypeSpec) != typeIn(output.TypeSpec) {
				t.Errorf("%s: %s is %s as an argument and %s as an output: give one of them another name",
					token, name, typeIn(input.TypeSpec), typeIn(output.TypeSpec))
			}
		}
	}
}

// typeIn names a type of the schema. Whether an argument takes outputs is no part of it.
func typeIn(t schema.TypeSpec) string {
	switch {
	case t.Ref != "":
		return t.Ref
	case t.Items != nil:
		return "a list of " + typeIn(*t.Items)
	case t.AdditionalProperties != nil:
		return "a map of " + typeIn(*t.AdditionalProperties)
	default:
		return t.Type
	}
}
