#!/bin/sh
# Runs each fuzz function for $FUZZTIME (30s). Go runs one at a time, so they have to be found first; finding none is an
# error, for then this command has stopped doing its work.
set -eu

cd "$(dirname -- "$0")/.."
found=0
for file in $(grep -rl --include='*_test.go' '^func Fuzz' .); do
	for name in $(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' "$file"); do
		found=$((found + 1))
		echo "== $name in $(dirname -- "$file")"
		(cd "$(dirname -- "$file")" && go test . -run '^$' -fuzz "^$name\$" -fuzztime "${FUZZTIME:-30s}")
	done
done
if [ "$found" -eq 0 ]; then
	echo "fuzz: there is no fuzz function" >&2
	exit 1
fi
