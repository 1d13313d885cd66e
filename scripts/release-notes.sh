#!/bin/sh
# Prints the section of CHANGELOG.md that is about a version:
#
#   scripts/release-notes.sh 1.2.3
#
# A version without a section is an error: nobody would know what it brings.
set -eu

cd "$(dirname -- "$0")/.."
version=${1-}
notes=$(awk -v heading="## $version" '
	$0 == heading || index($0, heading " ") == 1 { inside = 1; next }
	/^## / { inside = 0 }
	inside { print }
' CHANGELOG.md)
if [ -z "$version" ] || [ -z "$notes" ]; then
	echo "release-notes: CHANGELOG.md has no section '## $version' with a line in it" >&2
	exit 1
fi
printf '%s\n' "$notes"
