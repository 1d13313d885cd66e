package estate

import (
	"maps"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

func (e *Estate) addClusters() {
	own := e.ownIdentities()
	for _, r := range e.Resources {
		if !r.Is("containerservice", "ManagedCluster") || r.Deleting {
			continue
		}
		c := Cluster{Name: clusterName(r), Resource: r, NodeResourceGroup: r.Text("nodeResourceGroup")}
		e.Clusters = append(e.Clusters, c)
		e.Identities = append(e.Identities, c.identities(own)...)
	}
}

func clusterName(r Resource) string {
	if scope, err := rbac.ParseScope(r.ID); err == nil && scope.Name() != "" {
		return scope.Name()
	}
	if name := r.Text("resourceName"); name != "" {
		return name
	}
	return r.Name()
}

// ownIdentities are the user-assigned identities that the source makes, by their IDs in lower case.
func (e *Estate) ownIdentities() map[string]Resource {
	own := map[string]Resource{}
	for _, r := range e.Resources {
		if r.Is("managedidentity", "UserAssignedIdentity") && r.ID != "" {
			own[strings.ToLower(r.ID)] = r
		}
	}
	return own
}

// identities are the parts of a cluster: the control plane, the kubelet, and the add-ons in order of their names.
func (c Cluster) identities(own map[string]Resource) []Identity {
	all := []Identity{c.controlPlane()}
	if found := Object(c.Resource.Outputs, "identityProfile", "kubeletidentity"); found != nil {
		all = append(all, c.part(Kubelet, "", found))
	} else if given := Object(c.Resource.Inputs, "identityProfile", "kubeletidentity"); given != nil || c.Resource.Outputs == nil {
		all = append(all, c.part(Kubelet, "", given))
	}
	profiles := Object(c.Resource.Outputs, "addonProfiles")
	if profiles == nil {
		profiles = Object(c.Resource.Inputs, "addonProfiles")
	}
	for _, name := range slices.Sorted(maps.Keys(profiles)) {
		if identity := Object(profiles[name], "identity"); identity != nil {
			all = append(all, c.part(Addon, name, identity))
		}
	}
	if routing := Object(c.Resource.Outputs, "ingressProfile", "webAppRouting", "identity"); routing != nil {
		all = append(all, c.part(Addon, "webAppRouting", routing))
	}
	for i := range all {
		all[i].ClusterURN = c.Resource.URN
		c.originate(&all[i], own)
	}
	return all
}

// controlPlane has the one user-assigned identity, or the system-assigned one.
func (c Cluster) controlPlane() Identity {
	identity := Identity{Kind: ControlPlane, Cluster: c.Name}
	assigned := Object(c.Resource.Outputs, "identity", "userAssignedIdentities")
	for _, id := range slices.Sorted(maps.Keys(assigned)) {
		identity.ResourceID = id
		identity.PrincipalID, identity.ClientID = Text(assigned[id], "principalId"), Text(assigned[id], "clientId")
		return identity
	}
	if given := texts(c.Resource.Inputs, "identity", "userAssignedIdentities"); len(given) > 0 {
		identity.ResourceID = given[0]
		return identity
	}
	kind := c.Resource.Text("identity", "type")
	if strings.EqualFold(kind, "SystemAssigned") {
		identity.SystemAssigned, identity.ResourceID = true, c.Resource.ID
		identity.PrincipalID = Text(c.Resource.Outputs, "identity", "principalId")
	}
	return identity
}

// part is an identity as Azure reports it for kubelet and add-ons.
func (c Cluster) part(kind Kind, name string, found map[string]any) Identity {
	return Identity{
		Kind: kind, Name: name, Cluster: c.Name,
		ResourceID: Text(found, "resourceId"), PrincipalID: Text(found, "objectId"), ClientID: Text(found, "clientId"),
	}
}

// originate finds out who made the identity, and adds what its own resource knows.
func (c Cluster) originate(i *Identity, own map[string]Resource) {
	made, found := own[strings.ToLower(i.ResourceID)]
	scope, err := rbac.ParseScope(i.ResourceID)
	switch {
	case found:
		i.Origin, i.URN = ByThis, made.URN
		i.PrincipalID, i.ClientID = first(i.PrincipalID, made.Text("principalId")), first(i.ClientID, made.Text("clientId"))
	case i.SystemAssigned, i.ResourceID == "" && i.Kind != ControlPlane,
		err == nil && c.NodeResourceGroup != "" && strings.EqualFold(scope.ResourceGroup(), c.NodeResourceGroup):
		i.Origin = ByAKS
	case i.ResourceID == "" && c.dependsOnIdentity():
		i.Origin = ByThis
	default:
		i.Origin = Elsewhere
	}
}

func (c Cluster) dependsOnIdentity() bool {
	return slices.ContainsFunc(c.Resource.Dependencies, func(urn string) bool {
		return strings.Contains(urn, ":managedidentity") && strings.Contains(urn, ":UserAssignedIdentity::")
	})
}

func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
