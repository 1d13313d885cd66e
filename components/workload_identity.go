package components

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// WorkloadIdentityToken is the component's type in state and in every language.
const WorkloadIdentityToken = "aksidentity:index:WorkloadIdentity"

// WorkloadIdentityArgs describe an identity that pods act as. ServiceAccounts are required, and one of IssuerURL and IssuerURLs, and one of
// ResourceGroupName and IdentityID.
type WorkloadIdentityArgs struct {
	// ResourceGroupName is where the identity is made. Required unless IdentityID is given.
	ResourceGroupName pulumi.StringInput `pulumi:"resourceGroupName,optional"`
	// Location of the identity; without it the provider's, else the resource group's.
	Location pulumi.StringPtrInput `pulumi:"location,optional"`
	// IdentityName in Azure; without it Pulumi names it.
	IdentityName pulumi.StringPtrInput `pulumi:"identityName,optional"`
	// IdentityID is the resource ID of a user-assigned identity that exists already, or of one that the program makes elsewhere: the
	// credentials and grants are made for it, and nothing of it is changed or deleted. ResourceGroupName, Location, IdentityName and Tags
	// are then refused. Its principal and client ID are read; it has to be in the azure-native provider's subscription.
	IdentityID pulumi.StringInput `pulumi:"identityId,optional"`
	// IssuerURL of the tokens of one cluster: ManagedIdentityCluster.OIDCIssuerURL.
	IssuerURL pulumi.StringInput `pulumi:"issuerUrl,optional"`
	// IssuerURLs are those of several clusters, by names of your choice: each service account may act as the identity in each of them,
	// or in those that it names. They take the place of IssuerURL. The credential's name is then that of the account with that of the
	// issuer. To go from one to several, say in RenamedKeys which of them it was: "issuerUrls.west": ["issuerUrl"].
	IssuerURLs map[string]pulumi.StringInput `pulumi:"issuerUrls,optional"`
	// ServiceAccounts that may act as the identity, by names of your choice, of 3 or more characters with IssuerURL; the name becomes the
	// federated credential's, which then keeps it. Azure allows 20 credentials on one identity, and each account takes one for each of
	// its issuers: what is too much is refused with how to split it (Microsoft, considerations for federated identity credentials,
	// read 2026-11-26). Those that others made on the identity of IdentityID are counted as well, as far as they can be read.
	ServiceAccounts map[string]*ServiceAccountArgs `pulumi:"serviceAccounts"`

	// RegistryIDs are registries from which pods pull images and artifacts themselves: AcrPull. What nodes pull takes a grant to the
	// cluster's kubelet, not this one.
	RegistryIDs map[string]pulumi.StringInput `pulumi:"registryIds,optional"`
	// PushRegistryIDs are registries to which pods push, as builds do: AcrPush.
	PushRegistryIDs map[string]pulumi.StringInput `pulumi:"pushRegistryIds,optional"`
	// SecretVaultIDs are key vaults whose secrets pods read: Key Vault Secrets User.
	SecretVaultIDs map[string]pulumi.StringInput `pulumi:"secretVaultIds,optional"`
	// ReadBlobAccountIDs are storage accounts whose blobs pods read: Storage Blob Data Reader.
	ReadBlobAccountIDs map[string]pulumi.StringInput `pulumi:"readBlobAccountIds,optional"`
	// BlobAccountIDs are storage accounts whose blobs pods read, write and delete: Storage Blob Data Contributor.
	BlobAccountIDs map[string]pulumi.StringInput `pulumi:"blobAccountIds,optional"`
	// PublicDNSZoneIDs are public zones in which a controller writes records, as external-dns does: DNS Zone Contributor.
	PublicDNSZoneIDs map[string]pulumi.StringInput `pulumi:"publicDnsZoneIds,optional"`
	// PrivateDNSZoneIDs are private zones in which a controller writes records: Private DNS Zone Contributor.
	PrivateDNSZoneIDs map[string]pulumi.StringInput `pulumi:"privateDnsZoneIds,optional"`
	// DNSZoneGroupIDs are resource groups of zones: Reader, for a controller that lists the zones of a group to find its own. Sources
	// disagree whether that takes a right on the group (docs/grants.md), so nothing is granted there by itself.
	DNSZoneGroupIDs map[string]pulumi.StringInput `pulumi:"dnsZoneGroupIds,optional"`
	// Roles on other resources that the workload works with, by names of your choice.
	Roles map[string]*WorkloadGrantArgs `pulumi:"roles,optional"`
	// Tags on the identity that is made.
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
	// Issuers are keys of WorkloadIdentityArgs.IssuerURLs: those of the clusters in which the account is. Default: all.
	Issuers []string `pulumi:"issuers,optional"`
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
// Its children are <name> (the identity, unless it exists), <name>-<key> for each credential, with several issuers
// <name>-<key>.<issuer>, and <name>-workload-<role>-<argument>.<key> for each grant.
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
	return plan.ForWorkload(args.shape(name))
}

func (a *WorkloadIdentityArgs) shape(name string) plan.Workload {
	w := plan.Workload{
		Name: name, IdentityID: valueOf[string](a.IdentityID), ResourceGroup: valueOf[string](a.ResourceGroupName), OfNew: a.ofNew(),
		Issuer: valueOf[string](a.IssuerURL), Issuers: valueMapOf(a.IssuerURLs), ServiceAccounts: a.accounts(),
		Grants: map[string]plan.OwnGrant{}, Mentions: a.mentions(), Explain: a.Explain,
		Propagation: a.Propagation.shape(), Renamed: renaming[WorkloadIdentityArgs](a.RenamedKeys), Adopted: a.AdoptedAssignments,
		Adopt: a.Adopt.shape(),
	}
	for key, grant := range a.Roles {
		w.Grants[key] = grant.shape()
	}
	return w
}

// ofNew are the arguments about an identity that is made, but for its group.
func (a *WorkloadIdentityArgs) ofNew() (given []plan.Path) {
	for path, in := range map[plan.Path]pulumi.Input{"location": a.Location, "identityName": a.IdentityName, "tags": a.Tags} {
		if !isNil(in) {
			given = append(given, path)
		}
	}
	return given
}

// mentions lists what the arguments name: one line is one target.
func (a *WorkloadIdentityArgs) mentions() []plan.Mention {
	return slices.Concat(
		each(plan.PodRegistry, "registryIds", a.RegistryIDs),
		each(plan.PodPushRegistry, "pushRegistryIds", a.PushRegistryIDs),
		each(plan.PodVault, "secretVaultIds", a.SecretVaultIDs),
		each(plan.PodBlobsRead, "readBlobAccountIds", a.ReadBlobAccountIDs),
		each(plan.PodBlobsWritten, "blobAccountIds", a.BlobAccountIDs),
		each(plan.PodPublicZone, "publicDnsZoneIds", a.PublicDNSZoneIDs),
		each(plan.PodPrivateZone, "privateDnsZoneIds", a.PrivateDNSZoneIDs),
		each(plan.PodZoneGroup, "dnsZoneGroupIds", a.DNSZoneGroupIDs),
	)
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
	return plan.ServiceAccount{Namespace: valueOf[string](a.Namespace), Name: valueOf[string](a.Name), Issuers: a.Issuers}
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

// NewWorkloadIdentity makes the identity, or takes one that exists, its credentials one after the other, and its grants. Problems of the
// arguments come back together as [plan.Problems], and nothing is created. Several of them with one identity share its 20 credentials,
// and write one after the other in the order in which the program makes them.
//
// The options dependsOn and customTimeouts hold for each resource in it. ignoreChanges, replaceOnChanges, additionalSecretOutputs and
// deleteBeforeReplace have no effect, and a warning says so: use a transform.
func NewWorkloadIdentity(
	ctx *pulumi.Context, name string, args *WorkloadIdentityArgs, opts ...pulumi.ResourceOption,
) (*WorkloadIdentity, error) {
	if args == nil {
		return refuse(ctx, WorkloadIdentityToken, name, &WorkloadIdentity{}, missingArgs("resourceGroupName, issuerUrl and serviceAccounts"))
	}
	w := args.shape(name)
	c, decided := &WorkloadIdentity{}, plan.ForWorkload(w)
	return construct(ctx, WorkloadIdentityToken, name, c, decided, args.Explain, opts, func(g *granter) error {
		g.adopt = args.Adopt.shape().Assignments
		if err := g.waitFor(args.Propagation, decided.Grants); err != nil {
			return err
		}
		user, credentials, made, err := args.build(g, w, decided)
		if err != nil {
			return err
		}
		c.ResourceID, c.TenantID = user.id, user.tenant
		c.ClientID, c.PrincipalID = user.client, user.principal
		c.Ready, c.Grants, c.PlannedGrants = g.outputs(decided, made, credentials...)
		return nil
	})
}

// build makes everything in the component, in its turn among the others of the program on the same identity.
func (a *WorkloadIdentityArgs) build(
	g *granter, w plan.Workload, decided plan.Plan,
) (user workloadUser, credentials []pulumi.Resource, made []madeGrant, err error) {
	shared, member := sharingOf(g.ctx), g.asMember(w)
	earlier := shared.enter(member)
	defer func() {
		if err != nil {
			shared.leave(member)
		}
		close(member.made)
	}()
	if user, err = a.user(g, userLook{g, w, member, earlier}); err != nil {
		return user, nil, nil, err
	}
	member.arrives = user.id
	g.principals[decided.Identities[0].Identity] = user.principal
	if made, err = g.make(decided.Grants); err != nil {
		return user, nil, nil, err
	}
	if credentials, err = a.credentials(g, w, user, member.after(earlier)); err != nil {
		return user, nil, nil, err
	}
	member.last = credentials[len(credentials)-1]
	return user, credentials, made, nil
}

func (a *WorkloadIdentityArgs) user(g *granter, look userLook) (workloadUser, error) {
	if look.member.own {
		return a.madeUser(g)
	}
	return a.givenUser(g, look)
}
