package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// judgeNodeGroup looks at an assignment in a node resource group. AKS makes the control plane Contributor there, and leaves it so when the
// cluster changes to another identity (Azure/AKS#4610, hashicorp/terraform-provider-azurerm#30942, read 2026-11-26).
func (a *auditor) judgeNodeGroup(g grant) {
	cluster, found := a.clusterOfNodes(g.Scope)
	if !found || isPerson(g) || isOurs(g.Assignment) || a.isPartOf(g, cluster) {
		return
	}
	gone := a.source.Gone[strings.ToLower(g.PrincipalID)]
	switch {
	case isWhatAKSGives(g) && gone:
		a.findFormerOnNodes(g, cluster, Warning, "which is not in the directory any more")
	case isWhatAKSGives(g):
		a.judgeFormerOnNodes(g, cluster)
	case gone:
		a.findLost(g, Warning, noPrincipal)
	}
}

// isWhatAKSGives tells whether the assignment is like that of a control plane.
func isWhatAKSGives(g grant) bool {
	return g.Scope.Equal(groupOf(g.Scope)) && strings.EqualFold(g.RoleName, string(rbac.Contributor))
}

// judgeFormerOnNodes looks at one whose holder is there, and is no part of the cluster.
func (a *auditor) judgeFormerOnNodes(g grant, cluster estate.Cluster) {
	identity, made := a.identityOf(g)
	switch {
	case made && (identity.Kind == estate.Workload || len(identity.Subjects) > 0):
	case made && a.isUnused(identity):
		a.findFormerOnNodes(g, cluster, Warning, "the identity "+nameOf(identity)+", which nothing uses")
	case made:
		a.findFormerOnNodes(g, cluster, Note, "the identity "+nameOf(identity)+", which is no part of the cluster")
	case a.source.Whole:
		a.findFormerOnNodes(g, cluster, Note, "which is no part of the cluster")
	}
}

// groupOf is the resource group in which the scope lies; the zero scope when it lies in none.
func groupOf(scope rbac.Scope) rbac.Scope {
	group, _ := scope.ResourceGroupScope()
	return group
}

func (a *auditor) clusterOfNodes(scope rbac.Scope) (estate.Cluster, bool) {
	at := slices.IndexFunc(a.Clusters, func(c estate.Cluster) bool { return nodeGroupOf(c) == groupOf(scope).Key() })
	if at < 0 {
		return estate.Cluster{}, false
	}
	return a.Clusters[at], true
}

// isPartOf is true in case of doubt: of a cluster whose control plane is not known, and of an assignment whose principal is not.
func (a *auditor) isPartOf(g grant, c estate.Cluster) bool {
	return g.PrincipalID == "" || slices.ContainsFunc(a.members[c.Name], func(i estate.Identity) bool {
		return strings.EqualFold(i.PrincipalID, g.PrincipalID) || i.Kind == estate.ControlPlane && i.PrincipalID == ""
	})
}

// identityOf is the identity of the source that holds the assignment.
func (a *auditor) identityOf(g grant) (estate.Identity, bool) {
	for _, i := range a.HoldersOf(g.Assignment) {
		if i.URN != "" || i.Cluster != "" {
			return i, true
		}
	}
	return estate.Identity{}, false
}

func (a *auditor) findFormerOnNodes(g grant, c estate.Cluster, severity Severity, who string) {
	f := about(FormerOnNodes, severity, g, estate.Identity{Kind: estate.Other, Name: "principal", Cluster: c.Name})
	if holder, made := a.identityOf(g); made {
		f.Identity = nameOf(holder)
	}
	f.What = fmt.Sprintf("%s on the node resource group of %s is held by %s, %s.", g.RoleName, c.Name, g.PrincipalID, who)
	f.Why = "AKS gives the control plane that role, and leaves it with the former identity when the cluster changes to another one"
	if a.source.Gone[strings.ToLower(g.PrincipalID)] {
		f.Why += ". Nobody can act as it any more; the assignment counts towards the limit of 4000 in a subscription."
	} else {
		f.Why += ": whoever acts as the former one can still change nodes, disks and load balancers."
	}
	f.Do = "Remove it" + removal(g) + "."
	if severity == Note {
		f.Why += " It is right when somebody gave it the role on purpose."
		f.Do = "Unless somebody gave it the role on purpose, remove it" + removal(g) + "."
	}
	f.Run = removing(g)
	a.find(f)
}
