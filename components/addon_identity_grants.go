package components

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// AddonIdentityGrantsToken is the component's type in state and in every language.
const AddonIdentityGrantsToken = "aksidentity:index:AddonIdentityGrants"

// AddonIdentityGrants gives the kubelet and each add-on identity what it needs on the resources it works with. It works
// with clusters that this library did not make, too: all it needs is the cluster's ID, or principal IDs.
//
// Its children are the grants, called <name>-<identity>-<role>-<argument>.<key>.
type AddonIdentityGrants struct {
	pulumi.ResourceState

	// Ready is true once every grant exists and is old enough to work, see Propagation.SettleSeconds.
	Ready pulumi.BoolOutput `pulumi:"ready"`
	// Grants that exist.
	Grants GrantRecordArrayOutput `pulumi:"grants"`
	// PlannedGrants are the same grants as far as they are known at preview.
	PlannedGrants PlannedGrantRecordArrayOutput `pulumi:"plannedGrants"`
}

// PlanAddonIdentityGrants says what the component would do with the arguments. It needs no Pulumi context.
func PlanAddonIdentityGrants(args *AddonIdentityGrantsArgs) plan.Plan {
	if args == nil {
		args = &AddonIdentityGrantsArgs{}
	}
	return plan.ForAddons(plan.AddonGrants{
		Principals: args.principals(), ClusterID: valueOf[string](args.ClusterID), Mentions: args.mentions(), Strategy: args.RoleStrategy,
		Explain: args.Explain, Propagation: args.Propagation.shape(),
		Renamed: renaming[AddonIdentityGrantsArgs](args.RenamedKeys), Adopted: args.AdoptedAssignments,
		Adopt: args.Adopt.shape(),
	})
}

// ValidateAddonIdentityGrants returns every problem of the arguments as [plan.Problems], nil when there is none.
func ValidateAddonIdentityGrants(args *AddonIdentityGrantsArgs) error {
	return PlanAddonIdentityGrants(args).Problems.Err()
}

// NewAddonIdentityGrants makes the grants. Problems of the arguments come back together as [plan.Problems], and nothing is
// created. A principal that arrives empty, because AKS made no identity for an add-on, is an error that names it; and so is what
// the cluster in ClusterID does not have.
//
// The options dependsOn and customTimeouts hold for each resource in it. ignoreChanges, replaceOnChanges, additionalSecretOutputs and
// deleteBeforeReplace have no effect, and a warning says so: use a transform.
func NewAddonIdentityGrants(
	ctx *pulumi.Context, name string, args *AddonIdentityGrantsArgs, opts ...pulumi.ResourceOption,
) (*AddonIdentityGrants, error) {
	if args == nil {
		return refuse(ctx, AddonIdentityGrantsToken, name, &AddonIdentityGrants{}, missingArgs("principals and the resources they work with"))
	}
	c, decided := &AddonIdentityGrants{}, PlanAddonIdentityGrants(args)
	return construct(ctx, AddonIdentityGrantsToken, name, c, decided, args.Explain, opts, func(g *granter) error {
		g.adopt = args.Adopt.shape().Assignments
		for _, p := range args.principals() {
			g.principals[p.Identity], g.arguments[p.Identity] = inputOf(p.ID), p.Path
		}
		g.readPrincipals(decided.FromCluster)
		made, err := g.standalone(args.Propagation, decided.Grants)
		c.Ready, c.Grants, c.PlannedGrants = g.outputs(decided, made)
		return err
	})
}
