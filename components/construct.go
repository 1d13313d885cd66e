package components

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// construct is the one way in which components are made: nothing is registered before the arguments are right, then build makes
// the children and sets the outputs, and everything that the struct's tags name is registered as an output.
func construct[C pulumi.ComponentResource](
	ctx *pulumi.Context, token, name string, component C, decided plan.Plan, opts []pulumi.ResourceOption, build func(*granter) error,
) (C, error) {
	var none C
	if len(decided.Problems) > 0 {
		return refuse(ctx, token, name, component, decided.Problems)
	}
	if err := ctx.RegisterComponentResource(token, name, component, opts...); err != nil {
		return none, err
	}
	for _, note := range decided.Notes {
		if err := ctx.Log.Info(note, &pulumi.LogArgs{Resource: component}); err != nil {
			return none, err
		}
	}
	if err := build(newGranter(ctx, component, name, opts)); err != nil {
		return none, err
	}
	return component, ctx.RegisterResourceOutputs(component, outputsOf(component))
}

// missingArgs is the problem of a constructor that got no arguments at all.
func missingArgs(least string) plan.Problems {
	return plan.Problems{{Path: "args", What: "it is nil.", Fix: "give at least " + least + "."}}
}

// outputsOf are the outputs of a component by name.
func outputsOf(component any) pulumi.Map {
	outputs := pulumi.Map{}
	for _, field := range outputFields(component) {
		outputs[field.name] = field.value.Interface().(pulumi.Output)
	}
	return outputs
}
