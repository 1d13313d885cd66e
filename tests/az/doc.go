// Package az deploys a cluster into the simulated Azure with the Azure CLI, as a person would, and clusters of the CLI beside ours,
// for docs/side-by-side.md: make test-az. It needs `az`, and
// knows azure-cli 2.45 of Debian (with the files of scripts/az-shim, which mend that package). Its tests are behind the build tag
// az.
package az
