package azuresim

import (
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// namespaceScope is that of a namespace inside a cluster. It is no type of resource unless AKS manages the namespace: role assignments
// name it all the same (azure-aks-docs manage-azure-rbac.md of 2023-03-02, read 2026-11-26).
const namespaceScope = ManagedClusterType + "/namespaces"

// isNamespace tells whether an ID is that of a namespace.
func isNamespace(id resourceID) bool { return strings.EqualFold(id.typeName(), namespaceScope) }

// namespaceExists is scopeExists for a namespace: the cluster has to be there. Azure Resource Manager does not know what is inside of it,
// so the namespace need not; that it does not ask is not verified.
func (c *Cloud) namespaceExists(id resourceID) *Error {
	cluster, _ := id.parent()
	return c.scopeExists(cluster)
}

// MayUse asks whether a principal may do things in a namespace of the cluster, which need not exist: verbs on objects as AKS names
// them, "pods/read", "apps/deployments/write", "secrets/read". A group is asked as itself. Without a namespace, "", it asks for the whole
// cluster, or for what is in no namespace ("nodes/read").
//
// With Azure RBAC the answer is that of role assignments on the namespace, on the cluster and above. A member of an admin group may do
// everything, and nobody else may do anything, so without Azure RBAC the answer for all others is Deny: what role bindings inside the
// cluster give is not simulated.
func (cl *Cluster) MayUse(principalID, namespace string, does ...string) rbac.Decision {
	cl.cloud.mu.Lock()
	defer cl.cloud.mu.Unlock()
	scope := cl.ID
	if namespace != "" {
		scope += "/namespaces/" + namespace
	}
	actions := make([]string, len(does))
	for i, verb := range does {
		actions[i] = ManagedClusterType + "/" + verb
	}
	asked := dataNeeds(scope, actions...)
	r := cl.cloud.lookup(cl.ID)
	if r == nil {
		return rbac.Decision{Effect: rbac.Deny, Missing: asked}
	}
	entra := object(r.Body, "properties", "aadProfile")
	for _, group := range texts(entra, "adminGroupObjectIDs") {
		if strings.EqualFold(group, principalID) {
			return rbac.Decision{Effect: rbac.Allow}
		}
	}
	if !truth(entra, "enableAzureRBAC") {
		return rbac.Decision{Effect: rbac.Deny, Missing: asked}
	}
	return cl.cloud.evaluate(principalID, asked)
}

// MayFetchKubeconfig asks whether a principal may fetch the kubeconfig of users.
func (cl *Cluster) MayFetchKubeconfig(principalID string) rbac.Decision {
	return cl.cloud.Can(principalID, needs(cl.ID, ManagedClusterType+"/listClusterUserCredential/action")...)
}
