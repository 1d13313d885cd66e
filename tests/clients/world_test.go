package clients

import (
	"context"
	"errors"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	azurearm "github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/containerservice/armcontainerservice/v6"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/msi/armmsi"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v6"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armresources"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
)

const (
	group    = "demo"
	location = "westeurope"
)

// world is a simulated Azure behind a TLS server, and the SDK's clients signed in to it.
type world struct {
	t          testing.TB
	cloud      *azuresim.Cloud
	credential azcore.TokenCredential
	options    *azurearm.ClientOptions

	resources   *armresources.ClientFactory
	networks    *armnetwork.ClientFactory
	identities  *armmsi.ClientFactory
	grants      *armauthorization.ClientFactory
	kubernetes  *armcontainerservice.ClientFactory
	clusters    *armcontainerservice.ManagedClustersClient
	pools       *armcontainerservice.AgentPoolsClient
	assignments *armauthorization.RoleAssignmentsClient
}

func newWorld(t testing.TB, opts ...arm.Option) *world {
	t.Helper()
	w := &world{t: t, cloud: azuresim.New()}
	server := httptest.NewTLSServer(arm.New(w.cloud, opts...))
	t.Cleanup(server.Close)
	client := policy.ClientOptions{
		Transport: server.Client(),
		Retry:     policy.RetryOptions{RetryDelay: time.Millisecond, MaxRetryDelay: time.Millisecond},
		Cloud: cloud.Configuration{
			ActiveDirectoryAuthorityHost: server.URL + "/",
			Services: map[cloud.ServiceName]cloud.ServiceConfiguration{
				cloud.ResourceManager: {Endpoint: server.URL, Audience: "https://management.azure.com"}},
		},
	}
	var err error
	w.credential, err = azidentity.NewClientSecretCredential(azuresim.DefaultTenantID, azuresim.DefaultDeployerClientID,
		arm.DefaultClientSecret, &azidentity.ClientSecretCredentialOptions{ClientOptions: client, DisableInstanceDiscovery: true})
	w.must(err)
	w.options = &azurearm.ClientOptions{ClientOptions: client}
	w.connect()
	return w
}

func (w *world) connect() {
	w.t.Helper()
	const subscription = azuresim.DefaultSubscriptionID
	var errs [5]error
	w.resources, errs[0] = armresources.NewClientFactory(subscription, w.credential, w.options)
	w.networks, errs[1] = armnetwork.NewClientFactory(subscription, w.credential, w.options)
	w.identities, errs[2] = armmsi.NewClientFactory(subscription, w.credential, w.options)
	w.grants, errs[3] = armauthorization.NewClientFactory(subscription, w.credential, w.options)
	w.kubernetes, errs[4] = armcontainerservice.NewClientFactory(subscription, w.credential, w.options)
	w.must(errors.Join(errs[:]...))
	w.clusters, w.pools = w.kubernetes.NewManagedClustersClient(), w.kubernetes.NewAgentPoolsClient()
	w.assignments = w.grants.NewRoleAssignmentsClient()
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// refused wants an error of Azure with that status and code, as the SDK reads it.
func (w *world) refused(err error, status int, code string) {
	w.t.Helper()
	var response *azcore.ResponseError
	if !errors.As(err, &response) || response.StatusCode != status || response.ErrorCode != code {
		w.t.Fatalf("got %v, want %d %s", err, status, code)
	}
}

func (w *world) ctx() context.Context { return w.t.Context() }

// waited polls a long operation until it has ended.
func waited[T any](w *world, poller *runtime.Poller[T], err error) T {
	w.t.Helper()
	w.must(err)
	result, err := tried(w, poller, nil)
	w.must(err)
	return result
}

// tried is waited for an operation that may fail.
func tried[T any](w *world, poller *runtime.Poller[T], err error) (T, error) {
	w.t.Helper()
	var none T
	if err != nil {
		return none, err
	}
	return poller.PollUntilDone(w.ctx(), &runtime.PollUntilDoneOptions{Frequency: time.Millisecond})
}

// all reads every page of a list.
func all[P, T any](w *world, pager *runtime.Pager[P], items func(P) []*T) []*T {
	w.t.Helper()
	var out []*T
	for pager.More() {
		page, err := pager.NextPage(w.ctx())
		w.must(err)
		out = append(out, items(page)...)
	}
	return out
}
