#!/bin/sh
# Builds the documentation as a site into bin/site. VitePress runs in .cache/site, not in tools/site: some npm packages hold Go files, and
# `go build ./...` would find them in tools/.
set -eu

cd "$(dirname -- "$0")/.."
for program in node npm; do
	command -v "$program" >/dev/null || {
		echo "make docs needs node 20 or later and npm, and there is no $program. On Debian: apt-get install nodejs npm" >&2
		exit 1
	}
done
site=.cache/site
mkdir -p "$site"
rm -rf "$site/.vitepress"
cp -R tools/site/.vitepress tools/site/package.json tools/site/.npmrc "$site"
if [ ! -d "$site/node_modules" ] || ! cmp -s tools/site/package-lock.json "$site/installed-lock.json"; then
	echo "npm downloads VitePress (100 MB) into $site, once." >&2
	cp tools/site/package-lock.json "$site"
	(cd "$site" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
	cp tools/site/package-lock.json "$site/installed-lock.json"
fi
(cd "$site" && node_modules/.bin/vitepress build . >&2)
