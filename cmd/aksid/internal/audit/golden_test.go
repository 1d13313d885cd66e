package audit_test

import (
	"flag"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/tests/golden"
)

var update = flag.Bool("update", false, "write what is, as what should be")

// compare compares with testdata/NAME.txt.
func compare(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", strings.NewReplacer(" ", "-", ",", "").Replace(name)+".txt")
	golden.Compare(t, file, got, *update, "go test ./internal/audit -update")
}
