package plan

// Delegation is the shape of a VnetDelegation: which resources a principal is to work with, by use and by the user's keys.
type Delegation struct {
	// PrincipalID of whoever gets the grants.
	PrincipalID Value[string]
	// IdentityType, when the principal is a cluster's control plane: uses that AKS refuses for SystemAssigned are then
	// refused here. Empty when it is not said.
	IdentityType string
	Resources    []Delegated
	Strategy     RoleStrategy
}

// Delegated are the resources of one use.
type Delegated struct {
	Use Use
	// Argument is the property that holds them: nodeSubnetIds.
	Argument string
	IDs      map[string]Value[string]
}

// ForDelegation plans a delegation. Every mistake is in Problems.
func ForDelegation(d Delegation) Plan {
	if d.Strategy == "" {
		d.Strategy = BuiltinRoles
	}
	check := &problems{}
	d.check(check)
	principal := Identity{Kind: Principal}
	g := granting{controlPlane: principal, strategy: d.Strategy, phase: always(BeforeUse)}
	return Plan{
		Identities: []PlannedIdentity{{Identity: principal, Source: Existing, Reason: "the resources are delegated to it"}},
		Grants:     g.grants(d.targets()),
		Problems:   check.list.sorted(),
	}
}

func (d Delegation) targets() []Target {
	var targets []Target
	for _, group := range d.Resources {
		targets = append(targets, mapTargets(group.Use, group.Argument, group.IDs)...)
	}
	return targets
}

func (d Delegation) check(p *problems) {
	p.oneOf("identityType", d.IdentityType, SystemAssigned, UserAssigned)
	p.oneOf("roleStrategy", string(d.Strategy), string(BuiltinRoles), string(CustomRoles))
	if !d.PrincipalID.IsSet() {
		p.add("principalId", "give the object ID of the identity, not its client ID.", "it is missing")
	}
	if text, ok := d.PrincipalID.Get(); ok && !guidPattern.MatchString(text) {
		p.add("principalId", "give the object ID of the identity, not its client ID or its resource ID.", "%q is not a GUID", text)
	}
	for _, group := range d.Resources {
		info, _ := UseOf(group.Use)
		checkGiven(p, group, info.ResourceType)
		if info.Refusal == nil || d.IdentityType != SystemAssigned {
			continue
		}
		for _, key := range sortedKeys(group.IDs) {
			p.refused(info.Refusal.Code, group.Argument+"."+key, "give the cluster a user-assigned identity.",
				"AKS refuses it with a system-assigned identity: %s", info.Refusal.Why)
		}
	}
}
