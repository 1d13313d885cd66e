package estate

import (
	"slices"
	"strings"
)

// addWorkloads finds the user-assigned identities that are no part of a cluster: those that the source makes, and those made elsewhere on
// which it makes federated credentials. Those with federated credentials, or of one of our components, are workloads'.
func (e *Estate) addWorkloads() {
	for _, r := range e.Resources {
		if !r.Is("managedidentity", "UserAssignedIdentity") || r.Deleting || e.isPart(r) {
			continue
		}
		i := Identity{
			Kind: Other, Name: r.Name(), ResourceID: r.ID, PrincipalID: r.Text("principalId"), ClientID: r.Text("clientId"),
			Origin: ByThis, URN: r.URN, owner: r.Parent,
		}
		if isWorkloadIdentity(r.Parent) {
			i.Kind = Workload
		}
		e.Identities = append(e.Identities, i)
	}
	for _, r := range e.Resources {
		if r.Is("managedidentity", "FederatedIdentityCredential") && !r.Deleting {
			i := e.identityOf(r)
			i.Subjects = append(i.Subjects, first(r.Text("subject"), "a subject that is not known yet"))
			if i.Kind == Other {
				i.Kind = Workload
			}
		}
	}
}

func isWorkloadIdentity(urn string) bool { return strings.HasSuffix(typeOf(urn), ":WorkloadIdentity") }

// identityOf is the identity that a federated credential is on. It is added when the source does not make it.
func (e *Estate) identityOf(credential Resource) *Identity {
	id, _, _ := strings.Cut(credential.ID, "/federatedIdentityCredentials/")
	owner := "" // the component tells identities of several components apart whose IDs are not known yet
	if isWorkloadIdentity(credential.Parent) {
		owner = credential.Parent
	}
	for n := range e.Identities {
		switch i := &e.Identities[n]; {
		case i.URN != "" && slices.Contains(credential.Dependencies, i.URN),
			id != "" && strings.EqualFold(i.ResourceID, id),
			id == "" && owner != "" && i.owner == owner:
			return i
		}
	}
	i := Identity{
		Kind: Workload, Name: first(credential.Text("resourceName"), credential.Name()), ResourceID: id, Origin: Elsewhere, owner: owner,
	}
	if owner != "" {
		e.readOwner(&i)
	}
	e.Identities = append(e.Identities, i)
	return &e.Identities[len(e.Identities)-1]
}

// readOwner completes an identity made elsewhere with what its component tells: by its outputs, which a preview has none of, or by its
// grants.
func (e *Estate) readOwner(i *Identity) {
	for _, r := range e.Resources {
		switch {
		case r.URN == i.owner:
			i.ClientID = first(i.ClientID, r.Text("clientId"))
			i.PrincipalID = first(i.PrincipalID, r.Text("principalId"))
		case r.Parent == i.owner && r.Is("authorization", "RoleAssignment"):
			i.PrincipalID = first(i.PrincipalID, r.Text("principalId"))
		}
	}
}

// isPart tells whether the identity is a part of a cluster already. Before a cluster exists it depends on the identity.
func (e *Estate) isPart(r Resource) bool {
	for _, i := range e.Identities {
		if i.URN == r.URN {
			return true
		}
	}
	for c, cluster := range e.Clusters {
		for _, urn := range cluster.Resource.Dependencies {
			if urn == r.URN {
				return e.adopt(e.Clusters[c].Name, r)
			}
		}
	}
	return false
}

// adopt gives an identity to the part of the cluster that has none yet. The kubelet's is told by its name.
func (e *Estate) adopt(cluster string, r Resource) bool {
	kind := ControlPlane
	if strings.HasSuffix(r.Name(), string(Kubelet)) {
		kind = Kubelet
	}
	for n := range e.Identities {
		i := &e.Identities[n]
		if i.Cluster == cluster && i.Kind == kind && i.URN == "" && i.ResourceID == "" {
			i.URN, i.Origin, i.PrincipalID = r.URN, ByThis, r.Text("principalId")
			return true
		}
	}
	return false
}

// typeOf is the type in a URN, with those of its parents.
func typeOf(urn string) string {
	parts := strings.Split(urn, "::")
	if len(parts) < 3 {
		return ""
	}
	return parts[2]
}
