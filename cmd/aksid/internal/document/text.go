package document

import (
	"cmp"
	"fmt"
	"path"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

// Report is the document of a state as tables for a terminal of that many columns.
func (d Document) Report(width int) string {
	var b strings.Builder
	b.WriteString(d.title() + "\n\n" + count(len(d.Identities), "identity", "identities") + "\n\n")
	if len(d.Identities) > 0 {
		b.WriteString(report.Table(width, []string{"IDENTITY", "MADE BY", "RESOURCE", "PRINCIPAL", "GRANTS"}, d.identityRows()...) + "\n")
	}
	b.WriteString(count(len(d.Grants), "grant", "grants") + "\n\n")
	if len(d.Grants) > 0 {
		b.WriteString(report.Table(width, []string{"IDENTITY", "ROLE", "WHERE", "WHY"}, d.grantRows()...) + "\n")
	}
	d.writeNotes(&b, width)
	return b.String()
}

// Plan is the document of a preview as tables for a terminal of that many columns: one for what is new, and so on.
func (d Document) Plan(width int) string {
	var b strings.Builder
	b.WriteString(d.title() + "\n\n")
	for _, text := range d.Errors {
		b.WriteString(failure(text, width) + "\n")
	}
	if len(d.Errors) == 0 || len(d.Grants) > 0 {
		b.WriteString(d.summary() + "\n\n")
	}
	for _, change := range changes {
		if rows := d.planRows(change); len(rows) > 0 {
			b.WriteString(strings.ToUpper(string(change)) + "\n\n")
			b.WriteString(report.Table(width, []string{"IDENTITY", "ROLE", "WHERE", "WHY", "WHEN"}, rows...) + "\n")
		}
	}
	d.writeNotes(&b, width)
	return b.String()
}

// title is the stack, with its cluster when there is one: then the rows need not name it.
func (d Document) title() string {
	title := cmp.Or(d.Stack, "an empty stack")
	if only := d.onlyCluster(); only != "" {
		title += ", cluster " + only
	}
	return title
}

// onlyCluster is the name of the cluster when there is one only.
func (d Document) onlyCluster() (only string) {
	for _, i := range d.Identities {
		if i.Cluster != "" && only != "" && i.Cluster != only {
			return ""
		}
		only = cmp.Or(i.Cluster, only)
	}
	return only
}

// summary counts what becomes of the grants: 2 new, 1 gone.
func (d Document) summary() string {
	var parts []string
	for _, change := range changes {
		if n := len(d.planRows(change)); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, change))
		}
	}
	if len(parts) == 0 {
		return "No grants."
	}
	return "Grants: " + strings.Join(parts, ", ") + "."
}

func count(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

func (d Document) identityRows() (rows [][]string) {
	for _, i := range d.Identities {
		rows = append(rows, []string{
			d.inCluster(i.Cluster, i.Identity), strings.TrimPrefix(strings.TrimPrefix(i.Origin, "made "), "by "),
			path.Base(dash(report.Short(i.Resource))), dash(report.Short(i.PrincipalID)), fmt.Sprint(i.Grants),
		})
	}
	return rows
}

func (d Document) grantRows() (rows [][]string) {
	for _, g := range d.Grants {
		rows = append(rows, []string{d.inCluster(g.Cluster, g.Identity), g.Role, g.Where, g.why()})
	}
	return rows
}

func (d Document) planRows(change estate.ChangeKind) (rows [][]string) {
	for _, g := range d.Grants {
		if g.Change == string(change) {
			rows = append(rows, []string{d.inCluster(g.Cluster, g.Identity), g.Role, g.Where, g.why(), g.When})
		}
	}
	return rows
}

func (g Grant) why() string { return cmp.Or(g.Reason, "nobody says why") }

// inCluster is the identity with its cluster: shop/control-plane. The cluster is left out when there is no other.
func (d Document) inCluster(cluster, identity string) string {
	if cluster == "" || cluster == d.onlyCluster() {
		return identity
	}
	return cluster + "/" + identity
}

func dash(text string) string { return cmp.Or(text, "-") }

func (d Document) writeNotes(b *strings.Builder, width int) {
	for _, text := range d.Notes {
		b.WriteString(strings.Join(report.Wrap("Note: "+text, width), "\n") + "\n\n")
	}
}

// failure tells why a preview failed: each line of the reason begins a line, with its indent.
func failure(reason string, width int) string {
	var b strings.Builder
	for line := range strings.SplitSeq("The preview failed: "+reason, "\n") {
		text := strings.TrimLeft(line, " \t")
		indent := strings.Repeat(" ", len(line)-len(text))
		for n, part := range report.Wrap(text, width-len(indent)-2) {
			if n > 0 && strings.HasPrefix(text, "- ") {
				part = "  " + part
			}
			b.WriteString(indent + part + "\n")
		}
	}
	return b.String()
}
