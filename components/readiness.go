package components

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// outputs are those of every component that makes grants: whether they exist, what they are, and what was planned. Whatever is
// given in with has to exist too.
func (g *granter) outputs(
	decided plan.Plan, made []madeGrant, with ...pulumi.Resource,
) (ready pulumi.BoolOutput, grants GrantRecordArrayOutput, planned PlannedGrantRecordArrayOutput) {
	return readyWhen(append(resourcesOf(made), with...)), recordsOf(made), plannedRecords(g.ctx.Context(), decided.Grants)
}

// readyWhen is true once all the resources exist.
func readyWhen(resources []pulumi.Resource) pulumi.BoolOutput {
	waitFor := make([]any, 0, len(resources))
	for _, r := range resources {
		if custom, ok := r.(pulumi.CustomResource); ok {
			waitFor = append(waitFor, custom.ID())
		}
	}
	return pulumi.All(waitFor...).ApplyT(func([]any) bool { return true }).(pulumi.BoolOutput)
}

// afterReady is the same text, but not before ready.
func afterReady(value pulumi.StringInput, ready pulumi.BoolOutput) pulumi.StringOutput {
	return pulumi.All(value.ToStringOutput(), ready).ApplyT(func(parts []any) string { return parts[0].(string) }).(pulumi.StringOutput)
}
