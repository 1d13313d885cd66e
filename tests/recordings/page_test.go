package recordings

import (
	"flag"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/tests/golden"
)

var update = flag.Bool("update", false, "rewrite docs/cli-comparison.md")

// TestComparison deploys every situation, holds our grants against the CLI's, and writes down what it saw.
func TestComparison(t *testing.T) {
	var p page
	for _, s := range situations() {
		if !s.deploys() {
			continue
		}
		r, o := load(t, s.recording), s.mustRun(t)
		p.grants = append(p.grants, compareGrants(t, s, r.grants(), o.grants)...)
		p.made = append(p.made, compareMade(t, s, r, o)...)
		if s.stops != nil {
			p.addStop(s, adviceOf(o.up))
		}
	}
	p.rejections = rejectionRows(t)
	golden.Compare(t, "../../docs/cli-comparison.md", p.String(), *update, "go test ./tests/recordings -update")
}

// compareMade looks at what the CLI makes besides the cluster and role assignments: do we make one of its kind?
func compareMade(t *testing.T, s situation, r recording, o outcome) []row {
	t.Helper()
	var rows []row
	for _, q := range r.puts() {
		if isCluster(q.Path) {
			continue
		}
		scope := rbac.MustParseScope(q.Path)
		ours := madeOfType(o.w, scope.ResourceType())
		verdict := "ours is made too"
		if ours == "nothing" {
			t.Errorf("%s: the CLI makes %s, we make nothing of the kind", s.name(), q.Path)
			verdict = "we do not make it"
		}
		rows = append(rows, row{situation: s.name(), theirs: scope.ResourceType() + " " + scope.Name(), ours: ours, verdict: verdict})
	}
	return rows
}

// madeUp is the end of a name that Pulumi makes up.
var madeUp = regexp.MustCompile("[0-9a-f]{8}$")

// madeOfType names the resources of a type that our deployment made.
func madeOfType(w *world, resourceType string) string {
	var found []string
	for _, r := range w.cloud.Resources() {
		if !r.Seeded && strings.EqualFold(r.Type, resourceType) {
			found = append(found, r.Type+" "+madeUp.ReplaceAllString(rbac.MustParseScope(r.ID).Name(), "*"))
		}
	}
	if len(found) == 0 {
		return "nothing"
	}
	return strings.Join(found, ", ")
}

// page is docs/cli-comparison.md.
type page struct {
	grants, made, stops []row
	rejections          [][]string
}

// addStop puts situations that stop alike into one line.
func (p *page) addStop(s situation, advice string) {
	if advice == "" {
		advice = "none"
	}
	for i := range p.stops {
		if p.stops[i].ours == advice && p.stops[i].verdict == s.stops.says {
			p.stops[i].situation += ", " + s.name()
			return
		}
	}
	p.stops = append(p.stops, row{situation: s.name(), ours: advice, verdict: s.stops.says})
}

const introduction = `# What the Azure CLI does, and what we do

The recordings are of ` + "`az`" + ` 2.45.0 (August 2026, against a fake of Azure: tests/recordings/testdata). For each situation our
components were deployed into the simulated Azure by the Pulumi engine, with what the recording says was there before; for an
update, one program after the other. The test that writes this page fails when a grant of ours is broader in role or scope than
the CLI's, when one of the CLI's is missing, and when anything differs that is not listed here.
`

func (p page) String() string {
	var b strings.Builder
	b.WriteString(introduction)
	table(&b, "Grants", "Who holds a grant has the name that the recordings use; \"of before\" is an identity that the cluster no longer has.",
		[]string{"recording", "identity", "the CLI", "ours", ""}, cells(p.grants, func(r row) []string {
			return []string{r.situation, r.who, r.theirs, r.ours, r.verdict}
		}))
	table(&b, "Other resources", "What the CLI makes beside the cluster and role assignments.",
		[]string{"recording", "the CLI", "ours", ""}, cells(p.made, func(r row) []string {
			return []string{r.situation, r.theirs, r.ours, r.verdict}
		}))
	table(&b, "Where our deployment stops", "A grant that cannot be made is an error. The advice follows Azure's own words; `<name>` is the grant's "+
		"logical name.", []string{"recordings", "what happens", "our advice"}, cells(p.stops, func(r row) []string {
		return []string{r.situation, r.verdict, r.ours}
	}))
	table(&b, "Recordings that are not compared", "", []string{"recording", "why"}, notCompared())
	table(&b, "What the CLI refuses, crashes on, or lets through", rejectionsIntroduction,
		[]string{"asked for", "the CLI", "ours", "why"}, p.rejections)
	table(&b, "Clusters that we leave alone", "", []string{"recording", "why"}, untouchedRows())
	table(&b, "Properties of the cluster that we send otherwise", "",
		[]string{"in", "property", "the CLI", "ours", "why"}, differenceRows())
	return strings.ReplaceAll(b.String(), azuresim.DefaultSubscriptionID, "{subscriptionId}")
}

func notCompared() [][]string {
	var rows [][]string
	for _, s := range situations() {
		switch {
		case s.apart != "":
			rows = append(rows, []string{s.name(), s.apart})
		case len(s.refused) > 0:
			rows = append(rows, []string{s.name(), "our plan refuses it before anything is made, at " + refusals(s.refused) + "; the CLI goes on"})
		}
	}
	return rows
}

func untouchedRows() [][]string {
	var rows [][]string
	for _, s := range situations() {
		if s.untouched != "" {
			rows = append(rows, []string{s.name(), s.untouched})
		}
	}
	return rows
}

// differenceRows are the lists of differences, with the situations in which they may occur.
func differenceRows() [][]string {
	var rows [][]string
	add := func(where string, list []difference) {
		for _, d := range list {
			rows = append(rows, []string{where, "`" + d.path + "`", d.cli, d.ours, d.reason})
		}
	}
	add("all", differences())
	add("updates", readBack())
	for _, s := range situations() {
		add(s.name(), s.but)
		add(s.name(), notYetSent()[s.name()])
	}
	return rows
}

func cells(rows []row, read func(row) []string) [][]string {
	out := make([][]string, len(rows))
	for i, r := range rows {
		out[i] = read(r)
	}
	return out
}

// table writes a section with a table.
func table(b *strings.Builder, title, text string, head []string, rows [][]string) {
	fmt.Fprintf(b, "\n## %s\n\n", title)
	if text != "" {
		fmt.Fprintf(b, "%s\n\n", text)
	}
	line := func(cells []string) { fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | ")) }
	line(head)
	line(strings.Split(strings.Repeat("---,", len(head)-1)+"---", ","))
	for _, row := range rows {
		line(row)
	}
}
