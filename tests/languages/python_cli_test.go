//go:build cli

package languages_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/internal/sdks"
	"github.com/aksidentity/pulumi-aksidentity/tests/languages"
)

// withoutPython are the examples that are not there in Python, and why.
var withoutPython = map[string]string{
	"platform": "needs the packages of random, kubernetes and most of azure-native for Python, which come with pip only",
}

// TestPython generates our package for Python and checks programs with it, right and wrong ones: Python compiles them to byte code, and
// pyright checks their types in its strict mode. Nothing runs: Pulumi's package for Python needs gRPC, which comes with pip only. Its source is
// in the Go module of Pulumi's SDK, which we have, so the types are Pulumi's own. Those of azure-native are generated from the schema of the
// simulated provider.
func TestPython(t *testing.T) {
	programs := programsIn(t, languages.Python, "python", "__main__.py", withoutPython)
	ours := sdkOf(t, sdks.Python)
	folder := t.TempDir()
	generated(t, filepath.Join(folder, "ours"), ours)
	compiler, noPython := exec.LookPath("python3")
	tools, missing := dependencies(t)
	if missing != "" && noPython != nil {
		onlyGenerated(t, languages.Python, programs, missing+" and no python3", ours)
		return
	}
	azure, err := sdks.FromSpec(azureSpec(t), sdks.Python)
	if err != nil {
		t.Fatal(err)
	}
	generated(t, filepath.Join(folder, "azure"), azure)
	copyTree(t, "../../examples", filepath.Join(folder, "examples"), ".py")
	done, how := languages.ByteCompiled, []string{"compiled to byte code"}
	if noPython == nil {
		if out, err := command(t, folder, compiler, "-m", "compileall", "-q", ".").CombinedOutput(); err != nil {
			t.Errorf("python3 -m compileall: %v\n%s", err, out)
		}
	}
	if missing == "" {
		done, how = languages.Compiled, append(how, "checked by pyright in its strict mode, with the types of Pulumi's package")
		mustHaveItsTypes(t, folder, tools)
	}
	for _, example := range programs {
		languages.Record(t, languages.Row{Example: example, Language: languages.Python, Done: done, How: strings.Join(how, " and ") + "; nothing ran, for there is no pip"})
	}
}

// azureSpec is the schema of the simulated azure-native. All outputs are there after a deployment, which it does not say.
func azureSpec(t *testing.T) schema.PackageSpec {
	t.Helper()
	answer, err := azurenative.NewProvider(azuresim.New()).GetSchema(t.Context(), &pulumirpc.GetSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal([]byte(answer.Schema), &spec); err != nil {
		t.Fatal(err)
	}
	for token, r := range spec.Resources {
		r.Required = slices.Sorted(maps.Keys(r.Properties))
		spec.Resources[token] = r
	}
	return spec
}

// pythonMistakes are arguments of a cluster that pyright refuses, each for one reason.
var pythonMistakes = []struct{ name, reason, cluster, rule, says string }{
	{"misspelled", "an argument that does not exist is refused", `api_server={"public": True}, system_pol={"subnet": "nodes"}`,
		"reportCallIssue", `No overloads for "__init__" match`},
	{"misspelled_below", "also in a dictionary", `api_server={"public": True, "privat": False}`, "reportArgumentType", `"dict[str, bool]" is not assignable to "APIServerArgsDict"`},
	{"missing", "a part of a dictionary that is required", `api_server={"public": True}, system_pool={"autoscaling": {"min": 3}}`,
		"reportArgumentType", `"dict[str, dict[str, int]]" is not assignable to "NodePoolArgsDict"`},
	{"enum", "an enumeration takes its own values only", `api_server={"public": True}, network={"plugin": "cilium"}`,
		"reportArgumentType", `"dict[str, str]" is not assignable to "NetworkArgsDict"`},
	{"number", "a number is no string: 1.30 would be 1.3", `api_server={"public": True}, kubernetes_version=1.30`,
		"reportArgumentType", `"float" is not assignable to "str"`},
	{"late", "what decides which grants there are is plain: a preview shows them all",
		`api_server={"public": True}, system_pool={"subnet": pulumi.Output.from_input("nodes")}`, "reportArgumentType", `"dict[str, Output[str]]" is not assignable to "NodePoolArgsDict"`},
}

// mustHaveItsTypes runs pyright over the programs and over those with mistakes.
func mustHaveItsTypes(t *testing.T, folder, tools string) {
	t.Helper()
	for _, m := range pythonMistakes {
		write(t, filepath.Join(folder, mistakesFolder, m.name+".py"), fmt.Appendf(nil,
			"import pulumi\nimport pulumi_aksidentity as aksidentity\n\nname = pulumi.get_stack()\naksidentity.ManagedIdentityCluster(name, %s)\n", m.cluster))
	}
	found := pyright(t, folder, tools)
	for _, m := range pythonMistakes {
		got := found[filepath.Join(mistakesFolder, m.name+".py")]
		if len(got) != 1 || !strings.Contains(got[0], m.rule) || !strings.Contains(got[0], m.says) {
			t.Errorf("%s: got %d errors\n%s\nwant one %s with %s", m.reason, len(got), strings.Join(got, "\n"), m.rule, m.says)
		}
	}
	for file, errors := range found {
		if strings.HasPrefix(file, "examples") {
			t.Errorf("%s: %s", file, strings.Join(errors, "\n"))
		}
	}
}

// pyright checks the programs in the folder and answers what it says of each file, as "reportArgumentType: ...".
func pyright(t *testing.T, folder, tools string) map[string][]string {
	t.Helper()
	pulumi, err := command(t, ".", "go", "list", "-m", "-f", "{{.Dir}}", "github.com/pulumi/pulumi/sdk/v3").Output()
	if err != nil {
		t.Fatal(err)
	}
	config, err := json.Marshal(map[string]any{
		"include": []string{"examples", mistakesFolder}, "typeCheckingMode": "strict", "pythonVersion": "3.9",
		"extraPaths": []string{"ours", "azure", filepath.Join(strings.TrimSpace(string(pulumi)), "python", "lib")},
	})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, "pyrightconfig.json"), config)
	// It ends with an error when it has found one, and there are some to find.
	out, _ := command(t, folder, "node", filepath.Join(tools, "node_modules", "pyright", "index.js"), "--outputjson").Output()
	var answer struct {
		Summary            struct{ FilesAnalyzed int }
		GeneralDiagnostics []struct{ File, Message, Rule string }
	}
	if err := json.Unmarshal(out, &answer); err != nil || answer.Summary.FilesAnalyzed <= len(pythonMistakes) {
		t.Fatalf("pyright: %v\n%s", err, out)
	}
	found := map[string][]string{}
	for _, d := range answer.GeneralDiagnostics {
		file, err := filepath.Rel(folder, d.File)
		if err != nil {
			t.Fatal(err)
		}
		found[file] = append(found[file], d.Rule+": "+d.Message)
	}
	return found
}
