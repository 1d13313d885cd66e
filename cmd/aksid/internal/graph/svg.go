package graph

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// Style is how the picture looks, in light and in dark. A page that holds it may set the colours on its own root.
const Style = `
.aksid { --ground: #ffffff; --ink: #1b1f24; --quiet: #59636e; --line: #8c959f; --identity: #ddf4ff; --role: #fff8c5; --scope: #dafbe1; --edge: #8c959f; --strong: #0969da; --gone: #cf222e; }
@media (prefers-color-scheme: dark) { .aksid { --ground: #0d1117; --ink: #e6edf3; --quiet: #9198a1; --line: #656c76; --identity: #12304f; --role: #3d2f08; --scope: #10331d; --edge: #656c76; --strong: #58a6ff; --gone: #ff7b72; } }
.aksid text { font-family: Helvetica, Arial, sans-serif; fill: var(--ink); }
.aksid .title { font-size: 13px; }
.aksid .sub { font-size: 11px; fill: var(--quiet); }
.aksid rect { stroke: var(--line); }
.aksid .ground { fill: var(--ground); stroke: none; }
.aksid .identity rect { fill: var(--identity); }
.aksid .role rect { fill: var(--role); }
.aksid .scope rect { fill: var(--scope); }
.aksid .edge path { fill: none; stroke: var(--edge); stroke-width: 1.4; }
.aksid .edge.new path { stroke: var(--strong); }
.aksid .edge.gone path { stroke: var(--gone); stroke-dasharray: 5 4; }
.aksid .faint { opacity: 0.15; }
.aksid .lit path { stroke: var(--strong); stroke-width: 2.4; }
`

// arrows give each line a tip.
const arrows = `<style>.aksid marker path { fill: var(--edge); } .aksid .edge path { marker-end: url(#tip); }</style>
<marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0 8 4 0 8z"/></marker>
`

// SVG is the picture as a file of its own: it looks light or dark as its reader likes, and each box and each line tells more when the
// mouse rests on it.
func (l Layout) SVG() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="aksid" role="img" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f">`+"\n",
		l.Width, l.Height, l.Width, l.Height)
	fmt.Fprintf(&b, "<title>%s</title>\n<style>%s</style>\n", escape(l.Title), Style)
	fmt.Fprintf(&b, "<rect class=\"ground\" width=\"%.0f\" height=\"%.0f\"/>\n", l.Width, l.Height)
	if l.Arrows {
		b.WriteString(arrows)
	}
	for _, c := range l.Curves {
		c.write(&b)
	}
	for place, box := range l.Boxes {
		box.write(&b, place)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func (c Curve) write(b *strings.Builder) {
	if len(c.Points) == 0 {
		return
	}
	fmt.Fprintf(b, `<g class="edge %s" data-from="n%d" data-to="n%d"><title>%s</title><path d="M%.1f %.1f C`, escape(c.Change), c.From, c.To,
		escape(c.Detail), c.Points[0].X, c.Points[0].Y)
	for _, p := range c.Points[1:] {
		fmt.Fprintf(b, " %.1f %.1f", p.X, p.Y)
	}
	b.WriteString("\"/></g>\n")
}

func (box Box) write(b *strings.Builder, place int) {
	fmt.Fprintf(b, `<g class="node %s" id="n%d"><title>%s</title><rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="6"/>`,
		box.Kind, place, escape(box.Detail), box.X, box.Y, box.Width, box.Height)
	middle := box.X + box.Width/2
	line := func(class, text string, y float64) {
		fmt.Fprintf(b, `<text class="%s" text-anchor="middle" x="%.1f" y="%.1f">%s</text>`, class, middle, y, escape(text))
	}
	if box.Sub == "" {
		line("title", box.Title, box.Y+box.Height/2+TitleSize*0.35)
	} else {
		line("title", box.Title, box.Y+18)
		line("sub", box.Sub, box.Y+34)
	}
	b.WriteString("</g>\n")
}

// escape is a text within XML, in an attribute or outside.
func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder takes everything
	return b.String()
}
