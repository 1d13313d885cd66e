package components

import (
	"errors"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// AddonIdentityGrantsToken is the component's type in state and in every language.
const AddonIdentityGrantsToken = "aksidentity:index:AddonIdentityGrants"

// AddonIdentityGrants gives the kubelet and each add-on identity what it needs on the resources it works with. It works
// with clusters that this library did not make, too: all it needs are principal IDs.
//
// Its children are the grants, called <name>-<identity>-<role>-<argument>.<key>.
type AddonIdentityGrants struct {
	pulumi.ResourceState

	// Ready is true once every grant exists.
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
	a := plan.AddonGrants{
		Principals: map[plan.Identity]plan.Value[string]{}, PrincipalArguments: map[plan.Identity]string{},
		Resources: delegatedOf(args.resourceMaps()), Strategy: plan.RoleStrategy(args.RoleStrategy),
	}
	for _, p := range args.givenPrincipals() {
		a.Principals[p.identity], a.PrincipalArguments[p.identity] = valueOf[string](p.id), p.argument
	}
	return plan.ForAddons(a)
}

// ValidateAddonIdentityGrants returns every problem of the arguments as [plan.Problems], nil when there is none.
func ValidateAddonIdentityGrants(args *AddonIdentityGrantsArgs) error {
	return PlanAddonIdentityGrants(args).Problems.Err()
}

// NewAddonIdentityGrants makes the grants. Problems of the arguments come back together as [plan.Problems], and nothing is
// created. A principal that arrives empty, because AKS made no identity for an add-on, is an error that names it.
func NewAddonIdentityGrants(
	ctx *pulumi.Context, name string, args *AddonIdentityGrantsArgs, opts ...pulumi.ResourceOption,
) (*AddonIdentityGrants, error) {
	if args == nil {
		return nil, errors.New("args is nil: give principals and the resources they work with")
	}
	decided := PlanAddonIdentityGrants(args)
	if err := decided.Problems.Err(); err != nil {
		return nil, err
	}
	component := &AddonIdentityGrants{}
	if err := ctx.RegisterComponentResource(AddonIdentityGrantsToken, name, component, opts...); err != nil {
		return nil, err
	}
	g := newGranter(component, name, inheritedOptions(opts))
	for _, p := range args.givenPrincipals() {
		if !isNil(p.id) {
			g.principals[p.identity] = p.id
		}
	}
	made, err := g.standalone(ctx, args.Propagation, args.resourceMaps(), decided.Grants)
	if err != nil {
		return nil, err
	}
	component.Grants = recordsOf(made)
	component.PlannedGrants = plannedRecords(ctx.Context(), decided.Grants)
	component.Ready = readyWhen(resourcesOf(made))
	return component, ctx.RegisterResourceOutputs(component, pulumi.Map{
		"ready": component.Ready, "grants": component.Grants, "plannedGrants": component.PlannedGrants,
	})
}
