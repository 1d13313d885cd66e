// Package daytwo is what a platform team does to the production cluster after the first day, as one table: what is edited in the
// program, and what Pulumi then changes. The tests take the table through the engine (examples/production) and a sample of it
// through the Pulumi CLI (tests).
package daytwo

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/examples/production/program"
)

// Step is one edit of the program and one `pulumi up`, or one `pulumi refresh`.
type Step struct {
	Name string
	// Edit changes the program; the edits of earlier steps stay. Nil: the program stays as it is, and the state is refreshed.
	Edit func(*program.Platform)
	// Changes are all that Pulumi changes, each as "update AgentPool shop-web", sorted. None: the edit changes nothing in Azure.
	Changes []string
	// Sample marks the steps that go through the CLI as well.
	Sample bool
}

// Refreshes tells whether the step is a refresh.
func (s Step) Refreshes() bool { return s.Edit == nil }

// Steps are day two, in order. given and another are identities that somebody else made.
func Steps(given, another *components.UserAssignedIdentityArgs) []Step {
	return []Step{
		{Name: "let web scale further", Sample: true, Edit: func(p *program.Platform) {
			pool(p, "web").Autoscaling = &components.AutoscalingArgs{Min: pulumi.Int(4), Max: pulumi.Int(20)}
		}, Changes: []string{"update AgentPool shop-web"}},

		{Name: "let the system pool scale further", Edit: func(p *program.Platform) {
			p.Cluster.SystemPool.Autoscaling = &components.AutoscalingArgs{Min: pulumi.Int(3), Max: pulumi.Int(9)}
		}, Changes: []string{"update ManagedCluster shop"}},

		{Name: "reorder the pools", Sample: true, Edit: func(p *program.Platform) { slices.Reverse(p.Cluster.Pools) }},

		{Name: "refresh", Sample: true},

		{Name: "label the system pool", Edit: func(p *program.Platform) {
			p.Cluster.SystemPool.NodeLabels = pulumi.StringMap{"workload": pulumi.String("system")}
		}, Changes: []string{"update ManagedCluster shop"}},

		{Name: "rename the component", Sample: true, Edit: func(p *program.Platform) {
			p.Name, p.Aliases = "store", []string{"shop"}
		}},

		{Name: "add a pool", Sample: true, Edit: func(p *program.Platform) {
			p.Cluster.Pools = append([]*components.NodePoolArgs{program.Zonal(&components.NodePoolArgs{
				Name: "gpu", Subnet: "workloads", VMSize: pulumi.StringPtr("Standard_NC4as_T4_v3"), Count: pulumi.IntPtr(1),
			})}, p.Cluster.Pools...)
		}, Changes: []string{"create AgentPool store-gpu"}},

		{Name: "scale the pool by hand", Edit: func(p *program.Platform) { pool(p, "gpu").Count = pulumi.IntPtr(2) },
			Changes: []string{"update AgentPool store-gpu"}},

		{Name: "remove the pool", Sample: true, Edit: func(p *program.Platform) {
			p.Cluster.Pools = slices.DeleteFunc(p.Cluster.Pools, func(pool *components.NodePoolArgs) bool { return pool.Name == "gpu" })
		}, Changes: []string{"delete AgentPool store-gpu"}},

		// docs/system-pool.md, in two steps: another system pool, then the first one retired.
		{Name: "add another system pool", Edit: func(p *program.Platform) {
			p.Cluster.Pools = append(p.Cluster.Pools, program.Zonal(&components.NodePoolArgs{
				Name: "system2", Mode: components.PoolModeSystem, Subnet: "system", VMSize: pulumi.StringPtr("Standard_D8ds_v5"),
				Autoscaling: &components.AutoscalingArgs{Min: pulumi.Int(3), Max: pulumi.Int(9)},
			}))
		}, Changes: []string{"create AgentPool store-system2"}},

		{Name: "retire the first system pool", Edit: func(p *program.Platform) {
			first := p.Cluster.SystemPool
			first.Mode, first.Autoscaling, first.Count = components.PoolModeUser, nil, pulumi.IntPtr(0)
		}, Changes: []string{"update ManagedCluster store"}},

		// The kubelet's pull right and its identity stay; what the control plane may do is granted to the other identity first.
		{Name: "give an identity instead of the created one", Edit: func(p *program.Platform) {
			p.Cluster.Identity = &components.ClusterIdentityArgs{UserAssigned: given}
		}, Changes: []string{"update ManagedCluster store"}},

		{Name: "give another identity", Edit: func(p *program.Platform) {
			p.Cluster.Identity = &components.ClusterIdentityArgs{UserAssigned: another}
		}, Changes: []string{"update ManagedCluster store"}},

		{Name: "go back to a created identity", Edit: func(p *program.Platform) {
			p.Cluster.Identity = &components.ClusterIdentityArgs{Type: components.UserAssigned}
		}, Changes: []string{"update ManagedCluster store"}},

		{Name: "upgrade the control plane", Edit: func(p *program.Platform) {
			p.Cluster.KubernetesVersion = pulumi.StringPtr("1.34")
		}, Changes: []string{"update ManagedCluster store"}},

		{Name: "upgrade the pools", Edit: func(p *program.Platform) {
			for _, pool := range append(p.Cluster.Pools, p.Cluster.SystemPool) {
				pool.KubernetesVersion = pulumi.StringPtr("1.34")
			}
		}, Changes: []string{
			"update AgentPool store-jobs", "update AgentPool store-system2", "update AgentPool store-web", "update ManagedCluster store",
		}},

		{Name: "change the tags", Edit: func(p *program.Platform) {
			p.Cluster.Tags = pulumi.StringMap{"team": pulumi.String("platform"), "environment": pulumi.String("production"),
				"costCenter": pulumi.String("4711")}
		}, Changes: []string{"update ManagedCluster store"}},

		{Name: "refresh again"},
	}
}

// pool is one of the further pools.
func pool(p *program.Platform, name string) *components.NodePoolArgs {
	i := slices.IndexFunc(p.Cluster.Pools, func(pool *components.NodePoolArgs) bool { return pool.Name == name })
	return p.Cluster.Pools[i]
}
