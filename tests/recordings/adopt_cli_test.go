//go:build cli

package recordings

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/provider"
)

const adoptPage = "../../docs/adopt.md"

// adoptProject is a folder with the page's program in YAML, and the environment of a CLI that is attached to both providers.
type adoptProject struct {
	t      *testing.T
	folder string
	env    []string
}

func newAdoptProject(t *testing.T, cloud *azuresim.Cloud, program string) adoptProject {
	t.Helper()
	host, err := filepath.Abs("../../bin/pulumi-language-yaml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(host); err != nil || os.Getenv("PULUMI_BIN") == "" {
		t.Fatalf("PULUMI_BIN must name a Pulumi CLI, and %s must be there: `make test` sees to both", host)
	}
	azure, err := azurenative.Serve(t.Context(), cloud)
	if err != nil {
		t.Fatal(err)
	}
	ours, err := provider.Serve(t.Context(), "1.0.0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = azure.Close()
		_ = ours.Close()
	})
	p, home := adoptProject{t: t, folder: t.TempDir()}, t.TempDir()
	p.env = append(os.Environ(), "PULUMI_HOME="+home, "PULUMI_BACKEND_URL=file://"+filepath.ToSlash(home), "PULUMI_CONFIG_PASSPHRASE=test",
		"PATH="+filepath.Dir(host)+string(os.PathListSeparator)+os.Getenv("PATH"),
		fmt.Sprintf("PULUMI_DEBUG_PROVIDERS=%s:%d,%s", azurenative.Name, azure.Port(), ours.Attachment()),
		"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true", "PULUMI_SKIP_UPDATE_CHECK=true")
	p.write(program)
	p.must("stack init dev")
	return p
}

func (p adoptProject) write(program string) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.folder, "Pulumi.yaml"), []byte(program), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

func (p adoptProject) must(line string) string {
	p.t.Helper()
	command := exec.CommandContext(p.t.Context(), os.Getenv("PULUMI_BIN"), append(strings.Fields(line), "--non-interactive", "--color=never")...)
	command.Dir, command.Env = p.folder, p.env
	out, err := command.CombinedOutput()
	if err != nil {
		p.t.Fatalf("pulumi %s: %v\n%s", line, err, out)
	}
	return string(out)
}

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
	p := newAdoptProject(t, w.cloud, text)
	for _, command := range commands {
		p.must(string(command[1]))
	}
	if diff := cmp.Diff(before, everything(w)); diff != "" {
		t.Errorf("what was there has changed (-before +after):\n%s", diff)
	}
	p.must("preview --expect-no-changes")
	p.write(strings.NewReplacer("      adopt: {cluster: true}\n", "", "      adoptedAssignments:\n        control-plane-network-contributor-subnets.nodes: "+assignments[0].Name+"\n", "").Replace(text))
	if out := p.must("preview --expect-no-changes"); strings.Contains(out, "import") {
		t.Errorf("it imports again:\n%s", out)
	}
	p.must("up --yes --skip-preview --expect-no-changes")
}
