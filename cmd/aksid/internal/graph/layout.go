package graph

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/goccy/go-graphviz"
)

// Sizes in pixels. Graphviz counts in inches of 72 points; one point is one pixel here.
const (
	pixels = 72
	// TitleSize and SubSize are those of the two lines of a box.
	TitleSize   = 13
	SubSize     = 11
	paddingX    = 12
	boxOneLine  = 30
	boxTwoLines = 44
	margin      = 16
)

// Point is a place in the picture, in pixels from its upper left corner.
type Point struct{ X, Y float64 }

// Box is a node with its place: of the upper left corner.
type Box struct {
	Node
	Point
	Width, Height float64
}

// Curve is an edge with its way: a Bézier curve, the first point and then three for each part.
type Curve struct {
	Edge
	Points []Point
}

// Layout is a graph with its places. Boxes and curves are in the order of nodes and edges.
type Layout struct {
	Title         string
	Width, Height float64
	Boxes         []Box
	Curves        []Curve
	// Arrows tells that the lines lead somewhere, and have a tip.
	Arrows bool
}

// Layout finds a place for everything: identities on the left, resources on the right, with few crossings.
func (g Graph) Layout(ctx context.Context) (Layout, error) {
	l := Layout{Title: g.Title, Curves: make([]Curve, len(g.Edges)), Arrows: g.Flow == Downward}
	for _, n := range g.Nodes {
		l.Boxes = append(l.Boxes, boxOf(n))
	}
	if len(g.Nodes) == 0 {
		l.Width, l.Height = 2*margin, 2*margin
		return l, nil
	}
	plain, err := runDot(ctx, g.dot(l.Boxes))
	if err != nil {
		return Layout{}, fmt.Errorf("laying the graph out: %w", err)
	}
	return l, l.place(g, plain)
}

func boxOf(n Node) Box {
	b := Box{Node: n, Width: TextWidth(n.Title, TitleSize), Height: boxOneLine}
	if n.Sub != "" {
		b.Width, b.Height = max(b.Width, TextWidth(n.Sub, SubSize)), boxTwoLines
	}
	b.Width += 2 * paddingX
	return b
}

// dot is the graph in the language of Graphviz. Texts stay out of it: it gets sizes only.
func (g Graph) dot(boxes []Box) string {
	var b strings.Builder
	way := g.way()
	fmt.Fprintf(&b, "digraph {\nrankdir=%s; ranksep=%s; nodesep=0.18; node [shape=box, fixedsize=true, label=\"\"]; edge [dir=none];\n", way.rankdir, way.apart)
	columns := map[Kind][]string{}
	for place, box := range boxes {
		fmt.Fprintf(&b, "n%d [width=%.4f, height=%.4f];\n", place, box.Width/pixels, box.Height/pixels)
		columns[box.Kind] = append(columns[box.Kind], fmt.Sprintf("n%d", place))
	}
	for _, kind := range []Kind{Identity, Role, Scope} {
		if g.Flow == Columns {
			fmt.Fprintf(&b, "{rank=same; %s}\n", strings.Join(columns[kind], "; "))
		}
	}
	for _, e := range g.Edges {
		fmt.Fprintf(&b, "n%d:%s -> n%d:%s;\n", e.From, way.out, e.To, way.in)
	}
	b.WriteString("}\n")
	return b.String()
}

// way is a flow in the language of Graphviz: the direction, the inches between ranks, and the sides of a box at which lines go out and in.
type way struct{ rankdir, apart, out, in string }

// way of Downward goes up for Graphviz, whose picture is mirrored: see place.
func (g Graph) way() way {
	switch g.Flow {
	case Rightward:
		return way{"LR", "0.5", "e", "w"}
	case Downward:
		return way{"BT", "0.5", "n", "s"}
	default:
		return way{"LR", "1.2", "e", "w"}
	}
}

func runDot(ctx context.Context, dot string) (plain []byte, err error) {
	engine, err := graphviz.New(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = engine.Close() }()
	parsed, err := graphviz.ParseBytes([]byte(dot))
	if err != nil {
		return nil, err
	}
	defer func() { _ = parsed.Close() }()
	var out bytes.Buffer
	err = engine.Render(ctx, parsed, "plain", &out)
	return out.Bytes(), err
}

// place reads what Graphviz calls plain output (graphviz.org/docs/outputs/plain, read 2026-11-26): inches, from the lower left corner. The
// picture is the mirror image of it, so that what comes first is on top.
func (l *Layout) place(g Graph, plain []byte) error {
	edges := map[[2]int][]int{}
	for at, e := range g.Edges {
		edges[[2]int{e.From, e.To}] = append(edges[[2]int{e.From, e.To}], at)
	}
	lines := bufio.NewScanner(bytes.NewReader(plain))
	lines.Buffer(nil, len(plain)+1)
	for lines.Scan() {
		var from, to, n int
		var x, y float64
		line := lines.Text()
		switch {
		case scan(line, "graph 1 %g %g", &x, &y):
			l.Width, l.Height = x*pixels+2*margin, y*pixels+2*margin
		case scan(line, "node n%d %g %g", &n, &x, &y):
			box := &l.Boxes[n]
			box.Point = l.point(x, y)
			box.X, box.Y = box.X-box.Width/2, box.Y-box.Height/2
		case scan(line, "edge n%d n%d %d", &from, &to, &n):
			points, err := l.points(strings.Fields(line)[4:], n)
			if err != nil {
				return err
			}
			for _, at := range edges[[2]int{from, to}] {
				l.Curves[at] = Curve{g.Edges[at], points}
			}
		}
	}
	return lines.Err()
}

func scan(line, format string, into ...any) bool {
	n, err := fmt.Sscanf(line, format, into...)
	return err == nil && n == len(into)
}

func (l *Layout) point(x, y float64) Point {
	return Point{x*pixels + margin, y*pixels + margin}
}

func (l *Layout) points(fields []string, n int) (points []Point, err error) {
	for at := range n {
		var x, y float64
		if 2*at+1 >= len(fields) || !scan(fields[2*at]+" "+fields[2*at+1], "%g %g", &x, &y) {
			return nil, fmt.Errorf("Graphviz wrote an edge that is not one: %v", fields)
		}
		points = append(points, l.point(x, y))
	}
	return points, nil
}
