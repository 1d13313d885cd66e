package tests

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// pages are our Markdown files.
func pages(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, file := range files(t) {
		if strings.HasSuffix(file, ".md") && !strings.Contains(file, "testdata/") {
			found = append(found, file)
		}
	}
	if len(found) == 0 {
		t.Fatal("there are no pages, so this test checks nothing")
	}
	return found
}

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(repository(t), file))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// TestLinksLeadSomewhere looks at links within the repository.
func TestLinksLeadSomewhere(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#\s]+)(#[^)]*)?\)`)
	for _, page := range pages(t) {
		for _, match := range link.FindAllStringSubmatch(read(t, page), -1) {
			if strings.Contains(match[1], "://") {
				continue
			}
			target := path.Join(path.Dir(page), match[1])
			if _, err := os.Stat(filepath.Join(repository(t), target)); err != nil {
				t.Errorf("%s links to %s, which does not exist", page, match[1])
			}
		}
	}
}

// TestMakeTargetsAreExplained: whoever reads `make help` sees each target that is named in our pages.
func TestMakeTargetsAreExplained(t *testing.T) {
	makefile := read(t, "Makefile")
	mentioned := regexp.MustCompile("(?m)(?:`|^    )make ([a-z-]+)")
	for _, page := range pages(t) {
		for _, match := range mentioned.FindAllStringSubmatch(read(t, page), -1) {
			if !strings.Contains(makefile, "\n"+match[1]+": ") {
				t.Errorf("%s names `make %s`, which the Makefile does not have", page, match[1])
			}
		}
	}
}
