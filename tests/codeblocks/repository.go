package codeblocks

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Repository is what pages can refer to: our files and tests.
type Repository struct {
	root string
	// Pages are the files whose code blocks are held, with slashes, from the root.
	Pages []string
	// tests says in which file each test and example is.
	tests map[string]string
}

var (
	// whose blocks are held: what users and contributors read. Notes beside data are none of them.
	page     = regexp.MustCompile(`^(README\.md|CONTRIBUTING\.md|docs/(.*/)?[^/]+\.md|examples/(.*/)?README\.md)$`)
	declared = regexp.MustCompile(`(?m)^func ((?:Test|Example|Fuzz)\w*)\(`)
)

// Open looks at the checkout whose root is the folder.
func Open(root string) (*Repository, error) {
	r := &Repository{root: root, tests: map[string]string{}}
	err := filepath.WalkDir(root, func(at string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, at)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return r.enter(entry.Name(), relative)
		}
		return r.see(filepath.ToSlash(relative))
	})
	slices.Sort(r.Pages)
	return r, err
}

// enter leaves out what is built or downloaded.
func (r *Repository) enter(name, relative string) error {
	if relative != "." && (strings.HasPrefix(name, ".") || slices.Contains([]string{"bin", "dist", "node_modules", "nodejs"}, name)) {
		return fs.SkipDir
	}
	return nil
}

func (r *Repository) see(file string) error {
	if page.MatchString(file) {
		r.Pages = append(r.Pages, file)
	}
	if !strings.HasSuffix(file, "_test.go") {
		return nil
	}
	source, err := r.read(file)
	for _, match := range declared.FindAllStringSubmatch(source, -1) {
		r.tests[match[1]] = file
	}
	return err
}

// Read is the text of the page.
func (r *Repository) Read(page string) (string, error) { return r.read(page) }

func (r *Repository) read(file string) (string, error) {
	text, err := os.ReadFile(filepath.Join(r.root, filepath.FromSlash(file)))
	return string(text), err
}

func (r *Repository) exists(test string) error {
	if r.tests[test] == "" {
		return fmt.Errorf("there is no test %s", test)
	}
	return nil
}

// testsBeside are the sources of all tests in the folder of the test.
func (r *Repository) testsBeside(test string) string {
	folder := path.Dir(r.tests[test])
	files, err := filepath.Glob(filepath.Join(r.root, folder, "*_test.go"))
	if err != nil {
		return ""
	}
	var all strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			continue // then its lines are missed, and that is told
		}
		all.Write(text)
	}
	return all.String()
}

func (r *Repository) isFolder(folder string) bool {
	info, err := os.Stat(filepath.Join(r.root, filepath.FromSlash(folder)))
	return err == nil && info.IsDir()
}

// matching tells whether a test in the folder, or anywhere below the root when folder is "", has a name that the expression finds.
func (r *Repository) matching(folder string, expression *regexp.Regexp) bool {
	for test, file := range r.tests {
		if (folder == "" || path.Dir(file) == path.Clean(folder)) && expression.MatchString(test) {
			return true
		}
	}
	return false
}
