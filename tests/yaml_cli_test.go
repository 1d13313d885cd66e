//go:build cli

package tests

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/provider"
)

const yamlProgram = "testdata/yaml/Pulumi.yaml"

// yamlProject is a folder with a program in YAML, and the environment of a CLI that attaches to both providers.
type yamlProject struct {
	t      *testing.T
	folder string
	env    []string
}

// newYAMLProject serves the cloud and our components. The CLI finds the language host of YAML, which is no part of the CLI that we build
// ourselves, on the PATH; `make test` builds it.
func newYAMLProject(t *testing.T, cloud *azuresim.Cloud) yamlProject {
	t.Helper()
	host := filepath.Join(repository(t), "bin", "pulumi-language-yaml")
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
	p := yamlProject{t: t, folder: t.TempDir()}
	home := t.TempDir()
	p.env = append(os.Environ(), "PULUMI_HOME="+home, "PULUMI_BACKEND_URL=file://"+filepath.ToSlash(home), "PULUMI_CONFIG_PASSPHRASE=test",
		"PATH="+filepath.Dir(host)+string(os.PathListSeparator)+os.Getenv("PATH"),
		fmt.Sprintf("PULUMI_DEBUG_PROVIDERS=%s:%d,%s", azurenative.Name, azure.Port(), ours.Attachment()),
		"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true", "PULUMI_SKIP_UPDATE_CHECK=true")
	p.write()
	p.must("stack", "init", "dev")
	return p
}

// write puts the program into the folder, with replacements as of strings.NewReplacer.
func (p yamlProject) write(replacements ...string) {
	p.t.Helper()
	text, err := os.ReadFile(yamlProgram)
	if err != nil {
		p.t.Fatal(err)
	}
	changed := strings.NewReplacer(replacements...).Replace(string(text))
	if len(replacements) > 0 && changed == string(text) {
		p.t.Fatalf("nothing in %s to replace: %q", yamlProgram, replacements)
	}
	if err := os.WriteFile(filepath.Join(p.folder, "Pulumi.yaml"), []byte(changed), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

func (p yamlProject) run(args ...string) (string, error) {
	command := exec.CommandContext(p.t.Context(), os.Getenv("PULUMI_BIN"), append(args, "--non-interactive", "--color=never")...)
	command.Dir, command.Env = p.folder, p.env
	out, err := command.CombinedOutput()
	return string(out), err
}

func (p yamlProject) must(args ...string) string {
	p.t.Helper()
	out, err := p.run(args...)
	if err != nil {
		p.t.Fatalf("pulumi %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

// TestAProgramInYAMLIsDeployed: the CLI reads the schemas of both providers, checks the program with them, and deploys what is
// modelled, what is kept as given, and our component.
func TestAProgramInYAMLIsDeployed(t *testing.T) {
	cloud := azuresim.New(azuresim.WithCheckedAnswers())
	p := newYAMLProject(t, cloud)
	p.must("preview")
	p.must("up", "--yes", "--skip-preview")
	if got, want := cloud.GivenTypes(), []string{"Microsoft.Network/privateEndpoints", "Microsoft.Sql/servers"}; !slices.Equal(got, want) {
		t.Errorf("kept as given: got %v, want %v", got, want)
	}
	var outputs struct {
		Cluster, Kubeconfig string
		Grants              []struct{ Role, Scope string }
	}
	if err := json.Unmarshal([]byte(p.must("stack", "output", "--json")), &outputs); err != nil {
		t.Fatal(err)
	}
	if clusters := cloud.Clusters(); len(clusters) != 1 || clusters[0].ID != outputs.Cluster || outputs.Kubeconfig != "[secret]" {
		t.Errorf("the cluster is an output, its kubeconfig a secret one: got %v, want %v", outputs, clusters)
	}
	var roles []string
	for _, grant := range outputs.Grants {
		roles = append(roles, grant.Role)
	}
	slices.Sort(roles)
	if !slices.Equal(roles, []string{"AcrPull", "Network Contributor"}) || len(cloud.Assignments()) != 2 {
		t.Errorf("the grants are an output: got %v and %v", outputs.Grants, cloud.Assignments())
	}
	p.must("up", "--yes", "--skip-preview", "--expect-no-changes")
	p.must("refresh", "--yes", "--skip-preview", "--expect-no-changes")
	p.must("destroy", "--yes", "--skip-preview")
	if !cloud.Empty() || len(cloud.Assignments()) > 0 {
		t.Errorf("destroy left %v %v", cloud.Resources(), cloud.Assignments())
	}
	for _, problem := range cloud.Shapes().Problems {
		t.Error(problem)
	}
}

// TestMistakesInYAMLAreFoundByTheSchemas, before anything is made.
func TestMistakesInYAMLAreFoundByTheSchemas(t *testing.T) {
	cloud := azuresim.New()
	p := newYAMLProject(t, cloud)
	cases := []struct{ name, reason, from, to, says string }{
		{"required", "a registry needs a SKU", "sku:", "skew:", "Missing required property 'sku'"},
		{"type of a value", "a name is a string", "registryName: shopimages", "registryName: [shopimages]", "Cannot assign 'List<string>' to 'string'"},
		{"output", "the endpoint has no such output", "${endpoint.id}", "${endpoint.ipAddress}", "ipAddress does not exist on endpoint"},
		{"our component", "it has no such argument", "systemPool:", "systemPol:", "Property systemPol does not exist"},
		{"not described", "nothing is known of its inputs, so it is not in the schema: resources:Resource takes every type",
			"azure-native:network:PrivateEndpoint", "azure-native:sql:Server", `unable to find resource type "azure-native:sql:Server"`},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			p.write(tc.from, tc.to)
			if out, err := p.run("preview"); err == nil || !strings.Contains(out, tc.says) {
				t.Errorf("%s: got %v, want %q in\n%s", tc.reason, err, tc.says, out)
			}
		})
	}
	if !cloud.Empty() {
		t.Errorf("a preview made something: %v", cloud.Resources())
	}
}

// TestTheCLIGetsTheSchemaOfTheSimulatorsPlugin: `pulumi package get-schema` starts the plugin, and gets from it what the provider in this
// process answers.
func TestTheCLIGetsTheSchemaOfTheSimulatorsPlugin(t *testing.T) {
	plugin := filepath.Join(t.TempDir(), "pulumi-resource-"+azurenative.Name)
	build := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", plugin, "../cmd/azuresim")
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	p := newYAMLProject(t, azuresim.New())
	p.env = append(p.env, "AZURESIM_STATE="+filepath.Join(t.TempDir(), "state.json"))
	var got schema.PackageSpec
	if err := json.Unmarshal([]byte(p.must("package", "get-schema", plugin)), &got); err != nil {
		t.Fatal(err)
	}
	want := boundSchema(t)
	if got.Version != azurenative.Version || len(got.Resources) != len(want.Resources) || len(got.Functions) != len(want.Functions) {
		t.Errorf("got version %s, %d resources and %d functions, want %s, %d and %d", got.Version, len(got.Resources), len(got.Functions),
			azurenative.Version, len(want.Resources), len(want.Functions))
	}
}
