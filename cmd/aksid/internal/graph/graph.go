// Package graph is the picture of who may do what: identities, the roles that each has, and the resources on which it has them. Graphviz
// lays it out, in the process (github.com/goccy/go-graphviz), and [Layout.SVG] draws it; [Graph.Mermaid] is the same for pages that draw
// themselves.
package graph

import (
	"cmp"
	"path"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/document"
)

// Kind is the column of a node.
type Kind string

// Kinds of nodes, from left to right.
const (
	Identity Kind = "identity"
	Role     Kind = "role"
	Scope    Kind = "scope"
)

// Node is one box.
type Node struct {
	Kind Kind
	// Title is its text, and Sub a smaller line below it.
	Title, Sub string
	// Detail is all of it, for who looks closer.
	Detail string
}

// Edge leads from a node to the next column. Nodes are named by their place.
type Edge struct {
	From, To int
	// Detail is why the grant was made; edges to roles have none.
	Detail string
	// Change is what becomes of the grant, in a preview.
	Change string
}

// Graph is what is drawn. An identity has a box for each of its roles of its own, so that a path is one identity's from left to right.
type Graph struct {
	Title string
	Nodes []Node
	Edges []Edge
	// Flow is the way on which what comes first leads to what follows. Without it the kinds are columns.
	Flow Flow
}

// Flow is a direction of reading.
type Flow string

// Directions.
const (
	Columns   Flow = ""
	Rightward Flow = "rightward"
	Downward  Flow = "downward"
)

// Of is the graph of a document. Identities without a grant are in it, too.
func Of(d document.Document) Graph {
	b := builder{graph: Graph{Title: "Who may do what: " + cmp.Or(d.Stack, "an empty stack")}, nodes: map[string]int{}, edges: map[[2]int]int{}}
	for _, i := range d.Identities {
		b.identity(i.Cluster, i.Identity, i.PrincipalID, i.Origin)
	}
	for _, g := range d.Grants {
		b.grant(g)
	}
	return b.graph
}

type builder struct {
	graph Graph
	nodes map[string]int
	edges map[[2]int]int
}

// node is the place of the node with the key; it is added when there is none.
func (b *builder) node(key string, n Node) int {
	if place, known := b.nodes[key]; known {
		return place
	}
	b.nodes[key] = len(b.graph.Nodes)
	b.graph.Nodes = append(b.graph.Nodes, n)
	return b.nodes[key]
}

func (b *builder) identity(cluster, title, principal, origin string) int {
	sub := cmp.Or(cluster, origin)
	key := strings.Join([]string{"identity", cluster, title, principal}, "|")
	return b.node(key, Node{Identity, title, sub, lines(title, cluster, origin, principal)})
}

func (b *builder) grant(g document.Grant) {
	holder := b.identity(g.Cluster, g.Identity, g.PrincipalID, "")
	detail := lines(append([]string{g.Role}, g.Actions...)...)
	role := b.node(strings.Join([]string{"role", b.graph.Nodes[holder].Detail, g.Role}, "|"), Node{Role, g.Role, "", detail})
	scope := b.node("scope|"+strings.ToLower(cmp.Or(g.Scope, g.Where)), Node{Scope, g.Where, path.Base(cmp.Or(g.Type, g.On, ".")), cmp.Or(g.Scope, g.Where)})
	b.edge(Edge{From: holder, To: role, Change: g.Change})
	b.edge(Edge{From: role, To: scope, Detail: lines(g.Identity+" gets "+g.Role+" on "+g.Where, g.Reason, g.When), Change: g.Change})
}

// edge adds one, or a reason to the one that is there. Of several changes the first is shown.
func (b *builder) edge(e Edge) {
	ends := [2]int{e.From, e.To}
	place, known := b.edges[ends]
	if !known {
		b.edges[ends] = len(b.graph.Edges)
		b.graph.Edges = append(b.graph.Edges, e)
		return
	}
	if was := &b.graph.Edges[place]; e.Detail != "" && e.Detail != was.Detail {
		was.Detail += "\n" + e.Detail
	}
}

func lines(texts ...string) string {
	var told []string
	for _, text := range texts {
		if text != "" {
			told = append(told, text)
		}
	}
	return strings.Join(told, "\n")
}
