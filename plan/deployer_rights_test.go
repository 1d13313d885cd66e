package plan_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/tests/golden"
)

// TestGoldenRights: all rights that deploying a plan takes, one file for each scenario.
func TestGoldenRights(t *testing.T) {
	const (
		resources   = subscription + "/resourceGroups/net/providers/"
		subnet      = resources + "Microsoft.Network/virtualNetworks/hub/subnets/nodes"
		registry    = resources + "Microsoft.ContainerRegistry/registries/images"
		workspace   = resources + "Microsoft.OperationalInsights/workspaces/logs"
		identity    = resources + "Microsoft.ManagedIdentity/userAssignedIdentities/"
		placement   = resources + "Microsoft.Compute/proximityPlacementGroups/near"
		adoptedGUID = "22222222-2222-2222-2222-222222222222"
	)
	user := plan.ClusterIdentity{Type: plan.UserAssigned}
	existing := func(name string) *plan.UserIdentity {
		return &plan.UserIdentity{Existing: &plan.ExistingIdentity{
			ResourceID: plan.Known(identity + name), PrincipalID: plan.Known(adoptedGUID), ClientID: plan.Known("33333333-3333-3333-3333-333333333333"),
		}}
	}
	in := func(c plan.Cluster) plan.Cluster {
		c.APIServer, c.SystemPool = open(), plan.Pool{Name: "system", Subnet: "nodes"}
		c.Subnets = values{"nodes": plan.Known(subnet)}
		return c
	}
	registries := func(id value) plan.AddonGrants {
		return plan.AddonGrants{
			Principals: []plan.GivenPrincipal{{Identity: plan.Identity{Kind: plan.Kubelet}, Path: "kubeletPrincipalId", ID: plan.Known(adoptedGUID)}},
			Mentions:   plan.Each(plan.Registry, "registryIds", values{"images": id, "other": plan.Late[string]()}),
		}
	}
	adopting := registries(plan.Known(registry))
	adopting.Adopted = plan.Adopted{"kubelet-acrpull-registryIds.images": adoptedGUID}
	for _, scenario := range []scenario{
		{"made", "Everything is made, in a group that is made as well, with generated roles.", plan.ForCluster(in(plan.Cluster{
			Identity: user, KubeletIdentity: &plan.UserIdentity{}, Strategy: plan.CustomRoles, AdminCredentials: true,
			Pools:  []plan.Pool{{Name: "batch", Subnet: "nodes", ProximityGroup: plan.Known(placement)}},
			Addons: plan.Addons{Monitoring: &plan.MonitoringAddon{}}, Location: plan.Known("westeurope"),
		}))},
		{"given-group", "A group that exists, whose region is looked up; a workspace of another team; a pool that is filled by addresses.", plan.ForCluster(in(plan.Cluster{
			Identity: user, KubeletIdentity: &plan.UserIdentity{}, Strategy: plan.CustomRoles, ResourceGroup: plan.Known("shop"),
			Network:  plan.Network{LoadBalancer: &plan.LoadBalancer{BackendPoolType: plan.BackendPoolTypeNodeIP}},
			Addons:   plan.Addons{Monitoring: &plan.MonitoringAddon{Workspace: plan.Known(workspace)}},
			Security: plan.Security{DefenderWorkspace: plan.Known(workspace)},
		}))},
		{"existing-identities", "Identities that exist, and grants that others make.", plan.ForCluster(in(plan.Cluster{
			Identity: plan.ClusterIdentity{Type: plan.UserAssigned, User: existing("control")}, KubeletIdentity: existing("nodes"),
			ResourceGroup: plan.Known("shop"), Location: plan.Known("westeurope"), Grants: plan.GrantNone, NoMaintenance: true,
			Mentions: plan.Each(plan.Registry, "registryIds", values{"images": plan.Known(registry)}),
		}))},
		{"adopted", "One assignment exists; the other is made.", plan.ForAddons(adopting)},
		{"workload", "A workload's identity.", plan.ForWorkload(plan.Workload{
			Name: "orders", ResourceGroup: plan.Known("shop"), Issuer: plan.Known("https://issuer.example/"),
			ServiceAccounts: map[string]plan.ServiceAccount{"web": {Namespace: plan.Known("shop"), Name: plan.Known("web")}},
		})},
	} {
		t.Run(scenario.name, func(t *testing.T) {
			rights := plan.DeployerActions(scenario.plan)
			if len(rights) == 0 {
				t.Fatalf("no rights, so this holds nothing: %v", scenario.plan.Problems)
			}
			var b strings.Builder
			fmt.Fprintf(&b, "# %s\n\n", scenario.story)
			for _, r := range rights {
				fmt.Fprintf(&b, "%s, %s\n", r, r.When)
			}
			golden.Compare(t, filepath.Join("testdata", "rights", scenario.name+".golden"), b.String(), *update, "go test ./plan -run TestGoldenRights -update")
		})
	}
}
