package clients

import (
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/containerservice/armcontainerservice/v6"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/msi/armmsi"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v6"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armresources"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

func (w *world) group() {
	w.t.Helper()
	_, err := w.resources.NewResourceGroupsClient().CreateOrUpdate(w.ctx(), group,
		armresources.ResourceGroup{Location: to.Ptr(location)}, nil)
	w.must(err)
}

// network makes the network "vnet" with the subnets of these names, and returns the ids of the subnets.
func (w *world) network(subnets ...string) []string {
	w.t.Helper()
	body := armnetwork.VirtualNetwork{Location: to.Ptr(location), Properties: &armnetwork.VirtualNetworkPropertiesFormat{
		AddressSpace: &armnetwork.AddressSpace{AddressPrefixes: []*string{to.Ptr("10.0.0.0/8")}}}}
	for i, name := range subnets {
		body.Properties.Subnets = append(body.Properties.Subnets, &armnetwork.Subnet{Name: to.Ptr(name),
			Properties: &armnetwork.SubnetPropertiesFormat{AddressPrefix: to.Ptr("10." + string(rune('1'+i)) + ".0.0/16")}})
	}
	poller, err := w.networks.NewVirtualNetworksClient().BeginCreateOrUpdate(w.ctx(), group, "vnet", body, nil)
	made := waited(w, poller, err)
	var ids []string
	for _, subnet := range made.Properties.Subnets {
		ids = append(ids, *subnet.ID)
	}
	return ids
}

func (w *world) identity(name string) armmsi.Identity {
	w.t.Helper()
	made, err := w.identities.NewUserAssignedIdentitiesClient().CreateOrUpdate(w.ctx(), group, name,
		armmsi.Identity{Location: to.Ptr(location)}, nil)
	w.must(err)
	return made.Identity
}

// grant assigns a role by its name, found in the list of role definitions.
func (w *world) grant(scope, role, principal, name string) (armauthorization.RoleAssignmentsClientCreateResponse, error) {
	w.t.Helper()
	definitions := all(w, w.grants.NewRoleDefinitionsClient().NewListPager(scope,
		&armauthorization.RoleDefinitionsClientListOptions{Filter: to.Ptr("roleName eq '" + role + "'")}),
		func(p armauthorization.RoleDefinitionsClientListResponse) []*armauthorization.RoleDefinition {
			return p.Value
		})
	if len(definitions) != 1 {
		w.t.Fatalf("got %d roles %q", len(definitions), role)
	}
	return w.assignments.Create(w.ctx(), scope, name, armauthorization.RoleAssignmentCreateParameters{
		Properties: &armauthorization.RoleAssignmentProperties{RoleDefinitionID: definitions[0].ID, PrincipalID: &principal,
			PrincipalType: to.Ptr(armauthorization.PrincipalTypeServicePrincipal)}}, nil)
}

func (w *world) mustGrant(scope, role, principal string) string {
	w.t.Helper()
	made, err := w.grant(scope, role, principal, assignmentName(scope, role, principal))
	w.must(err)
	return *made.ID
}

// assignmentName is a GUID derived from what the assignment says.
func assignmentName(scope, role, principal string) string {
	definition, _ := rbac.BuiltinRole(rbac.RoleName(role))
	return rbac.AssignmentName(rbac.MustParseScope(scope), principal, definition.ID)
}

// cluster is a body with a user-assigned control plane and its nodes in a subnet.
func cluster(identity armmsi.Identity, subnet string) armcontainerservice.ManagedCluster {
	return armcontainerservice.ManagedCluster{
		Location: to.Ptr(location),
		Identity: &armcontainerservice.ManagedClusterIdentity{
			Type:                   to.Ptr(armcontainerservice.ResourceIdentityTypeUserAssigned),
			UserAssignedIdentities: map[string]*armcontainerservice.ManagedServiceIdentityUserAssignedIdentitiesValue{*identity.ID: {}},
		},
		Properties: &armcontainerservice.ManagedClusterProperties{
			DNSPrefix: to.Ptr("demo"),
			NetworkProfile: &armcontainerservice.NetworkProfile{
				NetworkPlugin:     to.Ptr(armcontainerservice.NetworkPluginAzure),
				NetworkPluginMode: to.Ptr(armcontainerservice.NetworkPluginModeOverlay)},
			AgentPoolProfiles: []*armcontainerservice.ManagedClusterAgentPoolProfile{{
				Name: to.Ptr("system"), Mode: to.Ptr(armcontainerservice.AgentPoolModeSystem), Count: to.Ptr[int32](3),
				VMSize: to.Ptr("Standard_D4s_v5"), VnetSubnetID: to.Ptr(subnet)}},
		},
	}
}

// withKubelet gives a cluster an own kubelet identity.
func withKubelet(c armcontainerservice.ManagedCluster, kubelet armmsi.Identity) armcontainerservice.ManagedCluster {
	c.Properties.IdentityProfile = map[string]*armcontainerservice.UserAssignedIdentity{"kubeletidentity": {
		ResourceID: kubelet.ID, ClientID: kubelet.Properties.ClientID, ObjectID: kubelet.Properties.PrincipalID}}
	return c
}

func pool(subnet string) armcontainerservice.AgentPool {
	return armcontainerservice.AgentPool{Properties: &armcontainerservice.ManagedClusterAgentPoolProfileProperties{
		Count: to.Ptr[int32](1), VMSize: to.Ptr("Standard_D4s_v5"), VnetSubnetID: to.Ptr(subnet)}}
}

// site is a group with a network, two identities and their grants: all that a cluster needs.
type site struct {
	subnet         string
	control, nodes armmsi.Identity
}

func (w *world) site() site {
	w.t.Helper()
	w.group()
	s := site{subnet: w.network("nodes")[0], control: w.identity("control"), nodes: w.identity("nodes")}
	w.mustGrant(s.subnet, "Network Contributor", *s.control.Properties.PrincipalID)
	w.mustGrant(*s.nodes.ID, "Managed Identity Operator", *s.control.Properties.PrincipalID)
	return s
}

// deploy makes the cluster "demo" of a site.
func (w *world) deploy(s site) armcontainerservice.ManagedCluster {
	w.t.Helper()
	poller, err := w.clusters.BeginCreateOrUpdate(w.ctx(), group, "demo", withKubelet(cluster(s.control, s.subnet), s.nodes), nil)
	return waited(w, poller, err).ManagedCluster
}

func subscriptionScope() string { return "/subscriptions/" + azuresim.DefaultSubscriptionID }
