// Package golden compares what a test wrote with the file that is kept of it: a golden file, or a page of docs/ that is generated.
package golden

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Compare fails the test unless the file holds the text; with update it writes the file instead. again is the command that does so.
func Compare(t testing.TB, file, text string, update bool, again string) {
	t.Helper()
	if update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; write it with: %s", err, again)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("%s differs (-want +got); if that is right: %s\n%s", file, again, diff)
	}
}
