package report

import (
	"fmt"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// Plan is a plan as text: problems first, then the identities, then the grants in the order in which they have to exist.
// It ends with a newline, and equal plans give equal texts. A plan with problems is not carried out, so nothing else is
// shown of it.
func Plan(p plan.Plan) string {
	var b strings.Builder
	if len(p.Problems) > 0 {
		textProblems(&b, p.Problems)
		return b.String()
	}
	textIdentities(&b, p.Identities)
	for _, phase := range phases() {
		textGrants(&b, phase, p.GrantsIn(phase))
	}
	if len(p.Grants) == 0 {
		b.WriteString("no grants\n")
	}
	for _, note := range p.Notes {
		fmt.Fprintf(&b, "note: %s\n", note)
	}
	for _, warning := range p.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", warning)
	}
	return b.String()
}

// phases in the order of a deployment.
func phases() []plan.Phase {
	return []plan.Phase{plan.BeforeCluster, plan.AfterCluster, plan.BeforeUse}
}

func textProblems(b *strings.Builder, problems plan.Problems) {
	fmt.Fprintf(b, "problems: %d\n", len(problems))
	for _, p := range problems {
		fmt.Fprintf(b, "  %s\n", p)
	}
	b.WriteString("nothing is created before they are solved\n")
}

func textIdentities(b *strings.Builder, identities []plan.PlannedIdentity) {
	if len(identities) == 0 {
		return
	}
	b.WriteString("identities\n")
	for _, i := range identities {
		fmt.Fprintf(b, "  %s: %s; %s\n", i.Identity, i.Source, i.Reason)
	}
	b.WriteString("\n")
}

func textGrants(b *strings.Builder, phase plan.Phase, grants []plan.Grant) {
	if len(grants) == 0 {
		return
	}
	fmt.Fprintf(b, "grants %s: %d\n", phase, len(grants))
	for _, g := range grants {
		fmt.Fprintf(b, "  %s gets %s on %s\n", g.Identity, g.Role.Name, where(g.Scope))
		for _, reason := range g.Reasons {
			fmt.Fprintf(b, "    to      %s\n", reason)
		}
		if g.Role.IsCustom() {
			for _, action := range actionsOf(g.Role) {
				fmt.Fprintf(b, "    action  %s\n", action)
			}
		}
		for _, source := range g.Sources {
			fmt.Fprintf(b, "    source  %s\n", source)
		}
		fmt.Fprintf(b, "    name    %s\n", g.Name)
	}
	b.WriteString("\n")
}

// where is the scope as the arguments name it, with the ID when it is known.
func where(s plan.ScopeRef) string {
	if s.Scope.IsZero() {
		return s.String() + " (ID known later)"
	}
	return s.String() + " = " + s.Scope.String()
}

// actionsOf a generated role, data actions marked.
func actionsOf(role plan.Role) []string {
	actions := append([]string(nil), role.Permissions.Actions...)
	for _, action := range role.Permissions.DataActions {
		actions = append(actions, action+" (data)")
	}
	return actions
}
