package tests

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// navigation are the pages of the site's navigation, as tools/site/.vitepress/navigation.mjs reads it from docs/index.md: the first link of
// each item below a heading. Files are named from the root.
func navigation(index string) (found []string) {
	heading := false
	item := regexp.MustCompile(`^- \[[^\]]+\]\(([^)#\s]+)\)`)
	for line := range strings.Lines(index) {
		heading = heading || strings.HasPrefix(line, "## ")
		if match := item.FindStringSubmatch(line); match != nil && heading {
			found = append(found, path.Join("docs", match[1]))
		}
	}
	return found
}

// notNavigated are pages of docs/ to which the navigation does not lead, with the reason.
var notNavigated = map[string]string{
	"docs/index.md":                   "it is the navigation",
	"docs/decisions/0000-template.md": "nobody reads it; one copies it",
}

// lost are the pages to which the navigation does not lead, or leads twice.
func lost(pages, navigated []string) (problems []string) {
	for _, page := range pages {
		n := 0
		for _, other := range navigated {
			if other == page {
				n++
			}
		}
		reason, excused := notNavigated[page]
		switch {
		case excused && n > 0:
			problems = append(problems, fmt.Sprintf("%s is in the navigation: take it from notNavigated (%q)", page, reason))
		case !excused && n != 1:
			problems = append(problems, fmt.Sprintf("%s is %d times the first link of an item below a heading of docs/index.md; once is right", page, n))
		}
	}
	return problems
}

func TestTheNavigationHasEachPage(t *testing.T) {
	documentation := slices.DeleteFunc(pages(t), func(page string) bool { return !strings.HasPrefix(page, "docs/") })
	if len(documentation) < 20 {
		t.Fatalf("there are %d pages in docs/: something is not found", len(documentation))
	}
	for _, problem := range lost(documentation, navigation(read(t, "docs/index.md"))) {
		t.Error(problem)
	}
}

func TestALostPageIsFound(t *testing.T) {
	index := "# Documentation\n\n- [Before](before.md)\n\n## Group\n\n- [One](one.md): and [another](two.md).\n- [Twice](twice.md)\n- [Twice](twice.md)\n"
	cases := []struct {
		name   string
		reason string
		page   string
		found  bool
	}{
		{"there", "the first link of an item is a page of the navigation", "docs/one.md", false},
		{"missing", "nobody would find it", "docs/three.md", true},
		{"second link", "an item has one page in the navigation", "docs/two.md", true},
		{"without heading", "an item belongs to a group", "docs/before.md", true},
		{"twice", "the navigation would light up in two places", "docs/twice.md", true},
		{"excused", "the navigation itself need not be in it", "docs/index.md", false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if got := len(lost([]string{tc.page}, navigation(index))) > 0; got != tc.found {
				t.Errorf("%s: got %v, want %v", tc.reason, got, tc.found)
			}
		})
	}
}
