//go:build az

package az

import (
	"flag"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/tests/golden"
)

var update = flag.Bool("update", false, "rewrite docs/side-by-side.md and testdata/audits")

// TestSideBySide lets the CLI and our component make the same clusters in one simulated Azure, change and delete them, and writes
// down which role assignments each made and left behind. It fails when a grant of ours is broader than the CLI's, when one that
// only one side makes has no reason, and when ours leave anything behind.
func TestSideBySide(t *testing.T) {
	w := newWorld(t)
	if a := w.run("login --service-principal {login} -o none"); a.exit != 0 {
		t.Fatalf("az login: exit %d: %s", a.exit, a.errors)
	}
	var sides []*twoSides
	for i, s := range situations() {
		pair := &twoSides{situation: s, az: newSide(w, fmt.Sprintf("s%02d-az", i+1)), ours: newSide(w, fmt.Sprintf("s%02d-us", i+1))}
		pair.runAz(w)
		pair.runOurs(t)
		sides = append(sides, pair)
	}
	deleteWithAz(w, sides)
	golden.Compare(t, "../../docs/side-by-side.md", pageOf(t, sides), *update, "go test -tags az ./tests/az -run SideBySide -update")
}

// twoSides is a situation and what became of it.
type twoSides struct {
	situation
	az, ours *side
	// refused is Azure's code where the CLI could not make the cluster.
	refused string
}

// side is what happened in one place.
type side struct {
	place
	grants []*grant // in the order in which they were seen first
}

// grant is a role assignment and what became of it.
type grant struct {
	id, principal string // principal as the page calls it
	role          rbac.Role
	scope         rbac.Scope
	madeBy, end   string // the commands; end is "" while it is there
	orphan        bool
	creator       string // object ID of who asked for it
}

func newSide(w world, group string) *side { return &side{place: newPlace(w.cloud, group)} }

func (s *twoSides) runAz(w world) {
	w.t.Helper()
	if s.given != nil {
		s.given(s.az.place)
	}
	create := "aks create -g {group} -n demo --no-ssh-key --yes -o none " + s.create
	a := w.run(s.az.expand(create))
	if a.exit != s.exit {
		w.t.Fatalf("%s: az %s: exit %d, want %d\n%s", s.name, create, a.exit, s.exit, a.errors)
	}
	if a.exit != 0 {
		s.refused = codeIn(a.errors)
	}
	s.az.look("aks create")
	if s.change == "" {
		return
	}
	if a := w.run(s.az.expand(s.change)); a.exit != 0 {
		w.t.Fatalf("%s: az %s: exit %d\n%s", s.name, s.change, a.exit, a.errors)
	}
	s.az.look(strings.Join(strings.Fields(s.change)[:2], " "))
}

// errorCode stands in front of the message of an error of AKS.
var errorCode = regexp.MustCompile(`\((\w+)\)`)

func codeIn(text string) string {
	if m := errorCode.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return "an error"
}

// deleteWithAz deletes all clusters of the CLI's side that are left, with one command: it sends for each what `az aks delete`
// sends, a DELETE of the cluster.
func deleteWithAz(w world, sides []*twoSides) {
	w.t.Helper()
	var ids []string
	for _, c := range w.cloud.Clusters() {
		ids = append(ids, c.ID)
	}
	const command = "resource delete"
	if a := w.run(command + " --ids " + strings.Join(ids, " ")); a.exit != 0 || len(w.cloud.Clusters()) > 0 {
		w.t.Fatalf("az %s: exit %d, %d clusters left\n%s", command, a.exit, len(w.cloud.Clusters()), a.errors)
	}
	for _, s := range sides {
		s.az.look(command)
	}
}

func (s *twoSides) runOurs(t *testing.T) {
	t.Helper()
	if s.given != nil {
		s.given(s.ours.place)
	}
	stack := simtest.New(t, s.program(s.situation.ours), simtest.WithCloud(s.ours.cloud))
	must := func(up simtest.Result, by string) {
		t.Helper()
		if up.Err != nil {
			t.Fatalf("%s: %s: %s", s.name, by, up.Explain())
		}
		s.ours.look(by)
	}
	must(stack.Up(), "pulumi up")
	if s.oursChanged != nil {
		stack.SetProgram(s.program(s.oursChanged))
		must(stack.Up(), "pulumi up")
	}
	must(stack.Destroy(), "pulumi destroy")
}

func (s *twoSides) program(set func(place, *clusterArgs)) pulumi.RunFunc {
	args := &clusterArgs{
		ResourceGroupName: pulumi.StringPtr(s.ours.group), Location: pulumi.StringPtr(azuresim.SeedLocation), ClusterName: pulumi.StringPtr("demo"),
		Network: &components.NetworkArgs{Plugin: "kubenet"}, SystemPool: &components.NodePoolArgs{Name: "nodepool1", Count: pulumi.IntPtr(3)},
		APIServer: &components.APIServerArgs{Public: true},
	}
	set(s.ours.place, args)
	return func(ctx *pulumi.Context) error {
		_, err := components.NewManagedIdentityCluster(ctx, "aks", args)
		return err
	}
}

// look at the assignments after a command: which are new, which are gone, which have nobody left.
func (s *side) look(command string) {
	s.meet()
	there := map[string]bool{}
	var made []*grant
	for _, a := range s.cloud.RoleAssignments() {
		if a.Seeded || !s.holds(a.Scope.String()) {
			continue
		}
		there[a.ID] = true
		g := s.known(a.ID)
		if g == nil {
			g = &grant{id: a.ID, principal: s.who[a.PrincipalID], role: a.Role, scope: a.Scope, madeBy: command, creator: s.creator(a.ID)}
			made = append(made, g)
		}
		g.orphan = a.Orphan
	}
	// The CLI makes up the names, by which the assignments are sorted.
	slices.SortFunc(made, func(a, b *grant) int { return strings.Compare(a.principal+a.place(), b.principal+b.place()) })
	s.grants = append(s.grants, made...)
	for _, g := range s.grants {
		if !there[g.id] && g.end == "" {
			g.end = command
		}
	}
}

// creator is who Azure says made an assignment.
func (s *side) creator(id string) string {
	r, _ := s.resource(id)
	properties, _ := r.Body["properties"].(map[string]any)
	by, _ := properties["createdBy"].(string)
	return by
}

func (s *side) known(id string) *grant {
	for _, g := range s.grants {
		if g.id == id {
			return g
		}
	}
	return nil
}

// place says role and scope in words.
func (g *grant) place() string {
	kind := g.scope.ResourceType()
	word := kinds[strings.ToLower(kind[strings.LastIndex(kind, "/")+1:])]
	if kind == "" {
		return string(g.role.Name) + " on the resource group"
	}
	name := strings.TrimSuffix(g.scope.Name(), inName(g.scope.ResourceGroup())) // of what is global
	return string(g.role.Name) + " on " + word + " " + name
}

// kinds are the last words of types, as people say them. The CLI grants on an identity by its ID in lower case.
var kinds = map[string]string{"subnets": "subnet", "virtualnetworks": "network", "routetables": "route table", "registries": "registry",
	"privatednszones": "DNS zone", "publicipaddresses": "address", "diskencryptionsets": "disk encryption set",
	"userassignedidentities": "identity", "managedclusters": "cluster"}

// fate says what became of it after the last command.
func (g *grant) fate() string {
	switch {
	case g.end != "":
		return "`" + g.end + "` removes it"
	case g.orphan:
		return "**left behind**, for an identity that is gone"
	default:
		return "**left behind**, in force"
	}
}

// row of the page.
type row struct{ situation, identity, az, azEnd, ours, oursEnd, verdict string }

// rows compares the grants of both sides, by identity, and lists what must not be.
func (s *twoSides) rows() (out []row, wrong []string) {
	unused, matched := maps.Clone(s.more), map[*grant]bool{}
	complain := func(format string, args ...any) { wrong = append(wrong, s.name+": "+fmt.Sprintf(format, args...)) }
	for _, g := range slices.Concat(s.az.grants, s.ours.grants) {
		if g.creator != azuresim.DefaultDeployerObjectID || g.principal == "" {
			complain("%s for %q was made by %q, and the page says by whoever runs the command", g.place(), g.principal, g.creator)
		}
	}
	reason := func(key string) string {
		if s.more[key] == "" {
			complain("%q is made by one side alone or is broader, and no reason is listed", key)
		}
		delete(unused, key)
		return s.more[key]
	}
	for _, theirs := range s.az.grants {
		r := row{situation: s.name, identity: theirs.principal, az: theirs.made(), azEnd: theirs.fate(), ours: "nothing", oursEnd: "-"}
		if mine, verdict := s.match(theirs, matched); mine != nil {
			matched[mine] = true
			r.ours, r.oursEnd, r.verdict = mine.place(), mine.fate(), verdict
		} else {
			r.verdict = "only `az`: " + reason("az: "+theirs.place())
		}
		out = append(out, r)
	}
	for _, mine := range s.ours.grants {
		if mine.end == "" {
			complain("ours leaves behind %s %s", mine.principal, mine.place())
		}
		if !matched[mine] {
			out = append(out, row{s.name, mine.principal, "nothing", "-", mine.place(), mine.fate(), "missing with `az`: " + reason("ours: "+mine.place())})
		}
	}
	for key := range unused {
		complain("%q is not so any more; take it from the list", key)
	}
	return out, wrong
}

func (g *grant) made() string { return g.place() + ", by `" + g.madeBy + "`" }

// match finds our grant that does what the CLI's does without being broader.
func (s *twoSides) match(theirs *grant, taken map[*grant]bool) (*grant, string) {
	place := strings.NewReplacer("/"+s.az.group, "/"+s.ours.group, "images"+inName(s.az.group), "images"+inName(s.ours.group))
	scope := rbac.MustParseScope(place.Replace(theirs.scope.String()))
	for _, mine := range s.ours.grants {
		if taken[mine] || mine.principal != theirs.principal || !scope.Contains(mine.scope) {
			continue
		}
		var narrower []string
		if !scope.Equal(mine.scope) {
			narrower = append(narrower, "scope")
		}
		if theirs.role.ID != mine.role.ID {
			if len(theirs.role.Permissions.Covers(mine.role.Permissions.Actions, mine.role.Permissions.DataActions)) > 0 {
				continue
			}
			narrower = append(narrower, "role")
		}
		if len(narrower) == 0 {
			return mine, "the same"
		}
		return mine, "`az` is broader in " + strings.Join(narrower, " and ")
	}
	return nil, ""
}

const introduction = `# Side by side: the Azure CLI and we, in one simulated Azure

In each situation ` + "`az` 2.45.0 made a cluster with `az aks create`" + `, and our component made the same one in a group beside it. Each
changed it where the situation says so, and deleted it: ` + "`az aks delete` or `az resource delete`" + `, which send the same, and
` + "`pulumi destroy`" + `. The table has every role assignment that was made. Whoever runs the command makes them all (` + "`createdBy`" + `).

The simulated Azure is strict where AKS is known to be, and is no evidence of AKS where it is not ([what it does](simulator.md)). The
test that writes this page fails when a grant of ours is broader than the CLI's, when only one side makes one and no reason is
listed, and when ours leave one behind. [What the CLI sends](cli-comparison.md), recording by recording, is another page.

<!-- by hand -->

    go test -tags az ./tests/az -run SideBySide -update
`

func pageOf(t *testing.T, sides []*twoSides) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(introduction)
	var rows []row
	for _, s := range sides {
		compared, wrong := s.rows()
		rows = append(rows, compared...)
		for _, complaint := range wrong {
			t.Error(complaint)
		}
	}
	fmt.Fprintf(&b, "\n%s\n\n## Role assignments\n\n", summary(sides, rows))
	b.WriteString("| situation | identity | `az` | at the end | ours | at the end | |\n|---|---|---|---|---|---|---|\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s |\n", strings.Join([]string{r.situation, r.identity, r.az, r.azEnd, r.ours, r.oursEnd, r.verdict}, " | "))
	}
	b.WriteString("\n## What became of the clusters\n\nOurs were all made.\n\n| situation | `az aks create` | then | |\n|---|---|---|---|\n")
	for _, s := range sides {
		outcome := "made"
		if s.refused != "" {
			outcome = "refused: " + s.refused
		}
		fmt.Fprintf(&b, "| %s | `%s` | %s | %s |\n", s.name, strings.TrimSpace(s.create), code(strings.TrimSuffix(s.change, " -o none")), outcome)
	}
	return b.String()
}

func code(text string) string {
	if text == "" {
		return ""
	}
	return "`" + text + "`"
}

// summary counts.
func summary(sides []*twoSides, rows []row) string {
	count := func(holds func(row) bool) int {
		return len(slices.Collect(func(yield func(row) bool) {
			for _, r := range rows {
				if holds(r) && !yield(r) {
					return
				}
			}
		}))
	}
	verdict := func(prefix string) int {
		return count(func(r row) bool { return strings.HasPrefix(r.verdict, prefix) })
	}
	left := count(func(r row) bool { return strings.HasPrefix(r.azEnd, "**left") })
	refused := 0
	for _, s := range sides {
		if s.refused != "" {
			refused++
		}
	}
	return fmt.Sprintf("%d situations. Role assignments: %d the same, %d broader with `az`, %d missing with `az`, %d made by `az` only.\n"+
		"AKS refused %d clusters of `az` for want of one. `az` leaves %d assignments behind, we leave none.",
		len(sides), verdict("the same"), verdict("`az` is broader"), verdict("missing"), verdict("only `az`"), refused, left)
}
