//go:build !cli

package tests

import "testing"

// TestWithoutCLI has nothing to check. It is there so that the output of `go test -v` says what was not run.
func TestWithoutCLI(t *testing.T) {
	t.Log("The lifecycles through the Pulumi CLI were not compiled in: `make test` gets a CLI and runs them (-tags cli).")
}
