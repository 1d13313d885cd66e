package plan_test

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

const touchedSubnet = "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/network-team/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes"

func TestAClusterTouchesWhatItImplies(t *testing.T) {
	c := plan.Cluster{
		Subnets:    map[string]plan.Value[string]{"nodes": plan.Known(touchedSubnet)},
		SystemPool: plan.Pool{Name: "system", Subnet: "nodes"},
		Network:    plan.Network{Plugin: plan.NetworkPluginKubenet},
		Mentions: plan.One(plan.PrivateZone, "apiServer.privateDnsZoneId", plan.Known(
			"/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/hub/providers/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io")),
	}
	want := map[plan.Use]string{
		plan.NodeSubnet: "nodes", plan.KubenetSubnet: "nodes", plan.PrivateZone: "privatelink.westeurope.azmk8s.io", plan.ZoneLinkNetwork: "hub",
	}
	touches := c.Touches()
	if len(touches) != len(want) {
		t.Errorf("%d touches, want %d: %+v", len(touches), len(want), touches)
	}
	for _, m := range touches {
		if scope, known := m.Resource(); !known || scope.Name() != want[m.Use] {
			t.Errorf("%s is %s, want %s", m.Use, scope, want[m.Use])
		}
	}
}

func TestARulesNeedsLieWhereItIsGranted(t *testing.T) {
	ip := rbac.MustParseScope("/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/edge/providers/Microsoft.Network/publicIPAddresses/web")
	info, err := plan.Lookup(plan.PublicIP)
	if err != nil {
		t.Fatal(err)
	}
	needs, err := info.Rules[0].NeedsAt(ip)
	if err != nil || len(needs) < 2 {
		t.Fatalf("%v %v", needs, err)
	}
	for _, n := range needs {
		own := n.Action == "Microsoft.Network/publicIPAddresses/join/action"
		if own != n.Scope.Equal(ip) || !own && n.Scope.Kind() != rbac.ResourceGroup {
			t.Errorf("%s", n)
		}
	}
}
