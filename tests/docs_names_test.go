package tests

import (
	"regexp"
	"strings"
	"testing"
)

// TestNamedTestsExist: a test that a page names as its witness is there.
func TestNamedTestsExist(t *testing.T) {
	var all strings.Builder
	for _, file := range files(t) {
		if strings.HasSuffix(file, "_test.go") {
			all.WriteString(read(t, file))
		}
	}
	named, checked := regexp.MustCompile("`(Test[A-Z]\\w*)`"), 0
	for _, page := range pages(t) {
		for _, match := range named.FindAllStringSubmatch(read(t, page), -1) {
			checked++
			if !strings.Contains(all.String(), "func "+match[1]+"(") {
				t.Errorf("%s names %s, which is no test", page, match[1])
			}
		}
	}
	if checked == 0 {
		t.Error("no page names a test, so this test checks nothing")
	}
}
