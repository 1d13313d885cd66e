//go:build cli

package languages_test

import (
	"cmp"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/pkg/v3/resource/autonaming"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/tests/languages"
	"github.com/aksidentity/pulumi-aksidentity/tests/yamlcli"
)

// TestEachExampleIsTheSameInYAML deploys each example from Go, with Pulumi's engine in this process, and from YAML, with the real CLI, and
// compares what is then in Azure and the order in which it came.
func TestEachExampleIsTheSameInYAML(t *testing.T) {
	variants := map[string][]twin{}
	for _, tw := range twins() {
		variants[tw.example] = append(variants[tw.example], tw)
	}
	for example, all := range variants {
		t.Run(example, func(t *testing.T) {
			t.Parallel()
			languages.Record(t, languages.Row{Example: example, Language: languages.Go, Done: languages.Deployed, How: "with Pulumi's engine in the test process"})
			languages.Record(t, languages.Row{Example: example, Language: languages.YAML, Done: languages.Deployed,
				How: "with the Pulumi CLI; Azure, grants, outputs and dependencies compared with those from Go"})
			for _, tw := range all {
				t.Run(cmp.Or(tw.variant, "program"), tw.isTheSame)
			}
		})
	}
}

func (tw twin) isTheSame(t *testing.T) {
	inGo, values := tw.world()
	inYAML, _ := tw.world()
	var fromGo []deployed
	var fromYAML []yamlcli.Project
	for _, s := range tw.stacks {
		here, there := s.deployGo(t, inGo, values), s.deployYAML(t, tw.example, inYAML, values)
		exported := []byte(there.Must("stack", "export", "--show-secrets"))
		sameOutputs(t, here.up, exported)
		sameOrder(t, here.Stack, exported)
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
	p.Must("up", "--yes") // with a preview
	p.Must("up", "--yes", "--skip-preview", "--expect-no-changes")
	return p
}

// sameOrder compares what comes before what in the two states.
func sameOrder(t *testing.T, fromGo *simtest.Stack, exported []byte) {
	t.Helper()
	here, err := languages.DependenciesOf(fromGo.Export())
	if err != nil {
		t.Fatal(err)
	}
	there, err := languages.DependenciesOf(exported)
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

// sameOutputs compares the outputs of the two stacks, and whether they are secret.
func sameOutputs(t *testing.T, fromGo simtest.Result, exported []byte) {
	t.Helper()
	here, there := map[string]output{}, outputsIn(t, exported)
	for name := range fromGo.Resources.ByType("pulumi:pulumi:Stack")[0].Outputs {
		value, secret := fromGo.Output(string(name))
		here[string(name)] = output{value, secret}
	}
	if len(here) == 0 {
		t.Error("the stack has no outputs, so nothing was compared")
	}
	if diff := gocmp.Diff(here, there); diff != "" {
		t.Errorf("the outputs are not the same (-Go +YAML):\n%s", diff)
	}
}

// output is an output of a stack.
type output struct {
	Value  any
	Secret bool
}

// outputsIn are those in a state that was exported with its secrets.
func outputsIn(t *testing.T, exported []byte) map[string]output {
	t.Helper()
	var state apitype.UntypedDeployment
	if err := json.Unmarshal(exported, &state); err != nil {
		t.Fatal(err)
	}
	var deployment apitype.DeploymentV3
	if err := json.Unmarshal(state.Deployment, &deployment); err != nil {
		t.Fatal(err)
	}
	out := map[string]output{}
	for name, value := range deployment.Resources[0].Outputs { // the stack is the first
		out[name] = outputOf(t, value)
	}
	return out
}

func outputOf(t *testing.T, value any) output {
	t.Helper()
	wrapped, _ := value.(map[string]any)
	text, secret := wrapped["plaintext"].(string)
	if !secret {
		return output{Value: value}
	}
	out := output{Secret: true}
	if err := json.Unmarshal([]byte(text), &out.Value); err != nil {
		t.Fatal(err)
	}
	return out
}
