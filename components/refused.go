package components

import (
	"reflect"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// refuse is the answer to arguments with problems: nothing is registered, and the component is given back without values, so that
// a program which collects errors can go on to its next component and hear of the problems there in the same run.
func refuse[C pulumi.ComponentResource](ctx *pulumi.Context, token, name string, component C, problems plan.Problems) (C, error) {
	err := componentError(token, name, problems)
	for _, field := range outputFields(component) {
		field.value.Set(reflect.ValueOf(withoutValue(ctx, field.value.Interface().(pulumi.Output).ElementType(), err)))
	}
	return component, err
}

func componentError(token, name string, problems plan.Problems) error {
	return &plan.ComponentError{Type: typeName(token), Name: name, Problems: problems}
}

// typeName is the last part of a token: ManagedIdentityCluster.
func typeName(token string) string { return token[strings.LastIndex(token, ":")+1:] }

// withoutValue is an output that never has a value. A preview takes it for one that is not known yet: an error in an output takes the
// place of what the program returns (pulumi.RunWithContext, SDK v3.259.0), and the problems of the other components would be lost.
// In a deployment it is the error, which keeps from Azure whatever takes it.
func withoutValue(ctx *pulumi.Context, element reflect.Type, err error) pulumi.Output {
	from := pulumi.Output(pulumi.Any(nil))
	if ctx.DryRun() {
		from = pulumi.UnsafeUnknownOutput(nil)
	}
	signature := reflect.FuncOf([]reflect.Type{reflect.TypeFor[any]()}, []reflect.Type{element, reflect.TypeFor[error]()}, false)
	fail := reflect.MakeFunc(signature, func([]reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.Zero(element), reflect.ValueOf(&err).Elem()}
	})
	return from.ApplyT(fail.Interface())
}

// outputField is a field of a component that is one of its outputs.
type outputField struct {
	name  string
	value reflect.Value
}

// outputFields reads the outputs of a component from the tags of its struct.
func outputFields(component any) []outputField {
	var fields []outputField
	v := reflect.ValueOf(component).Elem()
	for i := range v.NumField() {
		// Without a tag it is the resource's own state, which its children still write.
		name := propertyOf(v.Type().Field(i))
		if name == "" {
			continue
		}
		if _, is := v.Field(i).Interface().(pulumi.Output); is {
			fields = append(fields, outputField{name, v.Field(i)})
		}
	}
	return fields
}
