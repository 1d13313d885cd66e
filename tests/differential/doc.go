// Package differential deploys the examples twice, through two providers azure-native, each against a simulated Azure of its own
// behind HTTP, and compares what the engine and Azure got to see: inputs and outputs in the state, a second preview, a refresh, and
// the requests to Azure Resource Manager. It is there to set the real provider against our imitation of it (azuresim/azurenative):
//
//	pulumi plugin install resource azure-native v2.92.3
//	make differential
//
// Both providers get the same seed for the names that they make up, so that names are the same, and with them all IDs and principals
// of the simulator. What may differ stands in one table with reasons (accepted.go); anything else is a failure.
//
// Not compared: signing in, questions about long operations, how often a thing is read, and the order of requests.
package differential
