// Package clients deploys clusters into the simulated Azure with the clients of the Azure SDK for Go: a judge that nobody here
// wrote. It is a module of its own, so that nobody who imports the library downloads Azure's SDK.
//
//	(cd tests/clients && GOWORK=off go test -v ./...)
//
// The program in azure/ plays the cases of azuresim/contract against a real Azure.
package clients
