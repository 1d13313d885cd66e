package pictures

import (
	"bytes"
	"flag"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/document"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/exampletest"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/graph"
	"github.com/aksidentity/pulumi-aksidentity/tests/golden"
)

var update = flag.Bool("update", false, "draw the pictures of docs/pictures again")

// deployed is what an example deploys in the simulated Azure.
func deployed(t *testing.T, name string) *estate.Estate {
	t.Helper()
	for _, example := range exampletest.All() {
		if example.Name != name {
			continue
		}
		e, err := estate.ReadState(bytes.NewReader(exampletest.State(t, example.New(t))))
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	t.Fatalf("there is no example %s", name)
	return nil
}

// TestThePicturesShowWhatIsDeployed: each file of docs/pictures is what its example deploys today.
func TestThePicturesShowWhatIsDeployed(t *testing.T) {
	cases := []struct {
		file   string
		reason string
		graph  func(t *testing.T) graph.Graph
	}{
		{"identities", "the example with most identities shows who has which role where", func(t *testing.T) graph.Graph {
			return graph.Of(document.OfState(deployed(t, "addons")))
		}},
		{"order", "a cluster with grants before and after it shows the order", func(t *testing.T) graph.Graph {
			return Order(deployed(t, "outside"), "myManagedCluster")
		}},
		{"scopes", "roles on a subnet, on resources and on a group show how wide a scope is", func(t *testing.T) graph.Graph {
			return Scopes(deployed(t, "outside"))
		}},
	}
	for _, tc := range cases {
		t.Run(tc.file, func(t *testing.T) {
			layout, err := tc.graph(t).Layout(t.Context())
			if err != nil {
				t.Fatalf("%s: %v", tc.reason, err)
			}
			golden.Compare(t, "../../../../docs/pictures/"+tc.file+".svg", layout.SVG(), *update, "(cd cmd/aksid && go test ./internal/pictures -update)")
		})
	}
}

// backwards are the lines that do not lead where the flow does.
func backwards(l graph.Layout, flow graph.Flow) (found []string) {
	for _, c := range l.Curves {
		from, to := l.Boxes[c.From], l.Boxes[c.To]
		down, right := from.Y+from.Height <= to.Y, from.X+from.Width <= to.X
		if flow == graph.Downward && !down || flow == graph.Rightward && !right {
			found = append(found, from.Title+" comes after "+to.Title)
		}
	}
	return found
}

// TestWhatComesFirstIsDrawnFirst: each picture is read from its beginning to its end.
func TestWhatComesFirstIsDrawnFirst(t *testing.T) {
	e := deployed(t, "outside")
	for _, g := range []graph.Graph{Order(e, "myManagedCluster"), Scopes(e)} {
		layout, err := g.Layout(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(layout.Curves) < 7 {
			t.Errorf("%s has %d lines only", g.Title, len(layout.Curves))
		}
		for _, problem := range backwards(layout, g.Flow) {
			t.Error(problem)
		}
		other := map[graph.Flow]graph.Flow{graph.Downward: graph.Rightward, graph.Rightward: graph.Downward}[g.Flow]
		if len(backwards(layout, other)) == 0 {
			t.Errorf("%s leads both ways, so this test checks nothing", g.Title)
		}
	}
}

// TestAClusterWithoutLateGrantsIsReadyAtOnce: the outputs wait for the cluster itself then.
func TestAClusterWithoutLateGrantsIsReadyAtOnce(t *testing.T) {
	g := Order(deployed(t, "existing-network"), "shop")
	for _, e := range g.Edges {
		if g.Nodes[e.From].Sub == "the cluster" && g.Nodes[e.To].Title == "ready, kubeconfig" {
			return
		}
	}
	t.Errorf("no line leads from the cluster to its outputs: %+v", g.Edges)
}
