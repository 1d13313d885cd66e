// Package program is a cluster as a platform team runs it: three pools over three zones that scale by themselves, in the network
// team's subnets and behind its NAT gateway, with Entra for people, a registry of its own, windows for AKS's upgrades, and logs.
package program

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// Program deploys the cluster. What it stands on comes in as configuration values, see [Outside].
func Program(ctx *pulumi.Context) error { return Edited(func(*Platform) {})(ctx) }

// Edited is the program after an edit.
func Edited(edit func(*Platform)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		outside, err := readOutside(ctx)
		if err != nil {
			return err
		}
		platform := Production(outside)
		platform.Namespace = config.Get(ctx, "namespace")
		edit(platform)
		return platform.Deploy(ctx)
	}
}

// Platform is the whole program as data, so that a change of day two is a change of one value.
type Platform struct {
	// Name of the component. Another name needs the old one among Aliases.
	Name string
	// Aliases are former names of the component.
	Aliases []string
	// Cluster in all its arguments.
	Cluster *components.ManagedIdentityClusterArgs
	// Namespace is the name of a namespace to make in the cluster; without it none. Configuration value namespace.
	Namespace string
}

// Production is the platform as it is on the first day.
func Production(outside Outside) *Platform {
	return &Platform{Name: "shop", Cluster: &components.ManagedIdentityClusterArgs{
		// Names that people type are given; Pulumi makes up the others.
		NewResourceGroupName: pulumi.StringPtr("shop-production"),
		ClusterName:          pulumi.StringPtr("shop-production"),
		Location:             pulumi.StringPtr("westeurope"),
		KubernetesVersion:    pulumi.StringPtr(firstVersion),
		Tags:                 pulumi.StringMap{"team": pulumi.String("platform"), "environment": pulumi.String("production")},

		// Both identities exist, and are granted, before the cluster: AKS checks the subnets while it creates it, and no pull of
		// an image fails while a grant is on its way.
		Identity:        &components.ClusterIdentityArgs{Type: components.UserAssigned},
		KubeletIdentity: &components.KubeletIdentityArgs{},
		RegistryIDs:     pulumi.StringMap{"shop": outside.Registry},

		Subnets:       pulumi.StringMap{"system": outside.SystemSubnet, "workloads": outside.WorkloadSubnet},
		NATGatewayIDs: pulumi.StringMap{"egress": outside.NATGateway},
		Network:       &components.NetworkArgs{OutboundType: components.OutboundTypeUserAssignedNATGateway},
		APIServer:     &components.APIServerArgs{Private: true},

		SystemPool: systemPool(),
		Pools:      []*components.NodePoolArgs{webPool(), jobPool()},

		// People sign in with Entra, and Azure role assignments say what they may do. With an admin group, local accounts are off.
		Entra:          &components.EntraArgs{AdminGroupObjectIDs: pulumi.StringArray{outside.AdminGroup}},
		Access:         access(outside),
		DeployerAccess: deployerAccess(),
		// Whoever has signed in to the Azure CLI, a pipeline too, uses the kubeconfig as it is.
		KubeconfigLogin: components.KubeconfigLoginAzureCLI,

		Upgrade:     &components.UpgradeArgs{Channel: components.UpgradeChannelPatch, NodeOSChannel: components.NodeOSChannelNodeImage},
		Maintenance: windows(),
		Addons:      &components.AddonsArgs{Monitoring: &components.MonitoringArgs{WorkspaceID: outside.Workspace}},
	}}
}

// Deploy makes the cluster and exports what others build on.
func (p *Platform) Deploy(ctx *pulumi.Context) error {
	var aliases []pulumi.Alias
	for _, name := range p.Aliases {
		aliases = append(aliases, pulumi.Alias{Name: pulumi.String(name)})
	}
	cluster, err := components.NewManagedIdentityCluster(ctx, p.Name, p.Cluster, pulumi.Aliases(aliases))
	if err != nil {
		return err
	}
	ctx.Export("clusterId", cluster.ClusterID)
	ctx.Export("oidcIssuerUrl", cluster.OIDCIssuerURL)
	ctx.Export("principalId", cluster.PrincipalID)
	ctx.Export("grants", cluster.Grants)
	ctx.Export("kubeconfig", cluster.Kubeconfig)
	return p.makeNamespace(ctx, cluster)
}
