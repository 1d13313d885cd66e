package azuresim_test

import (
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/google/go-cmp/cmp"
)

// TestRegistryAnswersWhatItWasNotTold: clients read the SKU and the admin user of every registry.
func TestRegistryAnswersWhatItWasNotTold(t *testing.T) {
	id := sim.ID("aks", sim.RegistryType, "images")
	cases := []struct {
		name, reason string
		make         func(w world)
		sku          object
		admin        bool
	}{
		{"made", "the tier is the name of the SKU, and there is no admin user",
			func(w world) { w.must(id, object{"location": location, "sku": object{"name": "Premium"}}) }, object{"name": "Premium", "tier": "Premium"}, false},
		{"with an admin user", "it was asked for",
			func(w world) {
				w.must(id, object{"location": location, "sku": object{"name": "Basic"}, "properties": object{"adminUserEnabled": true}})
			}, object{"name": "Basic", "tier": "Basic"}, true},
		{"seeded", "no registry is without a SKU", func(w world) { w.MustSeed(id, nil) }, object{"name": "Standard", "tier": "Standard"}, false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			tc.make(w)
			got := w.get(id)
			want := []any{tc.sku, tc.admin}
			if diff := cmp.Diff(want, []any{at(got, "sku"), at(got, "properties.adminUserEnabled")}); diff != "" {
				t.Errorf("%s:\n%s", tc.reason, diff)
			}
		})
	}
}
