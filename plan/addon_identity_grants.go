package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// AddonGrants is the shape of an AddonIdentityGrants: the principals of a cluster, and what they work with.
type AddonGrants struct {
	// Principals that the arguments name, given or not.
	Principals []GivenPrincipal
	// ClusterID is that of a cluster from which those of its principals are read that are not given. Absent: none is read.
	ClusterID   Value[string]
	Mentions    []Mention
	Strategy    RoleStrategy
	Explain     Explain
	Propagation Propagation
	Renamed     Renaming
	Adopted     Adopted
	Adopt       Adopt
}

// GivenPrincipal is the principal of one identity, with the argument that names it.
type GivenPrincipal struct {
	Identity Identity
	Path     Path
	ID       Value[string]
}

// ForAddons plans grants for the kubelet, the add-ons and what stands around a cluster. Every mistake is in Problems; a
// grant whose identity has no principal is one.
func ForAddons(a AddonGrants) Plan {
	check := &problems{}
	oneOf(check, "roleStrategy", a.Strategy)
	oneOf(check, "explain", a.Explain)
	a.Adopt.check(check)
	check.checkPropagation(a.Propagation)
	check.checkMentions(a.Mentions)
	a.Renamed.check(check, pathsOf(a.Mentions))
	check.checkRegistryModes(a.Mentions)
	for _, given := range a.Principals {
		check.guid(given.Path, given.ID)
		check.givenPrincipal(given)
	}
	p := Plan{}
	needed := map[string]Identity{}
	for _, m := range a.Mentions {
		info, err := lookup(m.Use)
		if err != nil {
			continue // checkMentions has reported it
		}
		needed[info.Holder.String()] = info.Holder
		if !a.reads(info.Holder) {
			a.checkPrincipal(check, m, info.Holder)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(needed)) {
		p.Identities = append(p.Identities, a.planned(needed[name]))
	}
	if a.ClusterID.IsSet() {
		check.checkID(clusterArgument, a.ClusterID, typeCluster)
		p.FromCluster = reading(a.ClusterID, a.Mentions, a.read)
	}
	g := granting{strategy: a.Strategy, phase: always(AfterCluster)}
	g.into(&p, check, a.Renamed.onto(a.Mentions))
	a.Adopted.into(&p, check)
	p.deploying = ofOthers(p.FromCluster, a.Mentions)
	p.Problems = check.list.sorted()
	return p
}

// givenPrincipal reports a principal that grants cannot name. Empty text is none.
func (p *problems) givenPrincipal(given GivenPrincipal) {
	p.addonKey(given)
	if text, known := given.ID.Get(); known && text != "" {
		p.principalID(given.Path, given.ID)
	}
}

// addonKey reports the principal of an add-on that nobody knows: nothing would be granted to it.
func (p *problems) addonKey(given GivenPrincipal) {
	if given.Identity.Kind == Addon && !slices.Contains(AddonKeys(), AddonKey(given.Identity.Name)) {
		p.add(given.Path, fmt.Sprintf("AKS has no add-on %q", given.Identity.Name)+meant(given.Identity.Name, addonNames()),
			"use one of "+quotedList(addonNames())+".")
	}
}

// given is the principal that the arguments name for an identity, and the argument that takes it. Empty text is none.
func (a AddonGrants) given(holder Identity) (principal Value[string], argument Path) {
	argument = principalArgument(holder)
	for _, given := range a.Principals {
		if given.Identity != holder {
			continue
		}
		if text, known := given.ID.Get(); given.ID.IsSet() && (!known || text != "") {
			return given.ID, given.Path
		}
		argument = given.Path
	}
	return Value[string]{}, argument
}

// reads tells whether the principal of an identity is read from the cluster.
func (a AddonGrants) reads(holder Identity) bool {
	given, _ := a.given(holder)
	return a.ClusterID.IsSet() && isOfCluster(holder) && !given.IsSet()
}

func (a AddonGrants) read(holder Identity) ReadIdentity {
	given, argument := a.given(holder)
	return ReadIdentity{Identity: holder, In: holder, Given: given, argument: argument}
}

func (a AddonGrants) planned(holder Identity) PlannedIdentity {
	if a.reads(holder) {
		return PlannedIdentity{Identity: holder, Source: OfCluster, Reason: "its principal ID is read from the cluster"}
	}
	return PlannedIdentity{Identity: holder, Source: Existing, Reason: "its principal ID is given"}
}

// checkPrincipal reports an identity that needs a principal and has none, once for each argument that needs it.
func (a AddonGrants) checkPrincipal(p *problems, m Mention, holder Identity) {
	given, path := a.given(holder)
	if given.IsSet() {
		return
	}
	problem := Problem{
		Path: path, What: fmt.Sprintf("it is missing, but %s is to be granted to %s.", m.argument(), holder), Fix: "give the principal ID of the identity.",
	}
	if isOfCluster(holder) {
		problem.Fix = "give the cluster in clusterId, from which it is read, or the principal ID of the identity itself."
	}
	for _, reported := range p.list {
		if reported == problem {
			return
		}
	}
	p.list = append(p.list, problem)
}

// principalArgument is the argument that takes the principal of an identity: kubeletPrincipalId, addonPrincipalIds.webAppRouting.
func principalArgument(holder Identity) Path {
	if holder.Kind == Addon {
		return Path("addonPrincipalIds").Key(holder.Name)
	}
	words := strings.Split(holder.Name, "-")
	if holder.Name == "" {
		words = strings.Split(string(holder.Kind), "-")
	}
	for i := 1; i < len(words); i++ {
		words[i] = strings.ToUpper(words[i][:1]) + words[i][1:]
	}
	return Path(strings.Join(words, "") + "PrincipalId")
}

// checkRegistryModes reports a registry that is given in both modes.
func (p *problems) checkRegistryModes(mentions []Mention) {
	rbacMode := map[string]Mention{}
	for _, m := range mentions {
		if scope, known := scopeOf(m.ID); known && (m.Use == Registry || m.Use == BootstrapRegistry) {
			rbacMode[scope.Key()] = m
		}
	}
	for _, m := range mentions {
		scope, known := scopeOf(m.ID)
		if other, twice := rbacMode[scope.Key()]; known && twice && (m.Use == ABACRegistry || m.Use == ABACBootstrapRegistry) {
			p.add(m.Path, fmt.Sprintf("%s names the same registry, which has one mode only", other.Path),
				"look at the registry's roleAssignmentMode, and keep the registry under one of the two.")
		}
	}
}
