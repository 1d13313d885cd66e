package provider

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// TestRefusedComponentsAreToldByName: whichever is refused first, a run tells the same as the one before.
func TestRefusedComponentsAreToldByName(t *testing.T) {
	for _, arriving := range [][]string{{"a", "b", "c"}, {"c", "b", "a"}, {"b", "c", "a"}} {
		t.Run(strings.Join(arriving, ""), func(t *testing.T) {
			all, told, done := &refusals{}, []string{}, sync.WaitGroup{}
			for _, name := range arriving {
				held := make(chan struct{})
				done.Go(func() {
					close(held)
					urn := resource.NewURN("s", "p", "", "aksidentity:index:VnetDelegation", name)
					if all.hold(t.Context(), urn, func() { told = append(told, name) }) {
						t.Errorf("%s is taken to be alone", name)
					}
				})
				<-held
			}
			done.Wait()
			if !slices.Equal(told, []string{"a", "b", "c"}) {
				t.Errorf("told in the order %v", told)
			}
		})
	}
}
