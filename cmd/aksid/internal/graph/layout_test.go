package graph_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/document"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/exampletest"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/graph"
)

// fortyGrants are two clusters with four identities each, that share some of their resources.
func fortyGrants() document.Document {
	d := document.Document{Stack: "shop/prod"}
	for c := range 2 {
		for i := range 4 {
			identity := fmt.Sprintf("addon-withALongName%d", i)
			cluster := fmt.Sprintf("cluster-%d", c)
			d.Identities = append(d.Identities, document.Identity{Cluster: cluster, Identity: identity, Grants: 5})
			for g := range 5 {
				d.Grants = append(d.Grants, document.Grant{
					Cluster: cluster, Identity: identity, Role: fmt.Sprintf("Private DNS Zone Contributor %d", g%3),
					Where: fmt.Sprintf("network-team-of-the-company/hub-%d/subnet-%d", (g+i)%4, g), Type: "Microsoft.Network/virtualNetworks/subnets",
					Reason: "a <reason> & more",
				})
			}
		}
	}
	return d
}

func layout(t *testing.T, d document.Document) graph.Layout {
	t.Helper()
	l, err := graph.Of(d).Layout(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// faults are what is wrong with a picture: boxes on boxes, texts out of boxes, lines through boxes, and what is outside of the picture.
func faults(l graph.Layout) (found []string) {
	for i, a := range l.Boxes {
		if a.X < 0 || a.Y < 0 || a.X+a.Width > l.Width || a.Y+a.Height > l.Height {
			found = append(found, fmt.Sprintf("%s is outside of the picture", a.Title))
		}
		if widest := max(graph.TextWidth(a.Title, graph.TitleSize), graph.TextWidth(a.Sub, graph.SubSize)); widest > a.Width {
			found = append(found, fmt.Sprintf("%s is wider than its box", a.Title))
		}
		for _, b := range l.Boxes[i+1:] {
			if a.X < b.X+b.Width && b.X < a.X+a.Width && a.Y < b.Y+b.Height && b.Y < a.Y+a.Height {
				found = append(found, fmt.Sprintf("%s overlaps %s", a.Title, b.Title))
			}
		}
	}
	for _, c := range l.Curves {
		found = append(found, crossed(l, c)...)
	}
	return found
}

// crossed are the boxes through which a line goes on its way; it touches the two at its ends.
func crossed(l graph.Layout, c graph.Curve) (found []string) {
	if len(c.Points) < 4 {
		return []string{fmt.Sprintf("the line from %s to %s is not drawn", l.Boxes[c.From].Title, l.Boxes[c.To].Title)}
	}
	for part := 0; part+3 < len(c.Points); part += 3 {
		for step := range 41 {
			p := bezier(c.Points[part:part+4], float64(step)/40)
			for at, b := range l.Boxes {
				if at != c.From && at != c.To && p.X > b.X && p.X < b.X+b.Width && p.Y > b.Y && p.Y < b.Y+b.Height {
					return append(found, fmt.Sprintf("the line from %s to %s goes through %s", l.Boxes[c.From].Title, l.Boxes[c.To].Title, b.Title))
				}
			}
		}
	}
	return found
}

func bezier(p []graph.Point, t float64) graph.Point {
	mix := func(a, b, c, d float64) float64 {
		u := 1 - t
		return u*u*u*a + 3*u*u*t*b + 3*u*t*t*c + t*t*t*d
	}
	return graph.Point{X: mix(p[0].X, p[1].X, p[2].X, p[3].X), Y: mix(p[0].Y, p[1].Y, p[2].Y, p[3].Y)}
}

// TestNothingOverlaps: neither in the picture of an example nor in one of forty grants.
func TestNothingOverlaps(t *testing.T) {
	documents := map[string]document.Document{"forty grants": fortyGrants(), "nothing": {}, "one": {Identities: []document.Identity{{Identity: "kubelet"}}}}
	for _, example := range exampletest.All() {
		e, err := estate.ReadState(bytes.NewReader(exampletest.State(t, example.New(t))))
		if err != nil {
			t.Fatal(err)
		}
		documents[example.Name] = document.OfState(e)
	}
	for name, d := range documents {
		t.Run(name, func(t *testing.T) {
			for _, fault := range faults(layout(t, d)) {
				t.Error(fault)
			}
		})
	}
}

// TestFaultsAreFound: what TestNothingOverlaps looks for it also finds.
func TestFaultsAreFound(t *testing.T) {
	cases := []struct {
		name   string
		reason string
		harm   func(*graph.Layout)
		says   string
	}{
		{"moved", "a box on another one", func(l *graph.Layout) { l.Boxes[1].Point = l.Boxes[0].Point }, "overlaps"},
		{"narrow", "a box that is too small for its text", func(l *graph.Layout) { l.Boxes[0].Width = 40 }, "wider than its box"},
		{"small", "a picture that ends too early", func(l *graph.Layout) { l.Width /= 2 }, "outside of the picture"},
		{"in the way", "a box on a line", func(l *graph.Layout) {
			l.Boxes[0].Point = l.Curves[len(l.Curves)-1].Points[0]
			l.Boxes[0].X++
			l.Boxes[0].Y -= 5
		}, "goes through"},
		{"undrawn", "a grant that nobody sees", func(l *graph.Layout) { l.Curves[0].Points = nil }, "is not drawn"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			l := layout(t, fortyGrants())
			tc.harm(&l)
			if all := strings.Join(faults(l), "\n"); !strings.Contains(all, tc.says) {
				t.Errorf("%s: %q is not among the faults:\n%s", tc.reason, tc.says, all)
			}
		})
	}
}

// TestEachGrantIsDrawn: one box for each identity and each resource, one for each role of an identity, and a line for each grant.
func TestEachGrantIsDrawn(t *testing.T) {
	g := graph.Of(fortyGrants())
	count := map[graph.Kind]int{}
	for _, n := range g.Nodes {
		count[n.Kind]++
	}
	if count[graph.Identity] != 8 || count[graph.Role] != 24 || len(g.Edges) != 24+40 {
		t.Errorf("%v nodes, %d edges", count, len(g.Edges))
	}
}

func TestTheSVGIsXML(t *testing.T) {
	svg := layout(t, fortyGrants()).SVG()
	decoder := xml.NewDecoder(strings.NewReader(svg))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, svg)
		}
	}
	if !strings.Contains(svg, "a &lt;reason&gt; &amp; more") {
		t.Error("a reason is not in the picture as text")
	}
}

func TestMermaidEscapesWhatIsMarkupThere(t *testing.T) {
	d := document.Document{Identities: []document.Identity{{Identity: `a "b" <c> #d`, Origin: "x"}}}
	want := "flowchart LR\n  n0([\"a #quot;b#quot; #lt;c#gt; #35;d<br>x\"])\n"
	if got := graph.Of(d).Mermaid(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
