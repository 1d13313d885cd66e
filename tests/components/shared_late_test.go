package components_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

type ids = map[string]pulumi.StringInput

// lateIDs makes IDs that are unknown until a resource of the same program exists.
func lateIDs(ctx *pulumi.Context) (func(id string) pulumi.StringOutput, error) {
	group, err := resources.NewResourceGroup(ctx, "first", &resources.ResourceGroupArgs{Location: pulumi.StringPtr("westeurope")})
	if err != nil {
		return nil, err
	}
	return func(id string) pulumi.StringOutput {
		return group.ID().ApplyT(func(pulumi.ID) string { return id }).(pulumi.StringOutput)
	}, nil
}

// TestLateResourceIsSharedByKey: what two pools or two add-ons share is given once, so an ID that is late makes one grant for both.
func TestLateResourceIsSharedByKey(t *testing.T) {
	cloud := azuresim.New()
	prefix := cloud.MustSeed(azuresim.ID("net", azuresim.PublicIPPrefixType, "nodes"), nil)
	reserved := cloud.MustSeed(azuresim.ID("compute", azuresim.CapacityReservationGroupType, "gold"), nil)
	hosts := cloud.MustSeed(azuresim.ID("metal", azuresim.HostGroupType, "metal"), nil)
	vault := cloud.MustSeed(azuresim.ID("keys", azuresim.VaultType, "mesh"), nil)
	each := func(change func(*components.NodePoolArgs)) func(*components.ManagedIdentityClusterArgs) {
		return func(a *components.ManagedIdentityClusterArgs) {
			for _, pool := range append(a.Pools, a.SystemPool) {
				change(pool)
			}
		}
	}
	cases := []struct {
		name       string
		id         string
		capability rbac.CapabilityID
		put        func(a *components.ManagedIdentityClusterArgs, shared ids)
		refer      func(a *components.ManagedIdentityClusterArgs)
	}{
		{"capacity reservation group", reserved, "capacity-reservation-group",
			func(a *components.ManagedIdentityClusterArgs, shared ids) { a.CapacityReservationGroupIDs = shared },
			each(func(p *components.NodePoolArgs) { p.CapacityReservationGroup = "shared" })},
		{"host group", hosts, "dedicated-host-group",
			func(a *components.ManagedIdentityClusterArgs, shared ids) { a.HostGroupIDs = shared },
			each(func(p *components.NodePoolArgs) { p.HostGroup = "shared" })},
		{"node IP prefix", prefix, "node-public-ip-prefix",
			func(a *components.ManagedIdentityClusterArgs, shared ids) { a.NodeIPPrefixIDs = shared },
			each(func(p *components.NodePoolArgs) { p.EnableNodePublicIP, p.NodeIPPrefix = true, "shared" })},
		{"vault of secrets and mesh", vault, "keyvault-secrets-provider",
			func(a *components.ManagedIdentityClusterArgs, shared ids) { a.KeyVaultIDs = shared },
			func(a *components.ManagedIdentityClusterArgs) {
				a.Addons = &components.AddonsArgs{
					SecretsProvider: &components.SecretsProviderArgs{SecretVaults: []string{"shared"}},
					Istio: &components.IstioArgs{CertificateAuthority: &components.IstioCertificateAuthorityArgs{
						KeyVault: "shared", CertChain: pulumi.String("chain"), Cert: pulumi.String("cert"), Key: pulumi.String("key"), RootCert: pulumi.String("root"),
					}},
				}
			}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			s := simtest.New(t, func(ctx *pulumi.Context) error {
				late, err := lateIDs(ctx)
				if err != nil {
					return err
				}
				args := smallest()
				args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
				args.Pools = append(args.Pools, &components.NodePoolArgs{Name: "web"})
				tc.put(args, ids{"shared": late(tc.id)})
				tc.refer(args)
				return program(args)(ctx)
			}, simtest.WithCloud(cloud))
			must(t, "preview", s.Preview())
			up := must(t, "up", s.Up())
			records, _ := up.Output("grants")
			if grants := cloud.RoleAssignments(); len(grants) != 1 || strings.Count(fmt.Sprint(records), ";") != 1 {
				t.Errorf("want one grant with both reasons, got %v %+v", records, grants)
			}
			if decision, err := cloud.Clusters()[0].Perform(tc.capability, tc.id); err != nil || !decision.Allowed() {
				t.Errorf("%s is denied: %v %v", tc.capability, decision.Missing, err)
			}
			if again := must(t, "again", s.Up()); !again.Unchanged() {
				t.Errorf("the second up changes %v", again.Steps.Changing())
			}
			must(t, "destroy", s.Destroy())
		})
	}
}

// pairs of late resources of one group, whose grants are on the group.
type pair struct {
	name, single, group string
	resourceType        string
	make                func(ctx *pulumi.Context, singles, groups ids) error
}

func pairs(principal string) []pair {
	delegated := func(fill func(a *components.VnetDelegationArgs, singles, groups ids)) func(*pulumi.Context, ids, ids) error {
		return func(ctx *pulumi.Context, singles, groups ids) error {
			args := &components.VnetDelegationArgs{PrincipalID: pulumi.String(principal)}
			fill(args, singles, groups)
			_, err := components.NewVnetDelegation(ctx, "grants", args)
			return err
		}
	}
	return []pair{
		{"gateways", "gatewayIds", "gatewayGroupIds", azuresim.ApplicationGatewayType, func(ctx *pulumi.Context, singles, groups ids) error {
			_, err := components.NewAddonIdentityGrants(ctx, "grants", &components.AddonIdentityGrantsArgs{
				AddonPrincipalIDs: ids{string(plan.IngressGateway): pulumi.String(principal)}, GatewayIDs: singles, GatewayGroupIDs: groups,
			})
			return err
		}},
		{"public IPs", "publicIpIds", "publicIpGroupIds", azuresim.PublicIPAddressType, delegated(func(a *components.VnetDelegationArgs, singles, groups ids) {
			a.PublicIPIDs, a.PublicIPGroupIDs = singles, groups
		})},
		{"node IP prefixes", "nodeIpPrefixIds", "nodeIpPrefixGroupIds", azuresim.PublicIPPrefixType, delegated(func(a *components.VnetDelegationArgs, singles, groups ids) {
			a.NodeIPPrefixIDs, a.NodeIPPrefixGroupIDs = singles, groups
		})},
		{
			"capacity reservations", "capacityReservationGroupIds", "capacityReservationResourceGroupIds", azuresim.CapacityReservationGroupType,
			delegated(func(a *components.VnetDelegationArgs, singles, groups ids) {
				a.CapacityReservationGroupIDs, a.CapacityReservationResourceGroupIDs = singles, groups
			}),
		},
		{"hosts", "hostGroupIds", "hostResourceGroupIds", azuresim.HostGroupType, delegated(func(a *components.VnetDelegationArgs, singles, groups ids) {
			a.HostGroupIDs, a.HostResourceGroupIDs = singles, groups
		})},
	}
}

// TestTwoLateResourcesOfOneGroup: one grant cannot be made of two resources; the error names the argument that takes the group, and
// with it the same program works.
func TestTwoLateResourcesOfOneGroup(t *testing.T) {
	const group = "shared"
	cloud := azuresim.New()
	principal := cloud.MustSeedIdentity("ids", "worker").PrincipalID
	for _, p := range pairs(principal) {
		t.Run(p.name, func(t *testing.T) {
			one := cloud.MustSeed(azuresim.ID(group, p.resourceType, "one"), nil)
			two := cloud.MustSeed(azuresim.ID(group, p.resourceType, "two"), nil)
			run := func(withGroup bool) pulumi.RunFunc {
				return func(ctx *pulumi.Context) error {
					late, err := lateIDs(ctx)
					if err != nil {
						return err
					}
					var groups ids
					if withGroup {
						groups = ids{"shared": late(azuresim.GroupID(azuresim.DefaultSubscriptionID, group))}
					}
					return p.make(ctx, ids{"one": late(one), "two": late(two)}, groups)
				}
			}
			s := simtest.New(t, run(false), simtest.WithCloud(cloud))
			must(t, "preview", s.Preview())
			up := s.Up()
			if want := fmt.Sprintf("give the resource group once, in %s.", p.group); up.Err == nil || !strings.Contains(up.Diagnostics(), want) ||
				!strings.Contains(up.Diagnostics(), p.single+".") {
				t.Errorf("the error does not say %q: %s", want, up.Explain())
			}
			s.SetProgram(run(true))
			must(t, "with "+p.group, s.Up())
			if grants := cloud.Assignments(); len(grants) != 1 || grants[0].Scope.Name() != group {
				t.Errorf("want one grant, on the group; got %v", grants)
			}
			must(t, "destroy", s.Destroy())
		})
	}
}
