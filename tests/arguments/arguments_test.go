package arguments_test

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/tests/arguments"
)

func TestHas(t *testing.T) {
	for path, want := range map[string]bool{
		"pools": true, "pools[0].autoscaling.min": true, "pools[].subnet": true, "subnets.nodes": true, `subnets["a.b"]`: true, "identity.type": true,
		"addons.other.omsagent": true, "tags.team": true, "": false, "pool": false, "pools.gpu.subnet": false, "subnets[0]": false,
		"systemPool.capacityReservationGroupId": false, "identity.kind": false, "subnets.": false,
	} {
		if got := arguments.Has(&components.ManagedIdentityClusterArgs{}, path); got != want {
			t.Errorf("%q: got %v", path, got)
		}
	}
	if names := arguments.Names(); !names["certObjectName"] || names["publicIpGroups"] {
		t.Errorf("names: %v", names)
	}
}
