package audit_test

import (
	"testing"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	aks "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi-azure-native-sdk/managedidentity/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/audit"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/exampletest"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// hand is a program that somebody wrote by hand, with azure-native and without our components.
type hand struct {
	ctx   *pulumi.Context
	group *resources.ResourceGroup
	err   error
}

// byHand is a stack of a program that first makes a group.
func byHand(t testing.TB, cloud *azuresim.Cloud, write func(h *hand)) *simtest.Stack {
	return simtest.New(t, func(ctx *pulumi.Context) error {
		h := &hand{ctx: ctx}
		h.group, h.err = resources.NewResourceGroup(ctx, "shop", &resources.ResourceGroupArgs{
			Location: pulumi.String("westeurope"), ResourceGroupName: pulumi.StringPtr("shop"),
		})
		write(h)
		return h.err
	}, simtest.WithCloud(cloud), simtest.WithNames("shop", "dev"), simtest.AllowRaces())
}

// auditOf deploys and audits.
func auditOf(t testing.TB, s *simtest.Stack) audit.Report {
	t.Helper()
	return audited(t, exampletest.State(t, s))
}

// cluster is a system-assigned one; change makes it another.
func (h *hand) cluster(change func(*aks.ManagedClusterArgs), opts ...pulumi.ResourceOption) *aks.ManagedCluster {
	args := &aks.ManagedClusterArgs{
		ResourceGroupName: h.group.Name, ResourceName: pulumi.StringPtr("shop"), DnsPrefix: pulumi.StringPtr("shop"),
		Identity: aks.ManagedClusterIdentityArgs{Type: aks.ResourceIdentityTypeSystemAssigned},
		AgentPoolProfiles: aks.ManagedClusterAgentPoolProfileArray{aks.ManagedClusterAgentPoolProfileArgs{
			Name: pulumi.String("system"), Mode: pulumi.StringPtr("System"), Count: pulumi.IntPtr(2), VmSize: pulumi.StringPtr("Standard_D4s_v5"),
		}},
	}
	if change != nil {
		change(args)
	}
	if h.err != nil {
		return nil
	}
	var made *aks.ManagedCluster
	made, h.err = aks.NewManagedCluster(h.ctx, "shop", args, opts...)
	return made
}

// inSubnet puts the nodes into a subnet.
func inSubnet(args *aks.ManagedClusterArgs, id string) {
	pool := args.AgentPoolProfiles.(aks.ManagedClusterAgentPoolProfileArray)[0].(aks.ManagedClusterAgentPoolProfileArgs)
	pool.VnetSubnetID = pulumi.StringPtr(id)
	args.AgentPoolProfiles = aks.ManagedClusterAgentPoolProfileArray{pool}
}

func actsAs(args *aks.ManagedClusterArgs, identity *managedidentity.UserAssignedIdentity) {
	args.Identity = aks.ManagedClusterIdentityArgs{
		Type: aks.ResourceIdentityTypeUserAssigned, UserAssignedIdentities: pulumi.StringArray{identity.ID()},
	}
}

func (h *hand) identity(name string) *managedidentity.UserAssignedIdentity {
	if h.err != nil {
		return nil
	}
	var made *managedidentity.UserAssignedIdentity
	made, h.err = managedidentity.NewUserAssignedIdentity(h.ctx, name, &managedidentity.UserAssignedIdentityArgs{
		ResourceGroupName: h.group.Name, ResourceName: pulumi.StringPtr(name),
	})
	return made
}

func (h *hand) assign(name string, role rbac.RoleName, principal pulumi.StringInput, scope string, opts ...pulumi.ResourceOption) *authorization.RoleAssignment {
	if h.err != nil {
		return nil
	}
	known, _ := rbac.BuiltinRole(role)
	var made *authorization.RoleAssignment
	made, h.err = authorization.NewRoleAssignment(h.ctx, name, &authorization.RoleAssignmentArgs{
		PrincipalId: principal, PrincipalType: pulumi.StringPtr("ServicePrincipal"), Scope: pulumi.String(scope),
		RoleDefinitionId: pulumi.String(known.ID.DefinitionID(azuresim.DefaultSubscriptionID)),
		// Otherwise it is another one in each run.
		RoleAssignmentName: pulumi.StringPtr(rbac.AssignmentName(rbac.MustParseScope(scope), name, known.ID)),
	}, opts...)
	return made
}

// assignWithoutType is what programs in YAML can write, where nothing fills in a principal type.
func (h *hand) assignWithoutType(name string, role rbac.RoleName, principal pulumi.StringInput, scope string) {
	if h.err != nil {
		return
	}
	known, _ := rbac.BuiltinRole(role)
	var made pulumi.CustomResourceState
	h.err = h.ctx.RegisterResource("azure-native:authorization:RoleAssignment", name, pulumi.Map{
		"principalId": principal, "scope": pulumi.String(scope),
		"roleDefinitionId": pulumi.String(known.ID.DefinitionID(azuresim.DefaultSubscriptionID)),
	}, &made)
}

func control(c *aks.ManagedCluster) pulumi.StringOutput { return c.Identity.PrincipalId().Elem() }

func kubelet(c *aks.ManagedCluster) pulumi.StringOutput {
	return c.IdentityProfile.MapIndex(pulumi.String("kubeletidentity")).ObjectId().Elem()
}

func routing(c *aks.ManagedCluster) pulumi.StringOutput {
	return c.IngressProfile.WebAppRouting().Identity().ObjectId().Elem()
}
