#!/bin/sh
# Prints the path of the provider plugin azure-native in the version that azuresim/azurenative imitates, and nothing else, on
# standard output. It takes the first of
#
#   1. pulumi-resource-azure-native on the PATH;
#   2. the one that `pulumi plugin install` has put into Pulumi's home.
#
# The version of the first is looked at by the test that uses it.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
version=$(awk -F '"' '/^\tVersion = / { print $2 }' "$root/azuresim/azurenative/provider.go")
name=pulumi-resource-azure-native
installed=${PULUMI_HOME:-${HOME-}/.pulumi}/plugins/resource-azure-native-v$version/$name
if command -v "$name"; then
	exit 0
elif [ -x "$installed" ]; then
	echo "$installed"
else
	echo "The provider plugin azure-native v$version is neither on the PATH ($name) nor in $installed:" \
		"with internet access, \`pulumi plugin install resource azure-native v$version\` gets it." >&2
	exit 1
fi
