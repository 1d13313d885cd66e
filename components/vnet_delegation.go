package components

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// VnetDelegationToken is the component's type in state and in every language.
const VnetDelegationToken = "aksidentity:index:VnetDelegation"

// VnetDelegation gives a principal what it needs on external network, disk and identity resources. It works in the stack
// of the cluster or in another, in the same subscription or another: a network team delegates, an app team deploys.
//
// Its children are the grants, called <name>-principal-<role>-<argument>.<key>.
type VnetDelegation struct {
	pulumi.ResourceState

	// PrincipalID of who holds the grants. It waits for Ready, so a cluster that takes it from here comes after them.
	PrincipalID pulumi.StringOutput `pulumi:"principalId"`
	// Ready is true once every grant exists and is old enough to work, see Propagation.SettleSeconds.
	Ready pulumi.BoolOutput `pulumi:"ready"`
	// Grants that exist.
	Grants GrantRecordArrayOutput `pulumi:"grants"`
	// PlannedGrants are the same grants as far as they are known at preview.
	PlannedGrants PlannedGrantRecordArrayOutput `pulumi:"plannedGrants"`
}

// PlanVnetDelegation says what the component would do with the arguments. It needs no Pulumi context.
func PlanVnetDelegation(args *VnetDelegationArgs) plan.Plan {
	if args == nil {
		args = &VnetDelegationArgs{}
	}
	return plan.ForDelegation(plan.Delegation{
		PrincipalID: valueOf[string](args.PrincipalID), ClusterID: valueOf[string](args.ClusterID), IdentityType: args.IdentityType,
		Mentions: args.mentions(), Strategy: args.RoleStrategy, Explain: args.Explain, Propagation: args.Propagation.shape(),
		Renamed: renaming[VnetDelegationArgs](args.RenamedKeys), Adopted: args.AdoptedAssignments,
		Adopt: args.Adopt.shape(),
	})
}

// ValidateVnetDelegation returns every problem of the arguments as [plan.Problems], nil when there is none.
func ValidateVnetDelegation(args *VnetDelegationArgs) error {
	return PlanVnetDelegation(args).Problems.Err()
}

// NewVnetDelegation makes the grants. PrincipalID or ClusterID is required. Problems of the arguments come back together as
// [plan.Problems], and nothing is created.
//
// The options dependsOn and customTimeouts hold for each resource in it. ignoreChanges, replaceOnChanges, additionalSecretOutputs and
// deleteBeforeReplace have no effect, and a warning says so: use a transform.
func NewVnetDelegation(ctx *pulumi.Context, name string, args *VnetDelegationArgs, opts ...pulumi.ResourceOption) (*VnetDelegation, error) {
	if args == nil {
		return refuse(ctx, VnetDelegationToken, name, &VnetDelegation{}, missingArgs("principalId or clusterId"))
	}
	c, decided := &VnetDelegation{}, PlanVnetDelegation(args)
	return construct(ctx, VnetDelegationToken, name, c, decided, args.Explain, opts, func(g *granter) error {
		g.adopt = args.Adopt.shape().Assignments
		principal := plan.Identity{Kind: plan.Principal}
		g.principals[principal], g.arguments[principal] = args.PrincipalID, "principalId"
		g.readPrincipals(decided.FromCluster)
		made, err := g.standalone(args.Propagation, decided.Grants)
		c.Ready, c.Grants, c.PlannedGrants = g.outputs(decided, made)
		c.PrincipalID = textAfter(g.principals[principal], c.Ready)
		return err
	})
}
