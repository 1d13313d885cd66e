package provider

import (
	"slices"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// saidDependencies are the resources that the option dependsOn of a component names. Every SDK sends them together with all that the
// arguments come out of (pulumi 3.259.0, sdk/go/pulumi/context.go, prepareResourceInputs), and the component hands what it depends on to
// everything in it: all of it would wait for whatever any argument mentions. A resource in a component waits for its own arguments
// anyway.
//
// What dependsOn names and an argument mentions too cannot be told from what only the argument mentions.
func saidDependencies(req *pulumirpc.ConstructRequest) []string {
	mentioned := map[string]bool{}
	for _, of := range req.GetInputDependencies() {
		for _, urn := range of.GetUrns() {
			mentioned[urn] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(req.GetDependencies()), func(urn string) bool { return mentioned[urn] })
}
