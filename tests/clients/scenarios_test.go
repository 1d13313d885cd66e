package clients

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/containerservice/armcontainerservice/v6"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/msi/armmsi"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v6"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armresources"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// scenario is a piece of work with Azure's clients. It returns what it did, in a few words.
type scenario struct {
	name, reason string
	opts         []arm.Option
	run          func(w *world) string
}

func TestScenarios(t *testing.T) {
	scenarios := []scenario{
		{"cluster from nothing", "the way of a platform team, with every answer read by Azure's own models", nil, clusterFromNothing},
		{"cluster while it is made", "201, Creating, identities of the nodes later", []arm.Option{arm.WithPolls(3)}, clusterWhileMade},
		{"grant twice", "another name is refused, the same name is accepted", nil, grantTwice},
		{"principal that is gone", "an assignment needs a principal", nil, unknownPrincipal},
		{"kubelet without grant", "the control plane must be Managed Identity Operator on it", nil, kubeletWithoutGrant},
		{"subnet that is not there", "refused before anything is made", nil, subnetNotThere},
		{"subnets of two networks", "all pools live in one network", nil, twoNetworks},
		{"two pools at once", "AKS does one operation at a time", nil, twoPoolsAtOnce},
		{"last system pool", "it cannot be deleted", nil, lastSystemPool},
		{"update", "a tier, a label and a count change; the subnet stays", nil, update},
		{"tags", "PATCH of groups, networks, identities and clusters", nil, patchTags},
		{"lists", "children, groups, subscription, page by page", []arm.Option{arm.WithPageSize(2)}, lists},
		{"assignment filters", "atScope, principalId, assignedTo", nil, assignmentFilters},
		{"credentials", "kubeconfigs of users and admins", nil, credentials},
		{"federated credentials", "of one identity, one after the other", nil, federatedCredentials},
		{"caller without rights", "what the caller may not do, and what it may not refer to", nil, callerWithoutRights},
		{"principal that is new", "the directory is late; principalType ServicePrincipal does not wait for it", nil, newPrincipal},
		{"by id", "the generic client, for every type", nil, byID},
		{"types that are not modelled", "a platform has more than the simulator models", nil, notModelled},
		{"failure after acceptance", "the poller tells Azure's code, the cluster stays Failed", nil, failureAfterAcceptance},
		{"throttling and lost answers", "the SDK asks again", nil, throttling},
		{"locks and deletes", "a group with a locked network stays; then everything goes", nil, deletes},
		{"providers", "registered, with the versions that the clients use", nil, providers},
	}
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			t.Logf("%s: %s", s.reason, s.run(newWorld(t, s.opts...)))
		})
	}
}

func clusterFromNothing(w *world) string {
	s := w.site()
	made := w.deploy(s)
	p := made.Properties
	kubelet := p.IdentityProfile["kubeletidentity"]
	if *p.ProvisioningState != "Succeeded" || kubelet == nil || *kubelet.ObjectID != *s.nodes.Properties.PrincipalID {
		w.t.Errorf("got %s %v", *p.ProvisioningState, kubelet)
	}
	poller, err := w.pools.BeginCreateOrUpdate(w.ctx(), group, "demo", "user", pool(s.subnet), nil)
	user := waited(w, poller, err)
	if *user.Properties.ProvisioningState != "Succeeded" || *user.Properties.Mode != armcontainerservice.AgentPoolModeUser {
		w.t.Errorf("got %v", *user.Properties.Mode)
	}
	again, err := w.clusters.Get(w.ctx(), group, "demo", nil)
	w.must(err)
	return fmt.Sprintf("Kubernetes %s with %d pools in %s, node group %s", *again.Properties.CurrentKubernetesVersion,
		len(again.Properties.AgentPoolProfiles), last(s.subnet), *again.Properties.NodeResourceGroup)
}

func last(id string) string { return id[strings.LastIndex(id, "/")+1:] }

func clusterWhileMade(w *world) string {
	s := w.site()
	poller, err := w.clusters.BeginCreateOrUpdate(w.ctx(), group, "demo", cluster(s.control, s.subnet), nil)
	w.must(err)
	got, err := w.clusters.Get(w.ctx(), group, "demo", nil)
	w.must(err)
	if *got.Properties.ProvisioningState != "Creating" || got.Properties.IdentityProfile != nil {
		w.t.Errorf("got %s with %v", *got.Properties.ProvisioningState, got.Properties.IdentityProfile)
	}
	done := waited(w, poller, nil)
	return fmt.Sprintf("%s, then %s with the kubelet %s", *got.Properties.ProvisioningState, *done.Properties.ProvisioningState,
		last(*done.Properties.IdentityProfile["kubeletidentity"].ResourceID))
}

func grantTwice(w *world) string {
	w.group()
	principal := *w.identity("one").Properties.PrincipalID
	scope := subscriptionScope() + "/resourceGroups/" + group
	id := w.mustGrant(scope, "Reader", principal)
	_, err := w.grant(scope, "Reader", principal, "00000000-0000-4000-8000-000000000001")
	w.refused(err, 409, azuresim.CodeRoleAssignmentExists)
	_, err = w.grant(scope, "Reader", principal, last(id))
	w.must(err)
	return "409 RoleAssignmentExists, and success under the same name"
}

func unknownPrincipal(w *world) string {
	w.group()
	scope := subscriptionScope() + "/resourceGroups/" + group
	_, err := w.grant(scope, "Reader", "00000000-0000-4000-8000-0000000000ee", "00000000-0000-4000-8000-000000000001")
	w.refused(err, 400, azuresim.CodePrincipalNotFound)
	return "400 PrincipalNotFound"
}

func kubeletWithoutGrant(w *world) string {
	w.group()
	s := site{subnet: w.network("nodes")[0], control: w.identity("control"), nodes: w.identity("nodes")}
	w.mustGrant(s.subnet, "Network Contributor", *s.control.Properties.PrincipalID)
	_, err := w.clusters.BeginCreateOrUpdate(w.ctx(), group, "demo", withKubelet(cluster(s.control, s.subnet), s.nodes), nil)
	w.refused(err, 400, azuresim.CodeKubeletIdentityMissingPermission)
	w.mustGrant(*s.nodes.ID, "Managed Identity Operator", *s.control.Properties.PrincipalID)
	w.deploy(s)
	return "400 CustomKubeletIdentityMissingPermissionError; with the grant it is made"
}

func subnetNotThere(w *world) string {
	s := w.site()
	_, err := w.clusters.BeginCreateOrUpdate(w.ctx(), group, "demo", cluster(s.control, s.subnet+"x"), nil)
	w.refused(err, 400, azuresim.CodeInvalidResourceReference)
	_, err = w.clusters.Get(w.ctx(), group, "demo", nil)
	w.refused(err, 404, azuresim.CodeResourceNotFound)
	return "400 InvalidResourceReference, and there is no cluster"
}

func twoNetworks(w *world) string {
	s := w.site()
	w.deploy(s)
	other := w.cloud.MustSeedSubnet("elsewhere", "vnet", "nodes")
	_, err := w.pools.BeginCreateOrUpdate(w.ctx(), group, "demo", "user", pool(other), nil)
	w.refused(err, 400, azuresim.CodeInvalidParameter)
	return "400 InvalidParameter for a pool in another network"
}

func twoPoolsAtOnce(w *world) string {
	s := w.site()
	w.deploy(s)
	first, err := w.pools.BeginCreateOrUpdate(w.ctx(), group, "demo", "one", pool(s.subnet), nil)
	w.must(err)
	_, err = w.pools.BeginCreateOrUpdate(w.ctx(), group, "demo", "two", pool(s.subnet), nil)
	w.refused(err, 409, azuresim.CodeOperationNotAllowed)
	waited(w, first, nil)
	second, err := w.pools.BeginCreateOrUpdate(w.ctx(), group, "demo", "two", pool(s.subnet), nil)
	waited(w, second, err)
	return "409 OperationNotAllowed until the first has ended"
}

func lastSystemPool(w *world) string {
	s := w.site()
	w.deploy(s)
	_, err := w.pools.BeginDelete(w.ctx(), group, "demo", "system", nil)
	w.refused(err, 400, azuresim.CodeMustDefineSystemPool)
	poller, err := w.pools.BeginCreateOrUpdate(w.ctx(), group, "demo", "user", pool(s.subnet), nil)
	waited(w, poller, err)
	gone, err := w.pools.BeginDelete(w.ctx(), group, "demo", "user", nil)
	waited(w, gone, err)
	_, err = w.pools.Get(w.ctx(), group, "demo", "user", nil)
	w.refused(err, 404, azuresim.CodeResourceNotFound)
	return "400 MustDefineAtLeastOneSystemPool; the user pool goes"
}

func update(w *world) string {
	s := w.site()
	made := w.deploy(s)
	made.SKU.Tier = to.Ptr(armcontainerservice.ManagedClusterSKUTierStandard)
	made.Properties.AgentPoolProfiles[0].Count = to.Ptr[int32](5)
	made.Properties.AgentPoolProfiles[0].NodeLabels = map[string]*string{"team": to.Ptr("a")}
	poller, err := w.clusters.BeginCreateOrUpdate(w.ctx(), group, "demo", made, nil)
	changed := waited(w, poller, err)
	first := changed.Properties.AgentPoolProfiles[0]
	if *first.Count != 5 || *first.NodeLabels["team"] != "a" || *changed.SKU.Tier != armcontainerservice.ManagedClusterSKUTierStandard {
		w.t.Errorf("got %v %v %v", *first.Count, first.NodeLabels, *changed.SKU.Tier)
	}
	changed.Properties.DNSPrefix = to.Ptr("other")
	_, err = w.clusters.BeginCreateOrUpdate(w.ctx(), group, "demo", changed.ManagedCluster, nil)
	w.refused(err, 400, azuresim.CodePropertyChangeNotAllowed)
	return "what a GET answers is accepted as a PUT; another dnsPrefix is 400 PropertyChangeNotAllowed"
}

func patchTags(w *world) string {
	s := w.site()
	w.deploy(s)
	tags := map[string]*string{"team": to.Ptr("a")}
	group1, err := w.resources.NewResourceGroupsClient().Update(w.ctx(), group, armresources.ResourceGroupPatchable{Tags: tags}, nil)
	w.must(err)
	network, err := w.networks.NewVirtualNetworksClient().UpdateTags(w.ctx(), group, "vnet", armnetwork.TagsObject{Tags: tags}, nil)
	w.must(err)
	identity, err := w.identities.NewUserAssignedIdentitiesClient().Update(w.ctx(), group, "nodes", armmsi.IdentityUpdate{Tags: tags}, nil)
	w.must(err)
	poller, err := w.clusters.BeginUpdateTags(w.ctx(), group, "demo", armcontainerservice.TagsObject{Tags: tags}, nil)
	changed := waited(w, poller, err)
	for name, got := range map[string]map[string]*string{"group": group1.Tags, "network": network.Tags, "identity": identity.Tags,
		"cluster": changed.Tags} {
		if len(got) != 1 || *got["team"] != "a" {
			w.t.Errorf("%s: got %v", name, got)
		}
	}
	return "four resources have a tag"
}

func lists(w *world) string {
	s := w.site()
	w.deploy(s)
	for _, name := range []string{"one", "two"} {
		poller, err := w.pools.BeginCreateOrUpdate(w.ctx(), group, "demo", name, pool(s.subnet), nil)
		waited(w, poller, err)
	}
	pools := all(w, w.pools.NewListPager(group, "demo", nil),
		func(p armcontainerservice.AgentPoolsClientListResponse) []*armcontainerservice.AgentPool {
			return p.Value
		})
	clusters := all(w, w.clusters.NewListPager(nil),
		func(p armcontainerservice.ManagedClustersClientListResponse) []*armcontainerservice.ManagedCluster {
			return p.Value
		})
	inGroup := all(w, w.clusters.NewListByResourceGroupPager(group, nil),
		func(p armcontainerservice.ManagedClustersClientListByResourceGroupResponse) []*armcontainerservice.ManagedCluster {
			return p.Value
		})
	groups := all(w, w.resources.NewResourceGroupsClient().NewListPager(nil),
		func(p armresources.ResourceGroupsClientListResponse) []*armresources.ResourceGroup { return p.Value })
	subnets := all(w, w.networks.NewSubnetsClient().NewListPager(group, "vnet", nil),
		func(p armnetwork.SubnetsClientListResponse) []*armnetwork.Subnet { return p.Value })
	identities := all(w, w.identities.NewUserAssignedIdentitiesClient().NewListBySubscriptionPager(nil),
		func(p armmsi.UserAssignedIdentitiesClientListBySubscriptionResponse) []*armmsi.Identity {
			return p.Value
		})
	resources := all(w, w.resources.NewClient().NewListByResourceGroupPager(group, nil),
		func(p armresources.ClientListByResourceGroupResponse) []*armresources.GenericResourceExpanded {
			return p.Value
		})
	counts := []int{len(pools), len(clusters), len(inGroup), len(groups), len(subnets), len(identities), len(resources)}
	if fmt.Sprint(counts) != "[3 1 1 2 1 2 4]" {
		w.t.Errorf("pools, clusters twice, groups, subnets, identities, resources: got %v", counts)
	}
	return fmt.Sprintf("%d pools, %d resources in the group, %d groups with the nodes' own, two a page", len(pools), len(resources), len(groups))
}

func assignmentFilters(w *world) string {
	s := w.site()
	control := *s.control.Properties.PrincipalID
	w.mustGrant(subscriptionScope(), "Reader", *s.nodes.Properties.PrincipalID)
	count := func(scope, filter string) int {
		filter = url.QueryEscape(filter) // the SDK does not escape the filters of role assignments
		return len(all(w, w.assignments.NewListForScopePager(scope,
			&armauthorization.RoleAssignmentsClientListForScopeOptions{Filter: to.Ptr(filter)}),
			func(p armauthorization.RoleAssignmentsClientListForScopeResponse) []*armauthorization.RoleAssignment {
				return p.Value
			}))
	}
	got := []int{
		count(s.subnet, "atScope()"),
		count(s.subnet, "principalId eq '"+control+"'"),
		count(subscriptionScope(), "atScope()"),
		count(subscriptionScope(), "assignedTo('"+control+"')"),
		count(s.subnet, "atScope() and assignedTo('"+control+"')"),
	}
	if fmt.Sprint(got) != "[2 1 1 2 1]" {
		w.t.Errorf("got %v", got)
	}
	all := all(w, w.assignments.NewListForSubscriptionPager(nil),
		func(p armauthorization.RoleAssignmentsClientListForSubscriptionResponse) []*armauthorization.RoleAssignment {
			return p.Value
		})
	return fmt.Sprintf("%d assignments, each filter finds its own", len(all))
}

func credentials(w *world) string {
	w.deploy(w.site())
	user, err := w.clusters.ListClusterUserCredentials(w.ctx(), group, "demo", nil)
	w.must(err)
	admin, err := w.clusters.ListClusterAdminCredentials(w.ctx(), group, "demo", nil)
	w.must(err)
	for _, config := range [][]byte{user.Kubeconfigs[0].Value, admin.Kubeconfigs[0].Value} {
		if !strings.Contains(string(config), "current-context: demo") {
			w.t.Errorf("got %s", config)
		}
	}
	return fmt.Sprintf("%s and %s", *user.Kubeconfigs[0].Name, *admin.Kubeconfigs[0].Name)
}

func federatedCredentials(w *world) string {
	w.group()
	w.identity("workload")
	client := w.identities.NewFederatedIdentityCredentialsClient()
	body := armmsi.FederatedIdentityCredential{Properties: &armmsi.FederatedIdentityCredentialProperties{
		Issuer: to.Ptr("https://issuer.example/"), Subject: to.Ptr("system:serviceaccount:a:b"),
		Audiences: []*string{to.Ptr("api://AzureADTokenExchange")}}}
	_, err := client.CreateOrUpdate(w.ctx(), group, "workload", "one", body, nil)
	w.must(err)
	_, err = client.CreateOrUpdate(w.ctx(), group, "workload", "two", body, nil)
	w.refused(err, 409, azuresim.CodeConflict)
	got := all(w, client.NewListPager(group, "workload", nil),
		func(p armmsi.FederatedIdentityCredentialsClientListResponse) []*armmsi.FederatedIdentityCredential {
			return p.Value
		})
	_, err = client.Delete(w.ctx(), group, "workload", "one", nil)
	w.must(err)
	return fmt.Sprintf("%d listed, the same subject twice is 409, deleted", len(got))
}

func callerWithoutRights(w *world) string {
	s := w.site()
	subscription := rbac.MustParseScope(subscriptionScope())
	hold := func(names ...rbac.RoleName) {
		var grants []rbac.Assignment
		for _, name := range names {
			role, _ := rbac.BuiltinRole(name)
			grants = append(grants, rbac.Assignment{Role: role, Scope: subscription})
		}
		w.cloud.Configure(azuresim.WithDeployer(grants...))
	}
	hold("Reader")
	_, err := w.clusters.BeginCreateOrUpdate(w.ctx(), group, "demo", cluster(s.control, s.subnet), nil)
	w.refused(err, 403, azuresim.CodeAuthorizationFailed)
	hold("Reader", "Azure Kubernetes Service Contributor Role")
	_, err = w.clusters.BeginCreateOrUpdate(w.ctx(), group, "demo", cluster(s.control, s.subnet), nil)
	w.refused(err, 403, azuresim.CodeLinkedAuthorizationFailed)
	hold("Contributor")
	_, err = w.grant(s.subnet, "Reader", *s.nodes.Properties.PrincipalID, "00000000-0000-4000-8000-000000000001")
	w.refused(err, 403, azuresim.CodeAuthorizationFailed)
	poller, err := w.clusters.BeginCreateOrUpdate(w.ctx(), group, "demo", cluster(s.control, s.subnet), nil)
	waited(w, poller, err)
	return "403 AuthorizationFailed and LinkedAuthorizationFailed; a Contributor makes the cluster, and no grant"
}

func newPrincipal(w *world) string {
	w.group()
	w.cloud.Configure(azuresim.WithReplicationDelay(2, false))
	principal := *w.identity("one").Properties.PrincipalID
	scope := subscriptionScope() + "/resourceGroups/" + group
	role, _ := rbac.BuiltinRole(rbac.RoleName("Reader"))
	name := assignmentName(scope, "Reader", principal)
	bare := armauthorization.RoleAssignmentCreateParameters{Properties: &armauthorization.RoleAssignmentProperties{
		PrincipalID: &principal, RoleDefinitionID: to.Ptr(role.ID.DefinitionID(azuresim.DefaultSubscriptionID))}}
	_, err := w.assignments.Create(w.ctx(), scope, name, bare, nil)
	w.refused(err, 400, azuresim.CodePrincipalNotFound)
	bare.Properties.PrincipalType = to.Ptr(armauthorization.PrincipalTypeServicePrincipal)
	_, err = w.assignments.Create(w.ctx(), scope, name, bare, nil)
	w.must(err)
	return "400 PrincipalNotFound, and success with principalType"
}

func byID(w *world) string {
	w.group()
	client, id := w.resources.NewClient(), azuresim.ID(group, azuresim.IdentityType, "generic")
	const version = "2023-01-31"
	made, err := client.BeginCreateOrUpdateByID(w.ctx(), id, version, armresources.GenericResource{Location: to.Ptr(location)}, nil)
	waited(w, made, err)
	there, err := client.CheckExistenceByID(w.ctx(), id, version, nil)
	w.must(err)
	got, err := client.GetByID(w.ctx(), id, version, nil)
	w.must(err)
	gone, err := client.BeginDeleteByID(w.ctx(), id, version, nil)
	waited(w, gone, err)
	_, err = client.GetByID(w.ctx(), id, "2000-01-01", nil)
	w.refused(err, 400, "NoRegisteredProviderFound")
	if !there.Success {
		w.t.Error("HEAD finds it")
	}
	return *got.Type + " made, found and deleted; an unknown version is 400 NoRegisteredProviderFound"
}

func notModelled(w *world) string {
	w.group()
	subnet := w.network("nodes")[0]
	endpoints := w.networks.NewPrivateEndpointsClient()
	made, err := endpoints.BeginCreateOrUpdate(w.ctx(), group, "images", armnetwork.PrivateEndpoint{Location: to.Ptr(location),
		Properties: &armnetwork.PrivateEndpointProperties{Subnet: &armnetwork.Subnet{ID: &subnet}}}, nil)
	endpoint := waited(w, made, err)
	if *endpoint.Properties.ProvisioningState != armnetwork.ProvisioningStateSucceeded || len(endpoint.Properties.NetworkInterfaces) != 1 {
		w.t.Errorf("it is done at once, with a network interface: got %+v", endpoint.Properties)
	}
	listed := all(w, endpoints.NewListPager(group, nil),
		func(p armnetwork.PrivateEndpointsClientListResponse) []*armnetwork.PrivateEndpoint { return p.Value })
	_, err = endpoints.BeginCreateOrUpdate(w.ctx(), group, "other", armnetwork.PrivateEndpoint{Location: to.Ptr(location),
		Properties: &armnetwork.PrivateEndpointProperties{Subnet: &armnetwork.Subnet{ID: to.Ptr(subnet + "x")}}}, nil)
	w.refused(err, 400, azuresim.CodeInvalidResourceReference)
	gone, err := endpoints.BeginDelete(w.ctx(), group, "images", nil)
	waited(w, gone, err)
	generic, id := w.resources.NewClient(), azuresim.ID(group, "Microsoft.Sql/servers", "orders")
	const version = "2021-11-01"
	server, err := generic.BeginCreateOrUpdateByID(w.ctx(), id, version, armresources.GenericResource{Location: to.Ptr(location),
		Properties: map[string]any{"version": "12.0"}}, nil)
	waited(w, server, err)
	tagged, err := generic.BeginUpdateByID(w.ctx(), id, version, armresources.GenericResource{Tags: map[string]*string{"team": to.Ptr("a")}}, nil)
	after := waited(w, tagged, err)
	if properties, _ := after.Properties.(map[string]any); *after.Tags["team"] != "a" || properties["version"] != "12.0" {
		w.t.Errorf("it has a tag, and what it had: got %v %v", after.Tags, after.Properties)
	}
	if _, err := generic.Get(w.ctx(), group, "Microsoft.Sql", "", "servers", "orders", version, nil); err != nil {
		w.t.Errorf("a type has no parent: %v", err)
	}
	removed, err := generic.BeginDeleteByID(w.ctx(), id, version, nil)
	waited(w, removed, err)
	_, err = generic.GetByID(w.ctx(), id, version, nil)
	w.refused(err, 404, azuresim.CodeResourceNotFound)
	return fmt.Sprintf("%d private endpoint and a database server come, are tagged and go", len(listed))
}

func failureAfterAcceptance(w *world) string {
	s := w.site()
	w.cloud.FailAfterAcceptance(azuresim.Match{Type: azuresim.ManagedClusterType, Method: azuresim.MethodPut},
		azuresim.Error{Status: 400, Code: "QuotaExceeded", Message: "not enough cores"})
	poller, err := w.clusters.BeginCreateOrUpdate(w.ctx(), group, "demo", cluster(s.control, s.subnet), nil)
	w.must(err)
	_, err = tried(w, poller, nil)
	w.refused(err, 200, "QuotaExceeded") // the status is that of the answer which tells it
	got, err := w.clusters.Get(w.ctx(), group, "demo", nil)
	w.must(err)
	if *got.Properties.ProvisioningState != "Failed" {
		w.t.Errorf("got %s", *got.Properties.ProvisioningState)
	}
	again, err := w.clusters.BeginCreateOrUpdate(w.ctx(), group, "demo", cluster(s.control, s.subnet), nil)
	waited(w, again, err)
	return "QuotaExceeded from the poller, Failed, repaired by the next PUT"
}

func throttling(w *world) string {
	w.group()
	unavailable := w.cloud.Fail(azuresim.Match{Type: azuresim.IdentityType, Times: 2}, azuresim.ServiceUnavailable())
	lost := w.cloud.LoseResponse(azuresim.Match{Type: azuresim.VirtualNetworkType, Method: azuresim.MethodPut})
	w.identity("one")
	w.network("nodes")
	return fmt.Sprintf("%d times 503 and %d lost answer are not seen", unavailable.Hits(), lost.Hits())
}

func deletes(w *world) string {
	w.deploy(w.site())
	lock := w.cloud.MustSeed(azuresim.ID(group, azuresim.VirtualNetworkType, "vnet")+"/providers/"+azuresim.LockType+"/keep",
		map[string]any{"properties": map[string]any{"level": "CanNotDelete"}})
	groups := w.resources.NewResourceGroupsClient()
	_, err := groups.BeginDelete(w.ctx(), group, nil)
	w.refused(err, 409, azuresim.CodeScopeLocked)
	_, err = w.cloud.Delete(w.ctx(), lock)
	w.must(err)
	cluster, err := w.clusters.BeginDelete(w.ctx(), group, "demo", nil)
	waited(w, cluster, err)
	gone, err := groups.BeginDelete(w.ctx(), group, nil)
	waited(w, gone, err)
	there, err := groups.CheckExistence(w.ctx(), group, nil)
	w.must(err)
	if there.Success || !w.cloud.Empty() {
		w.t.Errorf("something is left: %v", w.cloud.Resources())
	}
	return "409 ScopeLocked; then cluster and group go, and nothing is left"
}

func providers(w *world) string {
	client := w.resources.NewProvidersClient()
	got, err := client.Register(w.ctx(), "Microsoft.ContainerService", nil)
	w.must(err)
	all := all(w, client.NewListPager(nil), func(p armresources.ProvidersClientListResponse) []*armresources.Provider { return p.Value })
	return fmt.Sprintf("%s is %s; %d providers", *got.Namespace, *got.RegistrationState, len(all))
}
