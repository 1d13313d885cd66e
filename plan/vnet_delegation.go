package plan

import "fmt"

// Delegation is the shape of a VnetDelegation: which resources a principal is to work with, by use and by the user's keys.
type Delegation struct {
	// PrincipalID of whoever gets the grants.
	PrincipalID Value[string]
	// ClusterID is that of a cluster whose control plane gets the grants: its principal is read. Absent: none is read.
	ClusterID Value[string]
	// IdentityType, when the principal is a cluster's control plane: uses that AKS refuses for SystemAssigned are then
	// refused here. Empty when it is not said.
	IdentityType IdentityType
	Mentions     []Mention
	Strategy     RoleStrategy
	Explain      Explain
	Propagation  Propagation
	Renamed      Renaming
	Adopted      Adopted
	Adopt        Adopt
}

// ForDelegation plans a delegation. Every mistake is in Problems.
func ForDelegation(d Delegation) Plan {
	check := &problems{}
	d.check(check)
	principal := Identity{Kind: Principal}
	p := Plan{Identities: []PlannedIdentity{{Identity: principal, Source: Existing, Reason: "the resources are delegated to it"}}}
	if d.ClusterID.IsSet() {
		p.FromCluster = d.reading()
	}
	if d.ClusterID.IsSet() && !d.PrincipalID.IsSet() {
		p.Identities[0].Source = OfCluster
	}
	g := granting{strategy: d.Strategy, phase: always(BeforeUse), stands: func(Identity) Identity { return principal }}
	g.into(&p, check, d.Renamed.onto(d.Mentions))
	d.Adopted.into(&p, check)
	p.deploying = ofOthers(p.FromCluster, d.Mentions)
	p.Problems = check.list.sorted()
	return p
}

// reading is that the principal is the control plane of a cluster.
func (d Delegation) reading() *FromCluster {
	self := ReadIdentity{Identity: Identity{Kind: Principal}, In: controlPlane, Given: d.PrincipalID, argument: "principalId"}
	for _, m := range d.Mentions {
		self.uses = append(self.uses, m.argument())
	}
	return &FromCluster{ID: d.ClusterID, Identities: []ReadIdentity{self}, identityType: d.IdentityType, mentions: d.Mentions}
}

func (d Delegation) check(p *problems) {
	oneOf(p, "identityType", d.IdentityType)
	oneOf(p, "roleStrategy", d.Strategy)
	oneOf(p, "explain", d.Explain)
	d.Adopt.check(p)
	p.checkPropagation(d.Propagation)
	p.checkID(clusterArgument, d.ClusterID, typeCluster)
	if !d.PrincipalID.IsSet() && !d.ClusterID.IsSet() {
		p.add("principalId", "it is missing",
			"give the object ID of the identity, not its client ID; or the cluster in clusterId, from which that of its control plane is read.")
	}
	p.principalID("principalId", d.PrincipalID)
	p.checkMentions(d.Mentions)
	d.Renamed.check(p, pathsOf(d.Mentions))
	for _, m := range d.Mentions {
		info, err := lookup(m.Use)
		if err != nil {
			continue // checkMentions has reported it
		}
		if info.Holder != controlPlane {
			p.add(m.Path, fmt.Sprintf("the %s is used by the %s identity, not by a control plane", m.Use, info.Holder),
				"grant it with "+granterOf(info.Holder)+".")
		}
		if d.IdentityType == SystemAssigned {
			p.refuseSystemAssigned(m, info, "give the cluster a user-assigned identity.")
		}
	}
}

// granterOf is the component that grants to the identity.
func granterOf(holder Identity) string {
	if holder.Kind == WorkloadKind {
		return "WorkloadIdentity"
	}
	return "AddonIdentityGrants"
}

// refuseSystemAssigned reports a use that AKS refuses with a system-assigned control plane.
func (p *problems) refuseSystemAssigned(m Mention, info UseInfo, fix string) {
	if info.Refusal != nil {
		p.refused(info.Refusal.Code, m.Path, "AKS refuses it with a system-assigned identity: "+info.Refusal.Why, fix)
	}
}
