package report_test

import (
	"encoding/json"
	"flag"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/report"
	"github.com/aksidentity/pulumi-aksidentity/tests/golden"
)

var update = flag.Bool("update", false, "rewrite docs/grants.md and the golden files of this package")

// again is how the files are written.
const again = "go test ./report -update"

func TestGrantTableIsTheDocumentation(t *testing.T) {
	table, err := report.GrantTable()
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, filepath.Join("..", "docs", "grants.md"), table, *update, again)
	for _, use := range plan.Uses() {
		if !strings.Contains(table, "| "+string(use)+" |") {
			t.Errorf("the use %q is not in the table", use)
		}
	}
}

// everyKind is a plan with something of everything.
func everyKind() plan.Plan {
	return plan.ForCluster(plan.Cluster{
		Identity:   plan.ClusterIdentity{Type: plan.UserAssigned},
		Subnets:    map[string]plan.Value[string]{"nodes": plan.Late[string]()},
		SystemPool: plan.Pool{Subnet: "nodes"},
		APIServer:  plan.APIServer{Public: true},
		Strategy:   plan.CustomRoles,
		Mentions: plan.Each(plan.Registry, "registryIds", map[string]plan.Value[string]{
			"shared": plan.Known("/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/r/providers/Microsoft.ContainerRegistry/registries/shared"),
		}),
	})
}

func TestForms(t *testing.T) {
	p := everyKind()
	p.Notes = []string{"a note"}
	wrong := p
	wrong.Problems = plan.Problems{{Path: "systemPool.name", What: "it is missing.", Fix: "give one.", Code: "InvalidParameter"}}
	for file, got := range map[string]string{
		"plan.golden.txt": report.Plan(p), "plan.golden.md": report.Markdown(p), "plan.golden.json": report.JSON(p),
		"problems.golden.txt": report.Plan(wrong), "problems.golden.md": report.Markdown(wrong), "problems.golden.json": report.JSON(wrong),
		"empty.golden.txt": report.Plan(plan.Plan{}), "empty.golden.md": report.Markdown(plan.Plan{}), "empty.golden.json": report.JSON(plan.Plan{}),
	} {
		golden.Compare(t, filepath.Join("testdata", file), got, *update, again)
	}
}

func TestJSONIsADocument(t *testing.T) {
	p := everyKind()
	var got report.Document
	decoder := json.NewDecoder(strings.NewReader(report.JSON(p)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(report.DocumentOf(p), got); diff != "" {
		t.Errorf("what JSON says is not what the plan says (-want +got):\n%s", diff)
	}
}

// TestMarkdownKeepsItsTable: what users write may hold a bar or a line break.
func TestMarkdownKeepsItsTable(t *testing.T) {
	page := report.Markdown(plan.Plan{Problems: plan.Problems{{Path: "x", What: "a|b\nc", Fix: "d"}}})
	if !strings.Contains(page, `| a\|b c |`) {
		t.Errorf("the row is broken:\n%s", page)
	}
}
