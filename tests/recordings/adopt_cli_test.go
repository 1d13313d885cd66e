//go:build cli

package recordings

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/tests/yamlcli"
)

const adoptPage = "../../docs/adopt.md"

// TestAdoptInYAMLThroughTheCLI runs the program and the commands of docs/adopt.md, in an Azure in which the Azure CLI made the cluster.
func TestAdoptInYAMLThroughTheCLI(t *testing.T) {
	page, err := os.ReadFile(adoptPage)
	if err != nil {
		t.Fatal(err)
	}
	program := regexp.MustCompile("(?s)```yaml\n(name: .*?)```").FindSubmatch(page)
	commands := regexp.MustCompile("(?m)^    pulumi (.*)$").FindAllSubmatch(page, -1)
	if program == nil || len(commands) != 2 {
		t.Fatalf("%s has %d commands, and the program %q", adoptPage, len(commands), program)
	}
	w := afterwards(t, "02-byo-subnet-system-assigned-kubenet")
	assignments := w.cloud.RoleAssignments()
	if len(assignments) != 1 {
		t.Fatalf("the CLI made %v", assignments)
	}
	text := strings.NewReplacer("<subscription>", azuresim.DefaultSubscriptionID, "11111111-2222-4333-8444-555555555555", assignments[0].Name).Replace(string(program[1]))
	before := everything(w)
	p := yamlcli.New(t, w.cloud, text)
	for _, command := range commands {
		p.Must(strings.Fields(string(command[1]))...)
	}
	if diff := cmp.Diff(before, everything(w)); diff != "" {
		t.Errorf("what was there has changed (-before +after):\n%s", diff)
	}
	p.Must("preview", "--expect-no-changes")
	p.Write(strings.NewReplacer("      adopt: {cluster: true}\n", "", "      adoptedAssignments:\n        control-plane-network-contributor-subnets.nodes: "+assignments[0].Name+"\n", "").Replace(text))
	if out := p.Must("preview", "--expect-no-changes"); strings.Contains(out, "import") {
		t.Errorf("it imports again:\n%s", out)
	}
	p.Must("up", "--yes", "--skip-preview", "--expect-no-changes")
}
