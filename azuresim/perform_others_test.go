package azuresim_test

import (
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

const (
	keysVault = "keys-of-mine"
	etcdKey   = "https://keys-of-mine.vault.azure.net/keys/etcd/1"
)

// keys seeds a vault with two keys and returns the ids of the vault and of the first.
func (w world) keys() (vault, key string) {
	w.t.Helper()
	vault = w.MustSeed(sim.ID("external", sim.VaultType, keysVault), nil)
	w.MustSeed(vault+"/keys/other", nil)
	return vault, w.MustSeed(vault+"/keys/etcd", nil)
}

// scopeCase grants a role somewhere and asks for a capability on targets.
type scopeCase struct {
	name, reason string
	role         string
	at           string // "vault", "key" or "other": the other key
	targets      []string
	allowed      bool
}

func scopeCases(role string) []scopeCase {
	return []scopeCase{
		{"on the vault", "reaches every key", role, "vault", []string{"vault", "key"}, true},
		{"on the key", "the key in use is enough", role, "key", []string{"vault", "key"}, true},
		{"on another key", "is of no use", role, "other", []string{"vault", "key"}, false},
		{"management role", "does not reach the data", "Contributor", "vault", []string{"vault", "key"}, false},
	}
}

func (w world) askKeys(t *testing.T, tc scopeCase, principal string, capability rbac.CapabilityID) {
	t.Helper()
	vault := sim.ID("external", sim.VaultType, keysVault)
	ids := map[string]string{"vault": vault, "key": vault + "/keys/etcd", "other": vault + "/keys/other"}
	w.grant(principal, tc.role, ids[tc.at])
	for _, target := range tc.targets {
		d, err := w.cluster(clusterID).Perform(capability, ids[target])
		if err != nil || d.Allowed() != tc.allowed {
			t.Errorf("%s, asked on the %s: got %v, missing %v, %v", tc.reason, target, d.Effect, d.Missing, err)
		}
	}
}

func TestEtcdEncryptionAtTheScopeOfTheKey(t *testing.T) {
	for _, tc := range scopeCases("Key Vault Crypto User") {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			w.keys()
			control, principal := w.identity("control")
			body := object{"identity": userAssigned(control)}
			w.must(clusterID, clusterBody(body))
			err := w.Modify(clusterID, func(body map[string]any) {
				body["properties"].(object)["securityProfile"] = object{"azureKeyVaultKms": object{"enabled": true, "keyId": etcdKey}}
			})
			if err != nil {
				t.Fatal(err)
			}
			w.askKeys(t, tc, principal, "kms-public-vault")
		})
	}
}

func TestEncryptionSetReachesItsKey(t *testing.T) {
	identities := map[string]func(w world) object{
		"system assigned": func(world) object { return object{"type": "SystemAssigned"} },
		"user assigned":   func(w world) object { id, _ := w.identity("set"); return userAssigned(id) },
	}
	for kind, identity := range identities {
		for _, tc := range scopeCases("Key Vault Crypto Service Encryption User") {
			t.Run(kind+", "+tc.name, func(t *testing.T) {
				w := newWorld(t)
				vault, _ := w.keys()
				set := w.MustSeed(sim.ID("external", sim.DiskEncryptionSetType, "set"), object{"identity": identity(w),
					"properties": object{"activeKey": object{"keyUrl": etcdKey, "sourceVault": object{"id": vault}}}})
				w.must(clusterID, clusterBody(object{"diskEncryptionSetID": set}))
				principal, _ := at(w.get(set), "identity.principalId").(string)
				for _, each := range asObject(at(w.get(set), "identity.userAssignedIdentities")) {
					principal = at(each, "principalId").(string)
				}
				w.askKeys(t, tc, principal, "des-key-access")
			})
		}
	}
}

func asObject(v any) object {
	o, _ := v.(object)
	return o
}

func TestAnotherIdentityOfTheClusterPerforms(t *testing.T) {
	w := newWorld(t)
	account := w.MustSeed(sim.ID("external", sim.StorageAccountType, "files"), nil)
	w.must(clusterID, clusterBody(object{"addonProfiles": object{"azureKeyvaultSecretsProvider": object{"enabled": true}}}))
	cl := w.cluster(clusterID)
	w.grant(cl.Kubelet(), "Storage Account Contributor", account)
	for _, tc := range []struct {
		identity, reason string
		allowed          bool
	}{
		{"kubelet", "keys that are not stored are looked up by the nodes", true},
		{"controlPlane", "who has no grant", false},
		{"addon:azureKeyvaultSecretsProvider", "who has no grant", false},
	} {
		if d, err := cl.PerformAs(tc.identity, "storage-account-other-rg", account); err != nil || d.Allowed() != tc.allowed {
			t.Errorf("%s: %s: got %v, %v", tc.identity, tc.reason, d.Missing, err)
		}
	}
	for _, identity := range []string{"nobody", "addon:omsagent", ""} {
		if _, err := cl.PerformAs(identity, "storage-account-other-rg", account); err == nil {
			t.Errorf("%q is no identity of the cluster", identity)
		}
	}
}

func TestBackupVaultReadsClusterAndSnapshots(t *testing.T) {
	const reader = "Reader"
	snapshots := groupID("snapshots")
	cases := []struct {
		name, reason string
		at           []string
		missing      string
	}{
		{"both", "the documented pair", []string{clusterID, snapshots}, ""},
		{"cluster only", "it lists the snapshots", []string{clusterID}, "Microsoft.Resources/subscriptions/resourceGroups/read on " + snapshots},
		{"snapshots only", "it looks at the cluster", []string{snapshots}, "Microsoft.ContainerService/managedClusters/read on "},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			w.MustSeed(snapshots, nil)
			vault := w.must(sim.ID("aks", sim.BackupVaultType, "backups"), object{"location": location, "identity": object{"type": "SystemAssigned"}, "properties": vaultProperties})
			w.must(clusterID, clusterBody(nil))
			for _, scope := range tc.at {
				w.grant(at(vault, "identity.principalId").(string), reader, scope)
			}
			d, err := w.cluster(clusterID).BackedUpBy(vault["id"].(string), snapshots)
			if err != nil || d.Allowed() != (tc.missing == "") {
				t.Fatalf("%s: got %v, %v", tc.reason, d.Missing, err)
			}
			if got := d.Missing; tc.missing != "" && got[0].String()[:len(tc.missing)] != tc.missing {
				t.Errorf("%s: missing %s", tc.reason, got[0])
			}
		})
	}
}

func TestQuestionsAboutBackupThatHaveNoAnswer(t *testing.T) {
	w := newWorld(t)
	w.MustSeed(groupID("snapshots"), nil)
	w.must(clusterID, clusterBody(nil))
	silent := w.must(sim.ID("aks", sim.BackupVaultType, "silent"), object{"location": location, "properties": vaultProperties})["id"].(string)
	cases := map[string][2]string{
		"a vault without identity": {silent, groupID("snapshots")},
		"a vault that is none":     {clusterID, groupID("snapshots")},
		"no vault":                 {silent + "x", groupID("snapshots")},
		"no group":                 {silent, groupID("none")},
	}
	for reason, q := range cases {
		if _, err := w.cluster(clusterID).BackedUpBy(q[0], q[1]); err == nil {
			t.Error(reason)
		}
	}
}

// vaultProperties are what a backup vault cannot be without.
var vaultProperties = object{"storageSettings": []any{object{"datastoreType": "VaultStore", "type": "LocallyRedundant"}}}
