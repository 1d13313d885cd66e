// Package provider serves the components to every Pulumi language. It is the plugin pulumi-resource-aksidentity: the same
// constructors that Go programs call, behind Pulumi's provider protocol.
//
//	server, err := provider.NewServer("1.2.3")
//
// It adds what the protocol needs and the components do not know about: a schema with descriptions (taken from the
// components' doc comments) and with types named as other languages expect them; problems of the arguments as errors with
// property paths; arguments of the wrong kind refused by path before the constructor sees them; aliases in every form; and a
// dependsOn that is told from what the arguments come out of. What stays different from Go stands in docs/languages.md.
//
// What it does not do: decide. A program in another language gets the same plan, the same defaults and the same problems as
// one in Go. [Serve] offers the provider on a port, for PULUMI_DEBUG_PROVIDERS; a served provider outlives the command that
// attached to it.
package provider
