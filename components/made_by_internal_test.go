package components

import (
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// TestFormerNamesAreThoseOfAliases: by a name or by a URN, and a text that is no URN names nothing.
func TestFormerNamesAreThoseOfAliases(t *testing.T) {
	urn := pulumi.URN("urn:pulumi:dev::shop::aksidentity:index:VnetDelegation::hub")
	for _, tc := range []struct {
		name, reason string
		alias        pulumi.Alias
		want         []string
	}{
		{"a name", "it was called so", pulumi.Alias{Name: pulumi.String("hub")}, []string{"net", "hub"}},
		{"a URN", "its last part is the name", pulumi.Alias{URN: urn}, []string{"net", "hub"}},
		{"no URN", "the engine refuses it with words of its own", pulumi.Alias{URN: pulumi.URN("hub")}, []string{"net"}},
		{"another parent", "the name stays", pulumi.Alias{NoParent: pulumi.Bool(true)}, []string{"net"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := namesOf("net", &pulumi.ResourceOptions{Aliases: []pulumi.Alias{tc.alias}}); !slices.Equal(got, tc.want) {
				t.Errorf("%q, want %q: %s", got, tc.want, tc.reason)
			}
		})
	}
}
