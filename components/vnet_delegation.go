package components

import (
	"errors"

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
	// Ready is true once every grant exists.
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
		PrincipalID: valueOf[string](args.PrincipalID), IdentityType: args.IdentityType, Strategy: plan.RoleStrategy(args.RoleStrategy),
		Resources: delegatedOf(args.resourceMaps()),
	})
}

// ValidateVnetDelegation returns every problem of the arguments as [plan.Problems], nil when there is none.
func ValidateVnetDelegation(args *VnetDelegationArgs) error {
	return PlanVnetDelegation(args).Problems.Err()
}

// NewVnetDelegation makes the grants. PrincipalID is required. Problems of the arguments come back together as
// [plan.Problems], and nothing is created.
func NewVnetDelegation(ctx *pulumi.Context, name string, args *VnetDelegationArgs, opts ...pulumi.ResourceOption) (*VnetDelegation, error) {
	if args == nil {
		return nil, errors.New("args is nil: give at least principalId")
	}
	decided := PlanVnetDelegation(args)
	if err := decided.Problems.Err(); err != nil {
		return nil, err
	}
	component := &VnetDelegation{}
	if err := ctx.RegisterComponentResource(VnetDelegationToken, name, component, opts...); err != nil {
		return nil, err
	}
	g := newGranter(component, name, inheritedOptions(opts))
	g.principals[plan.Identity{Kind: plan.Principal}] = args.PrincipalID
	made, err := g.standalone(ctx, args.Propagation, args.resourceMaps(), decided.Grants)
	if err != nil {
		return nil, err
	}
	component.Grants = recordsOf(made)
	component.PlannedGrants = plannedRecords(ctx.Context(), decided.Grants)
	component.Ready = readyWhen(resourcesOf(made))
	component.PrincipalID = afterReady(args.PrincipalID, component.Ready)
	return component, ctx.RegisterResourceOutputs(component, pulumi.Map{
		"principalId": component.PrincipalID, "ready": component.Ready,
		"grants": component.Grants, "plannedGrants": component.PlannedGrants,
	})
}
