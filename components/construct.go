package components

import (
	"errors"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// construct is the one way in which components are made: nothing is registered before the arguments are right, then build makes
// the children and sets the outputs, and everything that the struct's tags name is registered as an output.
//
// Of the options of a component, parent, providers, aliases, protect, retainOnDelete and deletedWith work as Pulumi has them;
// dependsOn and customTimeouts go to every resource in it; for those without effect there is a warning.
func construct[C pulumi.ComponentResource](
	ctx *pulumi.Context, token, name string, component C, decided plan.Plan, how Explain, opts []pulumi.ResourceOption,
	build func(*granter) error,
) (C, error) {
	var none C
	if len(decided.Problems) > 0 {
		return refuse(ctx, token, name, component, decided.Problems)
	}
	if err := ctx.RegisterComponentResource(token, name, component, opts...); err != nil {
		return none, err
	}
	granter := newGranter(ctx, component, token, name, opts)
	defer close(granter.late.built)
	granter.planned = decided.Grants
	for _, text := range granter.toTell(decided, how) {
		if err := ctx.Log.Info(text, &pulumi.LogArgs{Resource: component}); err != nil {
			return none, err
		}
	}
	for _, text := range decided.Warnings {
		if err := ctx.Log.Warn(text, &pulumi.LogArgs{Resource: component}); err != nil {
			return none, err
		}
	}
	if err := granter.warnOfLostOptions(); err != nil {
		return none, err
	}
	granter.warnOfOtherVersions()
	if err := build(granter); err != nil {
		var problems plan.Problems
		if errors.As(err, &problems) {
			return refuse(ctx, token, name, component, problems)
		}
		return none, err
	}
	return component, ctx.RegisterResourceOutputs(component, outputsOf(component))
}

// toTell is what stands below the component among the diagnostics. The grants are told in previews only: that is where a person
// decides, and a deployment's own lines stay readable. Those that the stack has already are told once, before they are made.
func (g *granter) toTell(decided plan.Plan, how Explain) []string {
	if !g.ctx.DryRun() {
		return decided.Notes
	}
	grants := decided.ExplainedBeside(how, g.isThere)
	if grants == "" {
		return decided.Notes
	}
	return append([]string{grants}, decided.Notes...)
}

// isThere tells whether the grant is deployed, on the same resource as far as that is known.
func (g *granter) isThere(grant plan.Grant) bool {
	before, deployed := g.assignmentBefore(grant)
	if !deployed || grant.Scope.Scope.IsZero() {
		return deployed
	}
	return sameID(before["scope"], resource.NewProperty(grant.Scope.Scope.String()))
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
