package tests

import (
	"strings"
	"testing"
)

// TestSideBySidePageIsThere: the page is written with the Azure CLI (tests/az), which not everybody has; that it exists, has its
// table and can be found is looked at here.
func TestSideBySidePageIsThere(t *testing.T) {
	page := read(t, "docs/side-by-side.md")
	for _, words := range []string{"| situation | identity | `az` | at the end | ours |", "**left behind**", "we leave none"} {
		if !strings.Contains(page, words) {
			t.Errorf("docs/side-by-side.md says nothing of %q; write it again: go test -tags az ./tests/az -run SideBySide -update", words)
		}
	}
	if !strings.Contains(read(t, "docs/index.md"), "(side-by-side.md)") {
		t.Error("docs/index.md does not link to side-by-side.md")
	}
}
