package differential

import (
	"testing"
)

func TestOurProviderAgreesWithItselfOverHTTP(t *testing.T) {
	path := standInPath(t)
	for _, e := range examples() {
		t.Run(e.name, func(t *testing.T) {
			a, b := deploy(t, e, installed(path)), deploy(t, e, ours)
			for name, err := range b.results {
				if err != "" {
					t.Errorf("%s: %s", name, err)
				}
			}
			for _, d := range compare(a, b) {
				t.Error(d)
			}
			t.Logf("%d properties, %d requests, steps %v", len(a.state), len(a.requests), a.steps)
		})
	}
}
