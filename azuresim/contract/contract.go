// Package contract says once what every way into an Azure has to do, and checks it: in process, over HTTP, through the
// Pulumi provider protocol. A way in is a Door; its tests call Run:
//
//	func TestContract(t *testing.T) { contract.Run(t, func(t *testing.T, c *azuresim.Cloud) contract.Door { return c }) }
//
// An Azure that is no simulated one has no tests and nothing to look into: Cases, Prepare and Case.Play do the same there
// (tests/clients/azure).
//
// The cases (cases.go) ask for statuses, codes and single properties, never for messages. The package is for tests only.
package contract

import (
	"context"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// Door is a way into an Azure. Errors are *azuresim.Error, with the code of Azure; what takes long has ended when a call
// returns. *azuresim.Cloud is one.
type Door interface {
	Put(ctx context.Context, id string, body map[string]any) (azuresim.Response, error)
	Get(ctx context.Context, id string) (azuresim.Response, error)
	Delete(ctx context.Context, id string) (azuresim.Response, error)
}

// Open makes a door to a cloud.
type Open func(t *testing.T, cloud *azuresim.Cloud) Door

// object is a JSON object.
type object = map[string]any

// Run checks every case through a door, each in a cloud of its own.
func Run(t *testing.T, open Open) {
	place := simulated()
	for _, c := range Cases(place) {
		t.Run(c.Name, func(t *testing.T) {
			cloud := azuresim.New(azuresim.WithCheckedAnswers())
			place.seed(cloud)
			if c.before != nil {
				c.before(cloud)
			}
			for _, d := range c.Play(t.Context(), open(t, cloud), Patience{}) {
				t.Errorf("%s: %s", c.Reason, d)
			}
			for _, problem := range cloud.Shapes().Problems {
				t.Error(problem)
			}
		})
	}
}
