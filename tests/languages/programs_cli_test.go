//go:build cli

package languages_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/tests/languages"
)

// programsIn are the examples with a program in the language, a file in the folder of that name or below it. An example without one needs a
// reason, which is noted.
func programsIn(t *testing.T, language languages.Language, folder, file string, without map[string]string) []string {
	t.Helper()
	examples, err := languages.Examples("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	var with []string
	for _, example := range examples {
		found := false
		for _, pattern := range []string{file, filepath.Join("*", file)} {
			files, err := filepath.Glob(filepath.Join("../../examples", example, folder, pattern))
			if err != nil {
				t.Fatal(err)
			}
			found = found || len(files) > 0
		}
		reason := without[example]
		if found == (reason != "") {
			t.Errorf("%s has a program in %s: %v, and the reason to have none %q: it needs one of them", example, language, found, reason)
		}
		if found {
			with = append(with, example)
		} else {
			languages.Record(t, languages.Row{Example: example, Language: language, Done: languages.NotWritten, How: reason})
		}
	}
	for example := range without {
		if !slices.Contains(examples, example) {
			t.Errorf("there is no example %s", example)
		}
	}
	return with
}

// onlyGenerated notes that our package was generated, and why no program was compiled with it.
func onlyGenerated(t *testing.T, language languages.Language, programs []string, missing string, files map[string][]byte) {
	t.Helper()
	if len(files) == 0 {
		t.Errorf("no package was generated for %s", language)
	}
	for _, example := range programs {
		languages.Record(t, languages.Row{Example: example, Language: language, Done: "generated only",
			How: missing + ", so our package was generated and no program compiled with it"})
	}
}
