package tests

import (
	"flag"
	"path/filepath"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/tests/golden"
)

var update = flag.Bool("update", false, "rewrite the golden files of this package")

// kept compares a text with the file testdata/<name>, or rewrites it with -update.
func kept(t *testing.T, name, got string) {
	t.Helper()
	golden.Compare(t, filepath.Join("testdata", name), got, *update, "go test ./tests -run "+t.Name()+" -update")
}
