package gosdk

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	sdk "github.com/aksidentity/pulumi-aksidentity/sdk/go/aksidentity"
)

// world is an Azure in which other teams made two subnets, a registry and an identity. All names are fixed, so that two deployments can be
// compared.
type world struct {
	cloud                      *azuresim.Cloud
	subnet, balancer, registry pulumi.String
	identity                   azuresim.SeededIdentity
}

func newWorld() world {
	cloud := azuresim.New()
	registry := azuresim.ID("registries", azuresim.RegistryType, "shopimages")
	cloud.MustSeed(registry, nil)
	return world{
		cloud: cloud, subnet: pulumi.String(cloud.MustSeedSubnet("network", "vnet", "nodes")), registry: pulumi.String(registry),
		balancer: pulumi.String(cloud.MustSeedSubnet("network", "vnet", "balancers")), identity: cloud.MustSeedIdentity("network", "cluster"),
	}
}

// issuer is known before the cluster exists: where a plugin gets a late value, all that it makes waits for that value, not only what
// needs it, so the order would not be the same.
const issuer = pulumi.String("https://westeurope.oic.prod-aks.azure.com/shop/")

// names are what a program can change: the beginning of the components' names, and the options of each.
type names struct {
	word string
	opts func(suffix string) []pulumi.ResourceOption
}

func (n names) of(suffix string) (string, []pulumi.ResourceOption) {
	if n.opts == nil {
		return n.word + "-" + suffix, nil
	}
	return n.word + "-" + suffix, n.opts(suffix)
}

// throughSDK and native say the same, one component after the other.
func throughSDK(w world, n names) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		name, opts := n.of("aks")
		cluster, err := sdk.NewManagedIdentityCluster(ctx, name, sdkCluster(w), opts...)
		if err != nil {
			return err
		}
		export(ctx, cluster.ClusterName, cluster.PrincipalId, cluster.Kubeconfig, cluster.Ready, cluster.Grants)
		return others(ctx, w, n)
	}
}

// others are the components of the SDK beside the cluster.
func others(ctx *pulumi.Context, w world, n names) error {
	name, opts := n.of("network")
	if _, err := sdk.NewVnetDelegation(ctx, name, &sdk.VnetDelegationArgs{
		PrincipalId:           pulumi.String(w.identity.PrincipalID),
		RoleStrategy:          pointer(sdk.RoleStrategyBuiltin),
		LoadBalancerSubnetIds: map[string]pulumi.StringInput{"balancers": w.balancer},
	}, opts...); err != nil {
		return err
	}
	name, opts = n.of("pull")
	if _, err := sdk.NewAddonIdentityGrants(ctx, name, &sdk.AddonIdentityGrantsArgs{
		KubeletPrincipalId: pulumi.String(w.identity.PrincipalID),
		RegistryIds:        map[string]pulumi.StringInput{"images": w.registry},
	}, opts...); err != nil {
		return err
	}
	name, opts = n.of("orders")
	_, err := sdk.NewWorkloadIdentity(ctx, name, &sdk.WorkloadIdentityArgs{
		ResourceGroupName: pulumi.String("network"),
		Location:          pulumi.String("westeurope"),
		IssuerUrl:         issuer,
		IdentityName:      pulumi.StringPtr("orders"),
		ServiceAccounts:   map[string]sdk.ServiceAccountArgs{"orders": {Namespace: pulumi.String("shop"), Name: pulumi.String("orders")}},
		Roles:             map[string]sdk.WorkloadGrantArgs{"images": {Role: "AcrPull", ResourceId: w.registry}},
	}, opts...)
	return err
}

func native(w world, n names) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		name, opts := n.of("aks")
		cluster, err := components.NewManagedIdentityCluster(ctx, name, nativeCluster(w), opts...)
		if err != nil {
			return err
		}
		export(ctx, cluster.ClusterName, cluster.PrincipalID, cluster.Kubeconfig, cluster.Ready, cluster.Grants)
		name, opts = n.of("network")
		if _, err := components.NewVnetDelegation(ctx, name, &components.VnetDelegationArgs{
			PrincipalID:           pulumi.String(w.identity.PrincipalID),
			RoleStrategy:          plan.BuiltinRoles,
			LoadBalancerSubnetIDs: map[string]pulumi.StringInput{"balancers": w.balancer},
		}, opts...); err != nil {
			return err
		}
		name, opts = n.of("pull")
		if _, err := components.NewAddonIdentityGrants(ctx, name, &components.AddonIdentityGrantsArgs{
			KubeletPrincipalID: pulumi.String(w.identity.PrincipalID),
			RegistryIDs:        map[string]pulumi.StringInput{"images": w.registry},
		}, opts...); err != nil {
			return err
		}
		name, opts = n.of("orders")
		_, err = components.NewWorkloadIdentity(ctx, name, &components.WorkloadIdentityArgs{
			ResourceGroupName: pulumi.String("network"),
			Location:          pulumi.String("westeurope"),
			IssuerURL:         issuer,
			IdentityName:      pulumi.StringPtr("orders"),
			ServiceAccounts:   map[string]*components.ServiceAccountArgs{"orders": {Namespace: pulumi.String("shop"), Name: pulumi.String("orders")}},
			Roles:             map[string]*components.WorkloadGrantArgs{"images": {Role: "AcrPull", ResourceID: w.registry}},
		}, opts...)
		return err
	}
}

func sdkCluster(w world) *sdk.ManagedIdentityClusterArgs {
	return &sdk.ManagedIdentityClusterArgs{
		NewResourceGroupName: pulumi.StringPtr("shop"),
		ClusterName:          pulumi.StringPtr("shop"),
		Location:             pulumi.StringPtr("westeurope"),
		Identity: &sdk.ClusterIdentityArgs{Type: pointer(sdk.IdentityTypeUserAssigned), UserAssigned: &sdk.UserAssignedIdentityArgs{
			ResourceId:  pulumi.String(w.identity.ID),
			PrincipalId: pulumi.String(w.identity.PrincipalID),
			ClientId:    pulumi.String(w.identity.ClientID),
		}},
		Subnets:    map[string]pulumi.StringInput{"nodes": w.subnet},
		ApiServer:  sdk.APIServerArgs{Public: pulumi.BoolRef(true)},
		Tags:       pulumi.StringMap{"team": secret("hush-hush")},
		SystemPool: &sdk.NodePoolArgs{Subnet: pulumi.StringRef("nodes")},
		Pools: []sdk.NodePoolArgs{
			{Name: pulumi.StringRef("web"), Subnet: pulumi.StringRef("nodes"), Count: pulumi.IntPtr(3), NodeLabels: pulumi.StringMap{"tier": pulumi.String("web")}},
		},
		RegistryIds: map[string]pulumi.StringInput{"images": w.registry},
	}
}

func nativeCluster(w world) *components.ManagedIdentityClusterArgs {
	return &components.ManagedIdentityClusterArgs{
		NewResourceGroupName: pulumi.StringPtr("shop"),
		ClusterName:          pulumi.StringPtr("shop"),
		Location:             pulumi.StringPtr("westeurope"),
		Identity: &components.ClusterIdentityArgs{Type: "UserAssigned", UserAssigned: &components.UserAssignedIdentityArgs{
			ResourceID:  pulumi.String(w.identity.ID),
			PrincipalID: pulumi.String(w.identity.PrincipalID),
			ClientID:    pulumi.String(w.identity.ClientID),
		}},
		Subnets:    map[string]pulumi.StringInput{"nodes": w.subnet},
		APIServer:  &components.APIServerArgs{Public: true},
		Tags:       pulumi.StringMap{"team": secret("hush-hush")},
		SystemPool: &components.NodePoolArgs{Subnet: "nodes"},
		Pools: []*components.NodePoolArgs{
			{Name: "web", Subnet: "nodes", Count: pulumi.IntPtr(3), NodeLabels: pulumi.StringMap{"tier": pulumi.String("web")}},
		},
		RegistryIDs: map[string]pulumi.StringInput{"images": w.registry},
	}
}

func export(ctx *pulumi.Context, clusterName, principal, kubeconfig, ready, grants pulumi.Input) {
	for name, value := range map[string]pulumi.Input{
		"clusterName": clusterName, "principalId": principal, "kubeconfig": kubeconfig, "ready": ready, "grants": grants,
	} {
		ctx.Export(name, value)
	}
}

func secret(text string) pulumi.StringOutput {
	return pulumi.ToSecret(pulumi.String(text)).(pulumi.StringOutput)
}

func pointer[T any](value T) *T { return &value }
