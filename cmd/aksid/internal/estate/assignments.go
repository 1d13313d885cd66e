package estate

import (
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// addAssignments reads the role assignments, and finds out who holds each. What holds one and is no identity by now becomes one.
func (e *Estate) addAssignments() {
	reading := e.assignmentReading()
	for _, r := range e.Resources {
		if r.Is("authorization", "RoleAssignment") {
			a := reading.read(r)
			a.holders = e.holdersOf(a)
			e.Assignments = append(e.Assignments, a)
		}
	}
}

// assignmentReading is what it takes to read an assignment, looked up once.
type assignmentReading struct {
	*Estate
	order   order
	records records
}

func (e *Estate) assignmentReading() assignmentReading {
	return assignmentReading{e, newOrder(e.Resources), recordsOf(e.Resources)}
}

func (e assignmentReading) read(r Resource) Assignment {
	a := Assignment{Resource: r, PrincipalID: r.Text("principalId"), ScopeText: r.Text("scope"), Phase: e.order.phase(r)}
	e.noteSecrets(r)
	if a.ScopeText == "" {
		a.ScopeText = scopeOf(r.ID)
	}
	if a.ScopeText != "" {
		scope, err := rbac.ParseScope(a.ScopeText)
		if err != nil {
			e.note("the scope of %s cannot be read: %v", r.Name(), err)
		}
		a.Scope = scope
	}
	e.describe(&a)
	e.nameRole(&a)
	return a
}

// noteSecrets tells IDs that are encrypted, or that a preview hides.
func (e assignmentReading) noteSecrets(r Resource) {
	for _, name := range []string{"principalId", "roleDefinitionId", "scope"} {
		switch {
		case r.Text(name) != "":
		case r.Inputs[name] == hiddenSecret || r.Outputs[name] == hiddenSecret:
			e.note("%s of %s is a secret of the program, which a preview does not show.", name, r.Name())
		case isEncrypted(r.Inputs[name]) || isEncrypted(r.Outputs[name]):
			e.note("%s of %s is an encrypted secret; with pulumi stack export --show-secrets it can be read.", name, r.Name())
		}
	}
}

// scopeOf is the scope in the ID of an assignment.
func scopeOf(id string) string {
	at := strings.LastIndex(strings.ToLower(id), "/providers/microsoft.authorization/roleassignments/")
	switch {
	case at < 0:
		return ""
	case at == 0:
		return "/"
	default:
		return id[:at]
	}
}

// describe takes holder, reason and argument from the component's record, and else from the description.
func (e assignmentReading) describe(a *Assignment) {
	made, planned := e.records.of(a.Resource)
	a.On = planned.on
	holder, purpose := described(a.Resource.Text("description"))
	a.Holder = first(made.identity, planned.identity, keyed(holder, a.Resource.Name()))
	a.Reason = first(made.reason, planned.reason, purpose)
	a.RoleName = first(made.role, planned.role)
}

// described takes a description of ours apart: "control-plane: join the subnet (made by Pulumi: project shop, ...)". One of somebody
// else is a reason as a whole.
func described(text string) (holder, reason string) {
	rest, _, ours := strings.Cut(text, " (made by Pulumi: ")
	if !ours {
		return "", text
	}
	holder, reason, found := strings.Cut(rest, ": ")
	if !found {
		return "", rest
	}
	return holder, reason
}

// nameRole finds the role: by its ID, by the definition on which the assignment depends, or by the name that somebody says.
func (e assignmentReading) nameRole(a *Assignment) {
	text := a.Resource.Text("roleDefinitionId")
	id, known := rbac.ParseRoleID(text)
	if !known {
		e.nameLateRole(a, text)
		return
	}
	a.RoleID = id
	if own, ok := e.Roles[id]; ok && own.Name != "" {
		a.RoleName = string(own.Name)
	} else if builtin, ok := rbac.BuiltinRoleByID(id); ok {
		a.RoleName = string(builtin.Name)
	}
	a.RoleName = first(a.RoleName, "role "+string(id))
}

func (e assignmentReading) nameLateRole(a *Assignment, text string) {
	if text != "" {
		e.note("the role of %s cannot be read: %q is no role definition.", a.Resource.Name(), text)
	}
	for _, urn := range a.Resource.Dependencies {
		if definition, ok := e.order.byURN[urn]; ok && definition.Is("authorization", "RoleDefinition") {
			a.RoleName = first(definition.Text("roleName"), definition.Name())
		}
	}
	if a.RoleName == "" {
		a.RoleName, a.RoleID = roleInName(a.Resource.Name())
	}
	if role, ok := rbac.BuiltinRole(rbac.RoleName(a.RoleName)); ok {
		a.RoleID = role.ID
	}
	a.RoleName = first(a.RoleName, "a role that is not known yet")
}

// roleInName finds the built-in role after which a grant of ours is named, as in shop-control-plane-network-contributor-subnets.nodes.
// The longest name is meant: Reader is in many.
func roleInName(name string) (found string, id rbac.RoleID) {
	longest := 0
	for _, role := range rbac.BuiltinRoles() {
		if word := plan.Slug(string(role.Name)); len(word) > longest && strings.Contains(name, "-"+word+"-") {
			found, id, longest = string(role.Name), role.ID, len(word)
		}
	}
	return found, id
}

// holdersOf are the places of the identities that hold the assignment. There is always one: it is added when nobody is known.
func (e *Estate) holdersOf(a Assignment) (places []int) {
	for place, i := range e.Identities {
		if a.PrincipalID != "" && strings.EqualFold(i.PrincipalID, a.PrincipalID) {
			places = append(places, place)
		}
	}
	if len(places) == 0 && a.PrincipalID == "" {
		places = e.lateHolder(a)
	}
	if len(places) > 0 || a.Resource.Deleting {
		return places
	}
	other := otherHolder(a)
	other.place = len(e.Identities)
	e.Identities = append(e.Identities, other)
	return []int{other.place}
}

// otherHolder is what an assignment tells about its holder, when the source has no more of it: a cluster of another stack, mostly.
func otherHolder(a Assignment) Identity {
	i := Identity{Kind: Other, Name: first(a.Holder, "principal"), PrincipalID: a.PrincipalID, Origin: Elsewhere}
	if a.PrincipalID == "" {
		i.URN = a.Resource.Parent // tells those of several components apart
	}
	addon, isAddon := strings.CutPrefix(a.Holder, string(Addon)+"-")
	switch {
	case isAddon:
		i.Kind, i.Name, i.Origin = Addon, addon, ByAKS // AKS makes one for each add-on, and takes none
	case a.Holder == string(ControlPlane), a.Holder == string(Kubelet):
		i.Kind, i.Name = Kind(a.Holder), ""
	case getsIn(a.Holder):
		i.Kind = Access
	}
	return i
}

// getsIn tells whether a holder is somebody who gets into a cluster: group-shop in a record, group in a description.
func getsIn(holder string) bool {
	for _, kind := range []plan.IdentityKind{plan.UserKind, plan.GroupKind, plan.ServicePrincipalKind, plan.DeployerKind} {
		if holder == string(kind) || strings.HasPrefix(holder, string(kind)+"-") {
			return true
		}
	}
	return false
}

// keyed is the holder of a description with its key, which stands in the name of the grant: shop-principal-...-access.shop.
func keyed(holder, name string) string {
	at := strings.LastIndex(name, "-access.")
	if at < 0 || !getsIn(holder) {
		return holder
	}
	return holder + "-" + name[at+len("-access."):]
}

// lateHolder finds the identity of an assignment whose principal is not known yet: one on which it depends or that is made by the same
// component, in the part that the assignment names.
func (e *Estate) lateHolder(a Assignment) []int {
	for place, i := range e.Identities {
		if e.mayHold(i, a) {
			return []int{place}
		}
	}
	return nil
}

func (e *Estate) mayHold(i Identity, a Assignment) bool {
	leans := i.URN != "" && slices.Contains(a.Resource.Dependencies, i.URN)
	switch {
	case i.Kind == Workload:
		return leans || i.isOf(a.Resource.Parent)
	case i.Kind == Other:
		return leans || i.PrincipalID == "" && i.Name == a.Holder && i.URN == a.Resource.Parent
	case i.Cluster == "":
		return i.PrincipalID == "" && i.Title() == a.Holder && i.URN == a.Resource.Parent
	case i.Title() == a.Holder:
		return e.isNear(i.Cluster, a)
	default:
		return leans && (a.Holder == "" || a.Holder == string(Other))
	}
}

// isOf tells whether the component made the workload's identity, or uses it.
func (i Identity) isOf(component string) bool {
	return i.owner == component && (component != "" || i.URN != "")
}

// isNear tells whether the cluster and the assignment are of one component, or one depends on the other.
func (e *Estate) isNear(cluster string, a Assignment) bool {
	for _, c := range e.Clusters {
		if c.Name == cluster && (c.Resource.Parent == a.Resource.Parent || slices.Contains(a.Resource.Dependencies, c.Resource.URN) ||
			slices.Contains(c.Resource.Dependencies, a.Resource.URN)) {
			return true
		}
	}
	return false
}
