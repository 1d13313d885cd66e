package components

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi-azure-native-sdk/managedidentity/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// WorkloadIdentityToken is the component's type in state and in every language.
const WorkloadIdentityToken = "aksidentity:index:WorkloadIdentity"

// tokenAudience is the one audience that Entra accepts in tokens of a cluster.
const tokenAudience = "api://AzureADTokenExchange"

// WorkloadIdentityArgs describe an identity that pods act as. ResourceGroupName, IssuerURL and ServiceAccounts are required.
type WorkloadIdentityArgs struct {
	// ResourceGroupName is where the identity is made.
	ResourceGroupName pulumi.StringInput `pulumi:"resourceGroupName"`
	// Location of the identity; without it the provider's, else the resource group's.
	Location pulumi.StringPtrInput `pulumi:"location,optional"`
	// IdentityName in Azure; without it Pulumi names it.
	IdentityName pulumi.StringPtrInput `pulumi:"identityName,optional"`
	// IssuerURL of the cluster's tokens: ManagedIdentityCluster.OIDCIssuerURL.
	IssuerURL pulumi.StringInput `pulumi:"issuerUrl"`
	// ServiceAccounts that may act as the identity, by names of your choice of 3 or more characters; the name becomes the
	// federated credential's, which then keeps it. At most 20: split more over several identities.
	ServiceAccounts map[string]*ServiceAccountArgs `pulumi:"serviceAccounts"`
	// Roles on the resources that the workload works with, by names of your choice.
	Roles map[string]*WorkloadGrantArgs `pulumi:"roles,optional"`
	// Tags on the identity.
	Tags pulumi.StringMapInput `pulumi:"tags,optional"`
	// RenamedKeys names the former keys of what you call otherwise now, so that nothing is made or deleted for a new name: today's
	// property path, and the paths that it had before, the oldest last, as "roles.orders": ["roles.queue"]. What has a key of
	// its own can be renamed, service accounts too: a credential keeps the name that it was made with. An entry can go once every
	// stack is deployed with it.
	RenamedKeys map[string][]string `pulumi:"renamedKeys,optional"`
	// Adopt takes over role assignments that exist already under the names that the component gives, as an interrupted deployment
	// leaves them. Default: an existing one is an error.
	Adopt *AdoptArgs `pulumi:"adopt,optional"`
	// AdoptedAssignments takes over role assignments that somebody made by hand: the assignment's GUID by the name of the grant, as
	// plannedGrants has it. They stay as they are; once they are deployed, the entry can go when the stack has an output.
	AdoptedAssignments map[string]string `pulumi:"adoptedAssignments,optional"`
	// Explain says how a preview tells the grants with their reasons. Default: those that are not deployed yet, a line for each of up to 12, a
	// summary of more.
	Explain Explain `pulumi:"explain,optional"`
	// Propagation bounds the wait for a principal that Entra does not know yet, and for grants to take effect.
	Propagation *PropagationArgs `pulumi:"propagation,optional"`
}

// ServiceAccountArgs name a Kubernetes service account.
type ServiceAccountArgs struct {
	// Namespace of the account.
	Namespace pulumi.StringInput `pulumi:"namespace"`
	// Name of the account.
	Name pulumi.StringInput `pulumi:"name"`
}

// WorkloadGrantArgs are one role on one resource.
type WorkloadGrantArgs struct {
	// Role is the name of a built-in role, as Key Vault Secrets User, or a role's GUID or definition ID.
	Role rbac.RoleName `pulumi:"role"`
	// ResourceID is the Azure resource ID at which the role holds.
	ResourceID pulumi.StringInput `pulumi:"resourceId"`
	// Reason is shown beside the grant.
	Reason string `pulumi:"reason,optional"`
	// GrantsRoles is needed for a role whose holder can grant roles, as Owner: whoever acts as the identity can then give itself
	// any right. Default false.
	GrantsRoles bool `pulumi:"grantsRoles,optional"`
	// WideScope is needed for a resource ID above resource groups: a subscription, a management group, the tenant. Default false.
	WideScope bool `pulumi:"wideScope,optional"`
}

// WorkloadIdentity is a user-assigned identity that pods act as, without secrets: the cluster issues tokens for service
// accounts, and federated credentials tell Entra to accept them.
//
// Its children are <name> (the identity), <name>-<key> for each credential, and <name>-workload-<role>-roles.<key>.
type WorkloadIdentity struct {
	pulumi.ResourceState

	// ClientID is what pods need: the annotation azure.workload.identity/client-id of the service account.
	ClientID pulumi.StringOutput `pulumi:"clientId"`
	// PrincipalID is what grants name.
	PrincipalID pulumi.StringOutput `pulumi:"principalId"`
	// ResourceID is the identity's Azure resource ID.
	ResourceID pulumi.StringOutput `pulumi:"resourceId"`
	// TenantID of the identity.
	TenantID pulumi.StringOutput `pulumi:"tenantId"`
	// Ready is true once every credential and every grant exists, and each grant is old enough to work, see Propagation.SettleSeconds.
	Ready pulumi.BoolOutput `pulumi:"ready"`
	// Grants that exist.
	Grants GrantRecordArrayOutput `pulumi:"grants"`
	// PlannedGrants are the same grants as far as they are known at preview.
	PlannedGrants PlannedGrantRecordArrayOutput `pulumi:"plannedGrants"`
}

// PlanWorkloadIdentity says what the component would do with the arguments. It needs no Pulumi context.
func PlanWorkloadIdentity(name string, args *WorkloadIdentityArgs) plan.Plan {
	if args == nil {
		args = &WorkloadIdentityArgs{}
	}
	w := plan.Workload{
		Name: name, ResourceGroup: valueOf[string](args.ResourceGroupName), Issuer: valueOf[string](args.IssuerURL),
		Grants: map[string]plan.OwnGrant{}, Explain: args.Explain,
		Propagation: args.Propagation.shape(), Renamed: renaming[WorkloadIdentityArgs](args.RenamedKeys), Adopted: args.AdoptedAssignments,
		Adopt: args.Adopt.shape(),
	}
	w.ServiceAccounts = args.accounts()
	for key, grant := range args.Roles {
		w.Grants[key] = grant.shape()
	}
	return plan.ForWorkload(w)
}

func (a *WorkloadIdentityArgs) accounts() map[string]plan.ServiceAccount {
	accounts := map[string]plan.ServiceAccount{}
	for key, account := range a.ServiceAccounts {
		accounts[key] = account.shape()
	}
	return accounts
}

func (a *ServiceAccountArgs) shape() plan.ServiceAccount {
	if a == nil {
		return plan.ServiceAccount{}
	}
	return plan.ServiceAccount{Namespace: valueOf[string](a.Namespace), Name: valueOf[string](a.Name)}
}

func (a *WorkloadGrantArgs) shape() plan.OwnGrant {
	if a == nil {
		return plan.OwnGrant{}
	}
	return plan.OwnGrant{
		Role: string(a.Role), Resource: valueOf[string](a.ResourceID), Reason: a.Reason, GrantsRoles: a.GrantsRoles, WideScope: a.WideScope,
	}
}

// ValidateWorkloadIdentity returns every problem of the arguments as [plan.Problems], nil when there is none.
func ValidateWorkloadIdentity(args *WorkloadIdentityArgs) error {
	return PlanWorkloadIdentity("", args).Problems.Err()
}

// NewWorkloadIdentity makes the identity, its credentials one after the other, and its grants. Problems of the arguments
// come back together as [plan.Problems], and nothing is created.
//
// The options dependsOn and customTimeouts hold for each resource in it. ignoreChanges, replaceOnChanges, additionalSecretOutputs and
// deleteBeforeReplace have no effect, and a warning says so: use a transform.
func NewWorkloadIdentity(
	ctx *pulumi.Context, name string, args *WorkloadIdentityArgs, opts ...pulumi.ResourceOption,
) (*WorkloadIdentity, error) {
	if args == nil {
		return refuse(ctx, WorkloadIdentityToken, name, &WorkloadIdentity{}, missingArgs("resourceGroupName, issuerUrl and serviceAccounts"))
	}
	c, decided := &WorkloadIdentity{}, PlanWorkloadIdentity(name, args)
	return construct(ctx, WorkloadIdentityToken, name, c, decided, args.Explain, opts, func(g *granter) error {
		g.adopt = args.Adopt.shape().Assignments
		if err := g.waitFor(args.Propagation, decided.Grants); err != nil {
			return err
		}
		identity, err := managedidentity.NewUserAssignedIdentity(ctx, name, &managedidentity.UserAssignedIdentityArgs{
			ResourceGroupName: args.ResourceGroupName, ResourceName: args.IdentityName, Location: args.Location, Tags: args.Tags,
		}, g.waiting()...)
		if err != nil {
			return err
		}
		g.principals[decided.Identities[0].Identity] = identity.PrincipalId
		made, err := g.make(decided.Grants)
		if err != nil {
			return err
		}
		credentials, err := args.credentials(g, identity)
		if err != nil {
			return err
		}
		c.ResourceID, c.TenantID = identity.ID().ToStringOutput(), identity.TenantId
		c.ClientID, c.PrincipalID = identity.ClientId, identity.PrincipalId
		c.Ready, c.Grants, c.PlannedGrants = g.outputs(decided, made, credentials...)
		return nil
	})
}

// credentials are made one after the other: Azure refuses two writes on one identity at once
// (ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity).
func (a *WorkloadIdentityArgs) credentials(g *granter, identity *managedidentity.UserAssignedIdentity) (made []pulumi.Resource, err error) {
	var previous []pulumi.Resource
	keys := slices.Sorted(maps.Keys(a.ServiceAccounts))
	for i, key := range keys {
		credential, err := managedidentity.NewFederatedIdentityCredential(g.ctx, g.name+"-"+key, &managedidentity.FederatedIdentityCredentialArgs{
			FederatedIdentityCredentialResourceName: pulumi.StringPtr(key),
			ResourceGroupName:                       a.ResourceGroupName,
			ResourceName:                            identity.Name,
			Issuer:                                  g.issuer(a.IssuerURL),
			Subject:                                 a.subject(g, keys[:i+1]),
			Audiences:                               pulumi.StringArray{pulumi.String(tokenAudience)},
		}, g.waiting(
			pulumi.DependsOn(previous),
			pulumi.Aliases(g.formerNames(a.RenamedKeys["serviceAccounts."+key])),
			// The name is chosen once: under another key it would be another credential, and Azure refuses a second one for the
			// same service account (Conflict).
			pulumi.IgnoreChanges([]string{"federatedIdentityCredentialResourceName"}),
		)...)
		if err != nil {
			return nil, fmt.Errorf("credential %s: %w", key, err)
		}
		previous = []pulumi.Resource{credential}
		made = append(made, credential)
	}
	return made, nil
}

// subject is that of the account with the last key. A late one is checked when it arrives, beside the accounts whose keys come before:
// their credentials come before it too.
func (a *WorkloadIdentityArgs) subject(g *granter, keys []string) pulumi.StringInput {
	accounts, last := map[string]plan.ServiceAccount{}, keys[len(keys)-1]
	var parts []pulumi.StringInput
	late := false
	for _, key := range keys {
		account := a.ServiceAccounts[key]
		accounts[key] = account.shape()
		_, known := accounts[key].Subject()
		late = late || !known
		parts = append(parts, account.Namespace, account.Name)
	}
	if text, _ := accounts[last].Subject(); !late {
		return pulumi.String(text)
	}
	arrived := func(texts []string) map[string]plan.ServiceAccount {
		accounts := map[string]plan.ServiceAccount{}
		for i, key := range keys {
			accounts[key] = plan.ServiceAccount{Namespace: plan.Known(texts[2*i]), Name: plan.Known(texts[2*i+1])}
		}
		return accounts
	}
	all := textsOf(parts...)
	refused := judging(g, all, func(texts []string) plan.Problems { return plan.CheckServiceAccount(arrived(texts), last) })
	return all.ApplyT(func(texts []string) (string, error) {
		text, _ := arrived(texts)[last].Subject()
		return text, refused(texts)
	}).(pulumi.StringOutput)
}

// issuer refuses an empty one: the cluster's OIDC issuer is then off.
func (g *granter) issuer(issuer pulumi.StringInput) pulumi.StringOutput {
	return issuer.ToStringOutput().ApplyT(func(url string) (string, error) {
		if url == "" && !g.mocked() {
			return "", errors.New("issuerUrl is empty: switch the cluster's OIDC issuer on")
		}
		return url, nil
	}).(pulumi.StringOutput)
}
