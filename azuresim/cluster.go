package azuresim

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Cluster asks about one cluster of the cloud: who its identities are, and what they can do now.
type Cluster struct {
	cloud *Cloud
	// ID is the id as Azure spells it.
	ID string
}

// Cluster finds a managed cluster. The error is an *Error.
func (c *Cloud) Cluster(id string) (*Cluster, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	r := c.lookup(id)
	if r == nil || r.Type != ManagedClusterType {
		return nil, refuse(404, CodeResourceNotFound, "", "The managed cluster '%s' was not found.", id)
	}
	return &Cluster{cloud: c, ID: r.ID}, nil
}

// Clusters lists all managed clusters, sorted by id.
func (c *Cloud) Clusters() []*Cluster {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []*Cluster
	for _, k := range slices.Sorted(maps.Keys(c.resources)) {
		if r := c.resources[k]; r.Type == ManagedClusterType {
			out = append(out, &Cluster{cloud: c, ID: r.ID})
		}
	}
	return out
}

// ControlPlane is the principal that the control plane acts as.
func (cl *Cluster) ControlPlane() string { return cl.who(actorControlPlane) }

// Kubelet is the principal of the kubelet identity.
func (cl *Cluster) Kubelet() string { return cl.who(actorKubelet) }

// Addon is the principal of an add-on's identity, "" when it has none. The name is the key in addonProfiles without regard
// to case, or webAppRouting, applicationLoadBalancer, costAnalysis.
func (cl *Cluster) Addon(name string) string { return cl.who(actor("addon:" + name)) }

// NodeResourceGroup is the id of the node resource group.
func (cl *Cluster) NodeResourceGroup() string {
	cl.cloud.mu.Lock()
	defer cl.cloud.mu.Unlock()
	if r := cl.cloud.lookup(cl.ID); r != nil {
		return nodeGroupID(r)
	}
	return ""
}

func (cl *Cluster) who(a actor) string {
	cl.cloud.mu.Lock()
	defer cl.cloud.mu.Unlock()
	r := cl.cloud.lookup(cl.ID)
	if r == nil {
		return ""
	}
	return cl.cloud.principalOf(r, a)
}

// actor is an identity as required-actions names it.
type actor string

const (
	actorControlPlane  actor = "controlPlane"
	actorKubelet       actor = "kubelet"
	actorDeployer      actor = "deployer"
	actorEncryptionSet actor = "diskEncryptionSet" // the set's own identity
	actorExtension     actor = "extension"         // the identity of a cluster extension
)

// principalOf finds who acts, from what is stored; the response quirks do not matter here.
func (c *Cloud) principalOf(r *resource, a actor) string {
	props := r.properties()
	if name, isAddon := strings.CutPrefix(string(a), "addon:"); isAddon {
		return c.addonPrincipal(r, name)
	}
	switch a {
	case actorControlPlane:
		return controlOf(r).principal
	case actorKubelet:
		return text(kubeletOf(props), "objectId")
	case actorDeployer:
		return DefaultDeployerObjectID
	case actorEncryptionSet:
		if set := c.lookup(text(props, "diskEncryptionSetID")); set != nil {
			return identityPrincipal(set)
		}
	case actorExtension:
		for _, e := range c.childrenOf(r.ID, ExtensionType) {
			return text(e.Body, "properties", "aksAssignedIdentity", "principalId")
		}
	}
	return ""
}

// identityPrincipal is the principal in the identity block of a resource: the system-assigned one, else the first of the
// user-assigned ones, "" when there is none.
func identityPrincipal(r *resource) string {
	if principal := text(r.Body, "identity", "principalId"); principal != "" {
		return principal
	}
	users := object(r.Body, "identity", "userAssignedIdentities")
	for _, id := range slices.Sorted(maps.Keys(users)) {
		return text(users, id, "principalId")
	}
	return ""
}

func (c *Cloud) addonPrincipal(r *resource, name string) string {
	if strings.EqualFold(name, "costAnalysis") {
		if identity := c.lookup(nodeGroupID(r) + "/providers/" + IdentityType + "/cost-analysis-identity"); identity != nil {
			return text(identity.Body, "properties", "principalId")
		}
		return ""
	}
	name = strings.TrimPrefix(name, "ingressProfile.")
	for _, where := range []string{"addonProfiles", "ingressProfile"} {
		if _, value, ok := lookupFold(object(r.Body, "properties", where), name); ok {
			profile, _ := value.(map[string]any)
			return text(profile, "identity", "objectId")
		}
	}
	return ""
}

// impliedGrants are what AKS grants itself: the control plane and the virtual-node add-on are Contributor on the node
// resource group, so is the ingress add-on when AKS makes the gateway there, and cost analysis reads it
// (azure-aks-docs managed-identity-overview.md and cost-analysis.md, read 2026-08-21).
func (c *Cloud) impliedGrants(principalID string) []rbac.Assignment {
	var out []rbac.Assignment
	for _, k := range slices.Sorted(maps.Keys(c.resources)) {
		r := c.resources[k]
		if r.Type != ManagedClusterType {
			continue
		}
		for _, implied := range c.impliedRoles(r) {
			role, known := rbac.BuiltinRole(implied.role)
			scope, err := rbac.ParseScope(nodeGroupID(r))
			holder := c.principalOf(r, implied.actor)
			if known && err == nil && holder != "" && strings.EqualFold(holder, principalID) {
				out = append(out, rbac.Assignment{PrincipalID: principalID, Role: role, Scope: scope})
			}
		}
	}
	return out
}

type impliedRole struct {
	actor actor
	role  rbac.RoleName
}

func (c *Cloud) impliedRoles(r *resource) []impliedRole {
	roles := []impliedRole{
		{actorControlPlane, rbac.Contributor},
		{"addon:aciConnectorLinux", rbac.Contributor},
		{"addon:costAnalysis", rbac.Reader},
	}
	_, gateway, _ := lookupFold(object(r.Body, "properties", "addonProfiles"), "ingressApplicationGateway")
	if profile, ok := gateway.(map[string]any); ok && config(profile, "applicationGatewayId") == "" {
		roles = append(roles, impliedRole{"addon:ingressApplicationGateway", rbac.Contributor})
	}
	return roles
}

// Perform tells whether the cluster can do now what a capability describes, on a target: pull from that registry, use that
// static IP, write records into that zone. The needs come from the operation itself (operations.go), not from any plan:
// which action at which scope. The decision's Missing names what is lacking where.
//
// The error is for questions that have no answer: an unknown capability, a target that does not exist or is of another
// kind, an identity that the cluster does not have.
func (cl *Cluster) Perform(capability rbac.CapabilityID, target string) (rbac.Decision, error) {
	return cl.perform("", capability, target)
}

// PerformAs is Perform for another identity of the cluster than the one that does it as a rule: the kubelet looks up the keys
// of a storage account when they are not stored in a Secret. The identities are controlPlane, kubelet and addon:<name>, with
// the names of Addon.
func (cl *Cluster) PerformAs(identity string, capability rbac.CapabilityID, target string) (rbac.Decision, error) {
	if identity == "" {
		return rbac.Decision{}, fmt.Errorf("%s on %s: no identity is named", capability, target)
	}
	return cl.perform(actor(identity), capability, target)
}

// perform decides for an actor, "" being the one of the capability.
func (cl *Cluster) perform(as actor, capability rbac.CapabilityID, target string) (rbac.Decision, error) {
	op, known := operations[capability]
	if !known {
		return rbac.Decision{}, fmt.Errorf("the capability %q is not known to the simulator", capability)
	}
	if as != "" {
		op.actor = as
	}
	cl.cloud.mu.Lock()
	defer cl.cloud.mu.Unlock()
	cluster := cl.cloud.lookup(cl.ID)
	if cluster == nil {
		return rbac.Decision{}, refuse(404, CodeResourceNotFound, "", "The managed cluster '%s' is gone.", cl.ID)
	}
	p := performance{c: cl.cloud, cluster: cluster, op: op}
	if err := p.aim(target); err != nil {
		return rbac.Decision{}, fmt.Errorf("%s on %s: %w", capability, target, err)
	}
	decision, err := p.decide()
	if err != nil {
		return rbac.Decision{}, fmt.Errorf("%s on %s: %w", capability, target, err)
	}
	return decision, nil
}
