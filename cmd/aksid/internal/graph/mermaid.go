package graph

import (
	"fmt"
	"strings"
)

// Mermaid is the graph as a flowchart for pages that draw Mermaid, as GitHub's.
func (g Graph) Mermaid() string {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	for place, n := range g.Nodes {
		text := quoted(n.Title)
		if n.Sub != "" {
			text += "<br>" + quoted(n.Sub)
		}
		shape := map[Kind]string{Identity: "n%d([\"%s\"])\n", Role: "n%d{{\"%s\"}}\n", Scope: "n%d[\"%s\"]\n"}[n.Kind]
		fmt.Fprintf(&b, "  "+shape, place, text)
	}
	for _, e := range g.Edges {
		arrow := "-->"
		if e.Change == "gone" {
			arrow = "-.->"
		}
		fmt.Fprintf(&b, "  n%d %s n%d\n", e.From, arrow, e.To)
	}
	return b.String()
}

// quoted is a text within quotation marks: Mermaid knows the entities of HTML, with # for &.
func quoted(text string) string {
	return strings.NewReplacer(`"`, "#quot;", "<", "#lt;", ">", "#gt;", "#", "#35;", "`", "#96;", "\n", " ").Replace(text)
}
