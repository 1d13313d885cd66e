#!/bin/sh
# Builds one of our tools from the nested module tools/, or from one of its own below it, into bin/.
#
#   scripts/build-tool.sh pulumi
#   scripts/build-tool.sh pulumi-language-yaml
#   scripts/build-tool.sh golangci-lint
#   scripts/build-tool.sh gremlins         # from a module of its own, tools/gremlins
#   scripts/build-tool.sh actionlint
#
# Progress goes to standard error: with an empty build cache the Pulumi CLI takes about five minutes on two cores, and
# silence for that long looks like a hang. The binary is put in place in one step, so that an interrupted build or two
# builds at the same time never leave half a file behind.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

# The version in the go.mod of the tool of the module whose path is $1.
module_version() {
	awk -v module="$1" '$1 == module { print $2; exit } $1 == "require" && $2 == module { print $3; exit }' \
		"$root/$home/go.mod"
}

name=${1-}
home=tools
ldflags='-s -w'
case $name in
pulumi)
	package=github.com/pulumi/pulumi/pkg/v3/cmd/pulumi
	version=$(module_version github.com/pulumi/pulumi/pkg/v3)
	# Without this the CLI reports no version, and the Automation API refuses it.
	ldflags="$ldflags -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=$version"
	expectation='about 5 minutes and 300 MB of downloads the first time'
	;;
pulumi-language-yaml)
	home=tools/yaml
	package=github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml
	version=$(module_version github.com/pulumi/pulumi-yaml)
	ldflags="$ldflags -X github.com/pulumi/pulumi-yaml/pkg/version.Version=$version"
	expectation='2 to 4 minutes the first time'
	;;
golangci-lint)
	package=github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	version=$(module_version github.com/golangci/golangci-lint/v2)
	expectation='2 to 4 minutes the first time'
	;;
gremlins)
	home=tools/gremlins
	package=github.com/go-gremlins/gremlins/cmd/gremlins
	version=$(module_version github.com/go-gremlins/gremlins)
	expectation='half a minute the first time'
	;;
actionlint)
	home=tools/actionlint
	package=github.com/rhysd/actionlint/cmd/actionlint
	version=$(module_version github.com/rhysd/actionlint)
	expectation='a few seconds'
	;;
*)
	echo "usage: scripts/build-tool.sh pulumi|pulumi-language-yaml|golangci-lint|gremlins|actionlint" >&2
	exit 2
	;;
esac
if [ -z "$version" ]; then
	echo "build-tool: $home/go.mod does not name the module of $package" >&2
	exit 1
fi

mkdir -p "$root/bin"
target=$root/bin/$name
partial=$target.partial.$$
log=$partial.log
ticker=

# The ticker counts the packages that `go build -v` has named so far. A terminal gets one line that moves, a log file
# gets a line every 15 seconds.
tick() {
	seconds=0
	while sleep 1; do
		seconds=$((seconds + 1))
		packages=$(wc -l <"$log" 2>/dev/null || echo 0)
		if [ -t 2 ]; then
			printf '\r  building %s %s: %d s, %d packages compiled ' "$name" "$version" "$seconds" "$packages" >&2
		elif [ $((seconds % 15)) -eq 0 ]; then
			printf '  building %s %s: %d s, %d packages compiled\n' "$name" "$version" "$seconds" "$packages" >&2
		fi
	done
}

cleanup() {
	if [ -n "$ticker" ]; then
		kill "$ticker" 2>/dev/null || true
		wait "$ticker" 2>/dev/null || true
	fi
	rm -f "$partial" "$log"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

echo "Building $name $version from $home/ ($expectation)." >&2
: >"$log"
tick &
ticker=$!

begin=$(date +%s)
if ! (cd "$root/$home" && GOWORK=off go build -v -ldflags "$ldflags" -o "$partial" "$package") >"$log" 2>&1; then
	[ ! -t 2 ] || echo >&2
	echo "build-tool: cannot build $name $version; the end of the compiler's output:" >&2
	tail -n 40 "$log" >&2
	exit 1
fi
mv -f "$partial" "$target"
[ ! -t 2 ] || echo >&2
echo "Built bin/$name $version in $(($(date +%s) - begin)) s." >&2
