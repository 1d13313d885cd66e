package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// FromCluster says which principals are read from a cluster that exists already, and judges what Azure answers about it.
type FromCluster struct {
	// ID of the cluster, known or late.
	ID Value[string]
	// Identities whose principals are read, in order of name.
	Identities []ReadIdentity

	identityType IdentityType
	mentions     []Mention
}

// ReadIdentity is an identity whose principal is read from a cluster.
type ReadIdentity struct {
	// Identity gets the grants of the plan; In is what it is in the cluster, as [ClusterIdentities] names it.
	Identity, In Identity
	// Given is the principal that the arguments name as well. It is the one that gets the grants, and has to be that of the
	// cluster. Absent when the arguments name none.
	Given Value[string]

	// argument takes the principal; uses are the arguments whose resources are granted to it.
	argument Path
	uses     []Path
}

// ClusterIdentities are the identities of a cluster that exists, as Azure answers them.
type ClusterIdentities struct {
	// ID is the cluster's resource ID.
	ID string
	// Type of the control plane's identity; empty for a cluster that runs on a service principal.
	Type IdentityType
	// Principals are the object IDs of the control plane, the kubelet and the add-ons. What the cluster does not have is not in
	// it.
	Principals map[Identity]string
}

// clusterArgument takes the ID of the cluster in every component that reads one.
const clusterArgument Path = "clusterId"

// isOfCluster tells whether Azure's answer about a cluster names the identity.
func isOfCluster(identity Identity) bool {
	return identity.Kind == ControlPlane || identity.Kind == Kubelet || identity.Kind == Addon
}

// reading is what is read from the cluster for the mentions. as is who the holder of a grant is in the plan.
func reading(id Value[string], mentions []Mention, as func(holder Identity) ReadIdentity) *FromCluster {
	from := &FromCluster{ID: id, mentions: mentions}
	read := map[Identity]*ReadIdentity{}
	for _, m := range mentions {
		info, err := lookup(m.Use)
		if err != nil || !isOfCluster(info.Holder) {
			continue // checkMentions has reported the one; the arguments have to name the other
		}
		if read[info.Holder] == nil {
			one := as(info.Holder)
			read[info.Holder] = &one
		}
		read[info.Holder].uses = append(read[info.Holder].uses, m.argument())
	}
	for _, one := range read {
		from.Identities = append(from.Identities, *one)
	}
	slices.SortFunc(from.Identities, func(a, b ReadIdentity) int { return strings.Compare(a.In.String(), b.In.String()) })
	return from
}

// CheckID parses the ID of the cluster, and says what is wrong with it.
func (f FromCluster) CheckID(id string) (rbac.Scope, *Problem) {
	return CheckResourceID(clusterArgument, id, typeCluster)
}

// Unreadable is the problem of a cluster that Azure does not show; why and fix are clauses without a full stop.
func (f FromCluster) Unreadable(id, why, fix string) Problem {
	return Problem{Path: clusterArgument, What: fmt.Sprintf("the cluster %s cannot be read: %s.", id, why), Fix: fix + "; " + f.instead()}
}

// instead is what one can do without the cluster.
func (f FromCluster) instead() string {
	arguments := make([]string, len(f.Identities))
	for i, r := range f.Identities {
		arguments[i] = string(r.argument)
	}
	if len(arguments) == 0 {
		return "or leave clusterId out."
	}
	return fmt.Sprintf("or leave clusterId out and give %s yourself.", strings.Join(arguments, ", "))
}

// Check judges the answer: what the cluster does not have and needs, and uses that AKS refuses for its identity.
func (f FromCluster) Check(c ClusterIdentities) Problems {
	check := &problems{}
	for _, r := range f.Identities {
		if c.Principals[r.In] == "" && !r.Given.IsSet() {
			check.add(clusterArgument, r.missing(c), r.makeIt())
		}
	}
	if f.identityType != "" && c.Type != f.identityType {
		check.add("identityType", fmt.Sprintf("the cluster %s has %s, not %s", c.ID, c.kind(), f.identityType), "leave it out: it is read from the cluster.")
	}
	if c.Type == SystemAssigned && f.identityType != SystemAssigned {
		check.refuseUses(f.mentions)
	}
	return check.list.sorted()
}

// refuseUses reports what AKS refuses with a system-assigned control plane.
func (p *problems) refuseUses(mentions []Mention) {
	for _, m := range mentions {
		if info, err := lookup(m.Use); err == nil {
			p.refuseSystemAssigned(m, info, "give the cluster a user-assigned identity.")
		}
	}
}

func (c ClusterIdentities) kind() string {
	if c.Type == "" {
		return "a service principal"
	}
	return string(c.Type)
}

func (r ReadIdentity) missing(c ClusterIdentities) string {
	text := fmt.Sprintf("the cluster %s has no %s identity", c.ID, r.In)
	if c.Type == "" {
		text += ", for it runs on a service principal"
	}
	if len(r.uses) == 0 {
		return text
	}
	return fmt.Sprintf("%s, but %s is to be granted to it", text, strings.Join(setOf(r.uses), ", "))
}

func setOf(paths []Path) []string {
	texts := map[string]bool{}
	for _, p := range paths {
		texts[string(p)] = true
	}
	return slices.Sorted(maps.Keys(texts))
}

// makeIt is what to do for a cluster that lacks the identity.
func (r ReadIdentity) makeIt() string {
	do := "give the cluster a managed identity (az aks update --enable-managed-identity)"
	if r.In.Kind == Addon {
		do = fmt.Sprintf("enable the add-on %s on the cluster", r.In.Name)
	}
	return fmt.Sprintf("%s, or give %s.", do, r.argument)
}

// CheckGiven compares a principal that the arguments name with that of the cluster. A cluster without one has nothing to compare.
func (r ReadIdentity) CheckGiven(c ClusterIdentities, given string) *Problem {
	answered := c.Principals[r.In]
	if answered == "" || strings.EqualFold(given, answered) {
		return nil
	}
	return &Problem{
		Path: r.argument, What: fmt.Sprintf("the %s identity of the cluster %s is %s, not %s.", r.In, c.ID, answered, given),
		Fix: fmt.Sprintf("leave %s out, or clusterId.", r.argument),
	}
}
