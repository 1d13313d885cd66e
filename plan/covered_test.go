package plan_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

const (
	groupOfNet = subscription + "/resourceGroups/net"
	shopVault  = subscription + "/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/shop"
)

// secretsFrom plans the vaults that the secrets provider reads.
func secretsFrom(secrets, certificates values) plan.Plan {
	return plan.ForAddons(plan.AddonGrants{
		Principals: []plan.GivenPrincipal{{Identity: plan.AddonIdentity(plan.SecretsProvider), Path: "p", ID: late()}},
		Mentions:   slices.Concat(plan.Each(plan.SecretVault, "secretVaultIds", secrets), plan.Each(plan.CertificateVault, "certificateVaultIds", certificates)),
	})
}

func delegated(mentions ...[]plan.Mention) plan.Plan {
	return plan.ForDelegation(plan.Delegation{PrincipalID: late(), Mentions: slices.Concat(mentions...)})
}

// made lists grants as role, scope and reasons.
func made(t *testing.T, p plan.Plan) []string {
	t.Helper()
	if err := p.Problems.Err(); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, g := range p.Grants {
		line := g.Role.Name + " on " + g.Scope.String()
		for _, reason := range g.Reasons {
			line += "; " + reason
		}
		lines = append(lines, line)
	}
	return lines
}

// TestCoveredGrantIsNotMadeTwice: what another grant of the identity gives already is not granted again, and the reason joins;
// without the other one it is made.
func TestCoveredGrantIsNotMadeTwice(t *testing.T) {
	vault := values{"shop": plan.Known(shopVault)}
	subnet := plan.Each(plan.NodeSubnet, "nodeSubnetIds", values{"a": plan.Known(subnetA)})
	network := plan.Each(plan.AutoprovisioningNetwork, "autoprovisioningNetworkIds", values{"hub": plan.Known(vnet)})
	cases := []struct {
		name, reason string
		plan         plan.Plan
		want         []string
	}{
		{
			"certificates cover secrets", "Certificate User reads the secrets behind certificates", secretsFrom(vault, vault),
			[]string{"Key Vault Certificate User on certificateVaultIds.shop; mount certificates and keys into pods; mount secrets into pods"},
		},
		{
			"secrets alone", "nothing covers it", secretsFrom(vault, nil),
			[]string{"Key Vault Secrets User on secretVaultIds.shop; mount secrets into pods"},
		},
		{
			"secrets do not cover certificates", "the narrower role is not enough", secretsFrom(nil, vault),
			[]string{"Key Vault Certificate User on certificateVaultIds.shop; mount certificates and keys into pods"},
		},
		{
			"two vaults", "another vault is another place", secretsFrom(vault, values{"other": plan.Known(vaultKMS)}),
			[]string{
				"Key Vault Certificate User on certificateVaultIds.other; mount certificates and keys into pods",
				"Key Vault Secrets User on secretVaultIds.shop; mount secrets into pods",
			},
		},
		{
			"network covers its subnet", "the same role above", delegated(subnet, network),
			[]string{"Network Contributor on autoprovisioningNetworkIds.hub; create nodes in the subnets that node classes name; join nodes and internal load balancers to the subnet"},
		},
		{
			"subnet alone", "nothing covers it", delegated(subnet),
			[]string{"Network Contributor on nodeSubnetIds.a; join nodes and internal load balancers to the subnet"},
		},
		{
			"late IDs", "nobody knows yet whether the subnet lies in the network", delegated(plan.Each(plan.NodeSubnet, "nodeSubnetIds", values{"a": late()}), network),
			[]string{
				"Network Contributor on autoprovisioningNetworkIds.hub; create nodes in the subnets that node classes name",
				"Network Contributor on nodeSubnetIds.a; join nodes and internal load balancers to the subnet",
			},
		},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, made(t, tc.plan)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

// TestCoveredGrantCoversNothing: the right on disks of a group includes that on its addresses, whose own role is then not granted
// there; it must not be counted on for other things either, else they would change when a subnet is added.
func TestCoveredGrantCoversNothing(t *testing.T) {
	base := slices.Concat(
		plan.Each(plan.DiskGroup, "diskGroupIds", values{"g": plan.Known(groupOfNet)}),
		plan.Each(plan.PublicIPGroup, "publicIpGroupIds", values{"g": plan.Known(groupOfNet)}),
		plan.Each(plan.PrivateZone, "privateDnsZoneIds", values{"api": plan.Known(zone)}),
	)
	before := delegated(base)
	after := delegated(base, plan.Each(plan.LoadBalancerSubnet, "loadBalancerSubnetIds", values{"a": plan.Known(subnetA)}))
	want := append(made(t, before), "Network Contributor on loadBalancerSubnetIds.a; put internal load balancers into the subnet")
	got := made(t, after)
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("one subnet more changes other grants (-want +got):\n%s", diff)
	}
}

// TestCustomRolesAreMadeOfDocumentedActionsOnly: with strategy custom each rule gives what is documented for it and nothing else;
// where the actions are not documented the built-in role stays, and the plan says so.
func TestCustomRolesAreMadeOfDocumentedActionsOnly(t *testing.T) {
	generated, kept := 0, 0
	for _, use := range plan.Uses() {
		info := infoOf(use)
		path := plan.Path("things.one")
		p := plan.ForAddons(plan.AddonGrants{
			Strategy: plan.CustomRoles, Mentions: mentioning(use),
			Principals: []plan.GivenPrincipal{{Identity: info.Holder, Path: "p", ID: late()}},
		})
		if err := p.Problems.Err(); err != nil {
			t.Fatal(err)
		}
		for _, rule := range info.Rules {
			why, err := rule.WhyBuiltin()
			if err != nil {
				t.Fatal(err)
			}
			note := string(path) + ": keeps the built-in role " + string(rule.Role) + ": " + why
			documented := rule.Undocumented == ""
			for _, id := range rule.Capabilities {
				capability, _ := rbac.CapabilityByID(id)
				documented = documented && capability.ActionsDocumented()
			}
			hasBuiltin := slices.ContainsFunc(p.Grants, func(g plan.Grant) bool { return g.Role.Name == string(rule.Role) && !g.Role.IsCustom() })
			switch {
			case documented:
				generated++
				if hasBuiltin || why != "" || slices.Contains(p.Notes, note) {
					t.Errorf("%s: the actions are documented, and the built-in role %s is granted all the same: %q", use, rule.Role, why)
				}
			case !hasBuiltin || !slices.Contains(p.Notes, note):
				t.Errorf("%s: no source lists the actions, so want %s and a note; got %+v and %q", use, rule.Role, p.Grants, p.Notes)
			default:
				kept++
			}
		}
	}
	if generated < 20 || kept < 10 {
		t.Errorf("%d roles are generated and %d are kept: has the table changed so much?", generated, kept)
	}
	t.Logf("%d rules get a generated role, %d keep the built-in one", generated, kept)
}

// TestPublicIPIsJoinedAtItself: only the listing needs the whole resource group.
func TestPublicIPIsJoinedAtItself(t *testing.T) {
	const ip = "Microsoft.Network/publicIPAddresses/"
	want := map[plan.Level][]string{plan.AtResource: {ip + "join/action"}, plan.AtResourceGroup: {ip + "read"}}
	for name, id := range map[string]value{"known": plan.Known(network + "/publicIPAddresses/web"), "late": late()} {
		p := plan.ForDelegation(plan.Delegation{
			PrincipalID: late(), Strategy: plan.CustomRoles, Mentions: plan.Each(plan.PublicIP, "publicIpIds", values{"web": id}),
		})
		got := map[plan.Level][]string{}
		for _, g := range p.Grants {
			got[g.Scope.Level] = g.Role.Permissions.Actions
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestPlacementGroupsAreTheDeployersBusiness: whoever writes the scale set needs the right on the placement group, and no identity
// of the cluster does.
func TestPlacementGroupsAreTheDeployersBusiness(t *testing.T) {
	pool := system()
	pool.ProximityGroup = plan.Known(subscription + "/resourceGroups/near/providers/Microsoft.Compute/proximityPlacementGroups/near")
	p := plan.ForCluster(plan.Cluster{Identity: plan.ClusterIdentity{Type: plan.UserAssigned}, SystemPool: pool, APIServer: open()})
	if len(p.Problems)+len(p.Grants) > 0 {
		t.Errorf("want no grant and no problem, got %v %v", p.Grants, p.Problems)
	}
}
