package arm_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
)

func TestSignIn(t *testing.T) {
	good := url.Values{"grant_type": {"client_credentials"}, "client_id": {sim.DefaultDeployerClientID},
		"client_secret": {arm.DefaultClientSecret}, "scope": {"https://management.azure.com/.default"}}
	cases := []struct {
		name, reason, tenant string
		change               map[string]string
		status               int
		want                 string // in the description of the error
	}{
		{"deployer", "the secret is right", sim.DefaultTenantID, nil, 200, ""},
		{"MSAL", "the Azure SDK for Go adds scopes of its own", sim.DefaultTenantID, map[string]string{"scope": "https://management.azure.com/.default openid offline_access profile"}, 200, ""},
		{"secret", "it is wrong", sim.DefaultTenantID, map[string]string{"client_secret": "x"}, 401, "AADSTS7000215"},
		{"application", "nobody knows it", sim.DefaultTenantID, map[string]string{"client_id": "x"}, 400, "AADSTS700016"},
		{"grant", "one kind only", sim.DefaultTenantID, map[string]string{"grant_type": "password"}, 400, "AADSTS70003"},
		{"scope", "one resource", sim.DefaultTenantID, map[string]string{"scope": "a b"}, 400, "AADSTS70011"},
		{"tenant", "there is one", "11111111-0000-4000-8000-000000000000", nil, 400, "AADSTS90002"},
	}
	c := newClient(t)
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			sent := url.Values{}
			for name := range good {
				sent.Set(name, good.Get(name))
			}
			for name, value := range tc.change {
				sent.Set(name, value)
			}
			r := c.form("/"+tc.tenant+"/oauth2/v2.0/token", sent)
			description, _ := r.body["error_description"].(string)
			if r.status != tc.status || !strings.Contains(description, tc.want) {
				t.Errorf("%s: got %d %v", tc.reason, r.status, r.body)
			}
		})
	}
}

func TestTokens(t *testing.T) {
	c := newClient(t)
	graph := c.signIn("https://graph.microsoft.com/.default")
	classic := c.signIn("https://management.core.windows.net//.default")
	forged := c.token[:strings.LastIndex(c.token, ".")] + ".AAAA"
	cases := []struct{ name, reason, path, token, code string }{
		{"right", "issued for ARM", "/subscriptions", c.token, ""},
		{"classic", "the old name of ARM, as the CLI asks", "/subscriptions", classic, ""},
		{"none", "no header", "/subscriptions", "", "AuthenticationFailed"},
		{"forged", "another signature", "/subscriptions", forged, "InvalidAuthenticationToken"},
		{"nonsense", "no token at all", "/subscriptions", "x", "InvalidAuthenticationToken"},
		{"audience", "issued for Graph", "/subscriptions", graph, "InvalidAuthenticationTokenAudience"},
		{"graph", "issued for Graph", "/v1.0/users", graph, ""},
		{"graph with another", "issued for ARM", "/v1.0/users", c.token, "InvalidAuthenticationTokenAudience"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			header := http.Header{}
			if tc.token != "" {
				header.Set("Authorization", "Bearer "+tc.token)
			}
			r := c.do("GET", tc.path+"?api-version=2022-12-01", header, "")
			if r.code() != tc.code {
				t.Errorf("%s: got %d %v, want %q", tc.reason, r.status, r.body, tc.code)
			}
			if tc.code != "" && !strings.Contains(r.header.Get("Www-Authenticate"), sim.DefaultTenantID) {
				t.Errorf("the answer tells where to sign in, got %q", r.header.Get("Www-Authenticate"))
			}
		})
	}
}

func TestDiscovery(t *testing.T) {
	c := newClient(t)
	for path, want := range map[string]string{
		"/" + sim.DefaultTenantID + "/v2.0/.well-known/openid-configuration": "token_endpoint",
		"/common/discovery/instance?api-version=1.1":                         "tenant_discovery_endpoint",
		"/metadata/endpoints?api-version=2015-01-01":                         "graphEndpoint",
	} {
		got, _ := c.do("GET", path, nil, "").body[want].(string)
		if !strings.HasPrefix(got, c.server.URL) {
			t.Errorf("%s points back to the server, got %q", path, got)
		}
	}
	of := "https%3A%2F%2Fcloud.example%2Ftenant%2Foauth2%2Fv2.0%2Fauthorize"
	r := c.do("GET", "/common/discovery/instance?api-version=1.1&authorization_endpoint="+of, nil, "")
	if got, _ := r.body["tenant_discovery_endpoint"].(string); !strings.HasPrefix(got, "https://cloud.example/") {
		t.Errorf("MSAL asks one host about the authority of another, got %q", got)
	}
	if r := c.do("GET", "/metadata/endpoints?api-version=2022-09-01", nil, ""); r.status != 200 {
		t.Errorf("the list of clouds: got %d", r.status)
	}
	if r := c.do("GET", "/"+sim.DefaultTenantID+"/oauth2/v2.0/devicecode", nil, ""); r.code() != "NotImplemented" {
		t.Errorf("other ways to sign in are refused by name, got %v", r.body)
	}
}

func TestGraph(t *testing.T) {
	c := newClient(t)
	c.group()
	made := c.must(201, "PUT", identityID, object{"location": location})
	principal, clientID := made.at("properties.principalId").(string), made.at("properties.clientId").(string)
	c.cloud.AddPrincipal("00000000-0000-4000-8000-0000000000a1", sim.User, "ada@simulated.onmicrosoft.com")
	c.token = c.signIn("https://graph.microsoft.com/.default")
	filter := func(s string) string { return "?$filter=" + url.QueryEscape(s) }
	cases := []struct {
		name, reason, path string
		count              int
		code               string
	}{
		{"by client id", "as the CLI asks", "/v1.0/servicePrincipals" + filter("servicePrincipalNames/any(c:c eq '"+clientID+"')"), 1, ""},
		{"by appId", "the same", "/v1.0/servicePrincipals" + filter("appId eq '"+clientID+"'"), 1, ""},
		{"by name or id", "one of two", "/v1.0/servicePrincipals" + filter("displayName eq 'x' or appId eq '"+clientID+"'"), 1, ""},
		{"user by name", "the kind counts", "/v1.0/users" + filter("userPrincipalName eq 'ada@simulated.onmicrosoft.com'"), 1, ""},
		{"user by prefix", "startswith", "/v1.0/users" + filter("startswith(displayName,'ad')"), 1, ""},
		{"no user", "a service principal is none", "/v1.0/users" + filter("id eq '"+principal+"'"), 0, ""},
		{"filter", "by name", "/v1.0/users" + filter("department eq 'x'"), 0, "Request_UnsupportedQuery"},
		{"me", "an application is nobody", "/v1.0/me", 0, "Request_BadRequest"},
		{"nobody", "not found", "/v1.0/servicePrincipals/" + clientID, 0, "Request_ResourceNotFound"},
		{"not served", "by name", "/v1.0/applications", 0, "NotImplemented"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			r := c.call("GET", tc.path, nil)
			if r.code() != tc.code || len(r.values()) != tc.count {
				t.Errorf("%s: got %d %v", tc.reason, r.status, r.body)
			}
		})
	}
	if r := c.must(200, "GET", "/v1.0/directoryObjects/"+principal, nil); r.at("appId") != clientID {
		t.Errorf("by object id: %v", r.body)
	}
	r := c.must(200, "POST", "/v1.0/directoryObjects/getByIds", object{"ids": []any{principal, "x"}})
	if got := r.values(); len(got) != 1 || got[0]["id"] != principal {
		t.Errorf("getByIds leaves out what it does not know: %v", got)
	}
}
