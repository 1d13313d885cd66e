package arm_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
)

// serving starts a server and a client that trusts its certificate file and uses its proxy.
func serving(t *testing.T) (*arm.Server, *http.Client) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "azuresim.pem")
	server, err := arm.Serve(t.Context(), arm.New(sim.New()), arm.Listen{CertificateFile: file})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(text)
	proxy, err := url.Parse(server.ProxyURL)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS12}}
	t.Cleanup(transport.CloseIdleConnections)
	return server, &http.Client{Transport: transport}
}

func fetch(t *testing.T, client *http.Client, address string) (string, error) {
	t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	return string(content), err
}

func TestServeDirectlyAndAsThePublicCloud(t *testing.T) {
	server, client := serving(t)
	cases := []struct{ name, reason, address, want string }{
		{"sign-in", "links point to the host that was asked", "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration", `"https://login.microsoftonline.com/`},
		{"discovery", "MSAL knows the authority", "https://login.microsoftonline.com/common/discovery/instance", `"login.windows.net"`},
		{"management", "it wants a token", "https://management.azure.com/subscriptions?api-version=2022-12-01", "AuthenticationFailed"},
		{"graph", "it wants a token", "https://graph.microsoft.com/v1.0/me", "AuthenticationFailed"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if got, err := fetch(t, client, tc.address); err != nil || !strings.Contains(got, tc.want) {
				t.Errorf("%s: got %s %v", tc.reason, got, err)
			}
		})
	}
	transport := client.Transport.(*http.Transport).Clone()
	transport.Proxy = nil
	defer transport.CloseIdleConnections()
	got, err := fetch(t, &http.Client{Transport: transport}, server.URL+"/metadata/endpoints?api-version=2022-09-01")
	if err != nil || !strings.Contains(got, server.URL) {
		t.Errorf("a cloud of its own, at the address of the server: got %s %v", got, err)
	}
}

func TestProxyStandsInForAzureOnly(t *testing.T) {
	_, client := serving(t)
	if _, err := fetch(t, client, "https://example.com/"); err == nil || !strings.Contains(err.Error(), "Forbidden") {
		t.Errorf("other hosts are refused, got %v", err)
	}
}

func TestEnv(t *testing.T) {
	server, _ := serving(t)
	env := server.Env()
	for _, want := range []string{"HTTPS_PROXY=" + server.ProxyURL, "AZURE_TENANT_ID=" + sim.DefaultTenantID,
		"ARM_CLIENT_SECRET=" + arm.DefaultClientSecret} {
		if !slices.Contains(env, want) {
			t.Errorf("%s is missing in %v", want, env)
		}
	}
}
