// Package pictures draws what the concepts of the documentation explain, from what an example really deploys: the order in which it is made,
// and the scopes on which roles are held. [graph.Of] draws who may do what. The files are docs/pictures; the tests hold them fresh.
package pictures

import (
	"slices"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/graph"
)

// Order is what is made before the cluster of an estate, and what after it: identities of one's own, their grants, the cluster, the
// identities that AKS makes with it, the grants of these, and the outputs that wait for them.
func Order(e *estate.Estate, cluster string) graph.Graph {
	o := order{Graph: graph.Graph{Title: "What comes before what: " + cluster, Flow: graph.Downward}}
	made := o.add(graph.Node{Kind: graph.Scope, Title: cluster, Sub: "the cluster"})
	ready := o.add(graph.Node{Kind: graph.Scope, Title: "ready, kubeconfig", Sub: "outputs of the component"})
	late := false
	for _, i := range e.Identities {
		held := e.AssignmentsOf(i)
		before := slices.ContainsFunc(held, isBefore)
		if i.Cluster != cluster || len(held) == 0 {
			continue
		}
		identity := o.identity(i)
		if !before {
			o.join(made, identity)
		}
		for _, a := range held {
			o.grant(a, identity, made, ready)
			late = late || !isBefore(a)
		}
	}
	if !late {
		o.join(made, ready)
	}
	return o.Graph
}

func isBefore(a estate.Assignment) bool { return a.Phase == estate.BeforeCluster }

type order struct{ graph.Graph }

func (o *order) add(n graph.Node) int {
	o.Nodes = append(o.Nodes, n)
	return len(o.Nodes) - 1
}

func (o *order) join(from, to int) {
	o.Edges = append(o.Edges, graph.Edge{From: from, To: to})
}

func (o *order) identity(i estate.Identity) int {
	return o.add(graph.Node{Kind: graph.Identity, Title: i.Title(), Sub: string(i.Origin)})
}

// grant leads from the identity to the cluster, which waits for it, or to the outputs that do.
func (o *order) grant(a estate.Assignment, identity, cluster, ready int) {
	role := o.add(graph.Node{Kind: graph.Role, Title: a.RoleName, Sub: "on " + a.Scope.Name() + " (" + levelOf(a.Scope) + ")", Detail: a.Reason})
	o.join(identity, role)
	if isBefore(a) {
		o.join(role, cluster)
	} else {
		o.join(role, ready)
	}
}
