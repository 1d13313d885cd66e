package components

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// construct is the one way in which components are made: nothing is registered before the arguments are right, then build makes
// the children and sets the outputs, and everything that the struct's tags name is registered as an output.
//
// Of the options of a component, parent, providers, aliases, protect, retainOnDelete and deletedWith work as Pulumi has them;
// dependsOn and customTimeouts go to every resource in it; for those without effect there is a warning.
func construct[C pulumi.ComponentResource](
	ctx *pulumi.Context, token, name string, component C, decided plan.Plan, opts []pulumi.ResourceOption, build func(*granter) error,
) (C, error) {
	var none C
	if len(decided.Problems) > 0 {
		return none, &plan.ComponentError{Type: token[strings.LastIndex(token, ":")+1:], Name: name, Problems: decided.Problems}
	}
	if err := ctx.RegisterComponentResource(token, name, component, opts...); err != nil {
		return none, err
	}
	for _, note := range decided.Notes {
		if err := ctx.Log.Info(note, &pulumi.LogArgs{Resource: component}); err != nil {
			return none, err
		}
	}
	granter := newGranter(ctx, component, name, opts)
	granter.planned = decided.Grants
	if err := granter.warnOfLostOptions(opts); err != nil {
		return none, err
	}
	if err := build(granter); err != nil {
		return none, err
	}
	return component, ctx.RegisterResourceOutputs(component, outputsOf(component))
}

// missingArgs is the error of a constructor that got no arguments at all.
func missingArgs(least string) error { return fmt.Errorf("args is nil: give at least %s", least) }

// outputsOf reads the outputs of a component from the tags of its struct.
func outputsOf(component any) pulumi.Map {
	outputs := pulumi.Map{}
	v := reflect.ValueOf(component).Elem()
	for i := range v.NumField() {
		// Without a tag it is the resource's own state, which its children still write.
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("pulumi"), ",")
		if name == "" {
			continue
		}
		if output, ok := v.Field(i).Interface().(pulumi.Output); ok {
			outputs[name] = output
		}
	}
	return outputs
}
