package azuresim_test

import (
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func FuzzIDs(f *testing.F) {
	for _, seed := range []string{"", "/", "/subscriptions/s", clusterID, groupID("aks") + "/providers/" + sim.RoleAssignmentType + "/x",
		"/providers/Microsoft.Management/managementGroups/m/providers/Microsoft.Authorization/roleAssignments/x", "/providers/providers/providers",
		"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, id string) {
		cloud := sim.New()
		for _, call := range []func() (sim.Response, error){
			func() (sim.Response, error) { return cloud.Get(ctx, id) },
			func() (sim.Response, error) { return cloud.Put(ctx, id, object{"location": location}) },
			func() (sim.Response, error) { return cloud.Delete(ctx, id) },
			func() (sim.Response, error) { return cloud.Post(ctx, id, "action", nil) },
		} {
			if _, err := call(); err != nil && sim.Code(err) == "" {
				t.Errorf("%q: an error without a code: %v", id, err)
			}
		}
	})
}
