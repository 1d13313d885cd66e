// Package arm lets clients that were written for Azure talk to a simulated one: Azure Resource Manager over HTTP, with the
// sign-in and the directory look-ups that clients need on the way.
//
//	cloud := azuresim.New()
//	server := httptest.NewTLSServer(arm.New(cloud)) // one address for ARM, Entra and Microsoft Graph
//
// Serve does the same for programs in other processes, as the address of a custom cloud and as a proxy that stands in for
// the hosts of the public cloud:
//
//	server, err := arm.Serve(ctx, arm.New(cloud), arm.Listen{CertificateFile: "azuresim.pem"})
//	server.Env() // HTTPS_PROXY=..., SSL_CERT_FILE=..., AZURE_CLIENT_ID=...
//
// # What is served
//
//   - GET, HEAD, PUT, PATCH (tags) and DELETE of every type of the Cloud (azuresim.KnownTypes), and the POSTs that the Cloud
//     knows: the credentials of a cluster;
//   - the same of every other type, in whatever namespace, which the Cloud keeps as given (azuresim.Cloud.GivenTypes tells which):
//     answered at once, in every version that looks like one, 2024-05-01 or 2024-05-01-preview; azuresim.WithOnlyModelledTypes
//     refuses them;
//   - lists of a type in a subscription, a group, a resource; of resource groups; of all resources, of a subscription or a
//     group; of role assignments, role definitions and permissions at any scope; pages ($top, nextLink);
//   - $filter: of role assignments atScope(), assignedTo('ID'), principalId eq 'ID'; of role definitions roleName eq, type eq,
//     atScopeAndBelow(); of all resources resourceType, name, location, resourceGroup, tagName, tagValue eq; of groups tagName,
//     tagValue eq; conditions are joined by "and";
//   - tenants, subscriptions, locations, providers and their registration (always registered); a provider that nothing is modelled
//     of tells one version, 2024-01-01, of the types that are there;
//   - long operations: 201, 200 or 202 with Azure-AsyncOperation, Location, Retry-After, and provisioningState Creating, Updating,
//     Deleting until they have ended; see WithPolls and WithDuration;
//   - Entra: instance discovery, OpenID configuration, tokens by client secret for the deployer of the Cloud; metadata of a custom
//     cloud;
//   - Graph: service principals, users, groups and directory objects by id or $filter, getByIds.
//
// Enforced: a valid bearer token for the right audience; a known api-version of a modelled type (versions.go); JSON bodies of at
// most 4 MB; all that the Cloud enforces.
//
// # What is not
//
//   - everything else is refused with 501 NotImplemented, by name: deployments (templates) and all else in Microsoft.Resources,
//     Microsoft.Features and Microsoft.Management, moves, tags as resources, checkNameAvailability, Kubernetes versions on offer,
//     access tokens of vaults and registries, every data plane, Kubernetes itself;
//   - policies are kept as given, and nothing obeys them;
//   - a list of a type is 404 InvalidResourceType as long as nothing was made of it, unless a built-in role of Azure names writing
//     it: an empty list of the sizes of machines (Microsoft.Compute/skus) would be wrong;
//   - actions that the Cloud does not know (start and stop of a cluster, keys of an account) are 404 InvalidResourceType, by name;
//   - all API versions of a type get and give the same body; only whether a version exists is checked;
//   - a PATCH changes tags, and nothing else;
//   - $expand, $select and conditional requests (If-Match) are not looked at; a list needs the right to read at its scope, and
//     is not cut down to what the caller may see;
//   - the only caller is the deployer; users, certificates, managed identities and federated credentials cannot sign in;
//   - whether ARM answers a change at once or as a long operation, and the text of its messages, follow the Azure SDK for Go and
//     public reports; which of two errors comes first is not verified.
//
// Invalid, and refused:
//
//	GET /subscriptions/S/resourceGroups/G                                       400 MissingApiVersionParameter
//	GET /subscriptions/S/resourceGroups/G?api-version=2000-01-01                400 InvalidApiVersionParameter
//	PUT .../providers/Microsoft.Sql/servers/s?api-version=latest                400 InvalidApiVersionParameter
//	GET .../providers/Microsoft.Network/natGateway/n?api-version=2024-05-01     404 InvalidResourceType
//	PUT .../providers/Microsoft.Resources/deployments/d?api-version=2021-04-01  501 NotImplemented
//	GET .../roleAssignments?$filter=principalId ne 'x'&api-version=2022-04-01   400 InvalidFilterInQueryString
package arm
