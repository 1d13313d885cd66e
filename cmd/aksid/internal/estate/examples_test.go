package estate_test

import (
	"bytes"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/exampletest"
)

// TestEachExampleIsReadWhole: of each grant of each example it is known who holds it, which role, where, when and why.
func TestEachExampleIsReadWhole(t *testing.T) {
	for _, example := range exampletest.All() {
		t.Run(example.Name, func(t *testing.T) {
			s := example.New(t)
			e, err := estate.ReadState(bytes.NewReader(exampletest.State(t, s)))
			if err != nil {
				t.Fatal(err)
			}
			if len(e.Notes) > 0 {
				t.Errorf("notes: %v", e.Notes)
			}
			if got, want := len(e.Assignments), len(s.Resources().ByType("azure-native:authorization:RoleAssignment")); got != want {
				t.Errorf("%d assignments of %d are read", got, want)
			}
			for _, a := range e.Assignments {
				if _, known := e.Role(a); !known || a.Scope.IsZero() || a.Reason == "" || a.On == "" || a.Phase == "" || len(e.HoldersOf(a)) == 0 {
					t.Errorf("%s is not read whole: %+v", a.Resource.Name(), a)
				}
			}
		})
	}
}
