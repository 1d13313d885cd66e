// Package daytwo is what a platform team does to the production cluster after the first day, as one table: what is edited in the
// program, and what Pulumi then changes. The tests take the table through the engine (examples/production) and a sample of it
// through the Pulumi CLI (tests).
package daytwo

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/examples/production/program"
)

// Step is one edit of the program and one `pulumi up`, or one `pulumi refresh`.
type Step struct {
	Name string
	// Edit changes the program; the edits of earlier steps stay. Nil: the program stays as it is, and the state is refreshed.
	Edit func(*program.Platform)
	// Meanwhile is what happens in Azure before the step, without Pulumi. Nil: nothing.
	Meanwhile func(*azuresim.Cloud) error
	// Changes are all that Pulumi changes, each as "update AgentPool shop-web"; of a refresh, all that it finds changed. None: the
	// edit changes nothing in Azure.
	Changes []string
	// Sample marks the steps that go through the CLI as well.
	Sample bool
}

// Refreshes tells whether the step is a refresh.
func (s Step) Refreshes() bool { return s.Edit == nil }

// Steps are day two, in order. given and another are identities that somebody else made.
func Steps(given, another azuresim.SeededIdentity) []Step {
	return slices.Concat(scaling(), renaming(), comingAndGoing(), rotatingTheSystemPool(), exchangingTheIdentity(given, another), upgrading())
}

func scaling() []Step {
	return []Step{
		{
			// The new minimum may be above the number of nodes there are; the autoscaler adds the others.
			Name: "let web scale further",
			Edit: func(p *program.Platform) {
				pool(p, "web").Autoscaling = &components.AutoscalingArgs{Min: pulumi.Int(4), Max: pulumi.Int(20)}
			},
			Changes: []string{"update AgentPool shop-web"}, Sample: true,
		},
		{
			Name:   "reorder the pools",
			Edit:   func(p *program.Platform) { slices.Reverse(p.Cluster.Pools) },
			Sample: true,
		},
		{
			// AKS refuses a request that scales an autoscaled pool, so Pulumi has to know how many nodes there are now.
			Name:      "refresh, since the autoscaler has added nodes",
			Meanwhile: autoscale(map[string]int{"web": WebNodes, "system": 4}),
			Changes:   []string{"update AgentPool shop-web", "update ManagedCluster shop"}, Sample: true,
		},
		{
			Name: "let the system pool scale further",
			Edit: func(p *program.Platform) {
				p.Cluster.SystemPool.Autoscaling = &components.AutoscalingArgs{Min: pulumi.Int(3), Max: pulumi.Int(9)}
			},
			Changes: []string{"update ManagedCluster shop"},
		},
	}
}

// WebNodes is how many nodes the autoscaler has given to web; no later step changes that.
const WebNodes = 8

func autoscale(pools map[string]int) func(*azuresim.Cloud) error {
	return func(cloud *azuresim.Cloud) error {
		for name, count := range pools {
			if err := cloud.ScalePool(cloud.Clusters()[0].ID+"/agentPools/"+name, count); err != nil {
				return err
			}
		}
		return nil
	}
}

func renaming() []Step {
	return []Step{
		{
			Name:   "rename the component",
			Edit:   func(p *program.Platform) { p.Name, p.Aliases = "store", []string{"shop"} },
			Sample: true,
		},
		{
			Name: "call a subnet by another key",
			Edit: func(p *program.Platform) {
				p.Cluster.Subnets = pulumi.StringMap{"system": p.Cluster.Subnets["system"], "apps": p.Cluster.Subnets["workloads"]}
				for _, pool := range p.Cluster.Pools {
					pool.Subnet = "apps"
				}
				p.Cluster.RenamedKeys = map[string][]string{"subnets.apps": {"subnets.workloads"}}
			},
			Sample: true,
		},
	}
}

func comingAndGoing() []Step {
	return []Step{
		{
			Name: "add a pool, first in the list",
			Edit: func(p *program.Platform) {
				p.Cluster.Pools = slices.Insert(p.Cluster.Pools, 0, program.Zonal(&components.NodePoolArgs{
					Name: "gpu", Subnet: "apps", VMSize: pulumi.StringPtr("Standard_NC4as_T4_v3"), Count: pulumi.IntPtr(1),
				}))
			},
			Changes: []string{"create AgentPool store-gpu"}, Sample: true,
		},
		{
			Name:    "scale it by hand",
			Edit:    func(p *program.Platform) { pool(p, "gpu").Count = pulumi.IntPtr(2) },
			Changes: []string{"update AgentPool store-gpu"},
		},
		{
			Name: "remove it",
			Edit: func(p *program.Platform) {
				p.Cluster.Pools = slices.DeleteFunc(p.Cluster.Pools, func(pool *components.NodePoolArgs) bool { return pool.Name == "gpu" })
			},
			Changes: []string{"delete AgentPool store-gpu"}, Sample: true,
		},
	}
}

// rotatingTheSystemPool is docs/system-pool.md.
func rotatingTheSystemPool() []Step {
	return []Step{
		{
			Name: "add another system pool",
			Edit: func(p *program.Platform) {
				p.Cluster.Pools = append(p.Cluster.Pools, program.Zonal(&components.NodePoolArgs{
					Name: "system2", Mode: components.PoolModeSystem, Subnet: "system", VMSize: pulumi.StringPtr("Standard_D8ds_v5"),
					Autoscaling: &components.AutoscalingArgs{Min: pulumi.Int(3), Max: pulumi.Int(9)},
				}))
			},
			Changes: []string{"create AgentPool store-system2"},
		},
		{
			Name: "retire the first one",
			Edit: func(p *program.Platform) {
				first := p.Cluster.SystemPool
				first.Mode, first.Autoscaling, first.Count = components.PoolModeUser, nil, pulumi.IntPtr(0)
			},
			Changes: []string{"update ManagedCluster store"},
		},
	}
}

// exchangingTheIdentity of the control plane: the kubelet's stays, with its right to pull. With a kubelet identity of one's own
// the control plane cannot become system-assigned (OnlySupportedOnUserAssignedMSICluster).
func exchangingTheIdentity(given, another azuresim.SeededIdentity) []Step {
	use := func(identity *components.ClusterIdentityArgs) func(*program.Platform) {
		return func(p *program.Platform) { p.Cluster.Identity = identity }
	}
	// In the names of grants an identity is its own name with a hash of its ID.
	const first, second = "shop-blue-2b218c", "shop-green-d9a7f1"
	return []Step{
		{
			Name: "give an identity instead of the created one",
			Edit: use(&components.ClusterIdentityArgs{UserAssigned: names(given)}),
			Changes: slices.Concat(grants("create", first), []string{"update ManagedCluster store"}, grants("delete", "created"),
				[]string{"delete UserAssignedIdentity store-control-plane"}),
		},
		{
			Name:    "give another identity",
			Edit:    use(&components.ClusterIdentityArgs{UserAssigned: names(another)}),
			Changes: slices.Concat(grants("create", second), []string{"update ManagedCluster store"}, grants("delete", first)),
		},
		{
			Name: "go back to a created identity",
			Edit: use(&components.ClusterIdentityArgs{Type: components.UserAssigned}),
			Changes: slices.Concat([]string{"create UserAssignedIdentity store-control-plane"}, grants("create", "created"),
				[]string{"update ManagedCluster store"}, grants("delete", second)),
		},
	}
}

// grants are what is done to the grants of a control plane.
func grants(op, holder string) []string {
	var out []string
	for _, name := range grantsOf(holder) {
		out = append(out, op+" RoleAssignment "+name)
	}
	return out
}

func grantsOf(holder string) []string {
	var names []string
	for _, grant := range []string{
		"managed-identity-operator-kubeletIdentity", "network-contributor-natGatewayIds.egress", "network-contributor-subnets.apps",
		"network-contributor-subnets.system",
	} {
		names = append(names, "store-control-plane-"+holder+"-"+grant)
	}
	return names
}

// upgrading is the control plane first and the pools after it: AKS refuses a pool that is newer than the control plane.
func upgrading() []Step {
	const next = "1.36"
	return []Step{
		{
			Name:    "upgrade the control plane",
			Edit:    func(p *program.Platform) { p.Cluster.KubernetesVersion = pulumi.StringPtr(next) },
			Changes: []string{"update ManagedCluster store"},
		},
		{
			Name: "upgrade the pools",
			Edit: func(p *program.Platform) {
				p.Cluster.SystemPool.KubernetesVersion = pulumi.StringPtr(next)
				for _, pool := range p.Cluster.Pools {
					pool.KubernetesVersion = pulumi.StringPtr(next)
				}
			},
			Changes: []string{
				"update ManagedCluster store", "update AgentPool store-jobs", "update AgentPool store-system2", "update AgentPool store-web",
			},
		},
		{
			Name: "change the tags",
			Edit: func(p *program.Platform) {
				p.Cluster.Tags = pulumi.StringMap{"team": pulumi.String("platform"), "costCenter": pulumi.String("4711")}
			},
			Changes: []string{
				"update ResourceGroup store-group", "update UserAssignedIdentity store-control-plane", "update UserAssignedIdentity store-kubelet",
				"update DataCollectionRule store-monitoring", "update ManagedCluster store",
			},
		},
		{Name: "refresh once more"},
	}
}

// pool is one of the further pools.
func pool(p *program.Platform, name string) *components.NodePoolArgs {
	i := slices.IndexFunc(p.Cluster.Pools, func(pool *components.NodePoolArgs) bool { return pool.Name == name })
	return p.Cluster.Pools[i]
}
