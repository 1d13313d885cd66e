package azuresim_test

import (
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func TestDirectory(t *testing.T) {
	w := newWorld(t)
	w.AddPrincipal(someGUID, sim.Group, "admins")
	body := assignmentBody(t, someGUID, "Reader")
	w.refused(assignmentAt(groupID("aks"), otherGUID), body, sim.CodeUnmatchedPrincipalType)
	body["properties"].(object)["principalType"] = sim.Group
	w.must(assignmentAt(groupID("aks"), otherGUID), body)
	if !w.DeletePrincipal(someGUID) || w.DeletePrincipal(someGUID) {
		t.Error("deleted once")
	}
	if a := w.RoleAssignments(); len(a) != 1 || !a[0].Orphan {
		t.Errorf("the assignment stays as an orphan: %+v", a)
	}
	for _, p := range w.Principals() {
		if p.ID == someGUID && (!p.Deleted || p.Type != sim.Group) {
			t.Errorf("got %+v", p)
		}
	}
}

func TestSeededPrincipalsHaveReplicated(t *testing.T) {
	w := newWorld(t, sim.WithReplicationDelay(3, true))
	w.must(assignmentAt(groupID("aks"), someGUID), assignmentBody(t, w.MustSeedIdentity("shared", "old").PrincipalID, "Reader"))
	_, fresh := w.identity("fresh")
	w.refused(assignmentAt(groupID("aks"), otherGUID), assignmentBody(t, fresh, "Reader"), sim.CodePrincipalNotFound)
	w.Settle()
	w.must(assignmentAt(groupID("aks"), otherGUID), assignmentBody(t, fresh, "Reader"))
}

func TestKubernetesVersions(t *testing.T) {
	w := newWorld(t, sim.WithKubernetesVersions("1.41.0", "1.40.7", "1.39.9"))
	got := w.must(clusterID, clusterBody(nil))
	if at(got, "properties.currentKubernetesVersion") != "1.40.7" || at(got, "properties.oidcIssuerProfile.enabled") != true {
		t.Errorf("got %v", got["properties"])
	}
	if len(w.Clusters()) != 1 || w.Clusters()[0].ID != got["id"] {
		t.Error("the listing")
	}
}

func TestAddonKeysHaveNoCase(t *testing.T) {
	w := newWorld(t)
	w.must(clusterID, clusterBody(object{"addonProfiles": object{"azurepolicy": object{"enabled": true}}}))
	got := w.must(clusterID, clusterBody(object{"addonProfiles": object{"azurePolicy": object{"enabled": false}}}))
	profiles := at(got, "properties.addonProfiles").(object)
	if len(profiles) != 1 || at(profiles, "azurepolicy.enabled") != false {
		t.Errorf("got %v", profiles)
	}
}

func TestGatewayReferences(t *testing.T) {
	cases := []struct {
		name, reason string
		config       func(gateway, subnet string) object
		restricted   bool
		code         string
	}{
		{"gateway", "an existing one", func(g, _ string) object { return object{"applicationGatewayId": g} }, false, ""},
		{"subnet", "AKS makes the gateway there", func(_, s string) object { return object{"subnetId": s} }, false, ""},
		{"both", "exactly one", func(g, s string) object { return object{"applicationGatewayId": g, "subnetId": s} }, false, "IngressAppGwAddonConfigInvalid"},
		{"missing gateway", "must exist", func(g, _ string) object { return object{"applicationGatewayId": g + "x"} }, false, sim.CodeInvalidResourceReference},
		{"gateway out of reach", "the deployer reads and writes it", func(g, _ string) object { return object{"applicationGatewayId": g} }, true, "IngressAppGwAddonConfigApplicationGatewayAccessDenied"},
		{"subnet out of reach", "the deployer joins it", func(_, s string) object { return object{"subnetId": s} }, true, "IngressAppGwAddonConfigSubnetAccessDenied"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			gateway := w.MustSeed(sim.ID("network", sim.ApplicationGatewayType, "gateway"), nil)
			subnet := w.MustSeedSubnet("network", "vnet", "gateway")
			if tc.restricted {
				w.Configure(sim.WithDeployer(holds(t, "Contributor", groupID("aks"))))
			}
			w.refused(clusterID, clusterBody(object{"addonProfiles": object{
				"ingressApplicationGateway": object{"enabled": true, "config": tc.config(gateway, subnet)}}}), tc.code)
		})
	}
}

func TestZoneWithLinksStays(t *testing.T) {
	w := newWorld(t)
	zone := sim.ID("aks", sim.PrivateDNSZoneType, "zone.test")
	w.must(zone, object{"location": "global"})
	w.must(vnetID, vnet())
	w.must(zone+"/virtualNetworkLinks/link", object{"location": "global", "properties": object{"virtualNetwork": object{"id": vnetID}}})
	if _, err := w.Delete(ctx, zone); sim.Code(err) != "CannotDeleteResource" {
		t.Errorf("got %v", err)
	}
	w.remove(groupID("aks"))
	if !w.Empty() {
		t.Error("a group takes all with it")
	}
}
