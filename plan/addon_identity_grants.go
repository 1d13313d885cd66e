package plan

import "fmt"

// AddonGrants is the shape of an AddonIdentityGrants: the principals of a cluster, and what they work with.
type AddonGrants struct {
	// Principals that are given, by identity; a value may be late.
	Principals map[Identity]Value[string]
	// PrincipalArguments are the property paths of the principals, for messages.
	PrincipalArguments map[Identity]string
	Resources          []Delegated
	Strategy           RoleStrategy
}

// ForAddons plans grants for the kubelet, the add-ons and what stands around a cluster. Every mistake is in Problems; a
// grant whose identity has no principal is one.
func ForAddons(a AddonGrants) Plan {
	if a.Strategy == "" {
		a.Strategy = BuiltinRoles
	}
	check := &problems{}
	p := Plan{}
	var targets []Target
	needed := map[Identity]bool{}
	for _, group := range a.Resources {
		use, _ := AddonUseOf(group.Use)
		checkGiven(check, group, use.ResourceType)
		targets = append(targets, mapTargets(group.Use, group.Argument, group.IDs)...)
		if len(group.IDs) > 0 {
			a.checkPrincipal(check, group, use.Identity)
			needed[use.Identity] = true
		}
	}
	for identity, id := range a.Principals {
		check.guid(a.PrincipalArguments[identity], id)
	}
	for _, identity := range sortedIdentities(needed) {
		p.Identities = append(p.Identities, PlannedIdentity{Identity: identity, Source: Existing, Reason: "its principal ID is given"})
	}
	check.oneOf("roleStrategy", string(a.Strategy), string(BuiltinRoles), string(CustomRoles))
	g := granting{controlPlane: Identity{Kind: ControlPlane}, strategy: a.Strategy, phase: always(AfterCluster)}
	p.Grants, p.Problems = g.grants(targets), check.list.sorted()
	return p
}

func (a AddonGrants) checkPrincipal(p *problems, group Delegated, identity Identity) {
	given, ok := a.Principals[identity]
	text, known := given.Get()
	if ok && given.IsSet() && (!known || text != "") {
		return
	}
	argument := a.PrincipalArguments[identity]
	if argument == "" {
		argument = "addonPrincipalIds." + identity.Name
	}
	p.add(argument, "give the principal ID of the identity; for an add-on, enable the add-on and read it from the cluster.",
		"it is missing, but %s is to be granted to %s", group.Argument, identity)
}

// checkGiven checks keys and IDs of one use.
func checkGiven(p *problems, group Delegated, resourceType string) {
	for _, key := range sortedKeys(group.IDs) {
		path := group.Argument + "." + key
		if !p.checkKey(group.Argument, key) {
			continue
		}
		if !group.IDs[key].IsSet() {
			p.add(path, fmt.Sprintf("give the ID of the %s, or leave the key out.", group.Use), "it has no value")
		}
		p.checkID(path, group.IDs[key], resourceType)
	}
}

func sortedIdentities(set map[Identity]bool) []Identity {
	byName := map[string]Identity{}
	for identity := range set {
		byName[identity.String()] = identity
	}
	out := make([]Identity, 0, len(byName))
	for _, name := range sortedKeys(byName) {
		out = append(out, byName[name])
	}
	return out
}
