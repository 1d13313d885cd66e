#!/bin/sh
# Fails if a generated file is not what its generator makes today. The generators (the go:generate lines of the root module
# and of tools/) run in a copy of the tree, so that the check changes nothing.
set -eu

cd "$(dirname -- "$0")/.."
root=$PWD
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
trap 'exit 130' INT TERM

git -c safe.directory="$root" ls-files --cached --others --exclude-standard | while IFS= read -r file; do
	[ -f "$file" ] || continue
	mkdir -p "$copy/$(dirname -- "$file")"
	cp -p "$file" "$copy/$file"
done

cd "$copy"
export GOFLAGS="${GOFLAGS:+$GOFLAGS }-buildvcs=false" GOWORK=off
go generate ./...
(cd tools && go generate ./...)
stale=$(find . -type f | while IFS= read -r file; do cmp -s "$file" "$root/$file" || echo "  $file"; done)
if [ -n "$stale" ]; then
	echo "generated files are out of date; run 'make generate':" >&2
	echo "$stale" >&2
	exit 1
fi
