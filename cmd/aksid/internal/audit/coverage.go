package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

// missing are the rights that one identity lacks at one scope, for however many uses.
type missing struct {
	touch   touch
	rule    plan.Rule
	scope   rbac.Scope
	actions []string
	reasons []string
}

// judgeTouches tells of each use whether the holder has the rights for it.
func (a *auditor) judgeTouches() {
	lacking := map[string]*missing{}
	var order []string
	elsewhere := map[string]int{}
	for _, t := range a.touches {
		for n, rule := range t.info.Rules {
			lacks, by := a.judge(t, rule, t.needs[n])
			switch {
			case len(lacks) == 0:
				a.cover(t, rule, by)
				a.judgeOrder(t, rule, t.needs[n])
			case a.source.unread(t) != "":
				a.note("the assignments in the subscription %s cannot be read (%s), so the right of %s of %s to %s is not judged.",
					t.resource.SubscriptionID(), a.source.unread(t), titleOf(t.holder), t.cluster.Name, rule.Reason)
			case a.isElsewhere(t.holder):
				elsewhere[titleOf(t.holder)+" of "+t.cluster.Name]++
			case a.atResource(t, rule):
				a.findBelow(t, rule)
			case !a.maybe(t, rule):
				scope := plan.AtLevel(t.resource, rule.Level)
				key := t.holder.PrincipalID + scope.Key()
				if lacking[key] == nil {
					lacking[key] = &missing{touch: t, rule: rule, scope: scope}
					order = append(order, key)
				}
				lacking[key].add(lacks, rule.Reason)
			}
		}
	}
	for _, key := range order {
		a.findMissing(*lacking[key])
	}
	for _, who := range sortedKeys(elsewhere) {
		a.note("%s acts as an identity that is made elsewhere, and so may its grants be: what this stack does not cover (%s) is not judged. "+
			"aksid audit --subscription sees all grants.", who, counted(elsewhere[who], "use"))
	}
}

func (m *missing) add(actions []string, reason string) {
	m.actions, m.reasons = union(m.actions, actions), union(m.reasons, []string{reason})
}

// isElsewhere tells that the rights of the identity may be granted where nobody here can see.
func (a *auditor) isElsewhere(i estate.Identity) bool {
	return !a.source.Whole && i.Origin == estate.Elsewhere
}

// judge says which actions the holder lacks, and which grants give the others. A use whose actions nobody documents takes the role.
func (a *auditor) judge(t touch, rule plan.Rule, needs []rbac.Need) (lacks []string, by []grant) {
	if len(needs) == 0 {
		return a.judgeRole(t, rule)
	}
	given := map[int]bool{}
	for _, need := range needs {
		met := a.meeting(t.holder.PrincipalID, need)
		if len(met) == 0 {
			lacks = append(lacks, actionOf(need))
		}
		for _, place := range met {
			given[place] = true
		}
	}
	for _, place := range sortedKeys(given) {
		by = append(by, a.grants[place])
	}
	return lacks, by
}

// actionOf is the action as it is listed.
func actionOf(need rbac.Need) string {
	if need.Data {
		return need.Action + " (data)"
	}
	return need.Action
}

func (a *auditor) judgeRole(t touch, rule plan.Rule) (lacks []string, by []grant) {
	scope := plan.AtLevel(t.resource, rule.Level)
	for _, place := range a.of[strings.ToLower(t.holder.PrincipalID)] {
		if g := a.grants[place]; g.Scope.Contains(scope) && strings.EqualFold(g.RoleName, string(rule.Role)) {
			by = append(by, g)
		}
	}
	if len(by) == 0 {
		return []string{"whatever the role " + string(rule.Role) + " gives"}, nil
	}
	return nil, by
}

// meeting are the places of the grants of a principal that meet the need, each alone.
func (a *auditor) meeting(principalID string, need rbac.Need) (places []int) {
	for _, place := range a.of[strings.ToLower(principalID)] {
		a.steps++
		g := a.grants[place]
		one := []rbac.Assignment{{PrincipalID: g.PrincipalID, Role: g.role, Scope: g.Scope}}
		if g.known && rbac.Evaluate(one, principalID, need).Allowed() {
			places = append(places, place)
		}
	}
	return places
}

// cover records what is covered, by what, and what a generated role would save.
func (a *auditor) cover(t touch, rule plan.Rule, by []grant) {
	c := Covered{
		Cluster: t.cluster.Name, Identity: t.holder.Title(), Use: string(t.info.Use), Scope: t.resource.String(), Argument: string(t.Path), By: []string{},
	}
	for _, g := range by {
		c.By = append(c.By, g.RoleName+" on "+report.Short(g.Scope.String()))
	}
	if len(by) > 0 {
		c.Saves = saves(rule, by[0].role)
	}
	a.report.Covered = append(a.report.Covered, c)
}

// saves tells what a generated role gives in place of a built-in one.
func saves(rule plan.Rule, role rbac.Role) string {
	needed, err := rule.Needed()
	why, whyErr := rule.WhyBuiltin()
	if err != nil || whyErr != nil || why != "" || !role.BuiltIn {
		return ""
	}
	if len(role.Permissions.Beyond(needed.Actions, needed.DataActions)) == 0 {
		return ""
	}
	return fmt.Sprintf("roleStrategy custom would give %s in place of %s", counted(len(needed.Actions)+len(needed.DataActions), "action"), role.Name)
}

func counted(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "y"):
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(noun, "y"))
	default:
		return fmt.Sprintf("%d %ss", n, noun)
	}
}

// judgeOrder: a user-assigned control plane gets its rights before the cluster, and the cluster leans on them. Only a state tells.
func (a *auditor) judgeOrder(t touch, rule plan.Rule, needs []rbac.Need) {
	if a.source.Whole || !t.userAssigned || t.holder.Kind != estate.ControlPlane {
		return
	}
	for _, need := range needs {
		met := a.meeting(t.holder.PrincipalID, need)
		late := !slices.ContainsFunc(met, func(place int) bool { return a.grants[place].Phase == estate.BeforeCluster })
		if len(met) > 0 && late {
			a.findLate(t, rule, a.grants[met[0]])
			return
		}
	}
}

func (a *auditor) findLate(t touch, rule plan.Rule, g grant) {
	if a.alreadyFound(WrongOrder, g.Resource.URN) {
		return
	}
	how := "the cluster does not wait for it"
	if g.Phase == estate.AfterCluster {
		how = "it is made after the cluster, and destroyed before it"
	}
	a.find(Finding{
		Kind: WrongOrder, Severity: Warning, Cluster: t.cluster.Name, Identity: t.holder.Title(), PrincipalID: t.holder.PrincipalID,
		Scope: g.Scope.String(), Argument: string(t.Path), Assignment: g.Resource.ID, Resource: g.Resource.URN,
		What:  fmt.Sprintf("The control plane of %s gets %s to %s, but %s.", t.cluster.Name, g.RoleName, rule.Reason, how),
		Where: report.Short(g.Scope.String()),
		Why: "The identity is user-assigned, so AKS looks for the right while it creates the cluster; without an order a deployment fails on one " +
			"day and works on another, and deleting the cluster fails when the right goes first.",
		Do: fmt.Sprintf("Take the principal of the grant from the user-assigned identity, not from the cluster, and let the cluster depend on the grant "+
			"(DependsOn); or name the resource in %s, which does both.", argumentOf(t.Path)),
	})
}

func (a *auditor) alreadyFound(kind Kind, urn string) bool {
	return slices.ContainsFunc(a.report.Findings, func(f Finding) bool { return f.Kind == kind && f.Resource == urn })
}

// maybe tells that a role of which nothing is known holds there: it may give what lacks.
func (a *auditor) maybe(t touch, rule plan.Rule) bool {
	scope := plan.AtLevel(t.resource, rule.Level)
	for _, place := range a.of[strings.ToLower(t.holder.PrincipalID)] {
		if g := a.grants[place]; !g.known && (g.Scope.IsZero() || g.Scope.Contains(scope)) {
			a.note("%s of %s holds %s on %s; its permissions are not in the source, so the right to %s is not judged.",
				titleOf(t.holder), t.cluster.Name, g.RoleName, report.Short(g.Scope.String()), rule.Reason)
			return true
		}
	}
	return false
}

// atResource tells that the rights are there on the resource itself, while the rule wants them above it.
func (a *auditor) atResource(t touch, rule plan.Rule) bool {
	if rule.Level == plan.AtResource {
		return false
	}
	rule.Level = plan.AtResource
	needs, err := rule.NeedsAt(t.resource)
	if err != nil || len(needs) == 0 {
		return false
	}
	lacks, _ := a.judge(t, rule, needs)
	return len(lacks) == 0
}

func (a *auditor) findBelow(t touch, rule plan.Rule) {
	above := plan.AtLevel(t.resource, rule.Level)
	a.find(Finding{
		Kind: HigherThanDocumented, Severity: Warning, Cluster: t.cluster.Name, Identity: t.holder.Title(), PrincipalID: t.holder.PrincipalID,
		Scope: above.String(), Argument: string(t.Path), Resource: t.cluster.Resource.URN,
		What: fmt.Sprintf("%s of %s has the rights to %s on the resource itself; the documentation asks for them on its resource group.",
			capital(titleOf(t.holder)), t.cluster.Name, rule.Reason),
		Where: report.Short(t.resource.String()),
		Why:   "AKS may look for more than the one resource, and then fails although the right looks granted.",
		Do:    fmt.Sprintf("Assign %s on %s; %s does so.", rule.Role, report.Short(above.String()), argumentOf(t.Path)),
	})
}

func (a *auditor) findMissing(m missing) {
	t := m.touch
	f := Finding{
		Kind: MissingRight, Severity: Error, Cluster: t.cluster.Name, Identity: t.holder.Title(), PrincipalID: t.holder.PrincipalID,
		Scope: m.scope.String(), Actions: m.actions, Argument: string(t.Path), Resource: t.cluster.Resource.URN,
		What:  fmt.Sprintf("%s of %s has no right to %s.", capital(titleOf(t.holder)), t.cluster.Name, strings.Join(m.reasons, ", nor to ")),
		Where: report.Short(m.scope.String()),
		Why:   "What is missing: " + strings.Join(m.actions, ", ") + ".",
		Do:    fmt.Sprintf("Name the resource in %s; or assign %s by the Azure CLI.", argumentOf(t.Path), m.rule.Role),
		Run: fmt.Sprintf("az role assignment create --assignee-object-id %s --assignee-principal-type ServicePrincipal --role %q --scope %s",
			t.holder.PrincipalID, m.rule.Role, m.scope),
	}
	if !a.source.Whole {
		f.Why += " No assignment in this stack gives it; when another stack does, aksid audit --subscription sees it."
	}
	if other := a.otherHolder(m); other != "" {
		f.Why += fmt.Sprintf(" Another principal, %s, holds the role there: az aks create looks only whether anybody does, and then grants nothing.", other)
	}
	a.find(f)
}

// otherHolder is a principal that holds the documented role at just that scope: what the Azure CLI takes for the cluster's own grant.
func (a *auditor) otherHolder(m missing) string {
	for _, place := range a.at[m.scope.Key()] {
		a.steps++
		if g := a.grants[place]; strings.EqualFold(g.RoleName, string(m.rule.Role)) && !strings.EqualFold(g.PrincipalID, m.touch.holder.PrincipalID) {
			return g.PrincipalID
		}
	}
	return ""
}

// delegated are the arguments that VnetDelegation has and the cluster has not.
var delegated = []string{"apiServerSubnetIds"}

// argumentOf names the argument of our component: subnets.nodes of ManagedIdentityCluster.
func argumentOf(path plan.Path) string {
	name, _, _ := strings.Cut(string(path), ".")
	if slices.Contains(delegated, name) {
		return string(path) + " of VnetDelegation"
	}
	return string(path) + " of ManagedIdentityCluster"
}

// judgeVirtualNodes: the add-on names its subnet, and nothing works without one.
func (a *auditor) judgeVirtualNodes(c estate.Cluster, shape plan.Cluster) {
	p := propertiesOf(c.Resource)
	if !shape.Addons.VirtualNode || p.text("addonProfiles", string(plan.VirtualNode), "config", "SubnetName") != "" {
		return
	}
	a.find(Finding{
		Kind: MissingAddonSubnet, Severity: Error, Cluster: c.Name, Identity: "addon-" + string(plan.VirtualNode), Argument: "addons.virtualNode.subnetId",
		What: fmt.Sprintf("The virtual-node add-on of %s is on, and its configuration names no subnet.", c.Name), Where: c.Name,
		Why: "AKS refuses it, or the virtual nodes never start; and no right can be granted on a subnet that nobody names.",
		Do:  "Give addonProfiles.aciConnectorLinux.config.SubnetName; or use addons.virtualNode.subnetId of ManagedIdentityCluster.", Resource: c.Resource.URN,
	})
}
