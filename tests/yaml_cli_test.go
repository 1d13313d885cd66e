//go:build cli

package tests

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/tests/yamlcli"
)

const yamlProgram = "testdata/yaml/Pulumi.yaml"

// yamlProgramWith is the program with replacements as of strings.NewReplacer.
func yamlProgramWith(t *testing.T, replacements ...string) string {
	t.Helper()
	text, err := os.ReadFile(yamlProgram)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.NewReplacer(replacements...).Replace(string(text))
	if len(replacements) > 0 && changed == string(text) {
		t.Fatalf("nothing in %s to replace: %q", yamlProgram, replacements)
	}
	return changed
}

// TestAProgramInYAMLIsDeployed: the CLI reads the schemas of both providers, checks the program with them, and deploys what is
// modelled, what is kept as given, and our component.
func TestAProgramInYAMLIsDeployed(t *testing.T) {
	cloud := azuresim.New(azuresim.WithCheckedAnswers())
	p := yamlcli.New(t, cloud, yamlProgramWith(t))
	p.Must("preview")
	p.Must("up", "--yes", "--skip-preview")
	if got, want := cloud.GivenTypes(), []string{"Microsoft.Network/privateEndpoints", "Microsoft.Sql/servers"}; !slices.Equal(got, want) {
		t.Errorf("kept as given: got %v, want %v", got, want)
	}
	var outputs struct {
		Cluster, Kubeconfig string
		Grants              []struct{ Role, Scope string }
	}
	if err := json.Unmarshal([]byte(p.Must("stack", "output", "--json")), &outputs); err != nil {
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
	p.Must("up", "--yes", "--skip-preview", "--expect-no-changes")
	p.Must("refresh", "--yes", "--skip-preview", "--expect-no-changes")
	p.Must("destroy", "--yes", "--skip-preview")
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
	p := yamlcli.New(t, cloud, yamlProgramWith(t))
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
			p.Write(yamlProgramWith(t, tc.from, tc.to))
			if out, err := p.Run("preview"); err == nil || !strings.Contains(out, tc.says) {
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
	p := yamlcli.New(t, azuresim.New(), yamlProgramWith(t))
	p.Env = append(p.Env, "AZURESIM_STATE="+filepath.Join(t.TempDir(), "state.json"))
	var got schema.PackageSpec
	if err := json.Unmarshal([]byte(p.Must("package", "get-schema", plugin)), &got); err != nil {
		t.Fatal(err)
	}
	want := boundSchema(t)
	if got.Version != azurenative.Version || len(got.Resources) != len(want.Resources) || len(got.Functions) != len(want.Functions) {
		t.Errorf("got version %s, %d resources and %d functions, want %s, %d and %d", got.Version, len(got.Resources), len(got.Functions),
			azurenative.Version, len(want.Resources), len(want.Functions))
	}
}
