package plan

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// DeployerAction is one right that whoever deploys a plan needs: the principal that Pulumi signs in as, not an identity of the cluster.
type DeployerAction struct {
	// Action is the operation in Azure RBAC, as Microsoft.Authorization/roleAssignments/write. All are of the control plane.
	Action string
	// Scope is where the right has to hold.
	Scope DeployerScope
	// Resource is what in the deployment needs it: resource group, cluster, pool user, grant control-plane-reader-diskEncryptionSetId.
	Resource string
	// Reason is one sentence, with the source when Azure's documentation has one.
	Reason string
	// When is the operation in which the right is needed first.
	When DeployerStage
	// Need tells how certain it is that Azure asks for it.
	Need DeployerNeed
}

// String is the right on one line.
func (a DeployerAction) String() string {
	text := fmt.Sprintf("%s on %s (%s): %s", a.Action, a.Scope, a.Resource, a.Reason)
	if a.Need != Needed {
		text += " [" + string(a.Need) + "]"
	}
	return text
}

// DeployerNeed is how certain it is that a right of the deployer is needed.
type DeployerNeed string

// Certainties of a need.
const (
	// Needed rights are those without which a deployment fails.
	Needed DeployerNeed = "needed"
	// Documented rights stand in Azure's documentation, or in its built-in roles, and nobody has verified that Azure asks for them.
	Documented DeployerNeed = "documented, not verified"
	// Optional rights are those without which a deployment works, and tells less.
	Optional DeployerNeed = "optional"
)

// DeployerStage is an operation of Pulumi.
type DeployerStage string

// Stages in which a right is needed first.
const (
	// ToMake is the first deployment.
	ToMake DeployerStage = "to make it"
	// ToRemove is a destroy, or a deployment that takes something away.
	ToRemove DeployerStage = "to remove it"
)

// DeployerScope is where a right of the deployer has to hold. Not every scope has an ID before the deployment: a subscription is that
// of the provider, a group may be made, an ID may be late. String names it in any case.
type DeployerScope struct {
	// Path is the argument that names the scope; empty for the provider's subscription.
	Path Path
	// Level is the resource itself that the argument names, its resource group or its virtual network.
	Level Level
	// GroupName is the name of a resource group in the provider's subscription; absent when the scope is something else.
	GroupName Value[string]
	// Scope is the scope itself as far as it is known without asking Azure for the provider's subscription; else zero.
	Scope rbac.Scope
}

// IsSubscription tells whether the scope is the subscription in which the provider works: what is made there is in a resource group
// that does not exist before, so a right on the group cannot exist before either.
func (s DeployerScope) IsSubscription() bool { return s.Path == "" }

// In is the scope with the subscription in which the provider works. known is false as long as an argument is late.
func (s DeployerScope) In(subscription string) (scope rbac.Scope, known bool) {
	if !s.Scope.IsZero() {
		return s.Scope, true
	}
	id := "/subscriptions/" + subscription
	if !s.IsSubscription() {
		group, known := s.GroupName.Get()
		if !known {
			return rbac.Scope{}, false
		}
		id += "/resourceGroups/" + group
	}
	scope, err := rbac.ParseScope(id)
	return scope, err == nil
}

// String names the scope for people: the subscription of the provider, resource group of registryIds.main.
func (s DeployerScope) String() string {
	group, named := s.GroupName.Get()
	switch {
	case s.IsSubscription():
		return "the subscription of the provider"
	case !s.Scope.IsZero():
		return s.Scope.String()
	case named:
		return "the resource group " + group
	case s.GroupName.IsSet():
		return "the resource group in " + string(s.Path)
	default:
		return ScopeRef{Path: s.Path, Level: s.Level}.String()
	}
}

func (s DeployerScope) key() string { return strings.ToLower(s.String()) }

// DeployerRights are the rights of one deployer.
type DeployerRights []DeployerAction

// DeployerActions are the rights that the principal who deploys needs for the plans of one program, in order of scope and action. They
// are enough to deploy, to refresh and to destroy; each says what needs it and why. Whoever also changes things later needs no others.
//
// The plans have to come from ForCluster, ForDelegation, ForAddons or ForWorkload, or from a function of package components that calls
// one of them; a plan with problems has none.
//
//	rights := plan.DeployerActions(components.PlanManagedIdentityCluster(args, components.Today()))
//	definition, err := rights.RoleDefinition("Shop deployer", rbac.MustParseScope("/subscriptions/..."))
//
// What Azure asks of a deployer beyond that is not in it: the registration of resource providers, which somebody does once for a
// subscription, and what a policy or a lock forbids.
func DeployerActions(plans ...Plan) DeployerRights {
	var rights DeployerRights
	for _, p := range plans {
		if len(p.Problems) == 0 {
			rights = append(rights, p.deploying.rights...)
			rights = append(rights, p.deployingGrants()...)
		}
	}
	return slices.CompactFunc(rights.sorted(), func(a, b DeployerAction) bool {
		return a.place() == b.place() && a.Resource == b.Resource
	})
}

func (r DeployerRights) sorted() DeployerRights {
	slices.SortStableFunc(r, func(a, b DeployerAction) int {
		return cmp.Or(
			cmp.Compare(a.place(), b.place()), cmp.Compare(a.Resource, b.Resource), cmp.Compare(a.Need.rank(), b.Need.rank()),
			cmp.Compare(a.Reason, b.Reason),
		)
	})
	return r
}

// rank puts what is certain first.
func (n DeployerNeed) rank() int {
	return slices.Index([]DeployerNeed{Needed, Documented, Optional}, n)
}

// place is the right itself: the same action at the same scope.
func (a DeployerAction) place() string { return a.Scope.key() + "|" + strings.ToLower(a.Action) }

// Role is a role with the actions of all the rights, assignable at the scopes. It is wider than the rights: they do not hold for one
// and the same scope. Who wants it narrow makes one for each scope, of [DeployerRights.At].
func (r DeployerRights) Role(name rbac.RoleName, assignable ...rbac.Scope) rbac.Role {
	actions := make([]string, len(r))
	for i, a := range r {
		actions[i] = a.Action
	}
	return rbac.Role{
		Name: name, AssignableScopes: slices.Clone(assignable), Permissions: rbac.Permissions{Actions: sortedSet(actions)},
		Source: "the plan of the deployment",
	}
}

// Needed are the rights without which the first deployment certainly fails.
func (r DeployerRights) Needed() DeployerRights {
	return slices.DeleteFunc(slices.Clone(r), func(a DeployerAction) bool { return a.Need != Needed || a.When != ToMake })
}

// Scopes are the scopes of the rights, each once, in order of their names.
func (r DeployerRights) Scopes() (scopes []DeployerScope) {
	seen := map[string]bool{}
	for _, a := range r {
		if !seen[a.Scope.key()] {
			seen[a.Scope.key()] = true
			scopes = append(scopes, a.Scope)
		}
	}
	return scopes
}

// At are the rights at one scope.
func (r DeployerRights) At(scope DeployerScope) DeployerRights {
	return slices.DeleteFunc(slices.Clone(r), func(a DeployerAction) bool { return a.Scope.key() != scope.key() })
}

// RoleDefinition is Role as JSON for
//
//	az role definition create --role-definition @deployer.json
//
// (Azure RBAC documentation, custom roles with the Azure CLI, read 2026-11-26). At least one assignable scope is required, and Azure
// takes no tenant root there.
func (r DeployerRights) RoleDefinition(name rbac.RoleName, assignable ...rbac.Scope) ([]byte, error) {
	if name == "" || len(assignable) == 0 {
		return nil, fmt.Errorf("a role definition needs a name and at least one scope at which it can be assigned")
	}
	role := r.Role(name, assignable...)
	scopes := make([]string, len(assignable))
	for i, scope := range assignable {
		if scope.Kind() == rbac.Tenant {
			return nil, fmt.Errorf("a custom role cannot be assignable at the tenant root; give a subscription or a resource group")
		}
		scopes[i] = scope.WithKeywords().String()
	}
	return json.MarshalIndent(struct {
		Name                                             string
		IsCustom                                         bool
		Description                                      string
		Actions, NotActions, DataActions, NotDataActions []string
		AssignableScopes                                 []string
	}{
		string(name), true, "What a deployment of AKS with its identities and grants needs.",
		role.Permissions.Actions, []string{}, []string{}, []string{}, scopes,
	}, "", "  ")
}
