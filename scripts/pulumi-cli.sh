#!/bin/sh
# Prints the path of the Pulumi CLI to use, and nothing else, on standard output. It takes the first of
#
#   1. $PULUMI_BIN, if set; unusable or too old is an error, because somebody asked for this very one;
#   2. the pulumi on the PATH, if it is new enough;
#   3. bin/pulumi, if it is new enough;
#   4. bin/pulumi, built from tools/ (see build-tool.sh).
#
# New enough means: the same major version as in tools/go.mod, and not older. A pre-release counts as older than its
# release. What was chosen and why goes to standard error.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
need=$(awk '$1 == "github.com/pulumi/pulumi/pkg/v3" { print $2; exit }' "$root/tools/go.mod")
if [ -z "$need" ]; then
	echo "pulumi-cli: tools/go.mod does not name github.com/pulumi/pulumi/pkg/v3" >&2
	exit 1
fi

# The version that the CLI at $1 reports, for example v3.259.0; empty if it does not run.
# It gets a home of its own, for it would leave a log file in the user's.
version_of() {
	home=$(mktemp -d)
	PULUMI_HOME=$home PULUMI_SKIP_UPDATE_CHECK=true "$1" version 2>/dev/null | head -n 1 || true
	rm -rf "$home"
}

# Whether version $1 can stand in for version $2. Numbers are compared as numbers: v3.99.0 is older than v3.259.0.
new_enough() {
	awk -v have="$1" -v need="$2" '
		function parse(version, part,    release) {
			if (version !~ /^v?[0-9]+\.[0-9]+\.[0-9]+([-+].*)?$/) return 0
			sub(/^v/, "", version)
			release = version
			sub(/[-+].*$/, "", release)
			split(release, part, ".")
			part[4] = version ~ /^[0-9.]+-/ ? 0 : 1
			return 1
		}
		BEGIN {
			if (!parse(have, h) || !parse(need, n)) exit 1
			if (h[1] + 0 != n[1] + 0) exit 1
			for (i = 2; i <= 4; i++) {
				if (h[i] + 0 > n[i] + 0) exit 0
				if (h[i] + 0 < n[i] + 0) exit 1
			}
			exit 0
		}'
}

if [ -n "${PULUMI_BIN-}" ]; then
	have=$(version_of "$PULUMI_BIN")
	if ! new_enough "$have" "$need"; then
		echo "pulumi-cli: PULUMI_BIN=$PULUMI_BIN reports version '${have:-none}'; $need or a newer one of the same" \
			"major version is needed" >&2
		exit 1
	fi
	echo "$PULUMI_BIN"
	exit 0
fi

on_path=$(command -v pulumi || true)
if [ -n "$on_path" ]; then
	have=$(version_of "$on_path")
	if new_enough "$have" "$need"; then
		echo "Using pulumi $have from the PATH: $on_path" >&2
		echo "$on_path"
		exit 0
	fi
	echo "Passing over $on_path: version '${have:-none}', needed is $need." >&2
fi

built=$root/bin/pulumi
if [ ! -x "$built" ] || ! new_enough "$(version_of "$built")" "$need"; then
	"$root/scripts/build-tool.sh" pulumi >&2
fi
echo "$built"
