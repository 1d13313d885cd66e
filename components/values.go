package components

import (
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// valueOf tells what is known of an input now, and remembers the input. A literal is known; an output is late, whatever is in
// it: looking inside would block the program.
func valueOf[T any](in pulumi.Input) plan.Value[T] {
	if isNil(in) {
		return plan.Value[T]{}
	}
	if _, isOutput := in.(pulumi.Output); isOutput {
		return plan.Late[T]().From(in)
	}
	v, want := reflect.Indirect(reflect.ValueOf(in)), reflect.TypeFor[T]()
	if !v.IsValid() || v.Kind() != want.Kind() {
		return plan.Late[T]().From(in)
	}
	return plan.Known(v.Convert(want).Interface().(T)).From(in)
}

// inputOf is the argument that a value was read from, as an input that is given.
func inputOf(value plan.Value[string]) pulumi.StringInput {
	if text, known := value.Get(); known {
		return pulumi.String(text)
	}
	switch in := value.Origin().(type) {
	case pulumi.StringInput:
		return in
	case pulumi.StringPtrInput:
		return in.ToStringPtrOutput().Elem()
	default:
		return nil
	}
}

// textsOf are several inputs together. Each becomes text first: what a resource offers as its ID would arrive as a pulumi.ID.
func textsOf(inputs ...pulumi.StringInput) pulumi.StringArrayOutput {
	parts := make([]any, len(inputs))
	for i, in := range inputs {
		parts[i] = in.ToStringOutput()
	}
	return pulumi.All(parts...).ApplyT(func(parts []any) []string {
		texts := make([]string, len(parts))
		for i, part := range parts {
			texts[i] = part.(string)
		}
		return texts
	}).(pulumi.StringArrayOutput)
}

// each mentions every value of a map of IDs by the user's keys.
func each(use plan.Use, argument plan.Path, ids map[string]pulumi.StringInput) []plan.Mention {
	return plan.Each(use, argument, valueMapOf(ids))
}

// one mentions an ID that may be absent.
func one(use plan.Use, path plan.Path, id pulumi.Input) []plan.Mention {
	return plan.One(use, path, valueOf[string](id))
}

func isNil(in pulumi.Input) bool {
	if in == nil {
		return true
	}
	v := reflect.ValueOf(in)
	return v.Kind() == reflect.Pointer && v.IsNil()
}

func valuesOf(in []pulumi.StringInput) []plan.Value[string] {
	if in == nil {
		return nil
	}
	out := make([]plan.Value[string], len(in))
	for i := range in {
		out[i] = valueOf[string](in[i])
	}
	return out
}

func valueMapOf(in map[string]pulumi.StringInput) map[string]plan.Value[string] {
	out := make(map[string]plan.Value[string], len(in))
	for key, value := range in {
		out[key] = valueOf[string](value)
	}
	return out
}

func knownIf[T any](value *T) plan.Value[T] {
	if value == nil {
		return plan.Value[T]{}
	}
	return plan.Known(*value)
}

func knownAll(values []string) []plan.Value[string] {
	out := make([]plan.Value[string], len(values))
	for i, v := range values {
		out[i] = plan.Known(v)
	}
	return out
}

// The functions below turn plain and optional values into inputs; nil means "not sent".

func textInput[T ~string](value T) pulumi.StringPtrInput {
	if value == "" {
		return nil
	}
	return pulumi.StringPtr(string(value))
}

func textPtrInput(value *string) pulumi.StringPtrInput {
	if value == nil {
		return nil
	}
	return pulumi.StringPtr(*value)
}

func intPtrInput(value *int) pulumi.IntPtrInput {
	if value == nil {
		return nil
	}
	return pulumi.IntPtr(*value)
}

func boolPtrInput(value *bool) pulumi.BoolPtrInput {
	if value == nil {
		return nil
	}
	return pulumi.BoolPtr(*value)
}

func flagInput(value bool) pulumi.BoolPtrInput {
	if !value {
		return nil
	}
	return pulumi.BoolPtr(true)
}

func stringArray(values []pulumi.StringInput) pulumi.StringArrayInput {
	if len(values) == 0 {
		return nil
	}
	return pulumi.StringArray(values)
}

func plainArray[T ~string](values []T) pulumi.StringArrayInput {
	if len(values) == 0 {
		return nil
	}
	out := make(pulumi.StringArray, len(values))
	for i, value := range values {
		out[i] = pulumi.String(string(value))
	}
	return out
}
