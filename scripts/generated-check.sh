#!/bin/sh
# Fails if a generated file is not what its generator makes today. The generators (the go:generate lines of the root module
# and of tools/) run in a copy of the tree, so that the check changes nothing, and their results are compared with a second
# copy, so that somebody who edits files meanwhile does not disturb it.
set -eu

cd "$(dirname -- "$0")/.."
root=$PWD
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

mkdir "$scratch/before"
git -c safe.directory="$root" ls-files --cached --others --exclude-standard | while IFS= read -r file; do
	[ -f "$file" ] || continue
	mkdir -p "$scratch/before/$(dirname -- "$file")"
	cp -p "$file" "$scratch/before/$file"
done
cp -Rp "$scratch/before" "$scratch/after"

cd "$scratch/after"
export GOFLAGS="${GOFLAGS:+$GOFLAGS }-buildvcs=false" GOWORK=off
go generate ./...
(cd tools && go generate ./...)
stale=$(
	find . -type f | while IFS= read -r file; do cmp -s "$file" "../before/$file" || echo "  $file"; done
	cd ../before
	find . -type f | while IFS= read -r file; do [ -f "../after/$file" ] || echo "  $file (is generated no longer)"; done
)
if [ -n "$stale" ]; then
	echo "generated files are out of date; run 'make generate':" >&2
	echo "$stale" >&2
	exit 1
fi
