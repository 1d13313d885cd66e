package estate

import (
	"slices"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Estate is everything of one stack, or of one other source, that has to do with the identities of clusters.
type Estate struct {
	// Name is the stack, as shop/dev: project and stack. Empty when the source has none.
	Name string
	// Resources are all of them, in order of their URNs. Those that are to be deleted are among them, see [Resource.Deleting].
	Resources []Resource
	Clusters  []Cluster
	// Identities are in the order of their clusters; those that are no cluster's come after them. Each has its own entry, also when
	// two are one and the same identity in Azure.
	Identities []Identity
	// Assignments are all role assignments, also those whose principal is no identity of a cluster.
	Assignments []Assignment
	// Roles are the custom roles that the source itself has, by their GUID.
	Roles map[rbac.RoleID]rbac.Role
	// Notes are sentences about what could not be read, for people.
	Notes []string
}

// Kind is the part that an identity plays.
type Kind string

// Kinds of identities. The first three are parts of a cluster.
const (
	ControlPlane Kind = "control-plane"
	Kubelet      Kind = "kubelet"
	Addon        Kind = "addon"
	// Workload identities are those of pods: they have federated credentials.
	Workload Kind = "workload"
	// Access is of people, groups and applications who get into a cluster.
	Access Kind = "access"
	// Other principals hold a role, and nothing tells what they are.
	Other Kind = "principal"
)

// Origin tells who made an identity.
type Origin string

// Origins of identities.
const (
	// ByAKS: AKS made it with the cluster, and takes it away with the cluster.
	ByAKS Origin = "made by AKS"
	// ByThis: the same stack makes it.
	ByThis Origin = "made by this stack"
	// Elsewhere: it was there before, or another stack makes it.
	Elsewhere Origin = "made elsewhere"
)

// Cluster is one AKS cluster.
type Cluster struct {
	// Name is its name in Azure; its name in the program while the one in Azure is not known.
	Name string
	// Resource is it in the source.
	Resource Resource
	// NodeResourceGroup is the group that AKS makes for the nodes; empty while it is not known.
	NodeResourceGroup string
}

// Identity is a managed identity, or a system-assigned one, in the part that it plays.
type Identity struct {
	Kind Kind
	// Name tells add-ons, workloads and others apart; it is empty for control plane and kubelet.
	Name string
	// Cluster is the name of the cluster whose part it is; empty for workloads and others.
	Cluster string
	// ClusterURN is that of the cluster in the source: several clusters may have one name.
	ClusterURN string
	// ResourceID is the user-assigned identity's, or the cluster's for a system-assigned one. Empty when it is not known.
	ResourceID            string
	PrincipalID, ClientID string
	Origin                Origin
	SystemAssigned        bool
	// Subjects are those of the federated credentials: system:serviceaccount:NAMESPACE:NAME.
	Subjects []string
	// URN is the identity's in the source; empty when the source does not make it.
	URN string

	// owner is the URN of the parent that makes a workload's identity, or else of the component that uses it.
	owner string
	// place is that in Estate.Identities.
	place int
}

// Title names the identity within its cluster: control-plane, addon-azurepolicy, workload orders.
func (i Identity) Title() string {
	switch {
	case i.Name == "":
		return string(i.Kind)
	case i.Kind == Addon:
		return "addon-" + i.Name
	case i.Kind == Workload:
		return "workload " + i.Name
	default:
		return i.Name
	}
}

// Assignment is one role assignment.
type Assignment struct {
	Resource Resource
	// PrincipalID, RoleID and Scope are empty or zero as long as they are not known, as in a preview.
	PrincipalID string
	RoleID      rbac.RoleID
	// RoleName is always there: a role that nobody knows the name of has that of its GUID.
	RoleName string
	Scope    rbac.Scope
	// ScopeText is the scope as it is written; it differs from Scope when it is not one.
	ScopeText string
	// Holder is the part that the identity plays, by whoever made the assignment: control-plane. Empty when nobody says it.
	Holder string
	// Reason says why it was made, by the component's record or else by the assignment's description. Empty when nobody says it.
	Reason string
	// On is the argument of the component that names the resource: subnets.nodes. Empty when it is not a component's.
	On string
	// Names are those in the ID of the resource, as hub/nodes, when a preview tells them and no more.
	Names string
	// Phase tells when it is made. It follows from what depends on what.
	Phase Phase

	// holders are places in Estate.Identities.
	holders []int
}

// Phase is when an assignment is made.
type Phase string

// Phases.
const (
	BeforeCluster Phase = "before the cluster"
	AfterCluster  Phase = "after the cluster"
	OnItsOwn      Phase = "independent of a cluster"
)

// AssignmentsOf are the assignments of an identity that are not about to be deleted.
func (e *Estate) AssignmentsOf(i Identity) (held []Assignment) {
	for _, a := range e.Assignments {
		if !a.Resource.Deleting && slices.Contains(a.holders, i.place) {
			held = append(held, a)
		}
	}
	return held
}

// HoldersOf are the identities that hold the assignment: several when one identity in Azure plays several parts.
func (e *Estate) HoldersOf(a Assignment) (held []Identity) {
	for _, place := range a.holders {
		held = append(held, e.Identities[place])
	}
	return held
}

// Role is what the assignment gives, with its permissions; known is false for a role that neither Azure has built in nor the source makes.
func (e *Estate) Role(a Assignment) (role rbac.Role, known bool) {
	if own, ok := e.Roles[a.RoleID]; ok {
		return own, true
	}
	return rbac.BuiltinRoleByID(a.RoleID)
}
