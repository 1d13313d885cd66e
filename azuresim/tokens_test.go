package azuresim_test

import (
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// TestATokenIsExchangedWhenACredentialMatchesIt: issuer, subject and audience, letter by letter, on the identity that is asked for.
func TestATokenIsExchangedWhenACredentialMatchesIt(t *testing.T) {
	w := newWorld(t)
	id, principal := w.identity("workload")
	other, _ := w.identity("other")
	w.must(clusterID, clusterBody(object{"oidcIssuerProfile": object{"enabled": true}}))
	token, err := w.cluster(clusterID).ServiceAccountToken("shop", "orders")
	if err != nil {
		t.Fatal(err)
	}
	w.must(id+"/federatedIdentityCredentials/orders", credential(token.Issuer, token.Subject, sim.TokenAudience))
	w.must(id+"/federatedIdentityCredentials/stock", credential(token.Issuer, "system:serviceaccount:shop:stock", "somebody else"))
	client := func(id string) string { return at(w.get(id), "properties.clientId").(string) }
	for _, tc := range []struct {
		name, reason, client string
		change               func(*sim.ServiceAccountToken)
		code                 string
	}{
		{"its own", "there is a credential for it", client(id), func(*sim.ServiceAccountToken) {}, ""},
		{"another cluster", "its issuer is not trusted", client(id), func(t *sim.ServiceAccountToken) { t.Issuer += "x" }, sim.CodeNoMatchingIssuer},
		{"without the slash", "the issuer is compared letter by letter", client(id), func(t *sim.ServiceAccountToken) { t.Issuer = t.Issuer[:len(t.Issuer)-1] }, sim.CodeNoMatchingIssuer},
		{"another account", "its subject is not trusted", client(id), func(t *sim.ServiceAccountToken) { t.Subject = "system:serviceaccount:shop:web" }, sim.CodeNoMatchingSubject},
		{"other letter case", "subjects are compared letter by letter", client(id), func(t *sim.ServiceAccountToken) { t.Subject = "system:serviceaccount:shop:Orders" }, sim.CodeNoMatchingSubject},
		{"for somebody else", "the token is not for Entra", client(id), func(t *sim.ServiceAccountToken) { t.Audience = "vault" }, sim.CodeNoMatchingAudience},
		{"a credential for somebody else", "the credential is not for Entra", client(id), func(t *sim.ServiceAccountToken) { t.Subject = "system:serviceaccount:shop:stock" }, sim.CodeNoMatchingAudience},
		{"another identity", "it has no credential", client(other), func(*sim.ServiceAccountToken) {}, sim.CodeNoMatchingIssuer},
		{"no identity", "nobody has the client ID", principal, func(*sim.ServiceAccountToken) {}, sim.CodeUnknownApplication},
	} {
		t.Run(tc.name, func(t *testing.T) {
			asked := token
			tc.change(&asked)
			got, err := w.ExchangeToken(tc.client, asked)
			if sim.Code(err) != tc.code || (tc.code == "" && got != principal) {
				t.Errorf("%s: got %q, %v", tc.reason, got, err)
			}
		})
	}
}

func TestAClusterWithoutIssuerGivesNoTokens(t *testing.T) {
	w := newWorld(t)
	w.must(clusterID, clusterBody(object{"oidcIssuerProfile": object{"enabled": false}}))
	cl := w.cluster(clusterID)
	if _, err := cl.ServiceAccountToken("shop", "orders"); sim.Code(err) != sim.CodeBadRequest {
		t.Errorf("got %v", err)
	}
	w.remove(clusterID)
	if _, err := cl.ServiceAccountToken("shop", "orders"); sim.Code(err) != sim.CodeResourceNotFound {
		t.Errorf("got %v", err)
	}
}
