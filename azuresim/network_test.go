package azuresim_test

import (
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

var vnetID = sim.ID("aks", sim.VirtualNetworkType, "vnet")

func vnet(subnets ...any) object {
	props := object{"addressSpace": object{"addressPrefixes": []any{"10.1.0.0/16"}}}
	if subnets != nil {
		props["subnets"] = subnets
	}
	return object{"location": location, "properties": props}
}

func inline(name, prefix string) object {
	return object{"name": name, "properties": object{"addressPrefix": prefix}}
}

func TestSubnetsInlineAndAlone(t *testing.T) {
	w := newWorld(t)
	got := w.must(vnetID, vnet(inline("a", "10.1.0.0/24"), inline("b", "10.1.1.0/24")))
	if at(got, "properties.subnets.1.id") != vnetID+"/subnets/b" {
		t.Errorf("inline subnets have ids: %v", at(got, "properties.subnets"))
	}
	w.must(vnetID+"/subnets/c", object{"properties": object{"addressPrefix": "10.1.2.0/24"}})
	if got := w.get(vnetID); at(got, "properties.subnets.2.name") != "c" {
		t.Error("the network shows subnets of their own")
	}
	w.must(vnetID, vnet())
	if _, err := w.Get(ctx, vnetID+"/subnets/a"); err != nil {
		t.Errorf("without the property subnets stay: %v", err)
	}
	w.must(vnetID, vnet(inline("a", "10.1.0.0/24")))
	if _, err := w.Get(ctx, vnetID+"/subnets/b"); sim.Code(err) != sim.CodeResourceNotFound {
		t.Errorf("a subnet that is not listed goes: %v", err)
	}
}

func TestNetworkRefusals(t *testing.T) {
	cases := []struct {
		name, reason, id string
		body             object
		code             string
	}{
		{"no space", "required", sim.ID("aks", sim.VirtualNetworkType, "other"), object{"location": location}, "InvalidRequestFormat"},
		{"outside", "within the network", vnetID + "/subnets/x", object{"properties": object{"addressPrefix": "10.2.0.0/24"}}, "NetcfgInvalidSubnet"},
		{"overlap", "apart from its siblings", vnetID + "/subnets/x", object{"properties": object{"addressPrefix": "10.1.0.0/25"}}, "NetcfgSubnetRangesOverlap"},
		{"no prefix", "required", vnetID + "/subnets/x", object{"properties": object{}}, "InvalidRequestFormat"},
		{"inline overlap", "the same inline", vnetID, vnet(inline("a", "10.1.0.0/24"), inline("x", "10.1.0.0/25")), "NetcfgSubnetRangesOverlap"},
		{"missing table", "references must exist", vnetID + "/subnets/x", object{"properties": object{"addressPrefix": "10.1.9.0/24", "routeTable": object{"id": sim.ID("aks", sim.RouteTableType, "none")}}}, sim.CodeInvalidResourceReference},
		{"wrong type", "of the right type", vnetID + "/subnets/x", object{"properties": object{"addressPrefix": "10.1.9.0/24", "routeTable": object{"id": vnetID}}}, sim.CodeLinkedInvalidPropertyID},
		{"link to nothing", "references must exist", sim.ID("aks", sim.VirtualNetworkLinkType, "zone.test", "link"), object{"location": "global", "properties": object{"virtualNetwork": object{"id": vnetID + "x"}}}, sim.CodeInvalidResourceReference},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			w.must(vnetID, vnet(inline("a", "10.1.0.0/24")))
			w.must(sim.ID("aks", sim.PrivateDNSZoneType, "zone.test"), object{"location": "global"})
			w.refused(tc.id, tc.body, tc.code)
		})
	}
}

func TestSeededSubnetsDoNotOverlap(t *testing.T) {
	w := newWorld(t)
	seen := map[any]bool{}
	for _, name := range []string{"a", "b", "c"} {
		prefix := at(w.get(w.MustSeedSubnet("network", "vnet", name)), "properties.addressPrefix")
		if prefix == nil || seen[prefix] {
			t.Errorf("%s: got %v", name, prefix)
		}
		seen[prefix] = true
	}
}
