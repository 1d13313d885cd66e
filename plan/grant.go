package plan

import (
	"sort"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Phase tells when a grant has to exist.
type Phase string

// Phases of a grant.
const (
	// BeforeCluster grants are checked by AKS when the cluster is created; the cluster depends on them.
	BeforeCluster Phase = "before the cluster"
	// AfterCluster grants name a principal that exists only once the cluster does.
	AfterCluster Phase = "after the cluster"
	// BeforeUse grants stand alone; whatever uses the resource has to come after them.
	BeforeUse Phase = "before the resources are used"
)

// Level says how far above the named resource a grant sits.
type Level string

// Levels of a scope.
const (
	AtResource       Level = "resource"
	AtResourceGroup  Level = "resource group"
	AtVirtualNetwork Level = "virtual network"
)

// ScopeRef names the scope of a grant by the argument that holds the resource ID.
type ScopeRef struct {
	// Path is the property path of the argument: subnets.nodes.
	Path string
	// Level is the resource itself or one of its ancestors.
	Level Level
	// ResourceType is the ARM type of the resource that Path names, for the check of an ID that arrives late.
	ResourceType string
	// Scope is the scope itself when the ID is known; zero while it is late.
	Scope rbac.Scope
}

// String names the scope for people.
func (s ScopeRef) String() string {
	if s.Level == AtResource {
		return s.Path
	}
	return string(s.Level) + " of " + s.Path
}

// Grant is one role for one identity at one scope, with its reason.
type Grant struct {
	// Name is the logical name, unique in the plan and stable: it is made of the identity, the role and the user's own
	// key, so that adding a grant renames no other.
	Name string
	// FormerNames are names that the same grant would have had in another shape of the same arguments: two keys that name
	// one resource share a grant, and it keeps its place in the state when one of them goes.
	FormerNames []string
	Identity    Identity
	// Role is the built-in role, or the generated one with strategy custom.
	Role  Role
	Scope ScopeRef
	// Capabilities are what the identity can do through the grant.
	Capabilities []rbac.CapabilityID
	// Reasons say why, one sentence for each use.
	Reasons []string
	Phase   Phase
	// Sources are where the role and the scope are documented.
	Sources []string

	// label is the identity's part of the name; merged are the names of grants that this one absorbed.
	label  string
	merged []string
}

// Role is a role of a plan: a built-in one, or one to be generated.
type Role struct {
	// Name is the role's name in Azure.
	Name string
	// ID is the GUID of a built-in role; empty for a generated one.
	ID rbac.RoleID
	// Permissions of a generated role; of a built-in one they stand in package rbac.
	Permissions rbac.Permissions
}

// IsCustom tells whether the role has to be generated.
func (r Role) IsCustom() bool { return r.ID == "" }

// Plan is what a deployment will do about identities.
type Plan struct {
	Identities []PlannedIdentity
	Grants     []Grant
	// Notes are things to know that are no problem: a property left out on purpose, say.
	Notes    []string
	Problems Problems
}

// GrantsIn are the grants of one phase, in order of name.
func (p Plan) GrantsIn(phase Phase) []Grant {
	var in []Grant
	for _, g := range p.Grants {
		if g.Phase == phase {
			in = append(in, g)
		}
	}
	return in
}

func sortGrants(grants []Grant) {
	sort.Slice(grants, func(i, j int) bool { return grants[i].Name < grants[j].Name })
}
