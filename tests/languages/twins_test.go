package languages_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/tests/languages"
)

// withoutTwin are the examples that are not there in YAML, and why.
var withoutTwin = map[string]string{
	"automation": "a tool in Go that embeds Pulumi; YAML has no programs that run Pulumi",
	"platform":   "random and kubernetes have no plugins in our tests, and the CLI checks a program in YAML with their schemas",
}

// TestEveryExampleIsInYAMLOrHasAReason: an example that is forgotten is found here, and so is a reason that no longer holds, and a program
// that is deployed by no test.
func TestEveryExampleIsInYAMLOrHasAReason(t *testing.T) {
	examples, err := languages.Examples("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	var programs []string
	for _, tw := range twins() {
		for _, s := range tw.stacks {
			programs = append(programs, filepath.Join(tw.example, s.yaml))
		}
	}
	for _, example := range examples {
		var found []string
		for _, pattern := range []string{"yaml/Pulumi.yaml", "yaml/*/Pulumi.yaml"} {
			files, err := filepath.Glob(filepath.Join("../../examples", example, pattern))
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, files...)
		}
		reason := withoutTwin[example]
		if (len(found) == 0) != (reason != "") {
			t.Errorf("%s has the programs %v in YAML, and the reason to have none %q: it needs one of them", example, found, reason)
		}
		for _, file := range found {
			if program, err := filepath.Rel("../../examples", filepath.Dir(file)); err != nil || !slices.Contains(programs, program) {
				t.Errorf("no test deploys %s", file)
			}
		}
		if reason != "" {
			languages.Record(t, languages.Row{Example: example, Language: languages.YAML, Done: languages.NotWritten, How: reason})
		}
	}
	for example := range withoutTwin {
		if !slices.Contains(examples, example) {
			t.Errorf("there is no example %s", example)
		}
	}
}
