package azuresim

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// RoleAssignment is a stored assignment with all that Azure shows of it.
type RoleAssignment struct {
	rbac.Assignment
	ID            string
	Name          string
	PrincipalType string
	Description   string
	Seeded        bool
	CreatedOn     time.Time
	// Effective is false while the assignment has not propagated.
	Effective bool
	// Orphan: the principal does not exist any more.
	Orphan bool
	// Left by AKS to a former control plane, on the node resource group.
	Left bool
}

// Assignments lists the stored role assignments for evaluation, effective or not, sorted by id. What AKS grants itself on
// a node resource group is not stored, and not listed.
func (c *Cloud) Assignments() []rbac.Assignment {
	var out []rbac.Assignment
	for _, a := range c.RoleAssignments() {
		out = append(out, a.Assignment)
	}
	return out
}

// RoleAssignments lists the stored role assignments, sorted by id.
func (c *Cloud) RoleAssignments() []RoleAssignment {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []RoleAssignment
	for _, r := range c.assignments() {
		if a, ok := c.assignment(r); ok {
			out = append(out, a)
		}
	}
	return out
}

// assignment reads a stored assignment; there is none when its role is gone.
func (c *Cloud) assignment(r *resource) (RoleAssignment, bool) {
	a := readAssignment(r)
	scope, err := rbac.ParseScope(a.scope)
	roles := c.role(a.role)
	if err != nil || len(roles) == 0 {
		return RoleAssignment{}, false
	}
	_, alive := c.principal(a.principalID)
	return RoleAssignment{
		Assignment: rbac.Assignment{PrincipalID: a.principalID, Role: roles[0], Scope: scope},
		ID:         r.ID, Name: r.Name, PrincipalType: a.principalType, Seeded: r.Seeded, Orphan: !alive, Left: r.ManagedBy != "",
		Description: text(r.Body, "properties", "description"), CreatedOn: r.CreatedOn, Effective: c.isEffective(r),
	}, true
}

// grantsOf lists what a principal holds now: stored assignments that have propagated, those of the deployer's options, and
// the ones that AKS implies.
func (c *Cloud) grantsOf(principalID string) []rbac.Assignment {
	out := c.grantsOfDeployer(principalID)
	for _, r := range c.assignments() {
		a := readAssignment(r)
		if !strings.EqualFold(a.principalID, principalID) || !c.isEffective(r) {
			continue
		}
		scope, err := rbac.ParseScope(a.scope)
		if err != nil {
			continue
		}
		for _, role := range c.role(a.role) {
			out = append(out, rbac.Assignment{PrincipalID: a.principalID, Role: role, Scope: scope})
		}
	}
	return append(out, c.impliedGrants(principalID)...)
}

func (c *Cloud) grantsOfDeployer(principalID string) []rbac.Assignment {
	if !strings.EqualFold(principalID, DefaultDeployerObjectID) {
		return nil
	}
	if c.deployerGrants != nil {
		return append([]rbac.Assignment(nil), c.deployerGrants...)
	}
	owner, known := rbac.BuiltinRole(rbac.Owner)
	root, err := rbac.ParseScope("/")
	if !known || err != nil {
		return nil
	}
	return []rbac.Assignment{{PrincipalID: DefaultDeployerObjectID, Role: owner, Scope: root}}
}

// evaluate decides on what a living principal holds now.
func (c *Cloud) evaluate(principalID string, needs []rbac.Need) rbac.Decision {
	if _, alive := c.principal(principalID); !alive {
		return rbac.Decision{Effect: rbac.Deny, Missing: needs}
	}
	return rbac.Evaluator{Hierarchy: c.hierarchy()}.Evaluate(c.grantsOf(principalID), principalID, needs...)
}

// ripen brings the fresh grants of a principal one step nearer to being effective. It happens once for each cluster or
// pool operation, after its permission checks.
func (c *Cloud) ripen(principalID string) {
	for _, r := range c.assignments() {
		if strings.EqualFold(readAssignment(r).principalID, principalID) && c.pending[r.key()] > 0 {
			c.pending[r.key()]--
		}
	}
}

// Can tells whether a principal has the needs now, by effective grants. AKS's own Contributor on the node resource group
// counts. An identity that does not exist any more can do nothing.
func (c *Cloud) Can(principalID string, needs ...rbac.Need) rbac.Decision {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.evaluate(principalID, needs)
}

// hierarchy puts subscriptions under their management groups.
func (c *Cloud) hierarchy() rbac.Hierarchy {
	var placements []rbac.Placement
	for _, sub := range slices.Sorted(maps.Keys(c.placements)) {
		child, childErr := rbac.ParseScope("/subscriptions/" + sub)
		parent, parentErr := rbac.ParseScope(c.placements[sub])
		if childErr == nil && parentErr == nil {
			placements = append(placements, rbac.Placement{Child: child, Parent: parent})
		}
	}
	h, err := rbac.NewHierarchy(placements...)
	if err != nil {
		return rbac.Hierarchy{}
	}
	return h
}

// needs is a short way to ask for several actions at one scope. A scope that does not parse gives a need that nothing
// meets.
func needs(scope string, actions ...string) []rbac.Need {
	at, err := rbac.ParseScope(scope)
	if err != nil {
		at = rbac.Scope{}
	}
	out := make([]rbac.Need, len(actions))
	for i, action := range actions {
		out[i] = rbac.Need{Action: action, Scope: at}
	}
	return out
}

func dataNeeds(scope string, actions ...string) []rbac.Need {
	out := needs(scope, actions...)
	for i := range out {
		out[i].Data = true
	}
	return out
}
