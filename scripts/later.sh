#!/bin/sh
# Runs tests as if it were so many years later: the machine's clock is replaced while they are compiled, in one file, and nowhere else.
set -eu

cd "$(dirname -- "$0")/.."
years=$1
clock=internal/clock/clock.go
later=$PWD/.cache/later
mkdir -p "$later"
sed "s/time\.Now()/time.Now().AddDate($years, 0, 0)/" "$clock" >"$later/clock.go"
if cmp -s "$clock" "$later/clock.go"; then
	echo "$clock has no time.Now() any more; scripts/later.sh puts another day there." >&2
	exit 1
fi
printf '{"Replace": {"%s": "%s"}}\n' "$PWD/$clock" "$later/clock.go" >"$later/overlay.json"
echo "Tests on a day in $(($(date +%Y) + years)):"
export GOFLAGS="${GOFLAGS:+$GOFLAGS }-overlay=$later/overlay.json" # the programs that tests build are of that day too
go test -count=1 ./components ./plan ./provider ./report ./examples/... ./tests ./tests/components ./tests/recordings ./tests/upgrade
