package plan

import (
	"slices"
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

// TestOfTwoThatCoverEachOtherTheFirstIsMade: the choice must not depend on chance, or the grant would move.
func TestOfTwoThatCoverEachOtherTheFirstIsMade(t *testing.T) {
	const network = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub"
	grant := func(name string, role rbac.RoleID) Grant {
		return Grant{
			Name: name, Identity: controlPlane, Role: Role{Name: name, ID: role}, Reasons: []string{name},
			Scope: ScopeRef{Path: "a", ID: Known(network), Level: AtResource, Scope: rbac.MustParseScope(network)},
			needs: &rbac.Permissions{Actions: []string{"Microsoft.Network/virtualNetworks/read"}},
		}
	}
	reader, contributor := grant("reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7"), grant("contributor", "4d97b98b-1d4f-4787-a291-c67834d212e7")
	for _, order := range [][]Grant{{reader, contributor}, {contributor, reader}} {
		if got := covered(order); len(got) != 1 || got[0].Name != order[0].Name || len(got[0].Reasons) != 2 {
			t.Errorf("want %s alone, got %+v", order[0].Name, got)
		}
	}
}

// TestALateScopeIsCoveredByItsOwnGroup: what lies above a late ID is not known, but for the levels of the same argument.
func TestALateScopeIsCoveredByItsOwnGroup(t *testing.T) {
	grant := func(path Path, level Level) Grant {
		return Grant{
			Name: string(path) + " " + string(level), Identity: controlPlane, Role: Role{Name: "r", ID: "4d97b98b-1d4f-4787-a291-c67834d212e7"},
			Scope: ScopeRef{Path: path, ID: Late[string](), Level: level},
		}
	}
	for _, tc := range []struct {
		name   string
		grants []Grant
		want   []string
	}{
		{"the group of the same argument", []Grant{grant("a", AtResource), grant("a", AtResourceGroup)}, []string{"a resource group"}},
		{"the network of the same argument", []Grant{grant("a", AtResource), grant("a", AtVirtualNetwork)}, []string{"a virtual network"}},
		{"the group of another argument", []Grant{grant("a", AtResource), grant("b", AtResourceGroup)}, []string{"a resource", "b resource group"}},
	} {
		var got []string
		for _, g := range covered(tc.grants) {
			got = append(got, g.Name)
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s: want %q, got %q", tc.name, tc.want, got)
		}
	}
}

// TestProblemsOfOneArgumentKeepTheirOrder: the first rule speaks first.
func TestProblemsOfOneArgumentKeepTheirOrder(t *testing.T) {
	got := Problems{{Path: "b", What: "1"}, {Path: "b", What: "2"}, {Path: "a", What: "3"}, {Path: "b", What: "4"}}.sorted()
	var order string
	for _, p := range got {
		order += p.What
	}
	if order != "3124" {
		t.Errorf("got %s", order)
	}
}

// TestSlugsKeepLettersAndDigits: all of them, from the first to the last.
func TestSlugsKeepLettersAndDigits(t *testing.T) {
	if got := Slug("/az.AZ_09 x-"); got != "az-az-09-x" {
		t.Errorf("got %q", got)
	}
}

// TestAnAdditionWithoutAName: a list in which there are names has none itself.
func TestAnAdditionWithoutAName(t *testing.T) {
	if problem := (Addition{Path: "x[0]", Known: []string{"a"}}).unknown(); problem == nil {
		t.Error("it is not one of the names")
	}
}
