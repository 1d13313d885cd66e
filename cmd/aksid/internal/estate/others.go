package estate

import (
	"strings"
)

// addWorkloads finds the user-assigned identities that the source makes and that are no part of a cluster. Those with federated
// credentials, or of one of our components, are workloads'.
func (e *Estate) addWorkloads() {
	subjects := e.subjects()
	for _, r := range e.Resources {
		if !r.Is("managedidentity", "UserAssignedIdentity") || r.Deleting || e.isPart(r) {
			continue
		}
		i := Identity{
			Kind: Other, Name: r.Name(), ResourceID: r.ID, PrincipalID: r.Text("principalId"), ClientID: r.Text("clientId"),
			Origin: ByThis, Subjects: subjects[r.URN], URN: r.URN,
		}
		if len(i.Subjects) > 0 || strings.HasSuffix(typeOf(r.Parent), ":WorkloadIdentity") {
			i.Kind = Workload
		}
		e.Identities = append(e.Identities, i)
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

// subjects are those of federated credentials, by the URN of the identity on which they depend.
func (e *Estate) subjects() map[string][]string {
	byURN := map[string][]string{}
	for _, r := range e.Resources {
		if !r.Is("managedidentity", "FederatedIdentityCredential") || r.Deleting {
			continue
		}
		for _, urn := range r.Dependencies {
			if strings.Contains(urn, ":UserAssignedIdentity::") {
				byURN[urn] = append(byURN[urn], first(r.Text("subject"), "a subject that is not known yet"))
			}
		}
	}
	return byURN
}

// typeOf is the type in a URN, with those of its parents.
func typeOf(urn string) string {
	parts := strings.Split(urn, "::")
	if len(parts) < 3 {
		return ""
	}
	return parts[2]
}
