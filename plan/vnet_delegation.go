package plan

import "fmt"

// Delegation is the shape of a VnetDelegation: which resources a principal is to work with, by use and by the user's keys.
type Delegation struct {
	// PrincipalID of whoever gets the grants.
	PrincipalID Value[string]
	// IdentityType, when the principal is a cluster's control plane: uses that AKS refuses for SystemAssigned are then
	// refused here. Empty when it is not said.
	IdentityType IdentityType
	Mentions     []Mention
	Strategy     RoleStrategy
	Explain      Explain
	Propagation  Propagation
}

// ForDelegation plans a delegation. Every mistake is in Problems.
func ForDelegation(d Delegation) Plan {
	check := &problems{}
	d.check(check)
	principal := Identity{Kind: Principal}
	p := Plan{Identities: []PlannedIdentity{{Identity: principal, Source: Existing, Reason: "the resources are delegated to it"}}}
	g := granting{strategy: d.Strategy, phase: always(BeforeUse), stands: func(Identity) Identity { return principal }}
	g.into(&p, check, d.Mentions)
	p.Problems = check.list.sorted()
	return p
}

func (d Delegation) check(p *problems) {
	oneOf(p, "identityType", d.IdentityType)
	oneOf(p, "roleStrategy", d.Strategy)
	oneOf(p, "explain", d.Explain)
	p.checkPropagation(d.Propagation)
	if !d.PrincipalID.IsSet() {
		p.add("principalId", "it is missing", "give the object ID of the identity, not its client ID.")
	}
	if text, ok := d.PrincipalID.Get(); ok && !guidPattern.MatchString(text) {
		p.add("principalId", fmt.Sprintf("%q is not a GUID", text), "give the object ID of the identity, not its client ID or its resource ID.")
	}
	p.checkMentions(d.Mentions)
	for _, m := range d.Mentions {
		info, err := lookup(m.Use)
		if err != nil {
			continue // checkMentions has reported it
		}
		if info.Holder != controlPlane {
			p.add(m.Path, fmt.Sprintf("the %s is used by the %s identity, not by a control plane", m.Use, info.Holder),
				"grant it with AddonIdentityGrants.")
		}
		if d.IdentityType == SystemAssigned {
			p.refuseSystemAssigned(m, info, "give the cluster a user-assigned identity.")
		}
	}
}

// refuseSystemAssigned reports a use that AKS refuses with a system-assigned control plane.
func (p *problems) refuseSystemAssigned(m Mention, info UseInfo, fix string) {
	if info.Refusal != nil {
		p.refused(info.Refusal.Code, m.Path, "AKS refuses it with a system-assigned identity: "+info.Refusal.Why, fix)
	}
}
