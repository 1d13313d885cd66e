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
//   - A property that the type does not have is refused by name. The real provider passes it on and drops it, so a
//     typo goes unnoticed there.
//   - Resource types and versions that are not in schema.json are refused by name; the message lists the served ones.
//   - Retries do not wait.
//   - getRegistry tells roleAssignmentMode. No API version in 2.92.3 has that property, so the real provider leaves it out
//     (its invokes drop what the schema does not have); "absent" is not "legacy" there. What 2.92.3 can do is read the
//     registry as resources:Resource with an apiVersion of 2025-03-01-preview or later among the inputs.
//   - String patterns and number bounds are checked for AKS and a few names only (constraints.go); enums are not
//     checked, as in the real provider.
//   - There is no package schema (GetSchema), so YAML programs cannot use azure-native resources.
//   - The location of a resource group is read for each resource and not remembered.
//
// The behaviour was read from the provider's sources of the late v2 line and from recorded traffic, in 2026-11; where
// sources disagree the stricter reading is used. Facts stand beside the tables: replace.go, constraints.go, names.go.
package azurenative
