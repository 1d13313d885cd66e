package components

import (
	"reflect"
	"slices"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestOnlyWhatNamesResourcesCanHaveNamedAGrant: a former path is one of an argument that names resources, and no other.
func TestOnlyWhatNamesResourcesCanHaveNamedAGrant(t *testing.T) {
	paths := argumentsOf("", reflect.TypeFor[ManagedIdentityClusterArgs]())
	for _, tc := range []struct {
		path, reason string
		want         bool
	}{
		{"subnets", "its keys name grants", true},
		{"diskEncryptionSetId", "a single ID names a grant", true},
		{"location", "it names no resource", false},
		{"clusterName", "it names the cluster only", false},
		{"renamedKeys", "it is about the others", false},
	} {
		if got := slices.Contains(paths, plan.Path(tc.path)); got != tc.want {
			t.Errorf("%s is among %v: %t, want %t: %s", tc.path, paths, got, tc.want, tc.reason)
		}
	}
}
