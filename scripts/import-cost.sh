#!/bin/sh
# Measures what a program that imports our components has to download, with an empty module cache, and fails if that
# includes what only our tests, the served provider or our tools need. docs/decisions/0001-one-module.md says why.
#
# It does so twice: for the packages that `go build` loads (`go list -deps` loads exactly these, without compiling them) and
# for `go mod tidy`, which every user runs and which looks also at the tests of the packages that are imported.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
module=github.com/aksidentity/pulumi-aksidentity
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

export GOMODCACHE="$scratch/modcache" GOWORK=off
export GOFLAGS="${GOFLAGS:+$GOFLAGS }-modcacherw"
zips=$GOMODCACHE/cache/download

# A fresh program with one import.
write_program() {
	rm -rf "$scratch/program"
	mkdir -p "$scratch/program"
	cd "$scratch/program"
	cat >go.mod <<-EOF
		module example.com/program

		go $(cd "$root" && go list -m -f '{{.GoVersion}}')

		require $module v0.0.0

		replace $module => $root
	EOF
	cat >main.go <<-EOF
		package main

		import (
			"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

			_ "$module/components"
		)

		func main() { pulumi.Run(func(*pulumi.Context) error { return nil }) }
	EOF
}

# What must not be among the downloads: the engine, go-provider, and the two giants of the Azure SDK.
unwanted='pulumi/pulumi/pkg/|pulumi-go-provider/|azure-native-sdk/(network|compute)/|golangci'

report() {
	find "$zips" -name '*.zip' -printf '%s\n' |
		awk -v what="$1" '{ n++; bytes += $1 } END { printf "%-12s %4d module zips, %6.1f MB\n", what, n, bytes / 1e6 }'
	if find "$zips" -name '*.zip' | grep -E "$unwanted"; then
		echo "import-cost: $1 must not download these" >&2
		return 1
	fi
}

write_program
go list -mod=mod -deps . >/dev/null 2>"$scratch/log" || { cat "$scratch/log" >&2; exit 1; }
report "go build"

rm -rf "$GOMODCACHE"
write_program
go mod tidy >/dev/null 2>"$scratch/log" || { cat "$scratch/log" >&2; exit 1; }
report "go mod tidy"
