package provider_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/internal/sdks"
)

// TestThePackageHasANameInEveryLanguage: changing one would make every user change every program.
func TestThePackageHasANameInEveryLanguage(t *testing.T) {
	cases := []struct{ language, setting, want, reason string }{
		{"go", "importBasePath", `"github.com/aksidentity/pulumi-aksidentity/sdk/go/aksidentity"`, "it is the module's path"},
		{"nodejs", "packageName", `"@aksidentity/pulumi"`, "the owner's scope, and no word twice"},
		{"python", "packageName", `"pulumi_aksidentity"`, "what users of Pulumi look for first"},
		{"python", "pyproject", `{"enabled":true}`, "setup.py is deprecated"},
		{"csharp", "rootNamespace", `"AksIdentity"`, "the prefix Pulumi is reserved"},
		{"csharp", "namespaces", `{"aksidentity":"Components"}`, "AksIdentity.AksIdentity would say a word twice"},
		{"java", "basePackage", `"io.github.aksidentity"`, "Maven Central takes a group whose owner it can check"},
		{"java", "packages", `{"aksidentity":"components"}`, "as the C# namespace"},
		{"java", "buildFiles", `"gradle"`, "without them the sources cannot be built"},
	}
	spec := specOf(t)
	for _, tc := range cases {
		t.Run(tc.language+" "+tc.setting, func(t *testing.T) {
			var settings map[string]json.RawMessage
			if err := json.Unmarshal(spec.Language[tc.language], &settings); err != nil {
				t.Fatal(err)
			}
			if got := string(settings[tc.setting]); got != tc.want {
				t.Errorf("%s: got %s, want %s", tc.reason, got, tc.want)
			}
		})
	}
}

// TestGeneratedPackagesBearTheNames looks for the name where a program imports it.
func TestGeneratedPackagesBearTheNames(t *testing.T) {
	node, snake, goFiles := sdkOf(t, sdks.NodeJS), sdkOf(t, sdks.Python), sdkOf(t, sdks.Go)
	cases := []struct {
		language, file, contains string
		files                    map[string][]byte
	}{
		{"nodejs", "package.json", `"name": "@aksidentity/pulumi"`, node},
		{"python", "pulumi_aksidentity/__init__.py", `"fqn": "pulumi_aksidentity"`, snake},
		{"python", "pyproject.toml", `name = "pulumi_aksidentity"`, snake},
		{"go", "aksidentity/doc.go", "package aksidentity", goFiles},
	}
	for _, tc := range cases {
		if !bytes.Contains(tc.files[tc.file], []byte(tc.contains)) {
			t.Errorf("%s: %s does not contain %s", tc.language, tc.file, tc.contains)
		}
	}
}

// TestTheRegistryPageHasItsParts: what a registry shows of a package, and a logo that is in the repository.
func TestTheRegistryPageHasItsParts(t *testing.T) {
	spec := specOf(t)
	for part, text := range map[string]string{
		"displayName": spec.DisplayName, "description": spec.Description, "homepage": spec.Homepage, "repository": spec.Repository,
		"publisher": spec.Publisher, "license": spec.License, "pluginDownloadURL": spec.PluginDownloadURL,
	} {
		if text == "" {
			t.Errorf("%s is missing", part)
		}
	}
	_, logo, inRepository := strings.Cut(spec.LogoURL, spec.Publisher+"/pulumi-aksidentity/main/")
	if _, err := os.Stat(filepath.Join("..", filepath.FromSlash(logo))); !inRepository || err != nil {
		t.Errorf("there is no logo at %q: %v", spec.LogoURL, err)
	}
}
