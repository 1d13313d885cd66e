package azuresim_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

const (
	firewallType = "Microsoft.Network/azureFirewalls"
	sqlType      = "Microsoft.Sql/servers"
)

func TestTypesThatAreNotModelledAreKeptAsGiven(t *testing.T) {
	w := newWorld(t)
	id := sim.ID("aks", sqlType, "orders")
	body := object{"location": "West Europe", "properties": object{"version": "12.0", "nested": object{"list": []any{float64(1), "a"}}}}
	w.must(id, body)
	want := object{"id": id, "name": "orders", "type": sqlType, "location": location, "properties": object{
		"version": "12.0", "nested": object{"list": []any{float64(1), "a"}}, "provisioningState": "Succeeded"}}
	if diff := cmp.Diff(want, w.get(id)); diff != "" {
		t.Errorf("what was given comes back (-want +got):\n%s", diff)
	}
	w.refused(id, object{"location": "northeurope"}, "InvalidResourceLocation")
	w.refused(sim.ID("aks", sqlType+"/databases", "none", "d"), object{}, sim.CodeParentResourceNotFound)
	w.refused(sim.ID("nowhere", sqlType, "orders"), object{}, sim.CodeResourceGroupNotFound)
	log := w.Operations()
	if last := log[slices.IndexFunc(log, func(op sim.Operation) bool { return op.ID == id })]; !last.Given {
		t.Errorf("the log tells that nothing was judged: %+v", last)
	}
	if got := w.GivenTypes(); !slices.Equal(got, []string{sqlType}) {
		t.Errorf("and so does the list of types, got %v", got)
	}
	if _, err := w.Delete(ctx, id); err != nil {
		t.Fatal(err)
	}
	if got := w.GivenTypes(); !slices.Equal(got, []string{sqlType}) {
		t.Errorf("also after the resource is gone, got %v", got)
	}
}

func TestTypesThatAreNotModelledCanBeGrantedOn(t *testing.T) {
	w := newWorld(t)
	server := w.MustSeed(sim.ID("data", sqlType, "orders"), object{"identity": object{"type": "SystemAssigned"}})
	database := w.MustSeed(sim.ID("data", sqlType+"/databases", "orders", "live"), nil)
	identity := w.MustSeedIdentity("data", "app")
	role, _ := rbac.BuiltinRole("Contributor")
	w.must(server+"/providers/"+sim.RoleAssignmentType+"/11111111-1111-4111-8111-111111111111", object{"properties": object{
		"roleDefinitionId": role.ID.DefinitionID(sim.DefaultSubscriptionID),
		"principalId":      identity.PrincipalID, "principalType": "ServicePrincipal"}})
	for scope, want := range map[string]bool{server: true, database: true, sim.GroupID(sim.DefaultSubscriptionID, "data"): false} {
		if d := w.Can(identity.PrincipalID, rbac.Need{Action: sqlType + "/write", Scope: rbac.MustParseScope(scope)}); d.Allowed() != want {
			t.Errorf("a grant on the server counts there and below: %s is %v", scope, d.Allowed())
		}
	}
	if principal, _ := at(w.get(server), "identity.principalId").(string); principal == "" {
		t.Error("its identity is one of the directory")
	}
}

func TestWhatIsNoMoreThanAMisspelling(t *testing.T) {
	cases := []struct {
		name, reason, resourceType, code string
		opts                             []sim.Option
	}{
		{"singular", "one letter too few", "Microsoft.Network/natGateway", sim.CodeInvalidResourceType, nil},
		{"swapped", "two neighbours in the wrong order", "Microsoft.Network/natGatewasy", sim.CodeInvalidResourceType, nil},
		{"another letter", "one letter wrong", "Microsoft.Network/netGateways", sim.CodeInvalidResourceType, nil},
		{"neighbour", "VPN gateways are no misspelt NAT gateways", "Microsoft.Network/vpnGateways", "", nil},
		{"letter case", "types are compared without regard to case", "microsoft.network/NATGATEWAYS", "", nil},
		{"only modelled", "on demand nothing is taken as given", sqlType, sim.CodeInvalidResourceType, []sim.Option{sim.WithOnlyModelledTypes()}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, tc.opts...)
			id := sim.ID("aks", tc.resourceType, "thing")
			if _, err := w.Get(ctx, id); tc.code != "" && sim.Code(err) != tc.code {
				t.Errorf("%s: reading it: got %v, want code %q", tc.reason, err, tc.code)
			}
			_, err := w.Put(ctx, id, object{"location": location})
			if sim.Code(err) != tc.code {
				t.Errorf("%s: got %v, want code %q", tc.reason, err, tc.code)
			}
		})
	}
}

func TestOutputsOfWhatIsBesideACluster(t *testing.T) {
	w := newWorld(t)
	subnet := w.MustSeed(sim.ID("aks", sim.SubnetType, "hub", "AzureFirewallSubnet"), object{"properties": object{"addressPrefix": "10.224.4.0/26"}})
	w.MustSeed(sim.ID("aks", sim.VaultType, "secrets01"), nil)
	firewall := object{"location": location, "properties": object{"ipConfigurations": []any{
		object{"name": "c", "properties": object{"subnet": object{"id": subnet}}}, object{"name": "second"}}}}
	got := w.must(sim.ID("aks", firewallType, "fw"), firewall)
	configs := at(got, "properties.ipConfigurations").([]any)
	if address := at(configs[0].(map[string]any), "properties.privateIPAddress"); address != "10.224.4.4" {
		t.Errorf("the firewall has the first free address of its subnet, got %v", address)
	}
	w.refused(sim.ID("aks", firewallType, "other"), object{"properties": object{"ipConfigurations": []any{
		object{"properties": object{"subnet": object{"id": subnet + "x"}}}}}}, sim.CodeInvalidResourceReference)
	if _, err := w.Delete(ctx, subnet); sim.Code(err) != "InUseSubnetCannotBeDeleted" {
		t.Errorf("a subnet stays while a firewall is in it, got %v", err)
	}
	got = w.must(sim.ID("aks", "Microsoft.KeyVault/vaults/secrets", "secrets01", "password"), object{"properties": object{"value": "hunter2"}})
	if uri := at(got, "properties.secretUri"); uri != "https://secrets01.vault.azure.net/secrets/password" {
		t.Errorf("secrets have an address, got %v", uri)
	}
	if _, shown := at(got, "properties").(map[string]any)["value"]; shown {
		t.Error("and their value is never shown")
	}
}

func TestWhatNobodyMakesIsThere(t *testing.T) {
	w := newWorld(t)
	w.MustSeed(sim.ID("aks", sim.StorageAccountType, "files"), nil)
	w.must(sim.ID("aks", sim.StorageAccountType+"/blobServices/containers", "files", "default", "c"), object{})
	w.refused(sim.ID("aks", sim.StorageAccountType+"/blobServices/containers", "files", "other", "c"), object{}, sim.CodeParentResourceNotFound)
	w.refused(sim.ID("aks", sim.StorageAccountType+"/blobServices/containers", "none", "default", "c"), object{}, sim.CodeParentResourceNotFound)
}

func TestWhatIsKeptAsGivenIsPatchedAndListed(t *testing.T) {
	w := newWorld(t)
	server := w.MustSeed(sim.ID("aks", sqlType, "orders"), object{"location": location, "tags": object{"old": "1"}})
	database := w.MustSeed(sim.ID("aks", sqlType+"/databases", "orders", "live"), nil)
	patches := []struct {
		name, reason, id string
		body             object
		code             string
	}{
		{"tags", "a resource with a location has tags", server, object{"tags": object{"new": "2"}}, ""},
		{"no tags", "a part of another has no location, so none", database, object{"tags": object{"new": "2"}}, "MethodNotAllowed"},
		{"a list", "tags are an object", server, object{"tags": []any{"a"}}, sim.CodeInvalidRequestContent},
		{"a number", "of strings", server, object{"tags": object{"cost": 7}}, sim.CodeInvalidRequestContent},
		{"more", "by name", server, object{"properties": object{}}, "NotImplemented"},
		{"nothing there", "there is nothing to patch", server + "2", object{"tags": object{}}, sim.CodeResourceNotFound},
	}
	for _, tc := range patches {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := w.Patch(ctx, tc.id, tc.body); sim.Code(err) != tc.code {
				t.Errorf("%s: got %v, want %q", tc.reason, err, tc.code)
			}
		})
	}
	if tags, _ := w.get(server)["tags"].(map[string]any); len(tags) != 1 || tags["new"] != "2" {
		t.Errorf("the tags are replaced, got %v", tags)
	}
	lists := []struct {
		name, reason, resourceType string
		items                      int
		code                       string
	}{
		{"there is one", "whatever the spelling", "microsoft.sql/SERVERS", 1, ""},
		{"none yet", "built-in roles name writing it", "Microsoft.Network/privateEndpoints", 0, ""},
		{"what Azure fills", "an empty list would be wrong", "Microsoft.Compute/skus", 0, sim.CodeInvalidResourceType},
		{"misspelled", "it is the name of a modelled type but for a letter", "Microsoft.Network/natGateway", 0, sim.CodeInvalidResourceType},
	}
	for _, tc := range lists {
		t.Run(tc.name, func(t *testing.T) {
			got, err := w.List(ctx, groupID("aks"), tc.resourceType)
			if len(got) != tc.items || sim.Code(err) != tc.code {
				t.Errorf("%s: got %v and %v, want %d and %q", tc.reason, got, err, tc.items, tc.code)
			}
		})
	}
	if _, err := w.Delete(ctx, server); err != nil {
		t.Fatal(err)
	}
	if got, err := w.List(ctx, groupID("aks"), sqlType); err != nil || len(got) != 0 {
		t.Errorf("what was there once is known: got %v and %v", got, err)
	}
}
