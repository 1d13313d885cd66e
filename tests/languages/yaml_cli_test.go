//go:build cli

package languages_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/pkg/v3/resource/autonaming"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/tests/languages"
	"github.com/aksidentity/pulumi-aksidentity/tests/yamlcli"
)

// TestEachExampleIsTheSameInYAML deploys each example from Go, with Pulumi's engine in this process, and from YAML, with the real CLI, and
// compares what is then in Azure and the order in which it came.
func TestEachExampleIsTheSameInYAML(t *testing.T) {
	for _, tw := range twins() {
		t.Run(tw.example+tw.variant, func(t *testing.T) {
			t.Parallel()
			languages.Record(t, languages.Row{Example: tw.example, Language: languages.Go, Done: languages.Deployed, How: "with Pulumi's engine in the test process"})
			languages.Record(t, languages.Row{Example: tw.example, Language: languages.YAML, Done: languages.Deployed,
				How: "with the Pulumi CLI; Azure, grants, outputs and dependencies compared with those from Go"})
			inGo, values := tw.world()
			inYAML, _ := tw.world()
			var fromGo []deployed
			var fromYAML []yamlcli.Project
			for _, s := range tw.stacks {
				here, there := s.deployGo(t, inGo, values), s.deployYAML(t, tw.example, inYAML, values)
				sameOutputs(t, here.up, there)
				sameOrder(t, here.Stack, there)
				fromGo, fromYAML = append(fromGo, here), append(fromYAML, there)
			}
			if diff := languages.Differences(inGo, inYAML); diff != "" {
				t.Errorf("Azure is not the same (-Go +YAML):\n%s", diff)
			}
			for i := range slices.Backward(tw.stacks) {
				fromYAML[i].Must("destroy", "--yes", "--skip-preview")
				if down := fromGo[i].Destroy(); down.Err != nil {
					t.Fatal(down.Explain())
				}
			}
			if !inGo.Empty() || !inYAML.Empty() {
				t.Errorf("destroy left %v in Go and %v in YAML", inGo.Resources(), inYAML.Resources())
			}
		})
	}
}

// values are those of the configuration that the stack's program asks for.
func (s stack) values(all config) config {
	if s.takes == nil {
		return all
	}
	out := config{}
	for _, key := range s.takes {
		out[key] = all[key]
	}
	return out
}

// deployed is a stack after its deployment.
type deployed struct {
	*simtest.Stack
	up simtest.Result
}

func (s stack) deployGo(t *testing.T, cloud *azuresim.Cloud, values config) deployed {
	t.Helper()
	made := simtest.New(t, s.program, simtest.WithCloud(cloud), simtest.WithNames(s.project, "dev"), simtest.WithConfig(s.values(values)),
		simtest.WithAutonaming(autonaming.Verbatim()))
	if preview := made.Preview(); preview.Err != nil {
		t.Fatal(preview.Explain())
	}
	up := made.Up()
	if up.Err != nil {
		t.Fatal(up.Explain())
	}
	if again := made.Up(); again.Err != nil || !again.Unchanged() {
		t.Errorf("a second up should change nothing: %s", again.Explain())
	}
	return deployed{made, up}
}

// deployYAML gives names verbatim, so that they are the same from Go.
func (s stack) deployYAML(t *testing.T, example string, cloud *azuresim.Cloud, values config) yamlcli.Project {
	t.Helper()
	program, err := os.ReadFile(filepath.Join("../../examples", example, s.yaml, "Pulumi.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	p := yamlcli.New(t, cloud, string(program))
	set := []string{"config", "set-all", "--path", "--plaintext", "pulumi:autonaming.mode=verbatim"}
	given := s.values(values)
	for _, key := range slices.Sorted(maps.Keys(given)) {
		set = append(set, "--plaintext", key+"="+given[key])
	}
	p.Must(set...)
	p.Must("preview")
	p.Must("up", "--yes", "--skip-preview")
	p.Must("up", "--yes", "--skip-preview", "--expect-no-changes")
	return p
}

// sameOrder compares what comes before what in the two states.
func sameOrder(t *testing.T, fromGo *simtest.Stack, fromYAML yamlcli.Project) {
	t.Helper()
	here, err := languages.DependenciesOf(fromGo.Export())
	if err != nil {
		t.Fatal(err)
	}
	there, err := languages.DependenciesOf([]byte(fromYAML.Must("stack", "export")))
	if err != nil {
		t.Fatal(err)
	}
	if here.Len() == 0 {
		t.Error("the state has no resources, so nothing was compared")
	}
	if problems := here.Compare(there); problems != "" {
		t.Errorf("what waits for what is not the same:\n%s", problems)
	}
	for name, later := range here.Later(there) {
		t.Logf("%s waits for what Go does not wait for: %v", name, later)
	}
}

// sameOutputs compares the outputs of the two stacks, secret ones too, and whether they are secret.
func sameOutputs(t *testing.T, fromGo simtest.Result, fromYAML yamlcli.Project) {
	t.Helper()
	here, there := map[string]any{}, outputs(t, fromYAML, "--show-secrets")
	shown := outputs(t, fromYAML)
	for name := range there {
		value, secret := fromGo.Output(name)
		here[name] = value
		if hidden := shown[name] == "[secret]"; hidden != secret {
			t.Errorf("the output %s is secret from Go: %v, from YAML: %v", name, secret, hidden)
		}
	}
	if len(there) == 0 {
		t.Error("the stack has no outputs, so nothing was compared")
	}
	if diff := cmp.Diff(here, there); diff != "" {
		t.Errorf("the outputs are not the same (-Go +YAML):\n%s", diff)
	}
}

func outputs(t *testing.T, p yamlcli.Project, flags ...string) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal([]byte(p.Must(append([]string{"stack", "output", "--json"}, flags...)...)), &out); err != nil {
		t.Fatal(err)
	}
	return out
}
