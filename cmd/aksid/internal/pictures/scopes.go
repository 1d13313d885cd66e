package pictures

import (
	"path"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/graph"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Scopes is what lies in what, from the subscription down to each scope on which a role is held, and there the roles with their holders.
func Scopes(e *estate.Estate) graph.Graph {
	s := scopes{graph.Graph{Title: "On which scopes roles are held: " + e.Name, Flow: graph.Rightward}, map[string]int{}}
	for _, i := range e.Identities {
		for _, a := range e.AssignmentsOf(i) {
			on := s.scope(a.Scope)
			s.Nodes = append(s.Nodes, graph.Node{Kind: graph.Role, Title: a.RoleName, Sub: i.Title(), Detail: a.Reason})
			s.Edges = append(s.Edges, graph.Edge{From: on, To: len(s.Nodes) - 1, Detail: a.Reason})
		}
	}
	return s.Graph
}

type scopes struct {
	graph.Graph
	places map[string]int
}

// scope is the place of the scope, which lies in that of its parent. What is above subscriptions is not drawn.
func (s *scopes) scope(scope rbac.Scope) int {
	if place, known := s.places[scope.Key()]; known {
		return place
	}
	parent := -1
	if around, ok := scope.Parent(); ok && around.SubscriptionID() != "" {
		parent = s.scope(around)
	}
	place := len(s.Nodes)
	s.places[scope.Key()] = place
	s.Nodes = append(s.Nodes, scopeNode(scope))
	if parent >= 0 {
		s.Edges = append(s.Edges, graph.Edge{From: parent, To: place})
	}
	return place
}

func scopeNode(scope rbac.Scope) graph.Node {
	if scope.Kind() == rbac.Subscription {
		return graph.Node{Kind: graph.Scope, Title: levelOf(scope), Detail: scope.String()}
	}
	return graph.Node{Kind: graph.Scope, Title: scope.Name(), Sub: levelOf(scope), Detail: scope.String()}
}

// levelOf is the last word of a resource's type, as subnets, or the level above resources, as resource group.
func levelOf(scope rbac.Scope) string {
	if scope.Kind() == rbac.Resource {
		return path.Base(scope.ResourceType())
	}
	return scope.Kind().String()
}
