package components

import (
	"encoding/base64"
	"strings"
	"testing"
)

// TestATokenGoesToAzureOnly: the address that is asked is one of Azure's own or this machine, whatever a token says.
func TestATokenGoesToAzureOnly(t *testing.T) {
	for _, tc := range []struct{ name, reason, claims, want string }{
		{"public", "the public cloud", `{"aud":"https://management.azure.com"}`, "https://management.azure.com"},
		{"public, with slash", "Entra writes both", `{"aud":"https://management.azure.com/"}`, "https://management.azure.com"},
		{"classic", "the same cloud by its older name", `{"aud":"https://management.core.windows.net/"}`, "https://management.azure.com"},
		{"US government", "a cloud of its own", `{"aud":"https://management.usgovcloudapi.net"}`, "https://management.usgovcloudapi.net"},
		{"China, classic", "a cloud of its own", `{"aud":"https://management.core.chinacloudapi.cn"}`, "https://management.chinacloudapi.cn"},
		{"simulator", "this machine", `{"aud":"http://127.0.0.1:4711"}`, "http://127.0.0.1:4711"},
		{"simulator, by name", "this machine", `{"aud":"https://localhost:4711"}`, "https://localhost:4711"},
		{"somebody else", "a token for another service", `{"aud":"https://graph.microsoft.com"}`, ""},
		{"looks alike", "a name that begins with Azure's", `{"aud":"https://management.azure.com.example.org"}`, ""},
		{"looks local", "a name that begins with an address of this machine", `{"aud":"https://127.0.0.1.example.org"}`, ""},
		{"credentials before the host", "the host counts", `{"aud":"https://127.0.0.1@example.org"}`, ""},
		{"a file", "no HTTP", `{"aud":"file://127.0.0.1/x"}`, ""},
		{"several", "a list is none of Entra's answers", `{"aud":["https://management.azure.com"]}`, ""},
		{"nothing", "no audience", `{}`, ""},
		{"no JSON", "nobody can read it", `aud`, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			token := "head." + base64.RawURLEncoding.EncodeToString([]byte(tc.claims)) + ".signature"
			found, err := resourceManager(token)
			if found.endpoint != tc.want || (err == nil) != (tc.want != "") {
				t.Errorf("%s: want %q, got %q, %v", tc.reason, tc.want, found.endpoint, err)
			}
			if err != nil && strings.Contains(err.Error(), "signature") {
				t.Errorf("the token got out: %v", err)
			}
		})
	}
	for _, token := range []string{"", "opaque", "a.b", "a.!.c", "a.b.c.d"} {
		if _, err := resourceManager(token); err == nil {
			t.Errorf("%q is no token", token)
		}
	}
}
