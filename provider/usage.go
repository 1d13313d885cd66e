package provider

import (
	"embed"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// usages are the examples of the components in every language, one folder each. The one in YAML is deployed by the tests and the one in
// Go compiled; of the others the tests know that they name the same arguments as the one in YAML.
//
//go:embed all:usage
var usages embed.FS

// usageFiles are the files of an example, in the order in which registries show languages.
var usageFiles = []struct{ language, file string }{
	{"typescript", "index.ts"}, {"python", "__main__.py"}, {"go", "main.go"}, {"csharp", "Program.cs"}, {"java", "App.java"}, {"yaml", "Pulumi.yaml"},
}

// exemplify adds its example to the description of each component, in the marks by which a generated SDK takes only its own language.
func exemplify(spec *schema.PackageSpec) error {
	for token, component := range spec.Resources {
		var out strings.Builder
		out.WriteString("\n\n{{% examples %}}\n## Example Usage\n{{% example %}}\n")
		for _, usage := range usageFiles {
			text, err := usages.ReadFile("usage/" + strings.TrimPrefix(token, indexName) + "/" + usage.file)
			if err != nil {
				return fmt.Errorf("example of %s in %s: %w", token, usage.language, err)
			}
			fmt.Fprintf(&out, "\n```%s\n%s\n```\n", usage.language, strings.TrimSpace(string(text)))
		}
		out.WriteString("{{% /example %}}\n{{% /examples %}}\n")
		component.Description += out.String()
		spec.Resources[token] = component
	}
	return nil
}
