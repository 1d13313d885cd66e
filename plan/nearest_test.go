package plan_test

import (
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestProblemsOfUnknownWordsNameTheNearestKnownOne wherever a word has to be one of several.
func TestProblemsOfUnknownWordsNameTheNearestKnownOne(t *testing.T) {
	cluster := func(change func(*plan.Cluster)) plan.Plan {
		c := plan.Cluster{
			APIServer: open(), SystemPool: plan.Pool{Subnet: "nodes"},
			Subnets: values{"nodes": late(), "pods": late()}, NodeIPPrefixes: values{"front": late()}, HostGroups: values{"hosts": late()},
			CapacityReservationGroups: values{"reserved": late()}, KeyVaults: values{"certificates": late()},
		}
		change(&c)
		return plan.ForCluster(c)
	}
	for _, tc := range []struct {
		path, meant string
		plan        plan.Plan
	}{
		{"systemPool.subnet", "nodes", cluster(func(c *plan.Cluster) { c.SystemPool.Subnet = "node" })},
		{"systemPool.podSubnet", "pods", cluster(func(c *plan.Cluster) { c.SystemPool.PodSubnet = "podz" })},
		{"pools[0].subnet", "nodes", cluster(func(c *plan.Cluster) { c.Pools = []plan.Pool{{Name: "web", Subnet: "ndoes"}} })},
		{"systemPool.nodeIpPrefix", "front", cluster(func(c *plan.Cluster) { c.SystemPool.NodeIPPrefix = "frnt" })},
		{"systemPool.hostGroup", "hosts", cluster(func(c *plan.Cluster) { c.SystemPool.HostGroup = "host" })},
		{"systemPool.capacityReservationGroup", "reserved", cluster(func(c *plan.Cluster) { c.SystemPool.CapacityReservationGroup = "reservd" })},
		{"addons.secretsProvider.certificateVaults[0]", "certificates", cluster(func(c *plan.Cluster) {
			c.Addons.Secrets = &plan.SecretsAddon{CertificateVaults: []string{"certificate"}}
		})},
		{"addons.appRouting.vaults[0]", "certificates", cluster(func(c *plan.Cluster) { c.Addons.Routing = &plan.RoutingAddon{Vaults: []string{"certifcates"}} })},
		{"addons.istio.certificateAuthority.keyVault", "certificates", cluster(func(c *plan.Cluster) {
			c.Addons.Mesh = &plan.MeshAddon{OwnAuthority: true, Vault: "certificatess"}
		})},
		{"addons.other.openServiceMsh", "openServiceMesh", cluster(func(c *plan.Cluster) { c.Addons.Other = map[string]bool{"openServiceMsh": true} })},
		{"extraGrants.a.identity", "kubelet", cluster(func(c *plan.Cluster) {
			c.ExtraGrants = map[string]plan.ExtraGrant{"a": {Identity: "kublet", OwnGrant: plan.OwnGrant{Role: "Reader", Resource: late(), Reason: "look"}}}
		})},
		{"extraGrants.a.role", "Reader", cluster(func(c *plan.Cluster) {
			c.ExtraGrants = map[string]plan.ExtraGrant{"a": {Identity: "kubelet", OwnGrant: plan.OwnGrant{Role: "Readr", Resource: late(), Reason: "look"}}}
		})},
		{"tier", "Premium", cluster(func(c *plan.Cluster) { c.Tier = "Premum" })},
		{"additionalProperties.networkProfile.podCidrr", "podCidr", cluster(func(c *plan.Cluster) {
			c.Additional = []plan.Addition{{
				Path: "additionalProperties.networkProfile.podCidrr", Keys: []string{"networkProfile", "podCidrr"}, Known: []string{"podCidr", "serviceCidr"},
			}}
		})},
		{"addonPrincipalIds.webAppRoutng", "webAppRouting", plan.ForAddons(plan.AddonGrants{Principals: []plan.GivenPrincipal{
			{Identity: plan.AddonIdentity("webAppRoutng"), Path: "addonPrincipalIds.webAppRoutng", ID: late()},
		}})},
	} {
		t.Run(tc.path, func(t *testing.T) {
			for _, problem := range tc.plan.Problems {
				if string(problem.Path) == tc.path && strings.Contains(problem.What, `did you mean "`+tc.meant+`"?`) {
					return
				}
			}
			t.Errorf("nobody says that %q was meant: %v", tc.meant, tc.plan.Problems)
		})
	}
}
