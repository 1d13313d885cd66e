package components

import (
	"context"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// triple is what Azure allows one assignment for, by the names of its inputs.
func triple() []resource.PropertyKey {
	return []resource.PropertyKey{"principalId", "roleDefinitionId", "scope"}
}

// replacing says in which order an assignment is replaced. One for another principal, role or scope has another name, so it is made
// first, and the old one goes at the end of the deployment: nobody is without a right meanwhile. One for the same, which only the
// engine starts (another provider, --replace), would meet the old one under its name, so the old one goes first. azure-native
// decides by what it is given a name for, so it always deletes first; only who knows what was deployed last can tell. Where that is
// unknown, the order is the one that works in both cases.
//
// It is a transform because what is sent is known only there. Pulumi's Go SDK (v3.259.0) drops DeletedWith on its way through one,
// and can say false in an option only, not in a transform.
func (g *granter) replacing(grant plan.Grant) []pulumi.ResourceOption {
	if grant.AdoptedName != "" || g.given.DeletedWith != nil {
		return []pulumi.ResourceOption{pulumi.DeleteBeforeReplace(true)}
	}
	first := transformed(func(ctx context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
		if g.isAnother(ctx, grant, args.Props) {
			return nil
		}
		args.Opts.DeleteBeforeReplace = true
		return &pulumi.ResourceTransformResult{Props: args.Props, Opts: args.Opts}
	})
	return append(first, pulumi.DeleteBeforeReplace(false))
}

// isAnother tells whether the grant was deployed for another principal, role or scope than it is for now.
func (g *granter) isAnother(ctx context.Context, grant plan.Grant, props pulumi.Map) bool {
	before, deployed := g.assignmentBefore(grant)
	if !deployed {
		return false
	}
	now := sentAs(ctx, props).ObjectValue()
	return slices.ContainsFunc(triple(), func(key resource.PropertyKey) bool { return !sameID(before[key], now[key]) })
}

// sameID compares IDs, with and without a first slash. One that is not known yet is like no other.
func sameID(a, b resource.PropertyValue) bool {
	a, b = opened(a), opened(b)
	return a.IsString() && b.IsString() &&
		strings.EqualFold(strings.TrimPrefix(a.StringValue(), "/"), strings.TrimPrefix(b.StringValue(), "/"))
}

// isOurs tells whether a resource of the state is a child of the component, or of one that has its name elsewhere.
func (g *granter) isOurs(u urn.URN) bool {
	return strings.Contains(string(u.QualifiedType()), g.token+"$") &&
		slices.ContainsFunc(g.names, func(name string) bool { return u.Name() == name || strings.HasPrefix(u.Name(), name+"-") })
}
