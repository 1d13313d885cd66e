package components

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	aks "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// clusterReader reads principals from a cluster that exists (docs/decisions/0008-existing-clusters.md).
type clusterReader struct {
	*granter
	from plan.FromCluster
	// settled tells that what Azure answers now is what counts. A preview cannot know that of a cluster whose ID comes from a
	// resource: the deployment may be about to give it the add-on that it lacks.
	settled bool
}

// readPrincipals binds the identities whose principals the plan reads from a cluster. Azure is asked once, when the ID is known.
func (g *granter) readPrincipals(from *plan.FromCluster) {
	if from == nil {
		return
	}
	r := clusterReader{granter: g, from: *from, settled: !g.ctx.DryRun() || !from.ID.IsLate()}
	answer := inputOf(from.ID).ToStringOutput().ApplyT(r.read).(pulumi.AnyOutput)
	for _, identity := range from.Identities {
		g.principals[identity.Identity] = r.principal(identity, answer)
	}
}

// read is what Azure answers about the cluster, as a plan.ClusterIdentities.
func (r clusterReader) read(id string) (any, error) {
	r.learn(inputOf(r.from.ID))
	cluster, problem := r.lookUp(id)
	if problem != nil {
		return nil, r.hide(plan.Problems{*problem})
	}
	return cluster, r.judge(r.from.Check(cluster))
}

// judge makes an error of the problems, or a warning as long as they may go away.
func (r clusterReader) judge(found plan.Problems) error {
	if len(found) == 0 || r.settled {
		return r.hide(found.Err())
	}
	return r.ctx.Log.Warn(fmt.Sprintf("unless this deployment changes the cluster, it will fail: %v", r.secrets.hideIn(found)), &pulumi.LogArgs{Resource: r.component})
}

// principal is that of one identity; unknown when the cluster does not have it yet.
func (r clusterReader) principal(identity plan.ReadIdentity, answer pulumi.AnyOutput) pulumi.StringOutput {
	if given := inputOf(identity.Given); given != nil {
		return pulumi.All(answer, given.ToStringOutput()).ApplyT(func(parts []any) (string, error) {
			text := parts[1].(string)
			r.learn(given)
			if problem := identity.CheckGiven(parts[0].(plan.ClusterIdentities), text); problem != nil {
				return text, r.judge(plan.Problems{*problem})
			}
			return text, nil
		}).(pulumi.StringOutput)
	}
	return answer.ApplyT(func(cluster any) pulumi.StringOutput {
		if principal := cluster.(plan.ClusterIdentities).Principals[identity.In]; principal != "" {
			return pulumi.String(principal).ToStringOutput()
		}
		return pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) string { return "" }).(pulumi.StringOutput)
	}).(pulumi.StringOutput)
}

// lookUp asks Azure. The look-up takes a name and a group, and so sees the subscription of the provider only.
func (r clusterReader) lookUp(id string) (plan.ClusterIdentities, *plan.Problem) {
	none := plan.ClusterIdentities{}
	scope, problem := r.from.CheckID(id)
	if problem != nil {
		return none, problem
	}
	unreadable := func(why, fix string) (plan.ClusterIdentities, *plan.Problem) {
		problem := r.from.Unreadable(id, why, fix)
		return none, &problem
	}
	config, err := authorization.GetClientConfig(r.ctx, pulumi.Parent(r.component))
	if err != nil {
		return unreadable(err.Error(), "see whether the azure-native provider is signed in")
	}
	if !strings.EqualFold(config.SubscriptionId, scope.SubscriptionID()) {
		return unreadable("the azure-native provider of the component works in the subscription "+config.SubscriptionId,
			fmt.Sprintf("give the component a provider whose subscriptionId is %s (option providers)", scope.SubscriptionID()))
	}
	found, err := r.clusterAt(id, scope)
	if err != nil {
		return unreadable(err.Error(), "see whether it exists, and whoever deploys may read it")
	}
	return found, nil
}

// clusterAt looks up the cluster with the ID.
func (g *granter) clusterAt(id string, scope rbac.Scope) (plan.ClusterIdentities, error) {
	answer, err := aks.LookupManagedCluster(g.ctx, &aks.LookupManagedClusterArgs{
		ResourceGroupName: scope.ResourceGroup(), ResourceName: scope.Name(),
	}, pulumi.Parent(g.component))
	if err != nil {
		return plan.ClusterIdentities{}, err
	}
	return identitiesIn(id, answer), nil
}

// identitiesIn are all identities of a cluster.
func identitiesIn(id string, cluster *aks.LookupManagedClusterResult) plan.ClusterIdentities {
	found := plan.ClusterIdentities{ID: id, Principals: map[plan.Identity]string{
		{Kind: plan.Kubelet}: kubeletIn(cluster.IdentityProfile).PrincipalID,
	}}
	for key, record := range addonsIn(cluster.AddonProfiles, cluster.IngressProfile) {
		found.Principals[plan.AddonIdentity(plan.AddonKey(key))] = record.PrincipalID
	}
	identity := cluster.Identity
	if identity == nil {
		return found
	}
	controlPlane := plan.Identity{Kind: plan.ControlPlane}
	switch kind := text(identity.Type); {
	case strings.EqualFold(kind, string(plan.SystemAssigned)):
		found.Type, found.Principals[controlPlane] = plan.SystemAssigned, identity.PrincipalId
	case strings.EqualFold(kind, string(plan.UserAssigned)):
		found.Type = plan.UserAssigned
		// There is exactly one: AKS refuses two (InvalidParameter, quoted in user reports, read 2026-08).
		for _, user := range identity.UserAssignedIdentities {
			found.Principals[controlPlane] = user.PrincipalId
		}
	}
	return found
}
