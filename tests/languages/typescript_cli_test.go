//go:build cli

package languages_test

import (
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/internal/sdks"
	"github.com/aksidentity/pulumi-aksidentity/tests/languages"
	"github.com/aksidentity/pulumi-aksidentity/tests/yamlcli"
)

// withoutTypeScript are the examples that are not there in TypeScript, and why.
var withoutTypeScript = map[string]string{}

// TestTypeScript generates our package for Node, compiles it, compiles programs with it, right and wrong ones, and deploys the right ones
// with the real CLI. Where npm gives nothing, the package is only generated, and the table of the languages says so.
func TestTypeScript(t *testing.T) {
	programs := programsIn(t, languages.TypeScript, "typescript", "index.ts", withoutTypeScript)
	folder, missing := dependencies(t)
	if missing != "" {
		onlyGenerated(t, languages.TypeScript, programs, missing, sdkOf(t, sdks.NodeJS))
		return
	}
	w := newWorkspace(t, folder)
	w.installPackage(t)
	w.writeMistakes(t)
	w.writeSecrets(t)
	said := w.compilePrograms(t)
	t.Run("mistakes are found by the compiler", func(t *testing.T) { mustFindMistakes(t, said) })
	t.Run("programs compile", func(t *testing.T) { mustCompile(t, said) })
	t.Run("secrets are kept", w.mustKeepSecrets)
	for example, variants := range variants() {
		t.Run(example, func(t *testing.T) {
			t.Parallel()
			noteTypeScript(t, example, "Azure, grants, outputs and dependencies compared with those from Go")
			for _, tw := range variants {
				t.Run(cmp.Or(tw.variant, "program"), func(t *testing.T) { w.mustBeTheSame(t, tw) })
			}
		})
	}
	t.Run("platform", w.mustDeployThePlatform)
	t.Run("automation", w.mustAutomate)
	mustBeDeployed(t, programs)
}

// variants are the twins by their examples.
func variants() map[string][]twin {
	out := map[string][]twin{}
	for _, tw := range twins() {
		out[tw.example] = append(out[tw.example], tw)
	}
	return out
}

// mustBeDeployed: there is no program that no test deploys.
func mustBeDeployed(t *testing.T, programs []string) {
	t.Helper()
	all := variants()
	for _, example := range programs {
		if all[example] == nil && example != "platform" && example != "automation" {
			t.Errorf("no test deploys the example %s from TypeScript", example)
		}
	}
}

// mustCompile: nothing is said of any file but those with mistakes.
func mustCompile(t *testing.T, said map[string][]string) {
	for file, errors := range said {
		if !strings.HasPrefix(file, mistakesFolder+"/") {
			t.Errorf("%s: %s", file, strings.Join(errors, "\n"))
		}
	}
}

// noteTypeScript notes that the example was deployed from TypeScript.
func noteTypeScript(t *testing.T, example, how string) {
	languages.Record(t, languages.Row{Example: example, Language: languages.TypeScript, Done: languages.Deployed,
		How: "compiled with tsc --strict, run with the Automation API and the Pulumi CLI; " + how})
}

// mustBeTheSame deploys an example from Go, with Pulumi's engine in this process, and from TypeScript, with the real CLI, and compares what
// is then in Azure and the order in which it came.
func (w workspace) mustBeTheSame(t *testing.T, tw twin) {
	inGo, values := tw.world()
	inTypeScript, _ := tw.world()
	var fromTypeScript []yamlcli.Project
	for _, s := range tw.stacks {
		here := s.deployGo(t, inGo, values)
		there := newProject(t, inTypeScript, s.project, s.values(values))
		w.deploy(t, there, filepath.Join(tw.example, strings.Replace(s.yaml, "yaml", "typescript", 1)))
		exported := []byte(there.Must("stack", "export", "--show-secrets"))
		sameOutputs(t, here.up, exported)
		sameOrder(t, here.Stack, exported)
		fromTypeScript = append(fromTypeScript, there)
	}
	mustBeEqual(t, inGo, inTypeScript)
	for _, p := range slices.Backward(fromTypeScript) {
		p.Must("destroy", "--yes", "--skip-preview")
	}
	mustBeEmpty(t, inTypeScript)
}

func mustBeEqual(t *testing.T, inGo, inTypeScript *azuresim.Cloud) {
	t.Helper()
	if diff := languages.Differences(inGo, inTypeScript); diff != "" {
		t.Errorf("Azure is not the same (-Go +TypeScript):\n%s", diff)
	}
}

func mustBeEmpty(t *testing.T, cloud *azuresim.Cloud) {
	t.Helper()
	if !cloud.Empty() {
		t.Errorf("destroy left %v", cloud.Resources())
	}
}

// newProject is a project whose program is an inline program in node, with a stack and its configuration. Names are given verbatim, so that
// they are the same from Go.
func newProject(t *testing.T, cloud *azuresim.Cloud, name string, values config) yamlcli.Project {
	t.Helper()
	p := yamlcli.New(t, cloud, "name: "+name+"\nruntime: nodejs\n")
	set := []string{"config", "set-all", "--path", "--plaintext", "pulumi:autonaming.mode=verbatim"}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		set = append(set, "--plaintext", key+"="+values[key])
	}
	p.Must(set...)
	// The Automation API looks for a program of this name.
	bin := t.TempDir()
	if err := os.Symlink(os.Getenv("PULUMI_BIN"), filepath.Join(bin, "pulumi")); err != nil {
		t.Fatal(err)
	}
	setenv(p.Env, "PATH", func(old string) string { return bin + string(os.PathListSeparator) + old })
	return p
}

// setenv changes the variable, which is there, where it counts: in its last place.
func setenv(env []string, name string, change func(string) string) {
	for i, setting := range slices.Backward(env) {
		if value, ok := strings.CutPrefix(setting, name+"="); ok {
			env[i] = name + "=" + change(value)
			return
		}
	}
}

// retiring is what a component warns of by itself (docs/retirements.md).
var retiring = regexp.MustCompile(`warning: \S+: .* is retired (since|from) \d{4}-\d{2}-\d{2}`)

// deploy previews and deploys a program of the examples, and once more with nothing to change. There is nothing to warn of
// but what Azure gives up.
func (w workspace) deploy(t *testing.T, p yamlcli.Project, program string) {
	t.Helper()
	out, err := w.run(t, p, filepath.Join("examples", program, "index.js"), "preview", "up", "unchanged")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if strings.Count(out, "warning:") > len(retiring.FindAllString(out, -1)) {
		t.Errorf("a program without a mistake gets a warning:\n%s", out)
	}
}

// run runs operations with a compiled program.
func (w workspace) run(t *testing.T, p yamlcli.Project, program string, operations ...string) (string, error) {
	t.Helper()
	return w.node(t, p, slices.Concat([]string{"typescript/deploy.js", filepath.Join(w.folder, "out", program), "dev"}, operations)...)
}

// node runs a compiled program in the project.
func (w workspace) node(t *testing.T, p yamlcli.Project, args ...string) (string, error) {
	t.Helper()
	command := command(t, p.Folder, "node", append([]string{filepath.Join(w.folder, "out", args[0])}, args[1:]...)...)
	command.Env = p.Env
	out, err := command.CombinedOutput()
	return string(out), err
}

// mustAutomate: the tool shows what it would do, deploys when it is told to, and then has nothing to do.
func (w workspace) mustAutomate(t *testing.T) {
	t.Parallel()
	noteTypeScript(t, "automation", "what it prints and what the cluster may do are compared with what is expected")
	cloud := azuresim.New()
	subnet := cloud.MustSeedSubnet("network-team", "hub", "shop")
	p := newProject(t, cloud, "unused", nil)
	says := func(args ...string) string {
		t.Helper()
		out, err := w.node(t, p, append([]string{"examples/automation/typescript/index.js", "--team", "shop", "--subnet", subnet}, args...)...)
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return out
	}
	const planned = "planned: Network Contributor for control-plane on subnets.nodes, to join nodes and internal load balancers to the subnet"
	if said := says(); !strings.Contains(said, planned) || !cloud.Empty() {
		t.Fatalf("showing it makes nothing and says why: %v\n%s", cloud.Resources(), said)
	}
	if said := says("--deploy"); !strings.Contains(said, "granted: Network Contributor to control-plane on "+subnet) {
		t.Errorf("it does not say what was granted:\n%s", said)
	}
	decision, err := cloud.Clusters()[0].Perform("internal-lb-external-subnet", subnet)
	if err != nil || !decision.Allowed() {
		t.Errorf("the cluster cannot use its subnet: missing %v %v", decision.Missing, err)
	}
	if said := says(); !strings.Contains(said, "preview: 0 to create, 0 to update, 0 to replace, 0 to delete") {
		t.Errorf("there is nothing left to do:\n%s", said)
	}
}
