#!/bin/sh
# Deploys the examples of the previous version, built from git, into its simulated Azure, and writes what came of it to a file:
#
#   scripts/record-previous.sh FILE
#
# tests/upgrade/previous.txt names the version. One that has no recorder of its own gets that of tests/upgrade/testdata/recorder.
# Nothing in this checkout is changed.
set -eu

case ${1-} in
"")
	echo "record-previous: name the file to write" >&2
	exit 2
	;;
/*) out=$1 ;;
*) out=$PWD/$1 ;;
esac

cd "$(dirname -- "$0")/.."
root=$PWD
version=$(sed '/^#/d; /^$/d' tests/upgrade/previous.txt)
if ! commit=$(git -c safe.directory="$root" rev-parse --verify --quiet "$version^{commit}"); then
	echo "record-previous: git does not have the previous version, $version (tests/upgrade/previous.txt); in a shallow checkout" \
		"run: git fetch --unshallow --tags" >&2
	exit 1
fi
date=$(git -c safe.directory="$root" show -s --format=%cs "$commit")

mkdir -p "$(dirname -- "$out")"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
git -c safe.directory="$root" archive "$commit" | tar -x -C "$scratch"
if [ ! -f "$scratch/tests/upgrade/record_test.go" ]; then
	cp -R tests/upgrade/testdata/recorder/. "$scratch"
fi

echo "Compiling version $version and deploying its examples (3 minutes the first time)." >&2
cd "$scratch"
GOWORK=off go test -count=1 -timeout 30m ./tests/upgrade -run '^TestThisVersionIsRecorded$' \
	-record "$out" -version "$version" -commit "$commit" -date "$date" >&2
