package arguments

import (
	"fmt"
	"reflect"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Form is how a value is given to an argument that takes an input.
type Form int

// Forms of a value: written out, an output, a secret, an output that a preview does not know, and an interface that holds nothing.
const (
	Known Form = iota
	Late
	Secret
	Unknown
	Nothing
	forms
)

// FormOf is one of the forms for any number.
func FormOf(n byte) Form { return Form(n % byte(forms)) }

// Given is the text as a leaf takes it in a form: alone, in a map or list, or as a number. The map or list itself is always
// written out.
func (l Leaf) Given(text string, form Form) pulumi.Input {
	n, _ := strconv.ParseFloat(text, 64)
	switch l.Type {
	case reflect.TypeFor[pulumi.StringInput]():
		return given[string, pulumi.StringOutput](pulumi.String(text), form)
	case reflect.TypeFor[pulumi.StringPtrInput]():
		if form == Known {
			return pulumi.StringPtr(text)
		}
		if out, is := given[string, pulumi.StringOutput](pulumi.String(text), form).(pulumi.StringOutput); is {
			return out.ToStringPtrOutput()
		}
	case reflect.TypeFor[pulumi.StringMapInput]():
		value, _ := given[string, pulumi.StringOutput](pulumi.String(text), form).(pulumi.StringInput)
		return pulumi.StringMap{"key": value}
	case reflect.TypeFor[pulumi.StringArrayInput]():
		value, _ := given[string, pulumi.StringOutput](pulumi.String(text), form).(pulumi.StringInput)
		return pulumi.StringArray{value}
	case reflect.TypeFor[pulumi.MapInput]():
		return pulumi.Map{"tags": pulumi.Map{"key": given[string, pulumi.StringOutput](pulumi.String(text), form)}}
	case reflect.TypeFor[pulumi.IntInput]():
		return given[int, pulumi.IntOutput](pulumi.Int(int(n)), form)
	case reflect.TypeFor[pulumi.IntPtrInput]():
		if form == Known {
			return pulumi.IntPtr(int(n))
		}
		if out, is := given[int, pulumi.IntOutput](pulumi.Int(int(n)), form).(pulumi.IntOutput); is {
			return out.ToIntPtrOutput()
		}
	case reflect.TypeFor[pulumi.Float64PtrInput]():
		if form == Known {
			return pulumi.Float64Ptr(n)
		}
		if out, is := given[float64, pulumi.Float64Output](pulumi.Float64(n), form).(pulumi.Float64Output); is {
			return out.ToFloat64PtrOutput()
		}
	}
	return nil
}

// From is the text as Given gives it, out of a resource that has the output: unknown until the resource is there, and everything made
// with it depends on the resource. A map comes out of the resource as a whole.
func (l Leaf) From(resource pulumi.Output, text string) pulumi.Input {
	switch value := pulumi.ToOutput(l.Given(text, Known)).(type) {
	case pulumi.StringOutput:
		return from[string](resource, value)
	case pulumi.StringPtrOutput:
		return from[*string](resource, value)
	case pulumi.StringMapOutput:
		return from[map[string]string](resource, value)
	case pulumi.MapOutput:
		return from[map[string]any](resource, value)
	case pulumi.IntOutput:
		return from[int](resource, value)
	case pulumi.IntPtrOutput:
		return from[*int](resource, value)
	case pulumi.Float64PtrOutput:
		return from[*float64](resource, value)
	case pulumi.StringArrayOutput:
		return from[[]string](resource, value)
	default:
		panic(fmt.Sprintf("%s: teach From the type %T", l.Path, value))
	}
}

func from[T any](resource, value pulumi.Output) pulumi.Input {
	return pulumi.All(value, resource).ApplyT(func(both []any) T { return both[0].(T) })
}

// given is a value in a form; nil for nothing. O is the output of T.
func given[T any, O pulumi.Output](value pulumi.Input, form Form) pulumi.Input {
	switch form {
	case Known:
		return value
	case Late:
		return pulumi.ToOutput(value).(O)
	case Secret:
		return pulumi.ToSecret(value).(O)
	case Unknown:
		return pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) (none T) { return none }).(O)
	default:
		return nil
	}
}
