package arguments

import (
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
