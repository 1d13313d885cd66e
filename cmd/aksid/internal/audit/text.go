package audit

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/report"
)

// Text is the report for a terminal of that many columns: one block for each finding, the worst first, then what is covered.
func (r Report) Text(width int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", r.Source, r.summary())
	for _, f := range r.Findings {
		b.WriteString("\n" + f.text(width))
	}
	if len(r.Covered) > 0 {
		fmt.Fprintf(&b, "\nCOVERED: %s\n\n", counted(len(r.Covered), "use"))
		b.WriteString(report.Table(width, []string{"IDENTITY", "USE", "WHERE", "BY"}, r.rows()...))
	}
	for _, text := range r.saved() {
		b.WriteString("\n" + strings.Join(report.Wrap(text, width), "\n") + "\n")
	}
	for _, text := range r.Notes {
		b.WriteString("\n" + strings.Join(report.Wrap("Not judged: "+text, width), "\n") + "\n")
	}
	return b.String()
}

// summary counts the findings: 2 errors, 1 note.
func (r Report) summary() string {
	var parts []string
	for _, s := range severities {
		n := 0
		for _, f := range r.Findings {
			if f.Severity == s {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, counted(n, string(s)))
		}
	}
	if len(parts) == 0 {
		return "nothing to say about " + counted(r.Clusters, "cluster") + "."
	}
	return strings.Join(parts, ", ") + " in " + counted(r.Clusters, "cluster") + "."
}

// text is the block of a finding: what, where, why, what to do.
func (f Finding) text(width int) string {
	const indent = "         "
	var b strings.Builder
	write := func(label, text string) {
		for n, line := range report.Wrap(text, width-len(indent)) {
			if n > 0 {
				label = ""
			}
			fmt.Fprintf(&b, "%-*s%s\n", len(indent), label, line)
		}
	}
	write(strings.ToUpper(string(f.Severity)), f.What)
	if f.Where != "" {
		write("  where", f.Where)
	}
	write("  why", f.Why)
	write("  do", f.Do)
	if f.Run != "" {
		fmt.Fprintf(&b, "%-*s%s\n", len(indent), "  run", f.Run) // in one line, so that it can be copied
	}
	write("  rule", string(f.Kind))
	return b.String()
}

func (r Report) rows() (rows [][]string) {
	for _, c := range r.Covered {
		rows = append(rows, []string{c.Cluster + "/" + c.Identity, c.Use, report.Short(c.Scope), strings.Join(c.By, ", ")})
	}
	return rows
}

// saved tells what generated roles would save, each once.
func (r Report) saved() (lines []string) {
	for _, c := range r.Covered {
		if c.Saves != "" {
			lines = union(lines, []string{capital(c.Use) + ": " + c.Saves + "."})
		}
	}
	return lines
}

// JSON is the report, indented, with a newline at its end.
func (r Report) JSON() string {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		panic("audit: " + err.Error()) // texts and numbers always have a JSON form
	}
	return string(text) + "\n"
}

// Markdown is the report for a pull request.
func (r Report) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Audit of %s\n\n%s\n", escaped(r.Source), escaped(capital(r.summary())))
	if len(r.Findings) > 0 {
		b.WriteString("\n| | what | where | why | do |\n|---|---|---|---|---|\n")
		for _, f := range r.Findings {
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", f.Severity, escaped(f.What), escaped(f.Where), escaped(f.Why), f.markdownDo())
		}
	}
	if len(r.Covered) > 0 {
		b.WriteString("\n## Covered\n\n| identity | use | where | by |\n|---|---|---|---|\n")
		for _, row := range r.rows() {
			for _, text := range row {
				fmt.Fprintf(&b, "| %s ", escaped(text))
			}
			b.WriteString("|\n")
		}
	}
	for _, text := range r.Notes {
		fmt.Fprintf(&b, "\nNot judged: %s\n", escaped(text))
	}
	return b.String()
}

func (f Finding) markdownDo() string {
	if f.Run == "" {
		return escaped(f.Do)
	}
	return escaped(f.Do) + " `" + strings.NewReplacer("`", "", "|", `\|`, "\n", " ").Replace(f.Run) + "`"
}

// escaped is a text that breaks no table and is no markup.
func escaped(text string) string {
	return strings.NewReplacer("\\", `\\`, "|", `\|`, "\r", " ", "\n", " ", "<", "&lt;", "`", "\\`", "*", `\*`, "[", `\[`, "_", `\_`).Replace(text)
}
