package azuresim_test

import (
	"strings"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/google/go-cmp/cmp"
)

func TestReliancesNameTheGrantsOfASuccess(t *testing.T) {
	w := newWorld(t)
	control, principal := w.identity("control")
	kubelet, _ := w.identity("kubelet")
	body := clusterBody(object{"identity": userAssigned(control), "identityProfile": object{"kubeletidentity": object{"resourceId": kubelet}}})
	w.refused(clusterID, body, sim.CodeKubeletIdentityMissingPermission)
	if got := w.Reliances(); len(got) != 0 {
		t.Errorf("a refusal relies on nothing, got %v", got)
	}
	narrow := w.grant(principal, "Managed Identity Operator", kubelet)
	wide := w.grant(principal, "Managed Identity Operator", groupID("aks"))
	w.must(clusterID, body)
	got := w.Reliances()
	if len(got) != 1 || w.Operations()[got[0].Operation].ID != clusterID || !strings.HasPrefix(got[0].Right, sim.IdentityType+"/assign/action on ") {
		t.Fatalf("the right and the operation, got %+v", got)
	}
	if diff := cmp.Diff(map[string]bool{narrow: true, wide: true}, map[string]bool{got[0].Grants[0]: true, got[0].Grants[1]: true}); diff != "" {
		t.Errorf("each of the grants alone would do (-want +got):\n%s", diff)
	}
}

func TestEtcdEncryptionReliesOnTheVault(t *testing.T) {
	w := newWorld(t)
	control, principal := w.identity("control")
	vault, props := encrypted("Public")(w)
	props["identity"] = userAssigned(control)
	grant := w.grant(principal, "Key Vault Crypto User", vault)
	w.must(clusterID, clusterBody(props))
	if got := w.Reliances(); len(got) != 2 || got[0].Grants[0] != grant || got[1].Grants[0] != grant {
		t.Errorf("encrypt and decrypt, got %+v", got)
	}
}

func TestRightsThatAreAlwaysThereAreNoReliance(t *testing.T) {
	w := newWorld(t)
	w.must(clusterID, clusterBody(nil))
	w.must(clusterID+"/agentPools/more", object{"properties": object{"count": 1, "vmSize": "Standard_D4ds_v5"}})
	if got := w.Reliances(); len(got) != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestWhatOperationsOccupy(t *testing.T) {
	identity := sim.ID("aks", sim.IdentityType, "workload")
	cases := []struct {
		name, reason string
		op           sim.Operation
		want         string
	}{
		{"cluster", "itself", sim.Operation{Method: sim.MethodPut, ID: clusterID}, clusterID},
		{"pool", "its cluster", sim.Operation{Method: sim.MethodDelete, ID: clusterID + "/agentPools/one"}, clusterID},
		{"credential", "its identity", sim.Operation{Method: sim.MethodPut, ID: identity + "/federatedIdentityCredentials/one"}, identity},
		{"identity", "can be written meanwhile", sim.Operation{Method: sim.MethodPut, ID: identity}, ""},
		{"reading", "excludes nobody", sim.Operation{Method: sim.MethodGet, ID: clusterID}, ""},
		{"malformed", "is nothing", sim.Operation{Method: sim.MethodPut, ID: "x"}, ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if got := tc.op.Occupies(); got != strings.ToLower(tc.want) {
				t.Errorf("%s: got %q, want %q", tc.reason, got, tc.want)
			}
		})
	}
}
