// Package gosdk deploys programs that import the generated SDK for Go, and compares what they make with what the same programs make with
// the components themselves.
//
// It is a module of its own, because it imports the SDK's module: the library cannot require a module that requires a release of it.
package gosdk
