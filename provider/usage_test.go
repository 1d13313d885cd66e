package provider_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/pulumi/pulumi/pkg/v3/codegen"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"gopkg.in/yaml.v3"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// usage is the example of a component in YAML.
type usage struct {
	Resources map[string]struct {
		Type       string         `yaml:"type"`
		Properties map[string]any `yaml:"properties"`
	} `yaml:"resources"`
	Outputs map[string]string `yaml:"outputs"`
}

func usageOf(t *testing.T, component string) (text string, parsed usage) {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("usage", component, "Pulumi.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(file, &parsed); err != nil {
		t.Fatal(err)
	}
	return string(file), parsed
}

// TestEveryComponentHasAnExampleInEveryLanguage: and a generated SDK shows the one of its own language only.
func TestEveryComponentHasAnExampleInEveryLanguage(t *testing.T) {
	for token, component := range specOf(t).Resources {
		if !strings.Contains(component.Description, "## Example Usage") {
			t.Errorf("%s has no example", token)
		}
		for language, opening := range map[string]string{
			"typescript": `import * as aksidentity from "@aksidentity/pulumi";`, "python": "import pulumi_aksidentity as aksidentity", "go": "package main",
			"csharp": "using AksIdentity.Components;", "java": "import io.github.aksidentity.components.", "yaml": "type: aksidentity:",
		} {
			shown := codegen.FilterExamples(component.Description, language)
			if !strings.Contains(shown, "```"+language+"\n") || !strings.Contains(shown, opening) {
				t.Errorf("%s has no example in %s, or one that does not import the package: %s", token, language, shown)
			}
			if n := strings.Count(shown, "```"); n != 2 {
				t.Errorf("%s shows %d examples in %s", token, n/2, language)
			}
		}
	}
}

// TestTheExampleInYAMLDeploys through the served components, twice, and away again.
func TestTheExampleInYAMLDeploys(t *testing.T) {
	for token := range specOf(t).Resources {
		component := token[strings.LastIndex(token, ":")+1:]
		t.Run(component, func(t *testing.T) {
			text, example := usageOf(t, component)
			cloud := azuresim.New()
			cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "shop"), nil)
			for _, id := range regexp.MustCompile(`/subscriptions/\S+`).FindAllString(text, -1) {
				cloud.MustSeed(id, nil)
			}
			principal := cloud.MustSeedIdentity("shop", "somebody").PrincipalID
			s := simtest.New(t, func(ctx *pulumi.Context) error { return example.run(ctx, principal) }, asProvider(), simtest.WithCloud(cloud))
			for step, run := range []func(...simtest.OpOption) simtest.Result{s.Preview, s.Up, s.Up, s.Destroy} {
				result := run()
				if result.Err != nil {
					t.Fatalf("step %d: %s", step, result.Explain())
				}
				if step == 2 && !result.Unchanged() {
					t.Errorf("the second deployment changes something:\n%s", result.Steps.Changing())
				}
			}
		})
	}
}

// run registers the resources of the example. A principal is the one that the test knows.
func (u usage) run(ctx *pulumi.Context, principal string) error {
	for name, r := range u.Resources {
		properties := pulumi.Map{}
		for key, value := range r.Properties {
			if strings.HasSuffix(key, "PrincipalId") || key == "principalId" {
				value = principal
			}
			properties[key] = pulumi.Any(value)
		}
		token := strings.Replace(r.Type, ":", ":index:", 1)
		var made pulumi.ResourceState
		if err := ctx.RegisterRemoteComponentResource(token, name, properties, &made); err != nil {
			return err
		}
	}
	return nil
}

// TestExamplesNameTheSameArguments: each argument of the example in YAML is in those of the other languages, as they spell it, and each
// output is one.
func TestExamplesNameTheSameArguments(t *testing.T) {
	spec := specOf(t)
	spelled := map[string]func(string) string{
		"index.ts": func(name string) string { return name + ":" }, "__main__.py": snake, "Program.cs": func(name string) string { return pascal(name) + " =" },
		"App.java": func(name string) string { return "." + name + "(" },
	}
	for token, component := range spec.Resources {
		name := token[strings.LastIndex(token, ":")+1:]
		_, example := usageOf(t, name)
		names := map[string]bool{}
		for _, r := range example.Resources {
			argumentsIn(spec, component.InputProperties, r.Properties, names)
		}
		if len(names) == 0 {
			t.Errorf("%s: the example in YAML gives no argument", name)
		}
		for file, spell := range spelled {
			text, err := os.ReadFile(filepath.Join("usage", name, file))
			if err != nil {
				t.Fatal(err)
			}
			for argument := range names {
				if !strings.Contains(string(text), spell(argument)) {
					t.Errorf("%s/%s does not give %s", name, file, spell(argument))
				}
			}
		}
		for output, value := range example.Outputs {
			if _, known := component.Properties[output]; !known || !strings.HasSuffix(value, "."+output+"}") {
				t.Errorf("%s has no output %s", name, output)
			}
		}
	}
}

// argumentsIn collects the names of the arguments; keys that the user chooses are none.
func argumentsIn(spec schema.PackageSpec, known map[string]schema.PropertySpec, given map[string]any, names map[string]bool) {
	for name, value := range given {
		names[name] = true
		argumentsOf(spec, known[name].TypeSpec, value, names)
	}
}

func argumentsOf(spec schema.PackageSpec, t schema.TypeSpec, value any, names map[string]bool) {
	switch value := value.(type) {
	case []any:
		for _, element := range value {
			argumentsOf(spec, *t.Items, element, names)
		}
	case map[string]any:
		if t.AdditionalProperties == nil {
			argumentsIn(spec, spec.Types[strings.TrimPrefix(t.Ref, "#/types/")].Properties, value, names)
			return
		}
		for _, element := range value {
			argumentsOf(spec, *t.AdditionalProperties, element, names)
		}
	}
}

func snake(name string) string {
	var out strings.Builder
	for _, r := range name {
		if unicode.IsUpper(r) {
			out.WriteRune('_')
		}
		out.WriteRune(unicode.ToLower(r))
	}
	return out.String()
}

func pascal(name string) string { return strings.ToUpper(name[:1]) + name[1:] }
