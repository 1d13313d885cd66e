package plan

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// TestASharedGrantComesBeforeTheCluster: of two grants that become one, one may be checked when the cluster is made; then the one that
// stays is there by then, whichever of the two that is.
func TestASharedGrantComesBeforeTheCluster(t *testing.T) {
	const subnet = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub/subnets/a"
	grant := func(key string, phase Phase, at string) Grant {
		return Grant{
			Name: key, label: "control-plane", Identity: controlPlane, Role: Role{Name: "Network Contributor", ID: "4d97b98b-1d4f-4787-a291-c67834d212e7"}, Phase: phase,
			Scope: ScopeRef{Path: Path("subnets." + key), ID: Known(at), Level: AtResource, Scope: rbac.MustParseScope(at)}, Reasons: []string{key},
			needs: &rbac.Permissions{Actions: []string{"Microsoft.Network/virtualNetworks/subnets/join/action"}},
		}
	}
	network, _ := rbac.MustParseScope(subnet).Ancestor(typeNetwork)
	for _, tc := range []struct {
		name          string
		first, second Phase
		at            string
		want          Phase
	}{
		{"the first is needed before", BeforeCluster, AfterCluster, subnet, BeforeCluster},
		{"the second is needed before", AfterCluster, BeforeCluster, subnet, BeforeCluster},
		{"both come after", AfterCluster, AfterCluster, subnet, AfterCluster},
		{"a wider one takes over", BeforeCluster, AfterCluster, network.String(), BeforeCluster},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := covered(mergeGrants([]Grant{grant("a", tc.first, subnet), grant("b", tc.second, tc.at)}))
			if len(got) != 1 || got[0].Phase != tc.want || len(got[0].Reasons) != 2 {
				t.Errorf("want one grant %s, got %+v", tc.want, got)
			}
		})
	}
}
