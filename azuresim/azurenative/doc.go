// Package azurenative speaks the Pulumi provider protocol of azure-native 2.92.3 in front of a simulated Azure
// ([azuresim.Cloud]), so that the real Pulumi engine and CLI can deploy programs without a subscription.
//
// In a Go test use package simtest, which needs no CLI. For the CLI, serve the simulator and attach to it:
//
//	server, err := azurenative.Serve(ctx, azuresim.New())
//	if err != nil { ... }
//	defer server.Close()
//	cmd := exec.Command("pulumi", "up", "--yes")
//	cmd.Env = append(os.Environ(), server.Env()...) // PULUMI_DEBUG_PROVIDERS=azure-native:PORT and friends
//
// What it imitates: autonaming, the location default, validation against the SDK's types, diffs on inputs only, the
// replacement rules, the existence check before a create, partial creation, retries, preview outputs, refresh that
// writes drift into the inputs, import, and the invokes. What Azure itself refuses is decided by the Cloud.
//
// Deliberate differences:
//
//   - A property that the type does not have is refused, with the nearest name. The real provider drops it, so a typo goes
//     unnoticed there; WarnOfUnknownProperties does likewise, with a warning.
//   - Every type is served. What schema.json does not describe is kept as given: inputs are outputs, nothing in them is
//     checked, outputs that only Azure knows are missing, identities of the type "identity" apart. Another name, place or
//     location replaces; the real provider has more rules. Its ARM path comes from WithPath, from a table (given_paths.go),
//     or from convention (Microsoft.<module>, the type in the plural, a level for each further name): the ID may differ from
//     Azure's, and an import needs the path. The engine is told so beside each resource.
//   - A version of a type that is not in schema.json is treated like the default version of that type, without refusing the
//     properties that only the other version has.
//   - Retries do not wait: three of them, as in the real provider, on 408, 429, 500, 502, 503, 504, on 409 AnotherOperationInProgress
//     and when there is no answer (azuresim.Cloud.LoseResponse). A create whose answer is lost four times fails, its resource is
//     there and not in the state, and the next one fails with "cannot create already existing resource".
//   - getRegistry tells roleAssignmentMode. No API version in 2.92.3 has that property, so the real provider leaves it out
//     (its invokes drop what the schema does not have); "absent" is not "legacy" there. What 2.92.3 can do is read the
//     registry as resources:Resource with an apiVersion of 2025-03-01-preview or later among the inputs.
//   - String patterns and number bounds are checked for AKS and a few names only (constraints.go); enums are not
//     checked, as in the real provider.
//   - The package schema (GetSchema) has what schema.json describes, without descriptions and enums; what only Azure fills
//     in is of any type there. So programs in YAML cannot use types that are kept as given, but through resources:Resource.
//   - The location of a resource group is read for each resource and not remembered.
//
// The behaviour was read from the provider's sources of the late v2 line and from recorded traffic, in 2026-11; where
// sources disagree the stricter reading is used. Facts stand beside the tables: replace.go, constraints.go, names.go.
package azurenative
