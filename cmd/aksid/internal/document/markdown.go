package document

import (
	"fmt"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/report"
)

// Markdown is the document as a page for a pull request or a wiki. One of a preview has a column for what becomes of each grant.
func (d Document) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", cell(d.title()))
	if len(d.Identities) > 0 {
		b.WriteString("\n## Identities\n\n")
		row(&b, "identity", "what for", "origin", "resource", "principal", "grants")
		b.WriteString("|---|---|---|---|---|---|\n")
		for _, i := range d.Identities {
			row(&b, d.inCluster(i.Cluster, i.Identity), i.Use, i.Origin, dash(report.Short(i.Resource)), dash(i.PrincipalID), fmt.Sprint(i.Grants))
		}
	}
	b.WriteString("\n## Grants\n\n")
	d.markdownGrants(&b)
	for _, text := range d.Errors {
		head, items, _ := strings.Cut(text, "\n")
		fmt.Fprintf(&b, "\nThe preview failed: %s\n", cell(head))
		for line := range strings.Lines(items) {
			fmt.Fprintf(&b, "\n- %s\n", cell(strings.TrimPrefix(strings.TrimSpace(line), "- ")))
		}
	}
	for _, text := range d.Notes {
		fmt.Fprintf(&b, "\nNote: %s\n", cell(text))
	}
	return b.String()
}

func (d Document) markdownGrants(b *strings.Builder) {
	if len(d.Grants) == 0 {
		b.WriteString("None.\n")
		return
	}
	head, rule := []string{"identity", "role", "where", "why", "when"}, "|---|---|---|---|---|"
	if d.isPreview() {
		b.WriteString(d.summary() + "\n\n")
		head, rule = append([]string{""}, head...), rule+"---|"
	}
	row(b, head...)
	b.WriteString(rule + "\n")
	for _, g := range d.Grants {
		cells := []string{d.inCluster(g.Cluster, g.Identity), g.Role, g.Where, g.why(), g.When}
		if d.isPreview() {
			cells = append([]string{g.Change}, cells...)
		}
		row(b, cells...)
	}
}

func (d Document) isPreview() bool { return len(d.Grants) > 0 && d.Grants[0].Change != "" }

// row writes one line of a table.
func row(b *strings.Builder, cells ...string) {
	for _, text := range cells {
		b.WriteString("| " + cell(text) + " ")
	}
	b.WriteString("|\n")
}

// cell is a text that breaks no table and is no markup: a bar or a line break would end the cell, a bracket could begin HTML.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\r", " ", "\n", " ", "<", "&lt;", "`", "\\`", "*", `\*`, "[", `\[`, "\\", `\\`).Replace(text)
}
