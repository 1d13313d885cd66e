package azuresim_test

import (
	"context"
	"strings"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func TestRefusedIDs(t *testing.T) {
	cases := []struct{ name, reason, id, code string }{
		{"no slash", "an id is absolute", "subscriptions/s", sim.CodeInvalidResourceID},
		{"empty segment", "a double slash is a typo", "/subscriptions//resourceGroups/g", sim.CodeInvalidResourceID},
		{"no group name", "every segment is a pair", "/subscriptions/s/resourceGroups", sim.CodeInvalidResourceID},
		{"no resource name", "a type needs a name", sim.GroupID("s", "g") + "/providers/Microsoft.Network/routeTables", sim.CodeInvalidResourceID},
		{"trailing slash", "names end an id", sim.ID("aks", sim.RouteTableType, "x") + "/", sim.CodeInvalidResourceID},
		{"tenant", "the root is a scope and no resource", "/", sim.CodeInvalidResourceID},
		{"a query", "what follows the path is no part of an id", sim.ID("aks", sim.RouteTableType, "x?api-version=1"), sim.CodeInvalidResourceID},
		{"namespace", "it has a period", groupID("aks") + "/providers/Network/routeTables/x", sim.CodeInvalidResourceID},
		{"misspelt type", "what is kept as given is no modelled type with a typing error", sim.ID("aks", "Microsoft.Network/routeTable", "x"), sim.CodeInvalidResourceType},
		{"type outside a group", "a cluster lives in a group", "/subscriptions/s/providers/Microsoft.ContainerService/managedClusters/x", sim.CodeInvalidResourceID},
		{"unknown subscription", "subscriptions must be known", sim.GroupID("s", "g"), sim.CodeSubscriptionNotFound},
		{"unknown group", "ARM wants the group first", sim.ID("nowhere", sim.RouteTableType, "x"), sim.CodeResourceGroupNotFound},
		{"missing parent", "a subnet needs its network", sim.ID("aks", sim.SubnetType, "v", "s"), sim.CodeParentResourceNotFound},
		{"bad name", "registries take letters and digits only", sim.ID("aks", sim.RegistryType, "my-registry"), sim.CodeInvalidResourceName},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			newWorld(t).refused(tc.id, object{"location": location}, tc.code)
		})
	}
}

func TestLocationIsRequiredAndFixed(t *testing.T) {
	w := newWorld(t)
	id := sim.ID("aks", sim.RouteTableType, "table")
	w.refused(id, object{}, sim.CodeLocationRequired)
	w.must(id, object{"location": "West Europe"})
	w.must(id, object{"location": "westeurope"})
	w.refused(id, object{"location": "northeurope"}, "InvalidResourceLocation")
	w.refused(groupID("aks"), object{"location": "northeurope"}, "InvalidResourceGroupLocation")
}

func TestIDsComeBackAsAzureSpellsThem(t *testing.T) {
	cases := []struct{ name, reason, id, want string }{
		{"network", "most types keep resourceGroups", sim.ID("aks", "microsoft.network/routetables", "t"), "/resourceGroups/aks/providers/Microsoft.Network/routeTables/t"},
		{"identity", "recorded: lower-case resourcegroups", sim.ID("aks", sim.IdentityType, "idn"), "/resourcegroups/aks/providers/Microsoft.ManagedIdentity/userAssignedIdentities/idn"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			got := w.must(tc.id, object{"location": location})["id"].(string)
			if !strings.HasSuffix(got, tc.want) {
				t.Errorf("%s: got %s, want ...%s", tc.reason, got, tc.want)
			}
			if w.get(strings.ToUpper(got))["id"] != got {
				t.Error("ids have no case")
			}
		})
	}
}

func TestDeletingAGroupDeletesWhatIsInIt(t *testing.T) {
	w := newWorld(t)
	subnet := w.MustSeedSubnet("network", "vnet", "nodes")
	body := w.must(clusterID, clusterBody(object{"agentPoolProfiles": []any{pool(object{"vnetSubnetID": subnet})}}))
	principal := at(body, "identity.principalId").(string)
	orphan := w.grant(principal, "Network Contributor", subnet)
	w.remove(groupID("aks"))
	if got := len(w.RoleAssignments()); got != 1 || !w.RoleAssignments()[0].Orphan {
		t.Fatalf("want the one assignment outside to stay as an orphan, got %+v", w.RoleAssignments())
	}
	if w.Empty() {
		t.Error("an orphan is a leftover")
	}
	w.remove(orphan)
	if !w.Empty() {
		t.Errorf("leftovers: %+v", w.Resources())
	}
}

func TestDeleteIsTolerant(t *testing.T) {
	w := newWorld(t)
	r, err := w.Delete(ctx, sim.ID("aks", sim.RouteTableType, "none"))
	if err != nil || r.Status != 204 {
		t.Errorf("absent: got %v %v, want 204", r.Status, err)
	}
	if _, err := w.Delete(ctx, sim.ID("gone", sim.RouteTableType, "none")); sim.Code(err) != sim.CodeResourceGroupNotFound {
		t.Errorf("without its group: got %v", err)
	}
}

func TestInUse(t *testing.T) {
	w := newWorld(t)
	table := w.MustSeed(sim.ID("network", sim.RouteTableType, "table"), nil)
	subnet := w.MustSeed(sim.ID("network", sim.SubnetType, "vnet", "nodes"), object{"properties": object{"routeTable": object{"id": table}}})
	w.must(clusterID, clusterBody(object{"agentPoolProfiles": []any{pool(object{"vnetSubnetID": subnet})}}))
	cases := []struct{ name, reason, id, code string }{
		{"subnet", "nodes are in it", subnet, "InUseSubnetCannotBeDeleted"},
		{"its group", "the same, from above", groupID("network"), "InUseSubnetCannotBeDeleted"},
		{"route table", "the subnet uses it", table, "InUseRouteTableCannotBeDeleted"},
		{"cluster", "nothing uses it", clusterID, ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := w.Delete(ctx, tc.id); sim.Code(err) != tc.code {
				t.Errorf("%s: got %v, want %q", tc.reason, err, tc.code)
			}
		})
	}
}

func TestLocks(t *testing.T) {
	cases := []struct{ name, reason, level, put, remove string }{
		{"delete lock", "writes go on", "CanNotDelete", "", sim.CodeScopeLocked},
		{"read-only lock", "nothing goes on", "ReadOnly", sim.CodeScopeLocked, sim.CodeScopeLocked},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			id := sim.ID("aks", sim.RouteTableType, "table")
			w.must(id, object{"location": location})
			w.must(groupID("aks")+"/providers/"+sim.LockType+"/hold", object{"properties": object{"level": tc.level}})
			w.refused(id, object{"location": location}, tc.put)
			if _, err := w.Delete(ctx, id); sim.Code(err) != tc.remove {
				t.Errorf("%s: got %v", tc.reason, err)
			}
		})
	}
}

func TestOtherSubscription(t *testing.T) {
	w := newWorld(t)
	w.AddSubscription("other")
	subnet := w.MustSeed(sim.IDIn("other", "network", sim.SubnetType, "vnet", "nodes"), nil)
	w.must(clusterID, clusterBody(object{"agentPoolProfiles": []any{pool(object{"vnetSubnetID": subnet})}}))
	w.grant(w.cluster(clusterID).ControlPlane(), "Network Contributor", subnet)
}

func TestEndedContext(t *testing.T) {
	w := newWorld(t)
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := w.Get(ended, clusterID); sim.Code(err) != sim.CodeCanceled {
		t.Errorf("got %v", err)
	}
}

func TestBodiesAreCopies(t *testing.T) {
	w := newWorld(t)
	tags := object{"owner": "me"}
	id := sim.ID("aks", sim.RouteTableType, "table")
	body := w.must(id, object{"location": location, "tags": tags})
	tags["owner"], body["location"] = "you", "moon"
	if got := w.get(id); at(got, "tags.owner") != "me" || got["location"] != location {
		t.Errorf("the cloud shares memory with its callers: %v", got)
	}
}

func TestEveryKnownTypeCanBeSeeded(t *testing.T) {
	w := newWorld(t)
	skip := map[string]bool{sim.ResourceGroupType: true, sim.AgentPoolType: true,
		sim.MaintenanceConfigurationType: true, sim.RoleAssignmentType: true, sim.RoleDefinitionType: true, sim.FederatedCredentialType: true,
		sim.LockType: true, sim.RuleAssociationType: true, sim.DiagnosticSettingType: true, sim.ExtensionType: true}
	for _, typ := range sim.KnownTypes() {
		if skip[typ] {
			continue
		}
		id := w.MustSeed(sim.ID("seeded", typ, thingNames(typ)...), nil)
		if w.get(id)["id"] != id {
			t.Errorf("%s: not found again", typ)
		}
	}
	if _, err := w.Delete(ctx, groupID("aks")); err != nil || !w.Empty() {
		t.Error("seeded resources do not count")
	}
}

func TestSeededResourcesAreWhereTheProgramDeploys(t *testing.T) {
	w := newWorld(t, sim.WithSeedLocation("westus2"))
	nodes := w.MustSeedSubnet("network", "vnet", "nodes")
	if got := w.get(sim.ID("network", sim.VirtualNetworkType, "vnet"))["location"]; got != "westus2" {
		t.Errorf("the network is in %v", got)
	}
	body := clusterBody(pools(pool(object{"vnetSubnetID": nodes})))
	w.refused(clusterID, body, sim.CodeInvalidParameter)
	body["location"] = "westus2"
	w.must(clusterID, body)
}
