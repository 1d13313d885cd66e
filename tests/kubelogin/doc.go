// Package kubelogin compares the kubeconfigs of this library with those of programs that nobody here wrote: kubelogin's
// convert-kubeconfig changes the same kubeconfig of the simulated AKS, and client-go, with which kubectl and the Kubernetes provider
// read kubeconfigs, loads and validates both. It is a module of its own, so that importing users do not download what it needs.
package kubelogin
