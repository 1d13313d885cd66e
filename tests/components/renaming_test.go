package components_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// writes are how often something was made, changed or deleted in Azure.
func writes(cloud *azuresim.Cloud) (n int) {
	for _, op := range cloud.Operations() {
		if op.Method == azuresim.MethodPut || op.Method == azuresim.MethodDelete {
			n++
		}
	}
	return n
}

// changesNothing: neither the preview nor the deployment, and nothing is asked of Azure.
func changesNothing(t *testing.T, s *simtest.Stack, program pulumi.RunFunc) {
	t.Helper()
	asked := writes(s.Cloud())
	s.SetProgram(program)
	for _, run := range []func(...simtest.OpOption) simtest.Result{s.Preview, s.Up} {
		if result := must(t, "under another name", run()); len(result.Steps.Changing()) > 0 {
			t.Errorf("it changes %v", result.Steps.Changing())
		}
	}
	if got := writes(s.Cloud()); got != asked {
		t.Errorf("Azure was asked to write %d times", got-asked)
	}
}

// manyKeys is a cluster with keys everywhere, each ending in the suffix.
func manyKeys(cloud *azuresim.Cloud, suffix string) *components.ManagedIdentityClusterArgs {
	args := everything(cloud)
	again := func(m ids) ids {
		renamed := ids{}
		for key, id := range m {
			renamed[key+suffix] = id
		}
		return renamed
	}
	args.Subnets, args.KeyVaultIDs, args.RegistryIDs = again(args.Subnets), again(args.KeyVaultIDs), again(args.RegistryIDs)
	args.NodeIPPrefixIDs = ids{"web" + suffix: pulumi.String(cloud.MustSeed(azuresim.ID("net", azuresim.PublicIPPrefixType, "web"), nil))}
	args.Network.LoadBalancer.OutboundIPIDs = again(args.Network.LoadBalancer.OutboundIPIDs)
	args.Addons.AppRouting.PublicDNSZoneIDs = again(args.Addons.AppRouting.PublicDNSZoneIDs)
	args.Addons.SecretsProvider.SecretVaults = []string{"app" + suffix}
	args.SystemPool.Subnet = "nodes" + suffix
	for _, pool := range args.Pools {
		pool.Subnet, pool.EnableNodePublicIP, pool.NodeIPPrefix = "web"+suffix, true, "web"+suffix
	}
	args.ExtraGrants = map[string]*components.ExtraGrantArgs{"dump" + suffix: {
		Identity: "kubelet", Role: "Reader", Reason: "pods look at it", ResourceID: pulumi.String(cloud.MustSeedSubnet("net", "hub", "extra")),
	}}
	return args
}

// TestAClusterKeepsEverythingUnderOtherKeys: every key at once, with its former one.
func TestAClusterKeepsEverythingUnderOtherKeys(t *testing.T) {
	former := map[string][]string{}
	for _, path := range []string{
		"subnets.nodes", "subnets.web", "keyVaultIds.app", "registryIds.shared", "nodeIpPrefixIds.web",
		"network.loadBalancer.outboundIpIds.one", "addons.appRouting.publicDnsZoneIds.shop", "extraGrants.dump",
	} {
		former[path+"-now"] = []string{path}
	}
	for _, tc := range []struct {
		name     string
		strategy plan.RoleStrategy
		identity plan.IdentityType
		late     bool
	}{
		{"builtin", plan.BuiltinRoles, plan.UserAssigned, false}, {"custom", plan.CustomRoles, plan.UserAssigned, false},
		{"late", plan.BuiltinRoles, plan.UserAssigned, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			before, after := manyKeys(cloud, ""), manyKeys(cloud, "-now")
			after.RenamedKeys = former
			for _, args := range []*components.ManagedIdentityClusterArgs{before, after} {
				args.RoleStrategy, args.Identity.Type = tc.strategy, tc.identity
				if tc.late {
					for _, m := range []ids{args.Subnets, args.KeyVaultIDs, args.RegistryIDs, args.NodeIPPrefixIDs} {
						for key, id := range m {
							m[key] = id.ToStringOutput()
						}
					}
				}
			}
			s := simtest.New(t, program(before), simtest.WithCloud(cloud))
			must(t, "up", s.Up())
			changesNothing(t, s, program(after))
		})
	}
}

// TestARenamedKeyKeepsASharedGrant: two arguments name one subnet and share a grant, whose name the plan decides; one of the keys is
// renamed, and then the other is taken out and comes back.
func TestARenamedKeyKeepsASharedGrant(t *testing.T) {
	c := newCustomised()
	subnet := pulumi.String(c.cloud.MustSeedSubnet("net", "hub", "nodes"))
	run := func(nodes, pods ids, former map[string][]string) pulumi.RunFunc {
		return c.delegation(func(a *components.VnetDelegationArgs) {
			a.RoleStrategy, a.NodeSubnetIDs, a.PodSubnetIDs, a.RenamedKeys = plan.BuiltinRoles, nodes, pods, former
		})
	}
	s := simtest.New(t, run(ids{"workers": subnet}, nil, nil), simtest.WithCloud(c.cloud))
	must(t, "up", s.Up())
	held := c.cloud.RoleAssignments()
	for _, step := range []struct {
		nodes, pods ids
		former      map[string][]string
	}{
		{ids{"nodes": subnet}, ids{"pods": subnet}, map[string][]string{"nodeSubnetIds.nodes": {"nodeSubnetIds.workers"}}},
		{nil, ids{"containers": subnet}, map[string][]string{"podSubnetIds.containers": {"podSubnetIds.pods"}}},
		{ids{"all": subnet}, nil, map[string][]string{"nodeSubnetIds.all": {"podSubnetIds.containers"}}},
	} {
		done := len(c.cloud.Operations())
		s.SetProgram(run(step.nodes, step.pods, step.former))
		stays(t, c.cloud, held, done, grantChanges(must(t, "renamed", s.Up())))
	}
}

// workload is a workload with one account and one grant.
func workload(cloud *azuresim.Cloud, key string, former map[string][]string, opts ...pulumi.ResourceOption) pulumi.RunFunc {
	registry := pulumi.String(cloud.MustSeed(azuresim.ID("reg", azuresim.RegistryType, "shopimages"), nil))
	return func(ctx *pulumi.Context) error {
		_, err := components.NewWorkloadIdentity(ctx, "orders", &components.WorkloadIdentityArgs{
			ResourceGroupName: pulumi.String("reg"), Location: pulumi.StringPtr("westeurope"), IssuerURL: pulumi.String("https://issuer/"),
			ServiceAccounts: map[string]*components.ServiceAccountArgs{key: {Namespace: pulumi.String("shop"), Name: pulumi.String("orders")}},
			Roles:           map[string]*components.WorkloadGrantArgs{key: {Role: "AcrPull", ResourceID: registry}},
			RenamedKeys:     former,
		}, opts...)
		return err
	}
}

// TestAWorkloadKeepsItsCredentialUnderAnotherKey: the credential keeps its name in Azure, also when the entry goes again.
func TestAWorkloadKeepsItsCredentialUnderAnotherKey(t *testing.T) {
	cloud := azuresim.New()
	s := simtest.New(t, workload(cloud, "orders", nil), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	changesNothing(t, s, workload(cloud, "queue", map[string][]string{
		"serviceAccounts.queue": {"serviceAccounts.orders"}, "roles.queue": {"roles.orders"},
	}))
	changesNothing(t, s, workload(cloud, "queue", nil))
}

// TestWrappedComponentsStay: each component moves into one of the user's own and out again, with nothing but default arguments.
// Nothing is replaced or deleted; the name of a generated role, which tells components of one name apart, changes in place.
func TestWrappedComponentsStay(t *testing.T) {
	cloud := azuresim.New()
	subnet := ids{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))}
	principal := pulumi.String(cloud.MustSeedIdentity("ids", "control").PrincipalID)
	for _, strategy := range []plan.RoleStrategy{plan.BuiltinRoles, plan.CustomRoles} {
		all := map[string]func(*pulumi.Context, ...pulumi.ResourceOption) error{
			"cluster": func(ctx *pulumi.Context, opts ...pulumi.ResourceOption) error {
				_, err := components.NewManagedIdentityCluster(ctx, "aks", &components.ManagedIdentityClusterArgs{
					Location: pulumi.StringPtr("westeurope"), APIServer: &components.APIServerArgs{Public: true}, RoleStrategy: strategy,
					Subnets: subnet, SystemPool: &components.NodePoolArgs{Subnet: "nodes"}, Pools: []*components.NodePoolArgs{{Name: "web", Subnet: "nodes"}},
				}, opts...)
				return err
			},
			"delegation": func(ctx *pulumi.Context, opts ...pulumi.ResourceOption) error {
				_, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
					PrincipalID: principal, NodeSubnetIDs: subnet, RoleStrategy: strategy,
				}, opts...)
				return err
			},
			"addons": func(ctx *pulumi.Context, opts ...pulumi.ResourceOption) error {
				_, err := components.NewAddonIdentityGrants(ctx, "pull", &components.AddonIdentityGrantsArgs{
					KubeletPrincipalID: principal.ToStringPtrOutput(), RoleStrategy: strategy,
					RegistryIDs: ids{"shop": pulumi.String(azuresim.ID("reg", azuresim.RegistryType, "shopimages"))},
				}, opts...)
				return err
			},
			"workload": func(ctx *pulumi.Context, opts ...pulumi.ResourceOption) error {
				return workload(cloud, "orders", nil, opts...)(ctx)
			},
		}
		workload(cloud, "orders", nil) // seeds the registry
		for name, component := range all {
			t.Run(name+"/"+string(strategy), func(t *testing.T) { staysWhenWrapped(t, cloud, component) })
		}
	}
}

func staysWhenWrapped(t *testing.T, cloud *azuresim.Cloud, component func(*pulumi.Context, ...pulumi.ResourceOption) error) {
	t.Helper()
	run := func(options func(own pulumi.Resource) []pulumi.ResourceOption) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			var own pulumi.ResourceState
			if err := ctx.RegisterComponentResource("acme:index:Platform", "platform", &own); err != nil {
				return err
			}
			return component(ctx, options(&own)...)
		}
	}
	alone := func(pulumi.Resource) []pulumi.ResourceOption { return nil }
	wrapped := func(own pulumi.Resource) []pulumi.ResourceOption {
		return []pulumi.ResourceOption{pulumi.Parent(own), pulumi.Aliases([]pulumi.Alias{{NoParent: pulumi.Bool(true)}})}
	}
	unwrapped := func(own pulumi.Resource) []pulumi.ResourceOption {
		return []pulumi.ResourceOption{pulumi.Aliases([]pulumi.Alias{{Parent: own}})}
	}
	s := simtest.New(t, run(alone), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	done := len(cloud.Operations())
	for _, options := range []func(pulumi.Resource) []pulumi.ResourceOption{wrapped, unwrapped} {
		s.SetProgram(run(options))
		for _, action := range []func(...simtest.OpOption) simtest.Result{s.Preview, s.Up} {
			for _, step := range must(t, "moved", action()).Steps.Changing() {
				if step.Op != "update" || step.Type != roleType {
					t.Errorf("moving changes %s %s", step.Op, step.Name)
				}
			}
		}
	}
	for _, op := range cloud.Operations()[done:] {
		if op.Method == azuresim.MethodDelete {
			t.Errorf("%s was deleted", op.ID)
		}
	}
	must(t, "destroy", s.Destroy())
}
