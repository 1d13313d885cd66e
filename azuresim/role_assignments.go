package azuresim

import (
	"iter"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/google/uuid"
)

// Limits of role assignments, read in the Azure RBAC documentation in August 2026.
const (
	assignmentsPerSubscription    = 4000
	assignmentsPerManagementGroup = 500
)

var principalTypes = []string{User, Group, ServicePrincipal, "ForeignGroup", "Device"}

// newAssignment is a role assignment on its way in.
type newAssignment struct {
	q             *request
	scope         string // leading slash, letters as given
	name          string // the GUID
	principalID   string
	principalType string // "" when not given
	role          rbac.RoleID
}

// assignmentChecks run in the order in which Azure was seen to refuse: the caller's permission (in admit), the name, the
// role, the principal, the same name elsewhere, the same triple under another name, the scope, the limits.
var assignmentChecks = []func(*Cloud, newAssignment) *Error{
	(*Cloud).checkAssignmentName,
	(*Cloud).checkAssignmentRole,
	(*Cloud).checkAssignmentPrincipal,
	(*Cloud).checkSameName,
	(*Cloud).checkSameTriple,
	(*Cloud).checkAssignmentScope,
	(*Cloud).checkAssignmentLimit,
}

func (c *Cloud) putRoleAssignment(q *request) (*change, *Error) {
	props := object(q.body, "properties")
	a := newAssignment{
		q: q, scope: actionScope(q), name: q.id.name(),
		principalID: text(props, "principalId"), principalType: text(props, "principalType"),
	}
	role, ok := rbac.ParseRoleID(text(props, "roleDefinitionId"))
	if !ok || a.principalID == "" {
		return nil, badRequest(CodeInvalidRequestContent, "", "A role assignment needs principalId and roleDefinitionId.")
	}
	a.role = role
	for _, check := range assignmentChecks {
		if err := check(c, a); err != nil {
			return nil, err
		}
	}
	r := c.draft(q, map[string]any{"properties": c.assignmentProperties(a, props)})
	plan := c.stored(q, r)
	plan.apply = func() {
		c.store(r)
		if q.old == nil && !q.seeding {
			c.delayEffect(r)
		}
	}
	return plan, nil
}

// assignmentProperties is the answer: the role in its subscription's form, the scope with a leading slash, the type as
// the directory knows it.
func (c *Cloud) assignmentProperties(a newAssignment, sent map[string]any) map[string]any {
	out := map[string]any{
		"principalId":      a.principalID,
		"principalType":    a.principalType,
		"roleDefinitionId": a.role.DefinitionID(a.q.id.subscription),
		"scope":            a.scope,
		"createdBy":        DefaultDeployerObjectID,
		"updatedBy":        DefaultDeployerObjectID,
	}
	if p, known := c.principal(a.principalID); known {
		out["principalType"] = p.Type
	}
	for _, name := range []string{"condition", "conditionVersion", "description", "delegatedManagedIdentityResourceId"} {
		if value, given := sent[name]; given {
			out[name] = value
		}
	}
	return out
}

func (c *Cloud) checkAssignmentName(a newAssignment) *Error {
	if len(a.name) == 36 && uuid.Validate(a.name) == nil {
		return nil
	}
	return badRequest(CodeInvalidRoleAssignmentID, "", "The role assignment ID '%s' is not valid. The role assignment ID "+
		"must be a GUID.", a.name)
}

func (c *Cloud) checkAssignmentRole(a newAssignment) *Error {
	at, err := rbac.ParseScope(a.scope)
	if err != nil {
		return badRequest("InvalidApiVersionParameter", "", "The scope '%s' is malformed: %v", a.scope, err)
	}
	for _, role := range c.role(a.role) {
		if role.AssignableAt(at, c.hierarchy()) {
			return nil
		}
	}
	return badRequest(CodeRoleDefinitionDoesNotExist, "", "The specified role definition with ID '%s' does not exist at "+
		"scope '%s'.", a.role, a.scope)
}

// checkAssignmentPrincipal looks the principal up. With principalType ServicePrincipal Azure tolerates that it has not
// replicated yet.
func (c *Cloud) checkAssignmentPrincipal(a newAssignment) *Error {
	if a.principalType != "" && !slices.Contains(principalTypes, a.principalType) {
		return badRequest(CodeInvalidRequestContent, "principalType", "'%s' is not a principal type.", a.principalType)
	}
	p, known := c.principal(a.principalID)
	if !known && c.quirks.UnknownPrincipals && a.principalType != "" {
		return nil
	}
	tolerant := a.principalType == ServicePrincipal && !c.quirks.ReplicationDelayAlways
	if !known || !tolerant && !c.replicated(a.principalID) {
		return badRequest(CodePrincipalNotFound, "", "Principal %s does not exist in the directory %s. Check that you have "+
			"the correct principal ID. If you are creating this principal and then immediately assigning a role, this error "+
			"might be related to a replication delay. In this case, set the role assignment principalType property to a "+
			"value, such as ServicePrincipal, User, or Group.", undashed(a.principalID), DefaultTenantID)
	}
	if a.principalType != "" && a.principalType != p.Type {
		return badRequest(CodeUnmatchedPrincipalType, "", "The PrincipalId '%s' has type '%s' , which is different from "+
			"specified PrinciaplType '%s'.", undashed(a.principalID), p.Type, a.principalType)
	}
	return nil
}

// checkSameName: names are unique in the tenant, and principal and scope of an assignment cannot change. Whether the role
// can is not verified; it is refused unless WithRoleChangeInPlace.
func (c *Cloud) checkSameName(a newAssignment) *Error {
	for r := range c.eachAssignment() {
		if !strings.EqualFold(r.Name, a.name) {
			continue
		}
		old := readAssignment(r)
		sameRole := old.role == a.role || c.quirks.RoleChangeInPlace
		if !sameID(old.scope, a.scope) || !strings.EqualFold(old.principalID, a.principalID) || !sameRole {
			return badRequest(CodeRoleAssignmentUpdateNotPermitted, "",
				"Tenant ID, application ID, principal ID, and scope are not allowed to be updated.")
		}
	}
	return nil
}

func (c *Cloud) checkSameTriple(a newAssignment) *Error {
	for r := range c.eachAssignment() {
		if !strings.EqualFold(text(r.Body, "properties", "scope"), a.scope) {
			continue
		}
		old := readAssignment(r)
		if !strings.EqualFold(r.Name, a.name) && sameID(old.scope, a.scope) && old.role == a.role &&
			strings.EqualFold(old.principalID, a.principalID) {
			return refuse(409, CodeRoleAssignmentExists, "",
				"The role assignment already exists. The ID of the existing role assignment is %s.", undashed(r.Name))
		}
	}
	return nil
}

func (c *Cloud) checkAssignmentScope(a newAssignment) *Error { return c.scopeExists(a.q.id.base) }

func (c *Cloud) checkAssignmentLimit(a newAssignment) *Error {
	if a.q.old != nil {
		return nil
	}
	limit := assignmentsPerSubscription
	if c.quirks.AssignmentLimit > 0 {
		limit = c.quirks.AssignmentLimit
	}
	if a.q.id.subscription == "" {
		limit = assignmentsPerManagementGroup
	}
	if len(c.resources) < limit {
		return nil
	}
	count := 0
	for r := range c.eachAssignment() {
		id, err := parseID(r.ID)
		sameSubscription := a.q.id.subscription != "" && err == nil && strings.EqualFold(id.subscription, a.q.id.subscription)
		sameManagementGroup := a.q.id.subscription == "" && sameID(readAssignment(r).scope, a.scope)
		if sameSubscription || sameManagementGroup {
			count++
		}
	}
	if count >= limit {
		return badRequest(CodeRoleAssignmentLimitExceeded, "", "No more role assignments can be created; the limit of %d "+
			"is reached.", limit)
	}
	return nil
}

// assignments lists the stored role assignments, sorted by id.
func (c *Cloud) assignments() []*resource {
	out := slices.Collect(c.eachAssignment())
	slices.SortFunc(out, func(a, b *resource) int { return strings.Compare(a.key(), b.key()) })
	return out
}

func isAssignment(r *resource) bool { return r.Type == RoleAssignmentType }

// eachAssignment visits all role assignments in no particular order, for checks that do not depend on it.
func (c *Cloud) eachAssignment() iter.Seq[*resource] {
	return func(yield func(*resource) bool) {
		for _, r := range c.resources {
			if isAssignment(r) && !yield(r) {
				return
			}
		}
	}
}

func readAssignment(r *resource) newAssignment {
	role, _ := rbac.ParseRoleID(text(r.Body, "properties", "roleDefinitionId"))
	return newAssignment{
		name: r.Name, scope: text(r.Body, "properties", "scope"), role: role,
		principalID:   text(r.Body, "properties", "principalId"),
		principalType: text(r.Body, "properties", "principalType"),
	}
}
