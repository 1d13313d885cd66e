package azuresim_test

import (
	"fmt"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func credential(issuer, subject string, audiences ...any) object {
	return object{"properties": object{"issuer": issuer, "subject": subject, "audiences": audiences}}
}

func TestFederatedCredentials(t *testing.T) {
	const audience = "api://AzureADTokenExchange"
	cases := []struct {
		name, reason, credential string
		body                     object
		code                     string
	}{
		{"second", "another subject", "second", credential("https://issuer/", "system:serviceaccount:a:b", audience), ""},
		{"duplicate", "issuer and subject are unique on the identity", "second", credential("https://issuer/", "one", audience), sim.CodeConflict},
		{"the same again", "an update", "first", credential("https://issuer/", "one", audience), ""},
		{"no audience", "exactly one", "second", credential("https://issuer/", "two"), sim.CodeBadRequest},
		{"two audiences", "exactly one", "second", credential("https://issuer/", "two", audience, "b"), sim.CodeBadRequest},
		{"no issuer", "required", "second", credential("", "two", audience), sim.CodeBadRequest},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			id, _ := w.identity("workload")
			w.must(id+"/federatedIdentityCredentials/first", credential("https://issuer/", "one", audience))
			w.refused(id+"/federatedIdentityCredentials/"+tc.credential, tc.body, tc.code)
		})
	}
}

func TestFederatedCredentialLimit(t *testing.T) {
	w := newWorld(t)
	id, _ := w.identity("workload")
	for i := range 20 {
		w.must(fmt.Sprintf("%s/federatedIdentityCredentials/cred%d", id, i), credential("https://issuer/", fmt.Sprint(i), "a"))
	}
	w.refused(id+"/federatedIdentityCredentials/more", credential("https://issuer/", "more", "a"), "FederatedIdentityCredentialLimitExceeded")
	w.must(id+"/federatedIdentityCredentials/cred0", credential("https://issuer/", "0", "b"))
}

func TestSystemIdentityOfOtherResources(t *testing.T) {
	w := newWorld(t)
	id := sim.ID("aks", sim.DiskEncryptionSetType, "set")
	body := object{"location": location, "identity": object{"type": "SystemAssigned"}}
	first := at(w.must(id, body), "identity.principalId")
	if again := at(w.must(id, body), "identity.principalId"); first == nil || again != first {
		t.Errorf("the principal lives with the resource: %v, %v", first, again)
	}
	w.remove(id)
	if second := at(w.must(id, body), "identity.principalId"); second == first {
		t.Error("a new resource has a new principal")
	}
}

func TestIdentityUpdateKeepsThePrincipal(t *testing.T) {
	w := newWorld(t)
	id, principal := w.identity("control")
	got := w.must(id, object{"location": location, "tags": object{"a": "b"}})
	if at(got, "properties.principalId") != principal || at(got, "properties.tenantId") != sim.DefaultTenantID {
		t.Errorf("got %v", got)
	}
}
