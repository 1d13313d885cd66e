package tests

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// files lists the files that are, or on the next commit can be, part of the repository: relative paths with slashes.
// Outside of a git checkout (a downloaded module) it is every file but those in folders that we build into.
func files(t *testing.T) []string {
	t.Helper()
	root := repository(t)
	if _, err := os.Stat(filepath.Join(root, ".git")); err != nil {
		return walk(t, root)
	}
	// The option lets git answer also when the checkout belongs to somebody else.
	command := exec.Command("git", "-c", "safe.directory="+root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	command.Dir = root
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %v", command, err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
}

func walk(t *testing.T, root string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "bin" || entry.Name() == ".cache" || entry.Name() == "node_modules") {
			return fs.SkipDir
		}
		if entry.Type().IsRegular() {
			relative, err := filepath.Rel(root, path)
			found = append(found, filepath.ToSlash(relative))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// unwelcome finds what only makes sense on one machine or ties a build to one registry. The expressions are put together
// from pieces, so that this file does not contain what it looks for.
func unwelcome() []*regexp.Regexp {
	start := `(?m)(^|[\s"'` + "`" + `(=:,])`
	var found []*regexp.Regexp
	for _, text := range []string{
		start + "/" + "work/",
		start + "/" + "root(/|\\b)",
		start + "/" + "tmp/",
		start + "/" + "home/",
		start + "/" + "Users/",
		`\.\./` + `shared/`,
		`\bproxy\.` + `golang\.org`,
		`\bsum\.` + `golang\.org`,
		`\bregistry\.` + `npmjs\.org`,
		`\bregistry\.` + `yarnpkg\.com`,
		`\bfiles\.` + `pythonhosted\.org`,
		`\bpypi\.` + `org/simple`,
	} {
		found = append(found, regexp.MustCompile(text))
	}
	return found
}

func TestNothingTiesUsToOneMachine(t *testing.T) {
	expressions := unwelcome()
	for _, file := range files(t) {
		content, err := os.ReadFile(filepath.Join(repository(t), file))
		if os.IsNotExist(err) {
			continue // deleted, and git does not know yet
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, expression := range expressions {
			if at := expression.FindIndex(content); at != nil {
				line := 1 + bytes.Count(content[:at[1]], []byte("\n"))
				t.Errorf("%s:%d mentions %q", file, line, strings.TrimSpace(string(content[at[0]:at[1]])))
			}
		}
	}
}

// TestUnwelcomeFindsWhatItShould guards the expressions above: one that matches nothing would pass for ever.
func TestUnwelcomeFindsWhatItShould(t *testing.T) {
	cases := []struct {
		name   string
		reason string
		text   string
		want   bool
	}{
		{"a path at the beginning of a line", "the commonest leak", "/" + "work/main/x.go", true},
		{"a path in quotes", "in code and JSON", `cd "/` + `tmp/x"`, true},
		{"a path inside another", "only absolute paths are the machine's", "testdata/" + "work/x", false},
		{"a default for TMPDIR", "a script may fall back to the system's folder", "${TMPDIR:-" + "/" + "tmp}", false},
		{"a module proxy", "the environment decides where modules come from", "GOPROXY=https://proxy." + "golang.org", true},
		{"a Go module path", "golang.org/x is a name, not a host to build from", "golang.org/x/mod", false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			got := false
			for _, expression := range unwelcome() {
				got = got || expression.MatchString(tc.text)
			}
			if got != tc.want {
				t.Errorf("%s: %q: got %v, want %v", tc.reason, tc.text, got, tc.want)
			}
		})
	}
}
