package azuresim_test

import (
	"path/filepath"
	"testing"
	"time"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

var (
	secretsID = sim.ID("aks", sim.VaultType, "secrets")
	logs2ID   = sim.ID("other", sim.WorkspaceType, "logs")
)

func vaultBody(changes object) object {
	return object{"location": location, "properties": merge(object{"tenantId": sim.DefaultTenantID, "accessPolicies": []any{},
		"sku": object{"family": "A", "name": "standard"}}, changes)}
}

// withDeletedVault is a world in which a vault with a key and a grant on it was deleted.
func withDeletedVault(t *testing.T, changes object, opts ...sim.Option) world {
	t.Helper()
	w := newWorld(t, opts...)
	w.must(secretsID, vaultBody(merge(object{"enableRbacAuthorization": true}, changes)))
	w.MustSeed(secretsID+"/keys/etcd", nil)
	_, principal := w.identity("reader")
	w.grant(principal, "Reader", secretsID)
	w.remove(secretsID)
	return w
}

func TestADeletedVaultKeepsItsName(t *testing.T) {
	elsewhere := sim.ID("other", sim.VaultType, "secrets")
	purge := func(t *testing.T, w world) {
		if _, err := w.Post(ctx, sim.DeletedVaultID(location, "secrets"), "purge", nil); err != nil {
			t.Fatal(err)
		}
	}
	cases := []struct {
		name, reason string
		then         func(t *testing.T, w world)
		id           string
		body         object
		code         string
	}{
		{"made again", "it has to be purged or recovered first", nil, secretsID, vaultBody(nil), sim.CodeDeletedVaultExists},
		{"in another group", "names are global", nil, elsewhere, vaultBody(nil), sim.CodeDeletedVaultExists},
		{"in other letters", "names have no case", nil, sim.ID("aks", sim.VaultType, "SECRETS"), vaultBody(nil), sim.CodeDeletedVaultExists},
		{"recovered", "createMode asks for it", nil, secretsID, vaultBody(object{"createMode": "recover"}), ""},
		{"recovered in another region", "it is where it was", nil, secretsID,
			merge(vaultBody(object{"createMode": "recover"}), object{"location": "northeurope"}), sim.CodeDeletedVaultExists},
		{"the day before the last", "a vault is kept for 90 days", func(_ *testing.T, w world) { w.forward(90*day - time.Second) },
			secretsID, vaultBody(nil), sim.CodeDeletedVaultExists},
		{"after its last day", "Azure has forgotten it", func(_ *testing.T, w world) { w.forward(90 * day) }, secretsID, vaultBody(nil), ""},
		{"purged", "the name is free", purge, secretsID, vaultBody(nil), ""},
		{"recovered after it was purged", "there is nothing to recover", purge, secretsID,
			vaultBody(object{"createMode": "recover"}), "SoftDeletedVaultDoesNotExist"},
		{"seeded", "a test that puts it there says that it is there", func(_ *testing.T, w world) { w.MustSeed(secretsID, nil) },
			secretsID, vaultBody(nil), ""},
		{"another name", "only the name is kept", nil, sim.ID("aks", sim.VaultType, "secrets2"), vaultBody(nil), ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := withDeletedVault(t, nil)
			w.MustSeed(groupID("other"), nil)
			if tc.then != nil {
				tc.then(t, w)
			}
			if _, err := w.Put(ctx, tc.id, tc.body); sim.Code(err) != tc.code {
				t.Errorf("%s: got %v, want %q", tc.reason, err, tc.code)
			}
		})
	}
}

func TestARecoveredVaultIsAsItWas(t *testing.T) {
	w := withDeletedVault(t, nil)
	got := w.must(secretsID, vaultBody(object{"createMode": "recover"}))
	if at(got, "properties.enableRbacAuthorization") != true {
		t.Errorf("its properties come back, got %v", got)
	}
	if _, shown := at(got, "properties").(map[string]any)["createMode"]; shown {
		t.Error("how it was made is not shown")
	}
	w.get(secretsID + "/keys/etcd")
	assignments, err := w.AssignmentsAround(ctx, secretsID)
	if err != nil || len(assignments) != 0 {
		t.Errorf("role assignments do not come back, got %v, %v", assignments, err)
	}
	if _, err := w.Post(ctx, sim.DeletedVaultID(location, "secrets"), "purge", nil); sim.Code(err) != "DeletedVaultNotFound" {
		t.Errorf("a living vault is not purged, got %v", err)
	}
}

func TestAProtectedVaultIsNotPurged(t *testing.T) {
	w := withDeletedVault(t, object{"enablePurgeProtection": true})
	deleted := sim.DeletedVaultID("West Europe", "secrets")
	if at(w.get(deleted), "properties.vaultId") != secretsID {
		t.Error("a deleted vault can be read")
	}
	if _, err := w.Post(ctx, deleted, "purge", nil); sim.Code(err) != "MethodNotAllowed" {
		t.Errorf("got %v", err)
	}
	if _, err := w.Get(ctx, sim.DeletedVaultID("northeurope", "secrets")); sim.Code(err) != "DeletedVaultNotFound" {
		t.Errorf("it is in its region only, got %v", err)
	}
	w.refused(deleted, object{}, "MethodNotAllowed")
}

func TestADeletedVaultOutlivesItsGroupAndTheProcess(t *testing.T) {
	w := newWorld(t)
	w.must(secretsID, vaultBody(nil))
	w.remove(groupID("aks"))
	if !w.Empty() {
		t.Error("what Azure keeps is no resource")
	}
	file := filepath.Join(t.TempDir(), "state.json")
	if err := w.Save(file); err != nil {
		t.Fatal(err)
	}
	again, err := sim.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	loaded := world{Cloud: again, t: t}
	loaded.must(groupID("aks"), object{"location": location})
	loaded.refused(secretsID, vaultBody(nil), sim.CodeDeletedVaultExists)
}

func TestADeletedWorkspaceKeepsItsName(t *testing.T) {
	w := newWorld(t)
	w.MustSeed(groupID("other"), nil)
	first := w.must(logsID, workspaceBody(nil))
	w.remove(logsID)
	w.refused(logs2ID, workspaceBody(nil), sim.CodeConflict)
	again := w.must(logsID, workspaceBody(nil))
	if at(first, "properties.customerId") != at(again, "properties.customerId") {
		t.Error("it is the same workspace")
	}
	w.remove(logsID)
	w.MustSeed(logsID, nil)
	w.must(logs2ID, workspaceBody(nil))
}

func TestAVaultSaysHowLongItIsKept(t *testing.T) {
	w := withDeletedVault(t, object{"softDeleteRetentionInDays": 7})
	w.forward(7*day - time.Second)
	w.refused(secretsID, vaultBody(nil), sim.CodeDeletedVaultExists)
	w.forward(time.Second)
	w.must(secretsID, vaultBody(nil))
}
