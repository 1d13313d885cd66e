package components

import (
	"context"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/managedidentity/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// workloadUser is the identity that pods act as.
type workloadUser struct {
	id, principal, client, tenant pulumi.StringOutput
	// group and name say where its credentials are written.
	group, name pulumi.StringInput
}

// madeUser makes the identity.
func (a *WorkloadIdentityArgs) madeUser(g *granter) (workloadUser, error) {
	identity, err := managedidentity.NewUserAssignedIdentity(g.ctx, g.name, &managedidentity.UserAssignedIdentityArgs{
		ResourceGroupName: a.ResourceGroupName, ResourceName: a.IdentityName, Location: a.Location, Tags: a.Tags,
	}, g.waiting()...)
	if err != nil {
		return workloadUser{}, err
	}
	return workloadUser{
		id: identity.ID().ToStringOutput(), principal: identity.PrincipalId, client: identity.ClientId, tenant: identity.TenantId,
		group: a.ResourceGroupName, name: identity.Name,
	}, nil
}

// givenUser reads the identity that exists, of which nothing is changed. What is known of it now is judged now, before anything is
// made; what arrives late is judged before the first credential and the first grant.
func (a *WorkloadIdentityArgs) givenUser(g *granter, look userLook) (workloadUser, error) {
	if id, known := valueOf[string](a.IdentityID).Get(); known {
		found, problems := look.at(id)
		if problems != nil {
			return workloadUser{}, problems
		}
		text := func(s string) pulumi.StringOutput { return pulumi.String(s).ToStringOutput() }
		return workloadUser{
			id: text(id), principal: text(found.principal), client: text(found.client), tenant: text(found.tenant),
			group: pulumi.String(found.scope.ResourceGroup()), name: pulumi.String(found.scope.Name()),
		}, nil
	}
	late := a.IdentityID.ToStringOutput()
	texts := late.ApplyT(func(id string) ([]string, error) {
		g.learn(late)
		found, problems := look.at(id)
		if problems != nil {
			return nil, g.refusal(problems)
		}
		return []string{id, found.principal, found.client, found.tenant, found.scope.ResourceGroup(), found.scope.Name()}, nil
	}).(pulumi.StringArrayOutput)
	part := func(n int) pulumi.StringOutput { return texts.Index(pulumi.Int(n)) }
	return workloadUser{id: part(0), principal: part(1), client: part(2), tenant: part(3), group: part(4), name: part(5)}, nil
}

// foundUser is what Azure answers about an identity.
type foundUser struct {
	scope                     rbac.Scope
	principal, client, tenant string
}

// userLook looks at an identity that exists, and whether it takes the workload's credentials.
type userLook struct {
	*granter
	workload plan.Workload
	member   *member
	earlier  []*member
}

const identityIDPath plan.Path = "identityId"

func (l userLook) at(id string) (foundUser, plan.Problems) {
	scope, problem := plan.CheckResourceID(identityIDPath, id, plan.TypeUserAssignedIdentity)
	if problem != nil {
		if l.mocked() {
			return foundUser{}, nil
		}
		return foundUser{}, plan.Problems{*problem}
	}
	found, problem := l.read(id, scope)
	if l.mocked() {
		return found, nil
	}
	if problem != nil {
		return foundUser{}, plan.Problems{*problem}
	}
	others := l.others(scope, l.occupants(l.member, l.earlier, id))
	return found, append(l.workload.CheckRoom(others), l.workload.CheckOccupants(others)...)
}

// read asks Azure for the identity. The look-up takes a name and a group, and so sees the subscription of the provider only, as its
// credentials do.
func (l userLook) read(id string, scope rbac.Scope) (foundUser, *plan.Problem) {
	none := foundUser{scope: scope}
	unreadable := func(why, fix string) (foundUser, *plan.Problem) {
		return none, &plan.Problem{Path: identityIDPath, What: fmt.Sprintf("%s cannot be read: %s.", id, why), Fix: fix + "."}
	}
	config, err := authorization.GetClientConfig(l.ctx, pulumi.Parent(l.component))
	if err != nil {
		return unreadable(err.Error(), "see whether the azure-native provider is signed in")
	}
	if !strings.EqualFold(config.SubscriptionId, scope.SubscriptionID()) {
		return unreadable("the azure-native provider of the component works in the subscription "+config.SubscriptionId,
			fmt.Sprintf("give the component a provider whose subscriptionId is %s (option providers)", scope.SubscriptionID()))
	}
	found, err := managedidentity.LookupUserAssignedIdentity(l.ctx, &managedidentity.LookupUserAssignedIdentityArgs{
		ResourceGroupName: scope.ResourceGroup(), ResourceName: scope.Name(),
	}, pulumi.Parent(l.component))
	if err != nil {
		return unreadable(err.Error(), "see whether it exists, and whoever deploys may read it; give the output of the resource for an identity that this program makes")
	}
	return foundUser{scope, found.PrincipalId, found.ClientId, found.TenantId}, nil
}

// others are the credentials on the identity, or about to be on it, that are not the component's own: those of other components of the
// program, and those that Azure has and nobody of the program.
func (l userLook) others(scope rbac.Scope, program []plan.Occupant) []plan.Occupant {
	there, err := l.there(scope)
	if err != nil {
		_ = l.ctx.Log.Debug(l.secrets.hide(fmt.Sprintf("the federated credentials on %s are not known, so they are not counted: %v", scope, err)),
			&pulumi.LogArgs{Resource: l.component})
	}
	foreign := plan.Beside(l.workload.Occupants(), plan.Beside(program, there, nil), l.deployedCredentials(scope))
	return append(program, foreign...)
}

// there are the credentials that Azure has on the identity.
func (l userLook) there(scope rbac.Scope) (all []plan.Occupant, err error) {
	token, err := authorization.GetClientToken(l.ctx, &authorization.GetClientTokenArgs{}, pulumi.Parent(l.component))
	if err != nil {
		return nil, err
	}
	azure, err := resourceManager(token.Token)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeout(l.ctx.Context(), longestLook)
	defer stop()
	listed, err := azure.credentials(ctx, scope)
	for _, c := range listed {
		all = append(all, plan.Occupant{Name: c.Name, Issuer: c.Properties.Issuer, Subject: c.Properties.Subject})
	}
	return all, err
}

// deployedCredentials are the names in Azure, in lower case, of those on the identity that the state has as the component's; nil when
// the state cannot be read.
func (g *granter) deployedCredentials(identity rbac.Scope) map[string]bool {
	resources, known := g.stackResources(g.ctx.Context())
	if !known {
		return nil
	}
	names := map[string]bool{}
	for text, entry := range resources {
		fields, _ := entry.(map[string]any)
		outputs, _ := fields["outputs"].(map[string]any)
		inputs, _ := outputs["__inputs"].(map[string]any)
		if !strings.HasSuffix(string(urn.URN(text).Type()), ":FederatedIdentityCredential") || !g.isOurs(urn.URN(text)) {
			continue
		}
		name, isText := outputs["name"].(string)
		if !isText || inputs == nil {
			return nil // this provider's state tells too little
		}
		group, _ := inputs["resourceGroupName"].(string)
		of, _ := inputs["resourceName"].(string)
		if strings.EqualFold(group, identity.ResourceGroup()) && strings.EqualFold(of, identity.Name()) {
			names[strings.ToLower(name)] = true
		}
	}
	return names
}
