package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

const noPrincipal = "its principal is not in the directory any more"

// judgeLeftovers looks at assignments whose principal is nobody's in the source.
func (a *auditor) judgeLeftovers() {
	known := a.knownPrincipals()
	for _, g := range a.grants {
		principal := strings.ToLower(g.PrincipalID)
		if principal == "" || isPerson(g) {
			continue
		}
		if a.isNodes(g.Scope) {
			a.judgeNodeGroup(g)
			continue
		}
		if known[principal] {
			continue
		}
		former, found := a.former(g)
		switch {
		case found:
			a.findFormer(g, former)
		case a.source.Gone[principal]:
			a.findLost(g, Warning, noPrincipal)
		case a.disabledAddon(g) != "":
			a.findLost(g, Warning, fmt.Sprintf("the add-on %s, whose identity held it, is off", a.disabledAddon(g)))
		case a.isOfCluster(g):
			a.findLost(g, Warning, "it was made for a cluster of the stack, none of whose identities is its principal: that of an add-on that is off now, or of "+
				"the cluster as it was before")
		case a.source.Whole && a.source.Gone == nil && a.isTouched(g):
			a.findLost(g, Note, "its principal is no managed identity of the subscription")
		}
	}
}

// knownPrincipals are those of identities that the source has, in lower case. What an assignment alone tells of is not known.
func (a *auditor) knownPrincipals() map[string]bool {
	known := map[string]bool{}
	for _, i := range a.made {
		known[strings.ToLower(i.PrincipalID)] = true
	}
	for _, r := range a.Resources {
		if principal := r.Text("identity", "principalId"); principal != "" && !r.Deleting {
			known[strings.ToLower(principal)] = true
		}
	}
	for principal := range a.source.Living {
		known[principal] = true
	}
	return known
}

func isPerson(g grant) bool {
	kind := g.Resource.Text("principalType")
	return strings.EqualFold(kind, "User") || strings.EqualFold(kind, "Group") || strings.EqualFold(kind, "ForeignGroup") || strings.EqualFold(kind, "Device")
}

// former finds the identity that the assignment was made for and that has another principal now: by the identity on which the
// assignment depends, or by the part that our description names.
func (a *auditor) former(g grant) (estate.Identity, bool) {
	for _, i := range a.made {
		a.steps++
		if i.PrincipalID == "" || strings.EqualFold(i.PrincipalID, g.PrincipalID) {
			continue
		}
		depends := i.URN != "" && slices.Contains(g.Resource.Dependencies, i.URN) && !strings.EqualFold(i.ResourceID, g.Scope.String())
		named := g.Holder != "" && i.Cluster != "" && i.Title() == g.Holder && (a.isSibling(g, i) || a.source.Whole && a.isTouchedBy(g, i))
		if depends && !a.isOther(g, i) || named {
			return i, true
		}
	}
	return estate.Identity{}, false
}

// isOther tells that the assignment may be about the principal of something else on which it depends.
func (a *auditor) isOther(g grant, i estate.Identity) bool {
	return slices.ContainsFunc(g.Resource.Dependencies, func(urn string) bool {
		r := a.byURN[urn]
		return urn != i.URN && (r.Is("managedidentity", "UserAssignedIdentity") || strings.EqualFold(r.Text("principalId"), g.PrincipalID))
	})
}

// isSibling tells that one component made the assignment and the identity's cluster.
func (a *auditor) isSibling(g grant, i estate.Identity) bool {
	return g.Resource.Parent != "" && slices.ContainsFunc(a.Clusters, func(c estate.Cluster) bool {
		return c.Name == i.Cluster && c.Resource.Parent == g.Resource.Parent
	})
}

func (a *auditor) isTouchedBy(g grant, i estate.Identity) bool {
	for _, place := range a.touching[strings.ToLower(i.PrincipalID)] {
		if t := a.touches[place]; slices.ContainsFunc(t.info.Rules, func(r plan.Rule) bool { return plan.AtLevel(t.resource, r.Level).Equal(g.Scope) }) {
			return true
		}
	}
	return false
}

// isTouched tells whether the assignment is about something that a cluster works with: the cluster, what it touches, or the network or
// group around it.
func (a *auditor) isTouched(g grant) bool { return a.touched[g.Scope.Key()] }

// disabledAddon is the add-on for which the assignment says that it was made, when its cluster has it off.
func (a *auditor) disabledAddon(g grant) string {
	name, isAddon := strings.CutPrefix(g.Holder, string(estate.Addon)+"-")
	if !isAddon {
		return ""
	}
	for _, c := range a.Clusters {
		near := c.Resource.Parent != "" && c.Resource.Parent == g.Resource.Parent || slices.Contains(g.Resource.Dependencies, c.Resource.URN)
		if _, there := a.identity(c, plan.AddonIdentity(plan.SpellAddon(name))); near && !there {
			return name
		}
	}
	return ""
}

// isOfCluster tells that the assignment depends on a cluster, while it is not about the cluster itself, and on no other principal.
func (a *auditor) isOfCluster(g grant) bool {
	of := false
	for _, urn := range g.Resource.Dependencies {
		r := a.byURN[urn]
		switch {
		case r.Is("containerservice", "ManagedCluster"):
			of = !strings.HasPrefix(g.Scope.Key(), strings.ToLower(r.ID))
		case r.Is("managedidentity", "UserAssignedIdentity"), strings.EqualFold(r.Text("principalId"), g.PrincipalID):
			return false
		}
	}
	return of && !isOurs(g.Assignment)
}

func (a *auditor) findFormer(g grant, i estate.Identity) {
	f := about(FormerIncarnation, Error, g, i)
	who := titleOf(i)
	if i.Cluster != "" {
		who += " of " + i.Cluster
	} else {
		who = "the identity " + i.Name
	}
	f.What = fmt.Sprintf("%s is granted to a former principal of %s: %s, while it has %s now.", g.RoleName, who, g.PrincipalID, i.PrincipalID)
	f.Why = "An identity that is deleted and made anew has the same name and another principal; what the former one held it does not hold."
	f.Do = "Run pulumi refresh and pulumi up, so that the assignment is made for today's principal; when the former one stays behind, remove it."
	f.Run = "az role assignment delete --ids " + g.Resource.ID
	a.find(f)
}

func (a *auditor) findLost(g grant, severity Severity, because string) {
	f := about(LostHolder, severity, g, estate.Identity{Kind: estate.Other, Name: "principal"})
	f.Cluster = ""
	f.What = fmt.Sprintf("%s is held by %s: %s.", g.RoleName, g.PrincipalID, because)
	f.Why = "Deleting a cluster or turning off an add-on leaves assignments behind. They count towards the limit of 4000 in a subscription, and " +
		"az aks create takes one on the subnet for the new cluster's own and grants nothing."
	f.Do = "Remove it" + removal(g) + "."
	if severity == Note {
		f.Do = "Look whether somebody still has the principal (az ad sp show --id " + g.PrincipalID + "); when nobody does, remove it" + removal(g) + "."
	}
	f.Run = removing(g)
	a.find(f)
}
