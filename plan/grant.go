package plan

import (
	"fmt"
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
	Path Path
	// ID is that argument, known or late.
	ID Value[string]
	// Own tells that it is no argument but a resource of the deployment's own.
	Own Own
	// Namespace of the deployment's own cluster in which the grant holds; absent for the resource itself.
	Namespace Value[string]
	// Level is the resource itself or one of its ancestors.
	Level Level
	// ResourceType is the ARM type of the resource that the argument names, for the check of an ID that arrives late.
	ResourceType string
	// Mode is the state that the resource has to be in.
	Mode Mode
	// GroupArgument takes the resource groups of several such resources, when the grant is on the group.
	GroupArgument Path
	// Scope is the scope itself when the ID is known; zero while it is late.
	Scope rbac.Scope
	// narrow tells that a scope above resource groups has to be refused.
	narrow bool
}

// String names the scope for people.
func (s ScopeRef) String() string {
	if s.Own == OwnCluster {
		return s.inCluster()
	}
	if s.Level == AtResource {
		return string(s.Path)
	}
	return string(s.Level) + " of " + string(s.Path)
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
	// PrincipalType is what the identity is in Entra; empty for an identity of Azure's, which is a service principal.
	PrincipalType PrincipalType
	// Role is the built-in role, or the generated one with strategy custom.
	Role  Role
	Scope ScopeRef
	// Capabilities are what the identity can do through the grant.
	Capabilities []rbac.CapabilityID
	// Reasons say why, one sentence for each use.
	Reasons []string
	// Purposes are the reasons without the pools that they name: they stay while pools come and go.
	Purposes []string
	Phase    Phase
	// Sources are where the role and the scope are documented.
	Sources []string
	// AdoptedName is the GUID of an assignment of somebody else's that the grant takes over; empty for one that it makes.
	AdoptedName string

	// label is the identity's part of the name; shared is the name when several arguments ask for the grant, empty when it is made of the
	// scope; firstName is the name with the oldest of the user's keys; merged are the names of grants that this one absorbed; needs are
	// the actions for which it is made, nil when they are not documented.
	label     string
	shared    string
	firstName string
	merged    []string
	needs     *rbac.Permissions
}

// Role is a role of a plan: a built-in one, or one to be generated.
type Role struct {
	// Name is the role's name in Azure.
	Name string
	// ID is the GUID of the role; empty for one that is yet to be generated.
	ID rbac.RoleID
	// Permissions of a generated role; of a built-in one they stand in package rbac.
	Permissions rbac.Permissions
}

// IsCustom tells whether the role has to be generated.
func (r Role) IsCustom() bool { return r.ID == "" }

// Resolved is what a grant turns out to be once its IDs are known.
type Resolved struct {
	// Scope as Azure writes it.
	Scope string
	// AssignmentName is the GUID that every tool computes for the same grant: see [rbac.AssignmentName]. That of an adopted
	// assignment is its own.
	AssignmentName string
	// RoleDefinitionID is the role in the scope's subscription.
	RoleDefinitionID string
}

// Resolve decides a grant: with the ID of the resource that its argument names and the principal that its identity turned
// out to be. Everything that can be wrong with either comes back as [Problems]. A generated role has to be there: see
// [Grant.WithRole].
func (g Grant) Resolve(id, principalID string) (Resolved, error) {
	scope, problem := CheckResourceID(g.Scope.Path, id, g.Scope.ResourceType)
	if problem == nil && g.Scope.narrow {
		problem = tooWide(g.Scope.Path, scope)
	}
	switch {
	case problem != nil:
		return Resolved{}, Problems{*problem}
	case principalID == "":
		return Resolved{}, Problems{{
			Path: g.Scope.Path, What: fmt.Sprintf("the %s identity has no principal ID, so it cannot be granted %s there; Azure returned none.", g.Identity, g.Role.Name),
			Fix: "for an add-on, see whether the cluster really made an identity for it.",
		}}
	case g.Role.IsCustom():
		return Resolved{}, fmt.Errorf("grant %s: its role is not generated yet", g.Name)
	}
	at, name := AtLevel(scope, g.Scope.Level), g.AdoptedName
	if name == "" {
		name = rbac.AssignmentName(at, principalID, g.Role.ID)
	}
	return Resolved{
		Scope:            at.WithKeywords().String(),
		AssignmentName:   name,
		RoleDefinitionID: g.Role.ID.DefinitionID(at.SubscriptionID()),
	}, nil
}

// WithRole is the grant with the GUID of its generated role.
func (g Grant) WithRole(id rbac.RoleID) Grant {
	g.Role.ID = id
	return g
}

// AtLevel is the scope itself or the ancestor at which a grant sits.
func AtLevel(scope rbac.Scope, level Level) rbac.Scope {
	switch level {
	case AtResourceGroup:
		if group, ok := scope.ResourceGroupScope(); ok {
			return group
		}
	case AtVirtualNetwork:
		if network, ok := scope.Ancestor(typeNetwork); ok {
			return network
		}
	}
	return scope
}

// Plan is what a deployment will do about identities.
type Plan struct {
	Identities []PlannedIdentity
	Grants     []Grant
	// FromCluster says which principals are read from a cluster that exists already; nil when none is.
	FromCluster *FromCluster
	// Collecting is what is made so that Container Insights collects. None of it takes a grant.
	Collecting Collecting
	// Notes are things to know that are no problem: a built-in role where a generated one was asked for, a property that
	// gets no grant.
	Notes []string
	// Warnings are notes about what will be a problem: something that Azure gives up, with the day and what to use.
	Warnings []string
	Problems Problems

	// deploying is what else than the grants takes rights of the deployer, see DeployerActions.
	deploying deploying
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
