package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Source is what is known about where an estate comes from. The zero Source is a state: one stack's part of what there is.
type Source struct {
	// Name is shown; empty for the estate's own name.
	Name string
	// Whole tells that all role assignments on the resources are there, whoever made them. In a state those of other stacks are not.
	Whole bool
	// Gone are the principals that the directory no longer has, in lower case.
	Gone map[string]bool
	// Living are principals of managed identities that are no cluster's, in lower case.
	Living map[string]bool
	// Unread are subscriptions whose assignments could not be read, with the reason, by ID in lower case.
	Unread map[string]string
	// Attached are the user-assigned identities that some resource uses, by ID in lower case.
	Attached map[string]bool
}

// Of audits an estate. The error is that of a rule that names a capability that nobody knows.
func Of(e *estate.Estate, source Source) (Report, error) {
	a, err := audit(e, source)
	if err != nil {
		return Report{}, err
	}
	return *a.report, nil
}

func audit(e *estate.Estate, source Source) (*auditor, error) {
	a := newAuditor(e, source)
	for _, c := range a.Clusters {
		if err := a.touch(c); err != nil {
			return nil, err
		}
	}
	a.judgeTouches()
	a.judgeGrants()
	a.judgeLeftovers()
	a.judgeIdentities()
	a.judgeProgram()
	a.report.sorted()
	return a, nil
}

// auditor holds what is looked up once.
type auditor struct {
	*estate.Estate
	source Source
	report *Report
	// grants are all assignments that are not about to be deleted; of are places in it, by principal in lower case.
	grants []grant
	of     map[string][]int
	// at are places in grants by scope.
	at map[string][]int
	// parts are the identities of clusters by principal in lower case, members by the name of the cluster.
	parts, members map[string][]estate.Identity
	// made are the identities that are the source's own or a cluster's.
	made []estate.Identity
	// touched are the scopes of what clusters touch, and those above up to the resource group.
	touched map[string]bool
	touches []touch
	// touching are places in touches by principal in lower case.
	touching     map[string][]int
	byURN        map[string]estate.Resource
	surroundings surroundings
	// nodeGroups are the node resource groups in lower case, where AKS grants for itself.
	nodeGroups map[string]bool
	uses       *usage
	// steps counts how often an assignment was looked at, for the test of how the work grows.
	steps int
}

// grant is an assignment with its role.
type grant struct {
	estate.Assignment
	role rbac.Role
	// known tells whether the role's permissions are.
	known bool
}

// touch is a use of an external resource by an identity of a cluster.
type touch struct {
	plan.Mention
	info     plan.UseInfo
	cluster  estate.Cluster
	holder   estate.Identity
	resource rbac.Scope
	// userAssigned is about the control plane.
	userAssigned bool
	// needs are those of each rule of the row.
	needs [][]rbac.Need
}

// toldApart is the estate with clusters of one name told apart by their group: demo of team-a, demo of team-b.
func toldApart(e *estate.Estate) *estate.Estate {
	named := map[string]int{}
	for _, c := range e.Clusters {
		named[c.Name]++
	}
	names := map[string]string{}
	apart := *e
	apart.Clusters, apart.Identities = slices.Clone(e.Clusters), slices.Clone(e.Identities)
	for n, c := range apart.Clusters {
		scope, err := rbac.ParseScope(c.Resource.ID)
		if named[c.Name] > 1 && err == nil {
			apart.Clusters[n].Name = scope.ResourceGroup() + "/" + c.Name
		}
		names[c.Resource.URN] = apart.Clusters[n].Name
	}
	for n, i := range apart.Identities {
		if name, known := names[i.ClusterURN]; known && i.Cluster != "" {
			apart.Identities[n].Cluster = name
		}
	}
	return &apart
}

func newAuditor(e *estate.Estate, source Source) *auditor {
	e = toldApart(e)
	a := &auditor{
		Estate: e, source: source, of: map[string][]int{}, at: map[string][]int{}, touched: map[string]bool{},
		parts: map[string][]estate.Identity{}, members: map[string][]estate.Identity{}, touching: map[string][]int{},
		byURN: map[string]estate.Resource{}, nodeGroups: map[string]bool{},
		report: &Report{
			Source: cmp.Or(source.Name, e.Name, "an empty stack"), Clusters: len(e.Clusters), Findings: []Finding{}, Covered: []Covered{},
			Notes: append([]string{}, e.Notes...),
		},
	}
	for _, r := range e.Resources {
		if known, twice := a.byURN[r.URN]; !twice || known.Deleting {
			a.byURN[r.URN] = r
		}
	}
	for _, one := range e.Assignments {
		if one.Resource.Deleting {
			continue
		}
		role, known := e.Role(one)
		principal := strings.ToLower(one.PrincipalID)
		a.of[principal] = append(a.of[principal], len(a.grants))
		a.at[one.Scope.Key()] = append(a.at[one.Scope.Key()], len(a.grants))
		a.grants = append(a.grants, grant{one, role, known})
	}
	for _, i := range e.Identities {
		if i.Cluster != "" || i.URN != "" {
			a.made = append(a.made, i)
		}
		if i.Cluster != "" {
			a.members[i.Cluster] = append(a.members[i.Cluster], i)
		}
		if i.Cluster != "" && i.PrincipalID != "" {
			a.parts[strings.ToLower(i.PrincipalID)] = append(a.parts[strings.ToLower(i.PrincipalID)], i)
		}
	}
	for _, c := range a.Clusters {
		if group := nodeGroupOf(c); group != "" {
			a.nodeGroups[group] = true
		}
	}
	return a
}

// nodeGroupOf is the ID of the node resource group in lower case.
func nodeGroupOf(c estate.Cluster) string {
	scope, err := rbac.ParseScope(c.Resource.ID)
	if err != nil || c.NodeResourceGroup == "" {
		return ""
	}
	return strings.ToLower("/subscriptions/" + scope.SubscriptionID() + "/resourceGroups/" + c.NodeResourceGroup)
}

// isNodes tells whether the scope lies in a node resource group.
func (a *auditor) isNodes(scope rbac.Scope) bool {
	group, inside := scope.ResourceGroupScope()
	return inside && a.nodeGroups[group.Key()]
}

func (a *auditor) note(format string, args ...any) {
	a.report.Notes = append(a.report.Notes, fmt.Sprintf(format, args...))
}

func (a *auditor) find(f Finding) { a.report.Findings = append(a.report.Findings, f) }

// touch reads what a cluster touches, and who of it does.
func (a *auditor) touch(c estate.Cluster) error {
	a.report.Notes = append(a.report.Notes, unreadable(c)...)
	if a.surroundings.pools == nil {
		a.surroundings = surroundingsOf(a.Estate)
	}
	shape, notes := shapeOf(c, a.surroundings)
	a.report.Notes = append(a.report.Notes, notes...)
	seen := map[string]bool{} // two pools in one subnet are one use
	for _, m := range shape.Touches() {
		t, ok, err := a.touchOf(c, shape, m)
		if err != nil {
			return err
		}
		key := string(t.info.Use) + string(t.Path) + t.resource.Key()
		if !ok || seen[key] {
			continue
		}
		seen[key] = true
		principal := strings.ToLower(t.holder.PrincipalID)
		a.touching[principal] = append(a.touching[principal], len(a.touches))
		a.touches = append(a.touches, t)
		for at, ok := t.resource, true; ok && at.Kind() >= rbac.ResourceGroup; at, ok = at.Parent() {
			a.touched[at.Key()] = true
		}
	}
	a.touched[strings.ToLower(c.Resource.ID)] = true
	a.judgeVirtualNodes(c, shape)
	return nil
}

// unreadable tells about a cluster that has no managed identity to judge.
func unreadable(c estate.Cluster) []string {
	p := propertiesOf(c.Resource)
	if client := p.text("servicePrincipalProfile", "clientId"); p.text("identity", "type") == "" && client != "" && client != "msi" {
		return []string{fmt.Sprintf("%s runs on the service principal %s, not on a managed identity; what it may do is not judged. "+
			"az aks update --enable-managed-identity changes that.", c.Name, client)}
	}
	return nil
}

func (a *auditor) touchOf(c estate.Cluster, shape plan.Cluster, m plan.Mention) (touch, bool, error) {
	info, err := plan.Lookup(m.Use)
	if err != nil {
		return touch{}, false, err
	}
	resource, known := m.Resource()
	if m.Own == plan.OwnCluster {
		resource, err = rbac.ParseScope(c.Resource.ID)
		known = err == nil
	}
	if !known || a.isNodes(resource) {
		return touch{}, false, nil
	}
	holder, there := a.identity(c, info.Holder)
	if !there || holder.PrincipalID == "" {
		a.note("%s of %s is not known, so its right on %s is not judged.", title(info.Holder), c.Name, resource)
		return touch{}, false, nil
	}
	t := touch{Mention: m, info: info, cluster: c, holder: holder, resource: resource, userAssigned: shape.IsUserAssigned()}
	for _, rule := range info.Rules {
		needs, err := rule.NeedsAt(resource)
		if err != nil {
			return touch{}, false, err
		}
		t.needs = append(t.needs, needs)
	}
	return t, true, nil
}

// identity finds the part of a cluster.
func (a *auditor) identity(c estate.Cluster, wanted plan.Identity) (estate.Identity, bool) {
	members := a.members[c.Name]
	at := slices.IndexFunc(members, func(i estate.Identity) bool {
		return string(i.Kind) == string(wanted.Kind) && (wanted.Name == "" || string(plan.SpellAddon(i.Name)) == wanted.Name)
	})
	if at < 0 {
		return estate.Identity{}, false
	}
	return members[at], true
}

// title names a part for people: the control plane, the kubelet, the add-on webAppRouting.
func title(i plan.Identity) string {
	switch i.Kind {
	case plan.ControlPlane:
		return "the control plane"
	case plan.Kubelet:
		return "the kubelet"
	case plan.Addon:
		return "the add-on " + i.Name
	default:
		return "the identity " + i.String()
	}
}

func titleOf(i estate.Identity) string {
	return title(plan.Identity{Kind: plan.IdentityKind(i.Kind), Name: i.Name})
}

// capital begins a sentence.
func capital(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
