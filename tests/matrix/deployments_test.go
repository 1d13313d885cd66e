package matrix_test

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

type (
	clusterArgs = components.ManagedIdentityClusterArgs
	ids         = map[string]pulumi.StringInput
)

// deployment is a program of users, and another one to which they change it.
type deployment struct {
	name string
	// args are those of the cluster in a cloud that has what the cluster needs. They are made anew for each program.
	args func(*world) *clusterArgs
	// update is what changes in the program of day two; renamed is the name of the component then, with an alias.
	update  func(*world, *clusterArgs)
	renamed string
	// onlyUpdate leaves out what another deployment does just so: up, refresh and destroy.
	onlyUpdate bool
}

// world is a cloud with what is there before the cluster.
type world struct {
	cloud                              *azuresim.Cloud
	nodes, web, registry, zone, vault  pulumi.String
	address                            pulumi.String
	identityA, identityB, kubeA, kubeB azuresim.SeededIdentity
}

func newWorld(opts ...azuresim.Option) *world {
	cloud := azuresim.New(opts...)
	seed := func(group, kind string, names ...string) pulumi.String {
		return pulumi.String(cloud.MustSeed(azuresim.ID(group, kind, names...), nil))
	}
	return &world{
		cloud: cloud, nodes: pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes")), web: pulumi.String(cloud.MustSeedSubnet("net", "hub", "web")),
		registry: seed("reg", azuresim.RegistryType, "shopimages"), vault: seed("keys", azuresim.VaultType, "shop"),
		zone:      seed("dns", azuresim.PrivateDNSZoneType, "privatelink.westeurope.azmk8s.io"),
		address:   seed("net", azuresim.PublicIPAddressType, "out"),
		identityA: cloud.MustSeedIdentity("ids", "control-a"), identityB: cloud.MustSeedIdentity("ids", "control-b"),
		kubeA: cloud.MustSeedIdentity("ids", "kube-a"), kubeB: cloud.MustSeedIdentity("ids", "kube-b"),
	}
}

func existing(id azuresim.SeededIdentity) *components.UserAssignedIdentityArgs {
	return &components.UserAssignedIdentityArgs{
		ResourceID: pulumi.String(id.ID), PrincipalID: pulumi.String(id.PrincipalID), ClientID: pulumi.String(id.ClientID),
	}
}

func given(id azuresim.SeededIdentity) *components.ClusterIdentityArgs {
	return &components.ClusterIdentityArgs{Type: plan.UserAssigned, UserAssigned: existing(id)}
}

// quickstart is the smallest cluster.
func quickstart(*world) *clusterArgs {
	return &clusterArgs{
		Location: pulumi.StringPtr("westeurope"), SystemPool: &components.NodePoolArgs{}, APIServer: &components.APIServerArgs{Public: true},
	}
}

// userAssigned has identities of its own, subnets, a private zone, a registry and a further pool.
func userAssigned(w *world) *clusterArgs {
	args := quickstart(w)
	args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
	args.KubeletIdentity = &components.KubeletIdentityArgs{}
	args.Subnets = ids{"nodes": w.nodes, "web": w.web}
	args.SystemPool.Subnet, args.Pools = "nodes", []*components.NodePoolArgs{{Name: "web", Subnet: "web"}}
	args.APIServer = &components.APIServerArgs{Private: true, PrivateDNSZoneID: pulumi.StringPtr(string(w.zone))}
	args.RegistryIDs = ids{"images": w.registry}
	return args
}

// systemAssigned has a subnet, an outbound address and an add-on that reads a vault.
func systemAssigned(w *world) *clusterArgs {
	args := inSubnet(w)
	args.Network = &components.NetworkArgs{LoadBalancer: &components.LoadBalancerArgs{OutboundIPIDs: ids{"out": w.address}}}
	args.KeyVaultIDs = ids{"app": w.vault}
	args.Addons = &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{SecretVaults: []string{"app"}}}
	return args
}

func inSubnet(w *world) *clusterArgs {
	args := quickstart(w)
	args.Subnets, args.SystemPool.Subnet = ids{"nodes": w.nodes}, "nodes"
	return args
}

// customRoles grants generated roles, before the cluster and after it.
func customRoles(w *world) *clusterArgs {
	args := inSubnet(w)
	args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
	args.RegistryIDs = ids{"images": w.registry}
	args.RoleStrategy = plan.CustomRoles
	return args
}

func ofIdentity(identity func(*world) *components.ClusterIdentityArgs) func(*world) *clusterArgs {
	return func(w *world) *clusterArgs {
		args := inSubnet(w)
		args.Identity = identity(w)
		return args
	}
}

func ofStrategy(strategy plan.RoleStrategy) func(*world) *clusterArgs {
	return func(w *world) *clusterArgs {
		args := customRoles(w)
		args.RoleStrategy = strategy
		return args
	}
}

// tagged is a change that reaches everything that has tags.
func tagged(_ *world, args *clusterArgs) { args.Tags = pulumi.StringMap{"day": pulumi.String("two")} }

// deployments are what is broken. Switches are updates only: their up, refresh and destroy are those of the others.
var deployments = []deployment{
	{name: "quickstart", args: quickstart, update: tagged},
	{name: "user-assigned", args: userAssigned, update: tagged},
	{name: "system-assigned", args: systemAssigned, update: tagged},
	{name: "custom-roles", args: customRoles, update: tagged},
	{name: "system-to-a", onlyUpdate: true, args: inSubnet,
		update: func(w *world, args *clusterArgs) { args.Identity = given(w.identityA) }},
	{name: "a-to-b", onlyUpdate: true, args: ofIdentity(func(w *world) *components.ClusterIdentityArgs { return given(w.identityA) }),
		update: func(w *world, args *clusterArgs) { args.Identity = given(w.identityB) }},
	{name: "other-kubelet", onlyUpdate: true,
		args: func(w *world) *clusterArgs {
			args := userAssigned(w)
			args.KubeletIdentity.Existing = existing(w.kubeA)
			return args
		},
		update: func(w *world, args *clusterArgs) { args.KubeletIdentity.Existing = existing(w.kubeB) }},
	{name: "builtin-to-custom", onlyUpdate: true, args: ofStrategy(plan.BuiltinRoles),
		update: func(_ *world, args *clusterArgs) { args.RoleStrategy = plan.CustomRoles }},
	{name: "custom-to-builtin", onlyUpdate: true, args: ofStrategy(plan.CustomRoles),
		update: func(_ *world, args *clusterArgs) { args.RoleStrategy = plan.BuiltinRoles }},
	{name: "renamed-key", onlyUpdate: true, args: userAssigned,
		update: func(w *world, args *clusterArgs) {
			args.Subnets, args.SystemPool.Subnet = ids{"workers": w.nodes, "web": w.web}, "workers"
			args.RenamedKeys = map[string][]string{"subnets.workers": {"subnets.nodes"}}
			tagged(w, args)
		}},
	{name: "renamed-component", onlyUpdate: true, args: customRoles, update: tagged, renamed: "store"},
}

// takenOver are the assignments that the user was told to take over.
type takenOver struct {
	byName map[string]string
	own    bool // all that the component made itself
}

// program is that of the first day or of the second. The user may have been told to take assignments over.
func (d deployment) program(w *world, second bool, taken *takenOver) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args, name := d.args(w), "shop"
		var opts []pulumi.ResourceOption
		if second {
			d.update(w, args)
			if d.renamed != "" {
				name = d.renamed
				opts = append(opts, pulumi.Aliases([]pulumi.Alias{{Name: pulumi.String("shop")}}))
			}
		}
		if len(taken.byName) > 0 {
			args.AdoptedAssignments = taken.byName
		}
		if taken.own {
			args.Adopt = &components.AdoptClusterArgs{Assignments: components.AdoptOwn}
		}
		cluster, err := components.NewManagedIdentityCluster(ctx, name, args, opts...)
		if err != nil {
			return err
		}
		ctx.Export("kubeconfig", cluster.Kubeconfig)
		ctx.Export("ready", cluster.Ready)
		return nil
	}
}
