// Package tests holds the checks of the whole: the architecture, the scripts, and lifecycles through the real Pulumi CLI.
//
// The lifecycles are behind the build tag cli, which `make test` sets together with PULUMI_BIN. A plain `go test ./...`
// needs no CLI and says what it left out.
package tests
