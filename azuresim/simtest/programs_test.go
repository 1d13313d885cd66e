package simtest_test

import (
	"fmt"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi-azure-native-sdk/managedidentity/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

const (
	networkContributor = "/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
	clusterToken       = "azure-native:containerservice/v20250101:ManagedCluster"
	grantToken         = "azure-native:authorization:RoleAssignment"
	identityToken      = "azure-native:managedidentity:UserAssignedIdentity"
	groupToken         = "azure-native:resources:ResourceGroup"
)

// raw registers a resource without its SDK package: network is large, and only the id is of interest.
func raw(ctx *pulumi.Context, token, name string, inputs pulumi.Map, opts ...pulumi.ResourceOption) (pulumi.IDOutput, error) {
	var r pulumi.CustomResourceState
	err := ctx.RegisterResource(token, name, inputs, &r, append(opts, pulumi.Version(azurenative.Version))...)
	return r.ID(), err
}

func newGroup(ctx *pulumi.Context) (*resources.ResourceGroup, error) {
	return resources.NewResourceGroup(ctx, "rg", &resources.ResourceGroupArgs{Location: pulumi.String("westeurope")})
}

func newIdentity(ctx *pulumi.Context, group *resources.ResourceGroup) (*managedidentity.UserAssignedIdentity, error) {
	return managedidentity.NewUserAssignedIdentity(ctx, "identity", &managedidentity.UserAssignedIdentityArgs{
		ResourceGroupName: group.Name,
	})
}

// newGroupAndIdentity is what most programs here begin with.
func newGroupAndIdentity(ctx *pulumi.Context) (*resources.ResourceGroup, *managedidentity.UserAssignedIdentity, error) {
	group, err := newGroup(ctx)
	if err != nil {
		return nil, nil, err
	}
	identity, err := newIdentity(ctx, group)
	return group, identity, err
}

// grants is a group, an identity and n role assignments of it.
func grants(n int) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		group, identity, err := newGroupAndIdentity(ctx)
		if err != nil {
			return err
		}
		for i := range n {
			vnet, err := raw(ctx, "azure-native:network:VirtualNetwork", fmt.Sprintf("vnet%d", i), pulumi.Map{
				"resourceGroupName": group.Name,
				"addressSpace":      pulumi.Map{"addressPrefixes": pulumi.ToStringArray([]string{"10.0.0.0/8"})},
			})
			if err != nil {
				return err
			}
			if err := grant(ctx, fmt.Sprintf("grant%d", i), identity.PrincipalId, vnet); err != nil {
				return err
			}
		}
		ctx.Export("principal", pulumi.ToSecret(identity.PrincipalId))
		ctx.Export("group", group.Name)
		return nil
	}
}

func grant(ctx *pulumi.Context, name string, principal pulumi.StringInput, scope pulumi.IDOutput, opts ...pulumi.ResourceOption) error {
	_, err := authorization.NewRoleAssignment(ctx, name, &authorization.RoleAssignmentArgs{
		PrincipalId:      principal,
		PrincipalType:    pulumi.String("ServicePrincipal"),
		RoleDefinitionId: pulumi.String(networkContributor),
		Scope:            scope,
	}, opts...)
	return err
}

// clusterOptions vary the cluster program.
type clusterOptions struct {
	system     bool // system-assigned instead of user-assigned
	tags       pulumi.StringMap
	unchained  bool // pools without an order
	named      bool // with a name of its own
	dnsPrefix  string
	watchPools bool // without ignoreChanges on the list of pools
}

// clusterProgram is an AKS cluster in a subnet of its own with two more pools and a grant on the subnet.
func clusterProgram(o clusterOptions) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		group, err := newGroup(ctx)
		if err != nil {
			return err
		}
		subnet, err := newSubnet(ctx, group)
		if err != nil {
			return err
		}
		args := clusterArgs(group, subnet, o)
		// The cluster lists the pools that are made beside it; a refresh takes them for drift.
		opts := []pulumi.ResourceOption{pulumi.IgnoreChanges([]string{"agentPoolProfiles"})}
		if o.watchPools {
			opts = nil
		}
		var principal pulumi.StringInput
		if !o.system {
			identity, err := newIdentity(ctx, group)
			if err != nil {
				return err
			}
			args.Identity = &v20250101.ManagedClusterIdentityArgs{
				Type:                   v20250101.ResourceIdentityTypeUserAssigned,
				UserAssignedIdentities: pulumi.StringArray{identity.ID()},
			}
			principal = identity.PrincipalId
		}
		cluster, err := v20250101.NewManagedCluster(ctx, "aks", args, opts...)
		if err != nil {
			return err
		}
		if o.system {
			principal = cluster.Identity.ApplyT(func(i *v20250101.ManagedClusterIdentityResponse) string {
				if i == nil {
					return ""
				}
				return i.PrincipalId
			}).(pulumi.StringOutput)
		}
		if err := grant(ctx, "subnet", principal, subnet); err != nil {
			return err
		}
		ctx.Export("fqdn", cluster.Fqdn)
		return newPools(ctx, group, cluster, subnet, o.unchained)
	}
}

func newSubnet(ctx *pulumi.Context, group *resources.ResourceGroup) (pulumi.IDOutput, error) {
	network := pulumi.Map{
		"resourceGroupName": group.Name, "virtualNetworkName": pulumi.String("vnet"),
		"addressSpace": pulumi.Map{"addressPrefixes": pulumi.ToStringArray([]string{"10.0.0.0/8"})},
	}
	var vnet pulumi.CustomResourceState
	err := ctx.RegisterResource("azure-native:network:VirtualNetwork", "vnet", network, &vnet, pulumi.Version(azurenative.Version))
	if err != nil {
		return pulumi.IDOutput{}, err
	}
	return raw(ctx, "azure-native:network:Subnet", "nodes", pulumi.Map{
		"resourceGroupName": group.Name, "virtualNetworkName": pulumi.String("vnet"),
		"addressPrefix": pulumi.String("10.1.0.0/16"),
	}, pulumi.DependsOn([]pulumi.Resource{&vnet}))
}

func clusterArgs(group *resources.ResourceGroup, subnet pulumi.IDOutput, o clusterOptions) *v20250101.ManagedClusterArgs {
	args := &v20250101.ManagedClusterArgs{
		ResourceGroupName: group.Name,
		DnsPrefix:         pulumi.String("aks" + o.dnsPrefix),
		Tags:              o.tags,
		Identity:          &v20250101.ManagedClusterIdentityArgs{Type: v20250101.ResourceIdentityTypeSystemAssigned},
		AgentPoolProfiles: v20250101.ManagedClusterAgentPoolProfileArray{v20250101.ManagedClusterAgentPoolProfileArgs{
			Name: pulumi.String("sys"), Mode: pulumi.String("System"), Count: pulumi.Int(1),
			VmSize: pulumi.String("Standard_D4s_v5"), VnetSubnetID: subnet,
		}},
		NetworkProfile: &v20250101.ContainerServiceNetworkProfileArgs{
			NetworkPlugin: pulumi.String("azure"), ServiceCidr: pulumi.String("172.16.0.0/16"),
			DnsServiceIP: pulumi.String("172.16.0.10"),
		},
	}
	if o.named {
		args.ResourceName = pulumi.String("aks")
	}
	return args
}

func newPools(
	ctx *pulumi.Context, group *resources.ResourceGroup, cluster *v20250101.ManagedCluster, subnet pulumi.IDOutput, unchained bool,
) error {
	last := []pulumi.Resource{}
	for _, name := range []string{"one", "two"} {
		pool, err := v20250101.NewAgentPool(ctx, name, &v20250101.AgentPoolArgs{
			ResourceGroupName: group.Name, ResourceName: cluster.Name, AgentPoolName: pulumi.String(name),
			Mode: pulumi.String("User"), Count: pulumi.Int(1), VmSize: pulumi.String("Standard_D4s_v5"),
			VnetSubnetID: subnet,
		}, pulumi.DependsOn(last))
		if err != nil {
			return err
		}
		if !unchained {
			last = []pulumi.Resource{pool}
		}
	}
	return nil
}
