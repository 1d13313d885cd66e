package components

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// outputs are those of every component that makes grants: whether they work, what they are, and what was planned. Whatever is
// given in with has to exist too.
func (g *granter) outputs(
	decided plan.Plan, made []madeGrant, with ...pulumi.Resource,
) (ready pulumi.BoolOutput, grants GrantRecordArrayOutput, planned PlannedGrantRecordArrayOutput) {
	grants = recordsOf(made)
	waitFor := make([]any, 1, len(with)+1)
	waitFor[0] = grants
	for _, r := range with {
		if custom, ok := r.(pulumi.CustomResource); ok {
			waitFor = append(waitFor, custom.ID())
		}
	}
	ready = pulumi.All(waitFor...).ApplyT(func([]any) bool { return true }).(pulumi.BoolOutput)
	if g.settles() {
		ready = g.settled(ready, made)
	}
	return ready, grants, plannedRecords(g.ctx.Context(), decided.Grants)
}

// textAfter is the same text, but not before the others are there, and a secret when one of them is.
func textAfter(value pulumi.StringInput, others ...any) pulumi.StringOutput {
	return pulumi.All(append([]any{value.ToStringOutput()}, others...)...).ApplyT(func(parts []any) string { return parts[0].(string) }).(pulumi.StringOutput)
}
