package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

// judgeIdentities tells user-assigned identities that nothing uses.
func (a *auditor) judgeIdentities() {
	for _, i := range a.Identities {
		if a.isUnused(i) {
			a.find(a.unused(i))
		}
	}
}

// isUnused tells that the identity is one that the source has, and that nothing acts as it.
func (a *auditor) isUnused(i estate.Identity) bool {
	if a.uses == nil {
		a.uses = &usage{urns: a.usedURNs(), shown: a.shown()}
	}
	return i.Cluster == "" && a.byURN[i.URN].Is("managedidentity", "UserAssignedIdentity") && i.Kind != estate.Workload && len(i.Subjects) == 0 &&
		!a.uses.urns[i.URN] && !a.source.Attached[strings.ToLower(i.ResourceID)] && !mentions(a.uses.shown, i)
}

// usage is the places where identities are used, looked up once: URNs on which something leans, and texts that the stack shows.
type usage struct {
	urns  map[string]bool
	shown []string
}

func (a *auditor) unused(i estate.Identity) Finding {
	held := a.AssignmentsOf(i)
	f := Finding{
		Kind: UnusedIdentity, Severity: Warning, Identity: nameOf(i), PrincipalID: i.PrincipalID, Scope: i.ResourceID, Resource: i.URN,
		Where: report.Short(i.ResourceID), What: fmt.Sprintf("Nothing uses the identity %s.", report.Short(i.ResourceID)),
		Why: "No cluster and no other resource has it, and no federated credential lets a pod act as it.",
		Do:  "Delete it, or give it to what should use it; a pod needs a federated credential (WorkloadIdentity).",
	}
	if !a.source.Whole && len(a.Clusters) > 0 && i.PrincipalID != "" {
		f.Do += " If a cluster had it before, AKS has left it Contributor on the node resource group, which no state shows: the command below tells " +
			"what it holds, and aksid audit --subscription names what is left behind."
		f.Run = "az role assignment list --assignee " + i.PrincipalID + " --all --output table"
	}
	if len(held) > 0 {
		f.What = fmt.Sprintf("Nothing uses the identity %s, and it holds %s.", report.Short(i.ResourceID), counted(len(held), "role"))
	}
	return f
}

// nameOf is its name in Azure; one that has no ID yet has that of the program.
func nameOf(i estate.Identity) string {
	if scope, err := rbac.ParseScope(i.ResourceID); err == nil {
		return scope.Name()
	}
	return i.Title()
}

// usedURNs are the resources on which something leans that is no role assignment and no component.
func (a *auditor) usedURNs() map[string]bool {
	used := map[string]bool{}
	for _, r := range a.Resources {
		if r.Custom && !r.Deleting && !r.Is("authorization", "RoleAssignment") {
			for _, urn := range r.Dependencies {
				used[urn] = true
			}
		}
	}
	return used
}

// shown are the texts in the outputs of the stack: what another stack can use.
func (a *auditor) shown() []string {
	var texts []string
	for _, r := range a.Resources {
		if r.Type == "pulumi:pulumi:Stack" {
			walk(r.Outputs, "", func(_, text string) { texts = append(texts, strings.ToLower(text)) })
		}
	}
	return texts
}

func mentions(texts []string, i estate.Identity) bool {
	return slices.ContainsFunc([]string{i.ResourceID, i.PrincipalID, i.ClientID}, func(id string) bool {
		return id != "" && slices.Contains(texts, strings.ToLower(id))
	})
}
