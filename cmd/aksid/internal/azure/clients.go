package azure

import (
	"errors"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/containerservice/armcontainerservice/v6"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/msi/armmsi"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armresources"
)

// Access is how Azure is reached. Credential is required; the zero Options are those of the public cloud.
type Access struct {
	Credential azcore.TokenCredential
	Options    policy.ClientOptions
	// Graph is the address of Microsoft Graph; empty for that of the public cloud.
	Graph string
}

const publicGraph = "https://graph.microsoft.com"

// graphScope is what a token for Graph is asked for.
const graphScope = publicGraph + "/.default"

// clients are those of one subscription.
type clients struct {
	clusters    *armcontainerservice.ManagedClustersClient
	assignments *armauthorization.RoleAssignmentsClient
	roles       *armauthorization.RoleDefinitionsClient
	identities  *armmsi.UserAssignedIdentitiesClient
	federated   *armmsi.FederatedIdentityCredentialsClient
	resources   *armresources.Client
}

func (a Access) clients(subscription string) (clients, error) {
	options := &arm.ClientOptions{ClientOptions: a.Options}
	var c clients
	var errs [6]error
	c.clusters, errs[0] = armcontainerservice.NewManagedClustersClient(subscription, a.Credential, options)
	c.assignments, errs[1] = armauthorization.NewRoleAssignmentsClient(subscription, a.Credential, options)
	c.roles, errs[2] = armauthorization.NewRoleDefinitionsClient(a.Credential, options)
	c.identities, errs[3] = armmsi.NewUserAssignedIdentitiesClient(subscription, a.Credential, options)
	c.federated, errs[4] = armmsi.NewFederatedIdentityCredentialsClient(subscription, a.Credential, options)
	c.resources, errs[5] = armresources.NewClient(subscription, a.Credential, options)
	return c, errors.Join(errs[:]...)
}

// graph is the pipeline to Microsoft Graph, and its address.
func (a Access) graph() (runtime.Pipeline, string) {
	options := a.Options
	if options.Cloud.ActiveDirectoryAuthorityHost == "" {
		options.Cloud = cloud.AzurePublic
	}
	bearer := runtime.NewBearerTokenPolicy(a.Credential, []string{graphScope}, nil)
	pipeline := runtime.NewPipeline("aksid", "v1", runtime.PipelineOptions{PerRetry: []policy.Policy{bearer}}, &options)
	if a.Graph == "" {
		return pipeline, publicGraph
	}
	return pipeline, a.Graph
}
