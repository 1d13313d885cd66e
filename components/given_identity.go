package components

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi-azure-native-sdk/managedidentity/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// givenIdentity is an identity that the arguments below the path name.
type givenIdentity struct {
	path plan.Path
	args *UserAssignedIdentityArgs
}

// given are the identities that the cluster's arguments name.
func (a *ManagedIdentityClusterArgs) given() []givenIdentity {
	var all []givenIdentity
	if a.Identity != nil && a.Identity.UserAssigned != nil {
		all = append(all, givenIdentity{"identity.userAssigned", a.Identity.UserAssigned})
	}
	if a.KubeletIdentity != nil && a.KubeletIdentity.Existing != nil {
		all = append(all, givenIdentity{"kubeletIdentity.existing", a.KubeletIdentity.Existing})
	}
	return all
}

// lookAtIdentities tells at once, before anything is made, that GUIDs which are known belong to something else than the identity.
// With a client ID as principal Azure would say after minutes that it knows no such principal, and with the principal of another
// identity it would make the cluster, whose grants are somebody else's.
func (b *clusterBuilder) lookAtIdentities() error {
	var problems plan.Problems
	for _, given := range b.args.given() {
		texts, known := given.known()
		if known {
			problems = append(problems, b.grants.identityProblems(given.path, texts)...)
		}
	}
	return problems.Err()
}

// known are the three names of the identity, when all of them are known now.
func (i givenIdentity) known() (texts []string, all bool) {
	for _, in := range []pulumi.StringInput{i.args.ResourceID, i.args.PrincipalID, i.args.ClientID} {
		text, known := valueOf[string](in).Get()
		if !known {
			return nil, false
		}
		texts = append(texts, text)
	}
	return texts, true
}

// inputs are the names of the identity. Names that arrive late are looked at when all of them are there: nobody is granted anything on
// a late principal ID before, and the cluster is not made. It comes after the principal ID in any case, for who takes that from a
// VnetDelegation wants the cluster to come after the delegation's grants, and AKS itself is told nothing but the resource ID.
func (i givenIdentity) inputs(g *granter) *identityInputs {
	looked := textsOf(i.args.ResourceID, i.args.PrincipalID, i.args.ClientID)
	if _, known := i.known(); !known {
		g.late.checks = append(g.late.checks, g.identityCheck(i))
		looked = looked.ApplyT(func(texts []string) ([]string, error) {
			g.learn(i.args.ResourceID, i.args.PrincipalID, i.args.ClientID)
			if problems := g.identityProblems(i.path, texts); problems != nil {
				return nil, g.refusal(problems)
			}
			return texts, nil
		}).(pulumi.StringArrayOutput)
	}
	part := func(n int, in pulumi.StringInput) pulumi.StringInput {
		if _, known := valueOf[string](in).Get(); known {
			return in
		}
		return looked.Index(pulumi.Int(n))
	}
	return &identityInputs{
		resourceID: looked.Index(pulumi.Int(0)), principalID: part(1, i.args.PrincipalID), clientID: part(2, i.args.ClientID),
	}
}

// identityCheck judges the three names of an identity once all of them have come.
func (g *granter) identityCheck(given givenIdentity) lateCheck {
	return func(ctx context.Context, _ *claims) plan.Problems {
		var texts []string
		for _, in := range []pulumi.StringInput{given.args.ResourceID, given.args.PrincipalID, given.args.ClientID} {
			text, known := g.arrived(ctx, in)
			if !known {
				return nil
			}
			texts = append(texts, text)
		}
		return g.identityProblems(given.path, texts)
	}
}

// identityProblems are about the names of an identity, in the order of known.
func (g *granter) identityProblems(path plan.Path, texts []string) plan.Problems {
	known := plan.Known[string]
	if problems := plan.CheckIdentityIDs(path, texts[0], plan.IdentityIDs{Principal: texts[1], Client: texts[2]}, g.identityIDs(texts[0])); problems != nil {
		return problems
	}
	return plan.ExistingIdentity{ResourceID: known(texts[0]), PrincipalID: known(texts[1]), ClientID: known(texts[2])}.Check(path)
}

// identityIDs looks the identity up. Nothing is known of one that does not exist yet, that whoever deploys may not read, or that lies
// in another subscription than the provider's; what AKS answers shows later whose principal it is.
func (g *granter) identityIDs(id string) plan.IdentityIDs {
	scope, problem := plan.CheckResourceID("", id, plan.TypeUserAssignedIdentity)
	if problem != nil {
		return plan.IdentityIDs{}
	}
	found, err := managedidentity.LookupUserAssignedIdentity(g.ctx, &managedidentity.LookupUserAssignedIdentityArgs{
		ResourceGroupName: scope.ResourceGroup(), ResourceName: scope.Name(),
	}, pulumi.Parent(g.component))
	if err != nil {
		_ = g.ctx.Log.Debug(g.secrets.hide(fmt.Sprintf("%s could not be looked at: %v", id, err)), &pulumi.LogArgs{Resource: g.component})
		return plan.IdentityIDs{}
	}
	if at, err := rbac.ParseScope(found.Id); err != nil || !at.Equal(scope) {
		return plan.IdentityIDs{}
	}
	return plan.IdentityIDs{Principal: found.PrincipalId, Client: found.ClientId}
}
