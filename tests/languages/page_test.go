package languages_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const page = "../../docs/languages.md"

func readPage(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestThePageNamesTestsThatExist: what the page says of remote components is shown by them.
func TestThePageNamesTestsThatExist(t *testing.T) {
	named := regexp.MustCompile("`(Test[A-Za-z]+)`").FindAllStringSubmatch(readPage(t), -1)
	if len(named) < 10 {
		t.Fatalf("the page names only %d tests", len(named))
	}
	there := testsOf(t, "../..")
	for _, name := range named {
		if !there[name[1]] {
			t.Errorf("%s names %s, which does not exist", page, name[1])
		}
	}
}

// testsOf are the tests below the folder.
func testsOf(t *testing.T, root string) map[string]bool {
	t.Helper()
	declared, found := regexp.MustCompile(`(?m)^func (Test\w+)\(t \*testing\.T\)`), map[string]bool{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if entry != nil && entry.IsDir() && entry.Name() == ".cache" {
			return filepath.SkipDir // what npm downloaded
		}
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, match := range declared.FindAllStringSubmatch(string(text), -1) {
			found[match[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
