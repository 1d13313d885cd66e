package pages_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/tests/codeblocks"
	"github.com/aksidentity/pulumi-aksidentity/tests/markdown"
)

// step is one of GitHub Actions (uses, with) or of Azure Pipelines (task, inputs).
type step struct {
	Uses, Task   string
	With, Inputs map[string]string
}

// inputs are those that the actions and the task take, of which the page uses some: action.yml of Azure/login (06f20c5), Azure/use-kubelogin (431092d)
// and pulumi/actions (046dbb7), Tasks/AzureCLIV2/task.json 2.265 of microsoft/azure-pipelines-tasks (008e04b), read 2026-11-26.
var inputs = map[string][]string{
	"azure/login@v2":         {"client-id", "tenant-id", "subscription-id"},
	"azure/use-kubelogin@v1": {"kubelogin-version"},
	"pulumi/actions@v6":      {"command", "stack-name", "work-dir"},
	"AzureCLI@2":             {"azureSubscription", "scriptType", "scriptLocation", "inlineScript", "scriptPath"},
}

// pipelines are the blocks of docs/kubeconfig.md that are for a CI system.
func pipelines(t *testing.T) (blocks []markdown.Block) {
	t.Helper()
	text, err := os.ReadFile("../../docs/kubeconfig.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range markdown.Blocks(string(text)) {
		if b.Mark == "run by TestThePipelinesOfThePageSignIn" {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

// stepsOf reads a whole job, or a list of steps; a key that neither has is an error.
func stepsOf(text string) (steps []step, permissions map[string]string, err error) {
	read := yaml.NewDecoder(strings.NewReader(text))
	read.KnownFields(true)
	if strings.HasPrefix(text, "-") {
		return steps, nil, read.Decode(&steps)
	}
	var job struct {
		Permissions map[string]string
		Steps       []step
	}
	err = read.Decode(&job)
	return job.Steps, job.Permissions, err
}

// TestThePipelinesOfThePageSignIn: they are for CI systems, which run nowhere here. What can be known without one is held: their inputs, the
// commands, the ways to sign in, and that whoever signs in does so before Pulumi needs it.
func TestThePipelinesOfThePageSignIn(t *testing.T) {
	repository, err := codeblocks.Open("../..")
	if err != nil {
		t.Fatal(err)
	}
	blocks := pipelines(t)
	if len(blocks) != 2 {
		t.Fatalf("got %d pipelines, want one for GitHub Actions and one for Azure DevOps", len(blocks))
	}
	for _, b := range blocks {
		steps, permissions, err := stepsOf(b.Text)
		if err != nil || len(steps) == 0 {
			t.Fatalf("docs/kubeconfig.md:%d: %v", b.Line, err)
		}
		_, said, _ := strings.Cut(b.Text, "# kubeconfigLogin: ")
		login := strings.FieldsFunc(said, func(r rune) bool { return r < 'a' || r > 'z' })
		if len(login) == 0 || !slices.Contains(plan.KubeconfigLogin("").Set().Values(), login[0]) {
			t.Errorf("docs/kubeconfig.md:%d: it signs in by none of our ways: %q", b.Line, login)
		}
		for i, s := range steps {
			s.hasItsInputs(t)
			s.runsCommands(t, repository)
			if s.Uses == "pulumi/actions@v6" && (i == 0 || !signedIn(steps[:i]) || permissions["id-token"] != "write") {
				t.Errorf("docs/kubeconfig.md:%d: nobody has signed in with the Azure CLI, and has kubelogin, before Pulumi runs", b.Line)
			}
		}
	}
}

func (s step) hasItsInputs(t *testing.T) {
	t.Helper()
	known, found := inputs[s.Uses+s.Task]
	if !found {
		t.Errorf("%s%s is neither an action nor a task that we have read", s.Uses, s.Task)
	}
	for _, given := range []map[string]string{s.With, s.Inputs} {
		for name := range given {
			if !slices.Contains(known, name) {
				t.Errorf("%s%s has no input %s", s.Uses, s.Task, name)
			}
		}
	}
}

// runsCommands holds the commands of a step as those in other blocks are held.
func (s step) runsCommands(t *testing.T, repository *codeblocks.Repository) {
	t.Helper()
	script := s.Inputs["inlineScript"]
	if command := s.With["command"]; command != "" {
		script = "pulumi " + command + " --stack " + s.With["stack-name"]
	}
	if script == "" {
		return
	}
	if err := repository.Check("docs/kubeconfig.md", markdown.Block{Mark: "by hand", Text: script}); err != nil {
		t.Error(err)
	}
}

func signedIn(before []step) bool {
	has := func(action string) bool {
		return slices.ContainsFunc(before, func(s step) bool { return s.Uses == action })
	}
	return has("azure/login@v2") && has("azure/use-kubelogin@v1")
}
