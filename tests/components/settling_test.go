package components_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"
)

// settling waits for the age of grants only.
func settling(seconds int) *components.PropagationArgs {
	return &components.PropagationArgs{SettleSeconds: &seconds}
}

// takes runs an operation and tells how much simulated time has passed.
func takes(t *testing.T, cloud *azuresim.Cloud, run func(...simtest.OpOption) simtest.Result) time.Duration {
	t.Helper()
	begun := cloud.Clock().Now()
	must(t, "deployment", run())
	return cloud.Clock().Now().Sub(begun)
}

// between tells what a wait that was wanted may be off by: what else takes time in Azure.
func between(t *testing.T, reason string, took, least, most time.Duration) {
	t.Helper()
	if took < least || took > most {
		t.Errorf("%s: it took %s, want %s to %s", reason, took, least, most)
	}
}

// TestAComponentIsReadyWhenItsGrantsWork: a cluster that is granted to after it is there waits for its grants; one whose grants are
// older than it takes to make, and one that is deployed again, wait for nothing. A preview never waits.
func TestAComponentIsReadyWhenItsGrantsWork(t *testing.T) {
	const cluster, slack = 4 * time.Minute, 15 * time.Second
	user := &components.ClusterIdentityArgs{Type: plan.UserAssigned}
	for _, tc := range []struct {
		name, reason string
		identity     *components.ClusterIdentityArgs
		wait         *components.PropagationArgs
		longer       time.Duration
	}{
		{"system-assigned", "the grants are as young as the cluster", nil, nil, 3 * time.Minute},
		{"user-assigned", "the grants are older than three minutes when the cluster is there", user, nil, 0},
		{"another time", "ten minutes were asked for", nil, settling(600), 10 * time.Minute},
		{"user-assigned, another time", "four of the ten minutes pass while the cluster is made", user, settling(600), 6 * time.Minute},
		{"no time", "0 switches it off", nil, settling(0), 0},
		{"no waiting", "who does not wait at all does not wait for this", nil, quick(0), 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New(azuresim.Realistic(), azuresim.WithPermissionDelay(func(azuresim.RoleAssignment) time.Duration { return 0 }))
			args := smallest()
			args.Identity, args.Propagation = tc.identity, tc.wait
			args.Subnets, args.SystemPool.Subnet = ids{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))}, "nodes"
			s := simtest.New(t, program(args), simtest.WithCloud(cloud))
			between(t, "a preview", takes(t, cloud, s.Preview), 0, 0)
			between(t, tc.reason, takes(t, cloud, s.Up), cluster+tc.longer, cluster+tc.longer+slack)
			must(t, "refresh", s.Refresh())
			between(t, "an unchanged deployment", takes(t, cloud, s.Up), 0, 10*time.Minute) // the age counts, whatever else
			between(t, "an unchanged deployment of old grants", takes(t, cloud, s.Up), 0, time.Second)
		})
	}
}

// TestWhatWaitsForReadyFindsRightsThatWork: in every component, for grants that take two minutes.
func TestWhatWaitsForReadyFindsRightsThatWork(t *testing.T) {
	for name, component := range map[string]func(*pulumi.Context, *azuresim.Cloud) (pulumi.BoolOutput, error){
		"cluster": func(ctx *pulumi.Context, cloud *azuresim.Cloud) (pulumi.BoolOutput, error) {
			args := smallest()
			args.Subnets, args.SystemPool.Subnet = ids{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))}, "nodes"
			c, err := components.NewManagedIdentityCluster(ctx, "aks", args)
			return c.Ready, err
		},
		"delegation": func(ctx *pulumi.Context, cloud *azuresim.Cloud) (pulumi.BoolOutput, error) {
			c, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
				PrincipalID:   pulumi.String(cloud.MustSeedIdentity("ids", "control").PrincipalID),
				NodeSubnetIDs: ids{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))},
			})
			return c.Ready, err
		},
		"addons": func(ctx *pulumi.Context, cloud *azuresim.Cloud) (pulumi.BoolOutput, error) {
			c, err := components.NewAddonIdentityGrants(ctx, "pull", &components.AddonIdentityGrantsArgs{
				KubeletPrincipalID: pulumi.StringPtr(cloud.MustSeedIdentity("ids", "nodes").PrincipalID),
				RegistryIDs:        ids{"shop": pulumi.String(cloud.MustSeed(azuresim.ID("reg", azuresim.RegistryType, "shopimages"), nil))},
			})
			return c.Ready, err
		},
		"workload": func(ctx *pulumi.Context, cloud *azuresim.Cloud) (pulumi.BoolOutput, error) {
			vault := cloud.MustSeed(azuresim.ID("keys", azuresim.VaultType, "shop"), map[string]any{"properties": map[string]any{"enableRbacAuthorization": true}})
			c, err := components.NewWorkloadIdentity(ctx, "orders", &components.WorkloadIdentityArgs{
				ResourceGroupName: pulumi.String("keys"), IssuerURL: pulumi.String("https://issuer.example/"), Location: pulumi.StringPtr("westeurope"),
				ServiceAccounts: map[string]*components.ServiceAccountArgs{"orders": {Namespace: pulumi.String("shop"), Name: pulumi.String("orders")}},
				Roles:           map[string]*components.WorkloadGrantArgs{"vault": {Role: "Key Vault Secrets User", ResourceID: pulumi.String(vault)}},
			})
			return c.Ready, err
		},
	} {
		t.Run(name, func(t *testing.T) {
			cloud := azuresim.New(azuresim.Realistic())
			asked := 0
			run := func(ctx *pulumi.Context) error {
				ready, err := component(ctx, cloud)
				ctx.Export("works", ready.ApplyT(func(bool) bool {
					works := !ctx.DryRun()
					for _, grant := range cloud.RoleAssignments() {
						asked++
						works = works && grant.Effective
					}
					return works
				}))
				return err
			}
			up := must(t, "up", simtest.New(t, run, simtest.WithCloud(cloud)).Up())
			if works, _ := up.Output("works"); works != true || asked == 0 {
				t.Errorf("of %d grants not all work when the component is ready", asked)
			}
		})
	}
}

// TestAWaitHoldsUpOnlyWhatWaits: what does not depend on the component is made meanwhile.
func TestAWaitHoldsUpOnlyWhatWaits(t *testing.T) {
	var cloud *azuresim.Cloud
	at := map[string]time.Duration{}
	patient := azuresim.NewSimulatedClock(azuresim.Epoch).Patient(time.Second)
	cloud = azuresim.New(azuresim.WithClock(patient), azuresim.WithObserver(func(op azuresim.Operation) {
		if op.Method == azuresim.MethodPut && op.Type == azuresim.ResourceGroupType {
			at[op.ID[strings.LastIndex(op.ID, "/")+1:]] = cloud.Clock().Now().Sub(azuresim.Epoch)
		}
	}))
	run := func(ctx *pulumi.Context) error {
		c, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
			PrincipalID:   pulumi.String(cloud.MustSeedIdentity("ids", "control").PrincipalID),
			NodeSubnetIDs: ids{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))},
		})
		if err != nil {
			return err
		}
		for name, opts := range map[string][]pulumi.ResourceOption{"apart": nil, "after": {pulumi.DependsOnInputs(c.Ready.ApplyT(
			func(bool) []pulumi.Resource { return []pulumi.Resource{c} }).(pulumi.ResourceArrayOutput))}} {
			if _, err := resources.NewResourceGroup(ctx, name, &resources.ResourceGroupArgs{
				ResourceGroupName: pulumi.StringPtr(name), Location: pulumi.StringPtr("westeurope"),
			}, opts...); err != nil {
				return err
			}
		}
		return nil
	}
	must(t, "up", simtest.New(t, run, simtest.WithCloud(cloud), simtest.WithParallel(1)).Up())
	if at["apart"] > time.Minute || at["after"] < 3*time.Minute {
		t.Errorf("apart from the component after %s, after it after %s", at["apart"], at["after"])
	}
}

// TestWhatWasGrantedAMomentAgoIsWaitedFor: grants that take two minutes, in front of each place where AKS looks for them, before it
// accepts a cluster and after.
func TestWhatWasGrantedAMomentAgoIsWaitedFor(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		edit         func(*azuresim.Cloud, *components.ManagedIdentityClusterArgs)
	}{
		{"capacity reservation", "LinkedAuthorizationFailed names the principal", func(cloud *azuresim.Cloud, a *components.ManagedIdentityClusterArgs) {
			a.CapacityReservationGroupIDs = ids{"gpu": pulumi.String(cloud.MustSeed(azuresim.ID("reserved", azuresim.CapacityReservationGroupType, "gpu"), nil))}
			a.SystemPool.CapacityReservationGroup = "gpu"
		}},
		{"host group", "LinkedAuthorizationFailed names the principal", func(cloud *azuresim.Cloud, a *components.ManagedIdentityClusterArgs) {
			a.HostGroupIDs = ids{"own": pulumi.String(cloud.MustSeed(azuresim.ID("hosts", azuresim.HostGroupType, "own"), nil))}
			a.SystemPool.HostGroup = "own"
		}},
		{"a zone's link to the network", "AKS finds out after it has accepted, so the grants are waited for before", func(cloud *azuresim.Cloud, a *components.ManagedIdentityClusterArgs) {
			a.APIServer = &components.APIServerArgs{Private: true, PrivateDNSZoneID: pulumi.StringPtr(cloud.MustSeed(
				azuresim.ID("dns", azuresim.PrivateDNSZoneType, "privatelink.westeurope.azmk8s.io"), nil))}
			a.Subnets, a.SystemPool.Subnet = ids{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))}, "nodes"
		}},
		{"kubelet identity", "CustomKubeletIdentityMissingPermissionError", func(_ *azuresim.Cloud, a *components.ManagedIdentityClusterArgs) {
			a.KubeletIdentity = &components.KubeletIdentityArgs{}
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New(azuresim.WithPermissionDelay(func(grant azuresim.RoleAssignment) time.Duration {
				if strings.Contains(strings.ToLower(grant.Scope.String()), "/privatednszones/") {
					return 0 // AKS looks for this one first, and would be tried again until the others work as well
				}
				return 2 * time.Minute
			}))
			args := smallest()
			args.Identity = created()
			tc.edit(cloud, args)
			must(t, tc.reason, simtest.New(t, program(args), simtest.WithCloud(cloud)).Up())
			if passed := cloud.Clock().Now().Sub(azuresim.Epoch); passed < 2*time.Minute {
				t.Errorf("the grants have had %s", passed)
			}
		})
	}
}

// TestTheEndOfTheWaitNamesWhatIsMissing: a permission that never becomes effective is told with grant, scope, action and time, and no
// grant is named that has nothing to do with it.
func TestTheEndOfTheWaitNamesWhatIsMissing(t *testing.T) {
	cloud := azuresim.New(azuresim.WithPermissionDelay(func(azuresim.RoleAssignment) time.Duration { return 24 * time.Hour }))
	args := smallest()
	args.Identity, args.KubeletIdentity = created(), &components.KubeletIdentityArgs{}
	args.RegistryIDs = ids{"shop": pulumi.String(cloud.MustSeed(azuresim.ID("reg", azuresim.RegistryType, "shopimages"), nil))}
	up := simtest.New(t, program(args), simtest.WithCloud(cloud)).Up()
	said := up.Diagnostics()
	for _, want := range []string{
		"Waited 10m0s for it.", "control-plane: Managed Identity Operator on /subscriptions/",
		"Microsoft.ManagedIdentity/userAssignedIdentities/assign/action", "propagation.timeoutSeconds", "CustomKubeletIdentityMissingPermissionError",
	} {
		if up.Err == nil || !strings.Contains(said, want) {
			t.Errorf("the end of the wait does not say %q: %s", want, up.Explain())
		}
	}
	if strings.Contains(said, "AcrPull on") {
		t.Errorf("the grant on the registry has nothing to do with it: %s", said)
	}
}

// TestAGrantForAnotherPrincipalIsMadeFirst: a delegation is given another principal, known or late. The grants of the old one go when
// those of the new one are there, and old enough.
func TestAGrantForAnotherPrincipalIsMadeFirst(t *testing.T) {
	for name, input := range map[string]func(string) pulumi.StringInput{
		"known": func(id string) pulumi.StringInput { return pulumi.String(id) },
		"late":  func(id string) pulumi.StringInput { return pulumi.String(id).ToStringOutput() },
	} {
		t.Run(name, func(t *testing.T) {
			cloud := azuresim.New()
			subnet := ids{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))}
			run := func(identity string) pulumi.RunFunc {
				principal := cloud.MustSeedIdentity("ids", "identity-"+identity).PrincipalID
				return func(ctx *pulumi.Context) error {
					c, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{PrincipalID: input(principal), NodeSubnetIDs: subnet})
					ctx.Export("principalId", c.PrincipalID)
					return err
				}
			}
			s := simtest.New(t, run("a"), simtest.WithCloud(cloud))
			must(t, "up", s.Up())
			done := len(cloud.Operations())
			s.SetProgram(run("b"))
			between(t, "the new grant is to work", takes(t, cloud, s.Up), 10*time.Minute, 11*time.Minute)
			var order []string
			for _, op := range cloud.Operations()[done:] {
				if op.Type == azuresim.RoleAssignmentType && op.Method != azuresim.MethodGet {
					order = append(order, string(op.Method))
				}
			}
			if got := strings.Join(order, " "); got != "PUT DELETE" {
				t.Errorf("want the new grant before the old one goes, got %s", got)
			}
		})
	}
}

// TestAPreviewOfWhatExistsDoesNotWait, although the times at which its young grants were made are known then.
func TestAPreviewOfWhatExistsDoesNotWait(t *testing.T) {
	cloud := azuresim.New(azuresim.Realistic())
	s := simtest.New(t, delegating(cloud, settling(0)), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	s.SetProgram(delegating(cloud, settling(600)))
	between(t, "a preview", takes(t, cloud, s.Preview), 0, 0)
	between(t, "a deployment", takes(t, cloud, s.Up), 9*time.Minute, 10*time.Minute)
}

// TestWhoDoesNotWaitIsNotTold that Azure does not say how old a grant is.
func TestWhoDoesNotWaitIsNotTold(t *testing.T) {
	for _, tc := range []struct {
		seconds int
		told    bool
	}{{0, false}, {60, true}} {
		cloud := azuresim.New()
		s := simtest.New(t, delegating(cloud, settling(tc.seconds)), simtest.WithCloud(cloud))
		must(t, "up", s.Up())
		for _, grant := range s.Resources().ByType("azure-native:authorization:RoleAssignment") {
			delete(grant.Outputs, "createdOn")
		}
		again := must(t, "up", s.Up())
		if told := strings.Contains(again.Diagnostics(), "does not say when a grant was made"); told != tc.told {
			t.Errorf("%d seconds: told: %t, want %t\n%s", tc.seconds, told, tc.told, again.Diagnostics())
		}
	}
}

// delegating is one grant that others can wait for.
func delegating(cloud *azuresim.Cloud, wait *components.PropagationArgs) pulumi.RunFunc {
	principal, subnet := cloud.MustSeedIdentity("ids", "control").PrincipalID, cloud.MustSeedSubnet("net", "hub", "nodes")
	return func(ctx *pulumi.Context) error {
		_, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
			PrincipalID: pulumi.String(principal), NodeSubnetIDs: ids{"nodes": pulumi.String(subnet)}, Propagation: wait,
		})
		return err
	}
}

func TestBoundsOfSettleSeconds(t *testing.T) {
	for _, tc := range []struct {
		seconds int
		refused bool
	}{{-1, true}, {0, false}, {3600, false}, {3601, true}} {
		args := smallest()
		args.Propagation = settling(tc.seconds)
		paths := strings.Join(components.PlanManagedIdentityCluster(args, worlds.Day).Problems.Paths(), " ")
		if (paths == "propagation.settleSeconds") != tc.refused {
			t.Errorf("%d seconds: problems at %q", tc.seconds, paths)
		}
	}
}
