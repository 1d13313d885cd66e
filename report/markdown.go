package report

import (
	"fmt"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// Markdown is a plan as a page for a pull request or a wiki: a table for each phase. It ends with a newline. A plan with
// problems is not carried out, so nothing else is shown of it.
func Markdown(p plan.Plan) string {
	var b strings.Builder
	if len(p.Problems) > 0 {
		b.WriteString("## Problems\n\n| argument | what is wrong | what to do | Azure's code |\n|---|---|---|---|\n")
		for _, problem := range p.Problems {
			row(&b, "`"+string(problem.Path)+"`", problem.What, problem.Fix, orDash(problem.Code))
		}
		b.WriteString("\nNothing is created before they are solved.\n")
		return b.String()
	}
	if len(p.Identities) > 0 {
		b.WriteString("## Identities\n\n| identity | origin | why it exists |\n|---|---|---|\n")
		for _, i := range p.Identities {
			row(&b, i.String(), string(i.Source), i.Reason)
		}
		b.WriteString("\n")
	}
	b.WriteString("## Grants\n")
	if len(p.Grants) == 0 {
		b.WriteString("\nNone.\n")
	}
	for _, phase := range phases() {
		markdownGrants(&b, phase, p.GrantsIn(phase))
	}
	for _, note := range p.Notes {
		fmt.Fprintf(&b, "\nNote: %s\n", note)
	}
	for _, warning := range p.Warnings {
		fmt.Fprintf(&b, "\nWarning: %s\n", warning)
	}
	return b.String()
}

func markdownGrants(b *strings.Builder, phase plan.Phase, grants []plan.Grant) {
	if len(grants) == 0 {
		return
	}
	fmt.Fprintf(b, "\n### %s\n\n| identity | role | scope | to | source |\n|---|---|---|---|---|\n", capital(string(phase)))
	for _, g := range grants {
		role := g.Role.Name
		if g.Role.IsCustom() {
			role += ": " + strings.Join(actionsOf(g.Role), ", ")
		}
		row(b, g.Identity.String(), role, where(g.Scope), strings.Join(g.Reasons, "; "), strings.Join(g.Sources, "; "))
	}
}

// row writes one line of a table. A bar or a line break inside a cell would end it.
func row(b *strings.Builder, cells ...string) {
	for _, cell := range cells {
		cell = strings.NewReplacer("|", `\|`, "\r", " ", "\n", " ").Replace(cell)
		b.WriteString("| " + cell + " ")
	}
	b.WriteString("|\n")
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// capital makes the first letter of a phrase of ours a capital.
func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
