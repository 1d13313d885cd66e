package rbac

// Assignment gives a principal a role at a scope and everywhere below.
type Assignment struct {
	// PrincipalID is the object ID of the principal, never a client ID. Letter case carries no meaning.
	PrincipalID string
	Role        Role
	Scope       Scope
}

// Need is one action at one scope.
type Need struct {
	// Action is "Microsoft.Network/virtualNetworks/subnets/join/action". If it holds a wildcard, everything it stands for
	// is needed.
	Action string
	// Data tells that it is a data-plane action.
	Data  bool
	Scope Scope
}

// String names the need for people: "action on scope".
func (n Need) String() string {
	if n.Data {
		return "data action " + n.Action + " on " + n.Scope.String()
	}
	return n.Action + " on " + n.Scope.String()
}

// Effect is the answer of a [Decision].
type Effect string

// The two answers. The zero Effect is neither.
const (
	// Allow says that every need is met.
	Allow Effect = "allow"
	// Deny says that at least one need is not met by any assignment.
	Deny Effect = "deny"
)

// Met is a need that is met, and by what.
type Met struct {
	Need Need
	// By are all assignments that meet the need, each alone. If there is one only, taking it away leaves the need unmet.
	By []Assignment
}

// Decision is the answer to needs, with its reasons.
type Decision struct {
	Effect Effect
	// Missing are the needs that nothing meets, in the order asked.
	Missing []Need
	// By are the assignments that meet at least one need, in the order given. An assignment given twice counts twice.
	By []Assignment
	// Met are the needs that are met, in the order asked.
	Met []Met
}

// Allowed tells whether the effect is [Allow].
func (d Decision) Allowed() bool { return d.Effect == Allow }

// Evaluator decides as Azure RBAC does. Its zero value is ready for scopes within subscriptions; with a [Hierarchy] it
// also follows assignments at management groups down to their subscriptions.
type Evaluator struct {
	Hierarchy Hierarchy
}

// Evaluate is the zero [Evaluator] at work.
func Evaluate(assignments []Assignment, principalID string, needs ...Need) Decision {
	return Evaluator{}.Evaluate(assignments, principalID, needs...)
}

// Evaluate tells whether a principal's assignments together meet all needs. What no assignment gives is denied; NotActions
// of one role take nothing from another. Without any need the answer is Allow.
//
// Source: Microsoft Learn, "What is Azure RBAC", how access is determined (role-based-access-control/overview).
func (e Evaluator) Evaluate(assignments []Assignment, principalID string, needs ...Need) Decision {
	decision := Decision{Effect: Allow}
	gave := make([]bool, len(assignments))
	for _, need := range needs {
		var by []Assignment
		for i, a := range assignments {
			if e.meets(a, principalID, need) {
				by, gave[i] = append(by, a), true
			}
		}
		if by == nil {
			decision.Effect, decision.Missing = Deny, append(decision.Missing, need)
			continue
		}
		decision.Met = append(decision.Met, Met{Need: need, By: by})
	}
	for i, a := range assignments {
		if gave[i] {
			decision.By = append(decision.By, a)
		}
	}
	return decision
}

// meets wants a named principal: an unknown one must not match an assignment whose principal is unknown too.
func (e Evaluator) meets(a Assignment, principalID string, need Need) bool {
	if principalID == "" || lower(a.PrincipalID) != lower(principalID) || !e.Hierarchy.Contains(a.Scope, need.Scope) {
		return false
	}
	if need.Data {
		return a.Role.Permissions.AllowsData(need.Action)
	}
	return a.Role.Permissions.Allows(need.Action)
}
