package provider_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"github.com/aksidentity/pulumi-aksidentity/provider"
)

const version = "1.0.0"

var update = flag.Bool("update", false, "rewrite the golden files")

func specOf(t *testing.T) schema.PackageSpec {
	t.Helper()
	made, err := provider.New(version)
	if err != nil {
		t.Fatal(err)
	}
	spec, err := p.GetSchema(context.Background(), provider.Name, version, made)
	if err != nil {
		t.Fatal(err)
	}
	return spec
}

func TestSchemaIsGolden(t *testing.T) {
	golden := filepath.Join("testdata", "schema.json")
	got, err := json.MarshalIndent(specOf(t), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("what other languages see has changed. If that is intended, run\n\tgo test ./provider -update\n"+
			"and look at the difference (-golden +now):\n%s", diff)
	}
}

func TestDescriptionsAreFresh(t *testing.T) {
	out := filepath.Join(t.TempDir(), "descriptions.json")
	generator := exec.Command("go", "run", "./schemadocs", "-out", out, "../components")
	generator.Dir = filepath.Join("..", "tools")
	generator.Env = append(os.Environ(), "GOWORK=off")
	if text, err := generator.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", generator, err, text)
	}
	now, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile("descriptions.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(now, kept) {
		t.Errorf("the doc comments of the components have changed; run\n\tgo generate ./provider\n(-kept +now):\n%s",
			cmp.Diff(string(kept), string(now)))
	}
}

// described is one property of the schema, with where it is.
type described struct {
	where string
	spec  schema.PropertySpec
}

func propertiesOf(spec schema.PackageSpec) []described {
	var all []described
	add := func(where string, properties map[string]schema.PropertySpec) {
		for name, s := range properties {
			all = append(all, described{where: where + "." + name, spec: s})
		}
	}
	for token, r := range spec.Resources {
		add(token, r.InputProperties)
		add(token+" (output)", r.Properties)
	}
	for token, o := range spec.Types {
		add(token, o.Properties)
	}
	return all
}

func TestEverythingHasADescription(t *testing.T) {
	spec := specOf(t)
	for _, property := range propertiesOf(spec) {
		if property.spec.Description == "" {
			t.Errorf("%s has none: write a doc comment at the Go field, then go generate ./provider", property.where)
		}
	}
	for token, r := range spec.Resources {
		if r.Description == "" {
			t.Errorf("%s has none", token)
		}
	}
	for token, o := range spec.Types {
		if o.Description == "" {
			t.Errorf("%s has none", token)
		}
	}
}

// TestEveryArgumentHasAType: an argument of type Any is one that the framework could not express.
func TestEveryArgumentHasAType(t *testing.T) {
	for _, property := range propertiesOf(specOf(t)) {
		if hasAny(property.spec.TypeSpec) && !isEscapeHatch(property.where) {
			t.Errorf("%s has no type in other languages; give the Go field a type that has one", property.where)
		}
	}
}

func isEscapeHatch(where string) bool { return strings.HasSuffix(where, ".additionalProperties") }

func hasAny(t schema.TypeSpec) bool {
	return strings.HasPrefix(t.Ref, "pulumi.json#/") ||
		t.Items != nil && hasAny(*t.Items) || t.AdditionalProperties != nil && hasAny(*t.AdditionalProperties)
}

// TestSchemaStaysOurs: a reference to a type of azure-native would make every user load its schema of 200 MB.
func TestSchemaStaysOurs(t *testing.T) {
	text, err := json.Marshal(specOf(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, foreign := range []string{"azure-native@", "/azure-native/", `Args"`} {
		if bytes.Contains(text, []byte(foreign)) {
			t.Errorf("the schema contains %s", foreign)
		}
	}
}

// TestEveryComponentIsServed looks for the tokens that package components writes down.
func TestEveryComponentIsServed(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "components", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	token, spec, found := regexp.MustCompile(`Token = "(aksidentity:index:\w+)"`), specOf(t), 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range token.FindAllStringSubmatch(string(text), -1) {
			found++
			if _, served := spec.Resources[match[1]]; !served {
				t.Errorf("%s is not served: add its constructor to all in provider.go", match[1])
			}
		}
	}
	if found != len(spec.Resources) {
		t.Errorf("%d tokens are written down, %d components are served", found, len(spec.Resources))
	}
}

func TestSchemaOfTheComponents(t *testing.T) {
	spec := specOf(t)
	cases := []struct {
		token    string
		required []string
	}{
		{"aksidentity:index:ManagedIdentityCluster", []string{"apiServer"}},
		{"aksidentity:index:VnetDelegation", nil},
		{"aksidentity:index:AddonIdentityGrants", nil},
		{"aksidentity:index:WorkloadIdentity", []string{"serviceAccounts"}},
	}
	for _, tc := range cases {
		component, ok := spec.Resources[tc.token]
		if !ok || !component.IsComponent {
			t.Errorf("%s is not served as a component", tc.token)
		}
		if diff := cmp.Diff(tc.required, component.RequiredInputs); diff != "" {
			t.Errorf("%s: required inputs (-want +got):\n%s", tc.token, diff)
		}
	}
	if !spec.Resources["aksidentity:index:ManagedIdentityCluster"].Properties["kubeconfig"].Secret {
		t.Error("the kubeconfig is not marked secret")
	}
}
