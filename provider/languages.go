package provider

// languages are the names of the package in other languages. A generated SDK carries the version of the schema that it was made from.
//
// They have no word twice. The owner stands first and what is there second, because the names of Pulumi's own packages
// (@pulumi/..., Pulumi.X, com.pulumi.x) are reserved for Pulumi in most registries:
//
//	npm     @aksidentity/pulumi             import * as aksidentity from "@aksidentity/pulumi"
//	PyPI    pulumi-aksidentity              import pulumi_aksidentity as aksidentity
//	NuGet   AksIdentity.Components          using AksIdentity.Components;
//	Maven   io.github.aksidentity:aksidentity   import io.github.aksidentity.components.*;
//	Go      the import path below
//
// A C# namespace cannot end in Pulumi: inside it Pulumi's own names would no longer be found.
func languages() map[string]any {
	return map[string]any{
		"go": map[string]any{
			"importBasePath":                 "github.com/aksidentity/pulumi-aksidentity/sdk/go/aksidentity",
			"generateResourceContainerTypes": true,
			// Without it the generator (Pulumi 3.259.0) makes no input type for a map that comes before the first plain object.
			"generateExtraInputTypes": true,
			"respectSchemaVersion":    true,
		},
		"nodejs": map[string]any{
			"packageName":          "@aksidentity/pulumi",
			"packageDescription":   description,
			"respectSchemaVersion": true,
		},
		"python": map[string]any{
			"packageName": "pulumi_aksidentity", "respectSchemaVersion": true, "pyproject": map[string]any{"enabled": true},
		},
		"csharp": map[string]any{
			"rootNamespace": "AksIdentity", "namespaces": map[string]any{Name: "Components"}, "respectSchemaVersion": true,
		},
		"java": map[string]any{
			"basePackage": "io.github.aksidentity", "packages": map[string]any{Name: "components"}, "buildFiles": "gradle",
		},
	}
}
