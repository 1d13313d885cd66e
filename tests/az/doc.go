// Package az deploys a cluster into the simulated Azure with the Azure CLI, as a person would: make test-az. It needs `az`, and
// knows azure-cli 2.45 of Debian (with the files of scripts/az-shim, which mend that package). Its tests are behind the build tag
// az.
package az
