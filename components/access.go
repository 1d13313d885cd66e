package components

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// AccessArgs are the role of one principal inside the cluster. All but Namespace and Kubeconfig are required.
type AccessArgs struct {
	// PrincipalID is the object ID in Entra of the user, the group or the service principal; of a managed identity its principal ID.
	PrincipalID pulumi.StringInput `pulumi:"principalId"`
	// PrincipalType is what the principal is. Azure refuses another type than the directory has (UnmatchedPrincipalType).
	PrincipalType PrincipalType `pulumi:"principalType"`
	// Role inside the cluster, see docs/access.md.
	Role AccessRole `pulumi:"role"`
	// Namespace in which the role holds; it need not exist yet. Default: the whole cluster. ClusterAdmin takes none.
	Namespace pulumi.StringPtrInput `pulumi:"namespace,optional"`
	// Kubeconfig lets the principal fetch the kubeconfig of users (az aks get-credentials): it is granted Azure Kubernetes Service
	// Cluster User Role on the cluster, once for all of its entries, unless its role on the cluster holds that right already. Default
	// true. A pipeline that is handed the component's kubeconfig does not need it.
	Kubeconfig *bool `pulumi:"kubeconfig,optional"`
	// Reason is shown beside the grant.
	Reason string `pulumi:"reason"`
}

// DeployerAccessArgs are the role inside the whole cluster of whoever runs the deployment. All are required.
type DeployerAccessArgs struct {
	// PrincipalType is User or ServicePrincipal. Azure refuses another type than the directory has (UnmatchedPrincipalType).
	PrincipalType PrincipalType `pulumi:"principalType"`
	// Role inside the cluster, see docs/access.md.
	Role AccessRole `pulumi:"role"`
	// Reason is shown beside the grant.
	Reason string `pulumi:"reason"`
}

func (a *AccessArgs) shape() plan.Access {
	if a == nil {
		return plan.Access{}
	}
	return plan.Access{
		Principal: valueOf[string](a.PrincipalID), Type: a.PrincipalType, Role: a.Role, Namespace: valueOf[string](a.Namespace),
		Kubeconfig: a.Kubeconfig, Reason: a.Reason,
	}
}

func (a *DeployerAccessArgs) shape() *plan.DeployerAccess {
	if a == nil {
		return nil
	}
	return &plan.DeployerAccess{Type: a.PrincipalType, Role: a.Role, Reason: a.Reason}
}

func isAccess(grant plan.Grant) bool { return grant.Identity.Kind.GetsIn() }

// grantAccess lets people, groups and applications in. Nothing that the cluster does waits for it; ready does.
func (b *clusterBuilder) grantAccess() error {
	grants := slices.DeleteFunc(b.plan.GrantsIn(plan.AfterCluster), func(grant plan.Grant) bool { return !isAccess(grant) })
	for _, identity := range b.plan.Identities {
		if access, given := b.args.Access[identity.Name]; given && identity.Kind.GetsIn() {
			argument := plan.Path("access").Key(identity.Name).Field("principalId")
			b.grants.arguments[identity.Identity] = argument
			b.grants.principals[identity.Identity] = b.grants.textOf(valueOf[string](access.PrincipalID), func(id string) plan.Problems {
				return plan.CheckAccessPrincipal(argument, id)
			})
		}
	}
	if b.args.DeployerAccess != nil {
		has, err := b.lookAtDeployer()
		if err != nil {
			return err
		}
		if has {
			grants = slices.DeleteFunc(grants, func(grant plan.Grant) bool { return grant.Identity.Kind == plan.DeployerKind })
		}
	}
	var err error
	b.access, err = b.grants.make(grants, b.cluster)
	return err
}

// lookAtDeployer finds out who runs the deployment, and whether access gives them the same role already: Azure has one assignment for
// both.
func (b *clusterBuilder) lookAtDeployer() (has bool, err error) {
	who, err := authorization.GetClientConfig(b.ctx, pulumi.Parent(b.component))
	if err != nil {
		return false, fmt.Errorf("deployerAccess: who runs the deployment is not known: %w", err)
	}
	b.grants.principals[plan.Identity{Kind: plan.DeployerKind}] = pulumi.String(who.ObjectId)
	for _, access := range b.effective.Access {
		principal, known := access.Principal.Get()
		if known && strings.EqualFold(principal, who.ObjectId) && access.Role == b.args.DeployerAccess.Role && !access.Namespace.IsSet() {
			return true, b.ctx.Log.Info("deployerAccess: access gives whoever deploys the same role, so there is one grant for both.",
				&pulumi.LogArgs{Resource: b.component})
		}
	}
	return false, nil
}

// namespaceIn is the ID of a namespace in the cluster. The name of a late one is checked when it arrives.
func (g *granter) namespaceIn(cluster pulumi.StringInput, ref plan.ScopeRef) pulumi.StringInput {
	name := g.textOf(ref.Namespace, func(name string) plan.Problems { return plan.CheckNamespace(ref.Path.Field("namespace"), name) })
	return textsOf(cluster, name).ApplyT(func(parts []string) string {
		return plan.NamespaceID(parts[0], parts[1])
	}).(pulumi.StringOutput)
}
