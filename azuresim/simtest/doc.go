// Package simtest runs a Pulumi program with the real Pulumi engine against a simulated Azure, inside go test: no CLI,
// no network, no subscription, a few milliseconds for each operation.
//
//	func TestCluster(t *testing.T) {
//		simtest.Run(t, func(ctx *pulumi.Context) error {
//			_, err := resources.NewResourceGroup(ctx, "rg", &resources.ResourceGroupArgs{Location: pulumi.String("westeurope")})
//			return err
//		})
//	}
//
// Run previews, deploys, deploys again and expects no change, refreshes and expects no change, and destroys and expects
// an empty cloud. For anything else make a Stack and call its operations one by one:
//
//	s := simtest.New(t, program, simtest.WithConfig(map[string]string{"azure-native:location": "westeurope"}))
//	if up := s.Up(); up.Err != nil { t.Fatal(up.Err) }
//	s.SetProgram(renamed)
//	up := s.Up()        // up.Changes, up.Steps, up.Outputs, up.Resources, up.Diagnostics()
//	s.Cloud()           // the simulated Azure, to look at or to disturb
//
// A stack has more than a cluster. Types of azure-native that the simulator does not model are kept as given (package
// azurenative says what that means), and other packages are answered by fakes, in one line each:
//
//	simtest.Run(t, program, simtest.WithFakes(), simtest.WithFake("datadog", simtest.Fake{}))
//
// WithState goes on from a state that Export wrote, for a test of an upgrade.
//
// A test also fails for what worked by luck: a cluster that needs a grant and does not depend on it, two pools of one cluster
// or two federated credentials of one identity without an order. Result.Races lists it, AllowRaces lets it pass.
//
// What it does not do: display, stack configuration files, policy packs, plugins as processes. The state is plain in
// memory and encrypted in Export. Every Stack is on its own; tests may run in parallel.
//
// The engine's packages (pulumi/pkg/v3) promise no stability, so this package may need a change when Pulumi is
// upgraded; its own interface stays.
package simtest
