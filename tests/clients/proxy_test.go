package clients

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/url"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armresources"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	sim "github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
)

// TestPublicCloudThroughTheProxy is the way of programs that cannot be told about another cloud: they believe that they talk to
// the public one, instance discovery included.
func TestPublicCloudThroughTheProxy(t *testing.T) {
	server, err := sim.Serve(t.Context(), sim.New(azuresim.New()), sim.Listen{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	proxy, err := url.Parse(server.ProxyURL)
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(server.Certificate)
	transport := &http.Transport{Proxy: http.ProxyURL(proxy),
		TLSClientConfig: &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS12}}
	t.Cleanup(transport.CloseIdleConnections)
	options := policy.ClientOptions{Transport: &http.Client{Transport: transport}}

	credential, err := azidentity.NewClientSecretCredential(azuresim.DefaultTenantID, azuresim.DefaultDeployerClientID,
		sim.DefaultClientSecret, &azidentity.ClientSecretCredentialOptions{ClientOptions: options})
	if err != nil {
		t.Fatal(err)
	}
	groups, err := armresources.NewResourceGroupsClient(azuresim.DefaultSubscriptionID, credential,
		&arm.ClientOptions{ClientOptions: options})
	if err != nil {
		t.Fatal(err)
	}
	made, err := groups.CreateOrUpdate(t.Context(), "demo", armresources.ResourceGroup{Location: to.Ptr(location)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("signed in at login.microsoftonline.com and made %s at management.azure.com, both simulated", *made.ID)
}
