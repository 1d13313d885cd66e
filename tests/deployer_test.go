package tests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"
)

// deployment is a program with what its components plan.
type deployment struct {
	program pulumi.RunFunc
	plans   []plan.Plan
}

func (d deployment) rights() plan.DeployerRights { return plan.DeployerActions(d.plans...) }

// deployerPrograms are those with which rights of deployers are judged.
var deployerPrograms = []struct {
	name, reason string
	make         func(w *world) deployment
}{
	{"quickstart", "a resource group and a cluster with an identity of AKS's making", quickstartDeployment},
	{"user-assigned", "identities, subnets, a zone and registries of others, in a group that is there", userAssignedDeployment},
	{"made identities", "identities that the deployment makes, with a right of one on the other", madeIdentitiesDeployment},
	{"system-assigned", "outbound addresses, a gateway, and everything that collects logs", systemAssignedDeployment},
	{"custom roles", "role definitions are written too", customRolesDeployment},
	{"around a cluster", "a delegation, grants for a cluster that is there, and a workload", aroundDeployment},
}

func clusterDeployment(args *clusterArgs) deployment {
	return deployment{clusterProgram(args), []plan.Plan{components.PlanManagedIdentityCluster(args, worlds.Day)}}
}

func quickstartDeployment(*world) deployment {
	return clusterDeployment(baseCluster(way{plan.SystemAssigned, plan.BuiltinRoles}))
}

func userAssignedDeployment(w *world) deployment {
	args := baseCluster(way{plan.UserAssigned, plan.BuiltinRoles})
	w.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, clusterInGroup), nil)
	args.ResourceGroupName = pulumi.StringPtr(clusterInGroup)
	control := w.MustSeedIdentity("identities", "control")
	args.Identity.UserAssigned = &components.UserAssignedIdentityArgs{
		ResourceID: pulumi.String(control.ID), PrincipalID: pulumi.String(control.PrincipalID), ClientID: pulumi.String(control.ClientID),
	}
	nodes, zone := inSubnet(w, args), w.resource(azuresim.PrivateDNSZoneType, ownZone, nil)
	_ = nodes
	args.APIServer = &components.APIServerArgs{Private: true, PrivateDNSZoneID: pulumi.StringPtr(zone)}
	ownKubelet(w, args)
	args.Subnets["pods"], args.SystemPool.PodSubnet = pulumi.String(w.subnet("pods")), "pods"
	args.RegistryIDs = ids{"main": pulumi.String(w.resource(azuresim.RegistryType, "registry1", nil))}
	args.DiskEncryptionSetID = pulumi.StringPtr(w.resource(azuresim.DiskEncryptionSetType, "set", nil))
	args.Pools = []*components.NodePoolArgs{{
		Name: "user", Subnet: "nodes", PodSubnet: "pods",
		ProximityPlacementGroupID: pulumi.StringPtr(w.resource(azuresim.ProximityPlacementGroupType, "near", nil)),
	}}
	withKMS(w, args)
	return clusterDeployment(args)
}

func madeIdentitiesDeployment(w *world) deployment {
	args := baseCluster(way{plan.UserAssigned, plan.BuiltinRoles})
	args.KubeletIdentity = &components.KubeletIdentityArgs{}
	inSubnet(w, args)
	return clusterDeployment(args)
}

func systemAssignedDeployment(w *world) deployment {
	args := baseCluster(way{plan.SystemAssigned, plan.BuiltinRoles})
	args.AdminKubeconfig = true
	inSubnet(w, args)
	args.Network = &components.NetworkArgs{LoadBalancer: &components.LoadBalancerArgs{
		OutboundIPIDs:   ids{"one": pulumi.String(w.resource(azuresim.PublicIPAddressType, "egress", nil))},
		BackendPoolType: components.BackendPoolTypeNodeIP,
	}}
	args.SystemPool.EnableNodePublicIP, args.SystemPool.NodeIPPrefix = true, "nodes"
	args.NodeIPPrefixIDs = ids{"nodes": pulumi.String(w.resource(azuresim.PublicIPPrefixType, "nodes", nil))}
	args.Security = &components.SecurityArgs{DefenderWorkspaceID: pulumi.StringPtr(w.resource(azuresim.WorkspaceType, "found", nil))}
	args.AcceptRetired = []string{"addons.appRouting"} // planned on the machine's day, deployed on that of the cloud
	args.Addons = &components.AddonsArgs{
		Monitoring:     &components.MonitoringArgs{},
		IngressGateway: &components.IngressGatewayArgs{GatewayID: pulumi.StringPtr(w.resource(azuresim.ApplicationGatewayType, "gateway", nil))},
		AppRouting: &components.AppRoutingArgs{
			PublicDNSZoneIDs: ids{"shop": pulumi.String(w.resource(azuresim.DNSZoneType, "shop.example", nil))},
		},
	}
	return clusterDeployment(args)
}

func customRolesDeployment(w *world) deployment {
	args := baseCluster(way{plan.UserAssigned, plan.CustomRoles})
	inSubnet(w, args)
	args.RegistryIDs = ids{"main": pulumi.String(w.resource(azuresim.RegistryType, "registry1", nil))}
	return clusterDeployment(args)
}

func aroundDeployment(w *world) deployment {
	w.seedCluster(plan.UserAssigned)
	w.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "apps"), nil)
	network := &components.VnetDelegationArgs{
		ClusterID: pulumi.StringPtr(w.cluster.ID), NodeSubnetIDs: ids{"services": pulumi.String(w.subnet("services"))}, Propagation: atOnce(),
	}
	pull := &components.AddonIdentityGrantsArgs{
		ClusterID: pulumi.StringPtr(w.cluster.ID), Propagation: atOnce(),
		RegistryIDs: ids{"main": pulumi.String(w.resource(azuresim.RegistryType, "registry1", nil))},
	}
	orders := &components.WorkloadIdentityArgs{
		ResourceGroupName: pulumi.String("apps"), Location: pulumi.StringPtr("westeurope"), IssuerURL: pulumi.String("https://issuer.example/1/"),
		ServiceAccounts: map[string]*components.ServiceAccountArgs{"orders": {Namespace: pulumi.String("shop"), Name: pulumi.String("orders")}}, Propagation: atOnce(),
		Roles: map[string]*components.WorkloadGrantArgs{"secrets": {
			Role: rbac.KeyVaultSecretsUser, ResourceID: pulumi.String(w.resource(azuresim.VaultType, "orders-vault", nil)), Reason: "read secrets",
		}},
	}
	return deployment{
		func(ctx *pulumi.Context) error {
			if _, err := components.NewVnetDelegation(ctx, "network", network); err != nil {
				return err
			}
			if _, err := components.NewAddonIdentityGrants(ctx, "pull", pull); err != nil {
				return err
			}
			_, err := components.NewWorkloadIdentity(ctx, "orders", orders)
			return err
		},
		[]plan.Plan{
			components.PlanVnetDelegation(network), components.PlanAddonIdentityGrants(pull), components.PlanWorkloadIdentity("orders", orders),
		},
	}
}

func atOnce() *components.PropagationArgs {
	now := 0
	return &components.PropagationArgs{TimeoutSeconds: &now}
}

// holding are assignments of exactly the rights, each at its own scope.
func holding(t *testing.T, rights plan.DeployerRights) (held []rbac.Assignment) {
	t.Helper()
	for _, at := range rights.Scopes() {
		scope, known := at.In(azuresim.DefaultSubscriptionID)
		if !known {
			t.Fatalf("%s is not known, and these programs know all", at)
		}
		held = append(held, rbac.Assignment{Role: rights.At(at).Role("deployer"), Scope: scope})
	}
	return held
}

// cycle deploys, refreshes and destroys as a deployer with these rights; what fails is told, empty for nothing.
func cycle(t *testing.T, build func(w *world) deployment, choose func(plan.DeployerRights) plan.DeployerRights) string {
	t.Helper()
	w := newWorld(t)
	d := build(w)
	w.Configure(azuresim.WithDeployer(holding(t, choose(d.rights()))...))
	s := simtest.New(t, d.program, simtest.WithCloud(w.Cloud))
	for _, operation := range []struct {
		name string
		run  func(...simtest.OpOption) simtest.Result
	}{{"up", s.Up}, {"refresh", s.Refresh}, {"destroy", s.Destroy}} {
		if result := operation.run(); result.Err != nil {
			return operation.name + ": " + result.Explain()
		}
	}
	return ""
}

// TestTheDeployersRightsAreEnough: with the rights that the plan names, each at its own scope and no other, a program is deployed,
// refreshed and destroyed.
func TestTheDeployersRightsAreEnough(t *testing.T) {
	for _, tc := range deployerPrograms {
		t.Run(tc.name, func(t *testing.T) {
			if failed := cycle(t, tc.make, func(r plan.DeployerRights) plan.DeployerRights { return r }); failed != "" {
				t.Errorf("%s: %s", tc.reason, failed)
			}
		})
	}
}

// unnoticed are the rights that the simulator does not ask for although the plan takes them for needed, with the reason.
var unnoticed = map[string]string{
	"Microsoft.ContainerService/managedClusters/agentPools/delete":                "a destroy takes the pools away with the cluster; a pool that is taken out of the program is deleted by itself",
	"Microsoft.ContainerService/managedClusters/maintenanceConfigurations/delete": "a destroy takes the windows away with the cluster, as the pools",
}

// TestEachRightOfTheDeployerIsNeeded: without any one of the rights the program cannot be deployed, refreshed and destroyed. Rights that
// are not certain say so themselves.
func TestEachRightOfTheDeployerIsNeeded(t *testing.T) {
	for _, tc := range deployerPrograms {
		t.Run(tc.name, func(t *testing.T) {
			all := tc.make(newWorld(t)).rights()
			for _, right := range places(all) {
				taken := fmt.Sprintf("%s on %s", right.Action, right.Scope)
				without := func(r plan.DeployerRights) (rest plan.DeployerRights) {
					for _, a := range r {
						if a.Action != right.Action || a.Scope.String() != right.Scope.String() {
							rest = append(rest, a)
						}
					}
					return rest
				}
				failed := cycle(t, tc.make, without)
				certain := right.Need == plan.Needed && unnoticed[right.Action] == "" && !held(without(all), right)
				if certain && failed == "" {
					t.Errorf("%s: it works without %s", tc.reason, taken)
				}
				if !certain && failed != "" {
					t.Errorf("%s: it does not work without %s, which is said not to be needed: %s", tc.reason, taken, failed)
				}
				if failed != "" && !strings.Contains(failed, right.Action) {
					t.Errorf("without %s it fails for another reason: %s", taken, failed)
				}
			}
		})
	}
}

// places are the rights, each action at each scope once; what several resources need is needed when one of them needs it.
func places(rights plan.DeployerRights) (each plan.DeployerRights) {
	at := map[string]int{}
	for _, a := range rights {
		key := a.Action + "|" + a.Scope.String()
		i, twice := at[key]
		if !twice {
			at[key] = len(each)
			each = append(each, a)
		} else if a.Need == plan.Needed {
			each[i].Need = plan.Needed
		}
	}
	return each
}

// held tells whether the other rights include the right: at a wider scope.
func held(rights plan.DeployerRights, right plan.DeployerAction) bool {
	inner, _ := right.Scope.In(azuresim.DefaultSubscriptionID)
	for _, a := range rights {
		if outer, known := a.Scope.In(azuresim.DefaultSubscriptionID); known && a.Action == right.Action && outer.Contains(inner) {
			return true
		}
	}
	return false
}
