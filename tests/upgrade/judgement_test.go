package upgrade

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// TestAnUpgradeIsJudged: what would be taken from users is a problem whatever anybody says about it.
func TestAnUpgradeIsJudged(t *testing.T) {
	const property, replacement = "update ManagedCluster shop tags.team", "replace ManagedCluster shop location"
	cases := []struct {
		name, reason string
		list         []explanation
		changes      []change
		want         []string // a part of each problem
	}{
		{"nothing", "an upgrade that changes nothing needs no explanation", nil, nil, nil},
		{"explained", "users may see it", []explanation{{"shop", property, "the tag is new"}}, []change{{what: property}}, nil},
		{"unexplained", "nobody has said why", nil, []change{{what: property, values: `from "a" to "b"`}}, []string{`tags.team from "a" to "b"`}},
		{"explained for another", "each deployment has its own list", []explanation{{"store", property, "the tag is new"}}, []change{{what: property}},
			[]string{"say why"}},
		{"no longer", "an explanation that explains nothing hides the next change", []explanation{{"shop", property, "the tag is new"}}, nil,
			[]string{"does not do"}},
		{"without a reason", "the reason is what users read", []explanation{{"shop", property, ""}}, []change{{what: property}}, []string{"no reason"}},
		{"replacement", "no reason is good enough", []explanation{{"shop", replacement, "it is better so"}}, []change{{what: replacement}},
			[]string{"takes something"}},
		{"deletion", "no reason is good enough", []explanation{{"shop", "delete RoleAssignment a", "nobody needs it"}},
			[]change{{what: "delete RoleAssignment a"}}, []string{"takes something"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			got := unexplained(tc.list, "shop", tc.changes)
			if len(got) != len(tc.want) {
				t.Fatalf("%s: got %q", tc.reason, got)
			}
			for i, part := range tc.want {
				if !strings.Contains(got[i], part) {
					t.Errorf("%s: %q does not say %q", tc.reason, got[i], part)
				}
			}
		})
	}
}

// TestWhatAnUpgradeWouldReplaceIsSeen: the quickstart in another region, over what the previous version deployed, is another cluster.
func TestWhatAnUpgradeWouldReplaceIsSeen(t *testing.T) {
	d, before := simplest(t)
	cloud, config := d.found(t, before)
	config["location"] = "eastus"
	s := d.stacks[0]
	stack := simtest.New(t, s.program, append(s.options(cloud, config), simtest.WithState(before.Stacks[0].State))...)
	preview := stack.Preview()
	mustSucceed(t, "the preview", preview)
	const want = `replace ManagedCluster quickstart location from "westus2" to "eastus"`
	if changes := lines(changesOf(preview)); !strings.Contains(changes, want) {
		t.Errorf("want %s among\n%s", want, changes)
	}
}

// TestWhatAnExampleFindsOnlyTodayIsThere: an example may ask for more than it did, as a user's program may.
func TestWhatAnExampleFindsOnlyTodayIsThere(t *testing.T) {
	d, before := simplest(t)
	d.world = func() (*azuresim.Cloud, map[string]string) {
		cloud := azuresim.New()
		identity := cloud.MustSeedIdentity("identities", "new")
		return cloud, map[string]string{"vaultId": cloud.MustSeed(azuresim.ID("keys", azuresim.VaultType, "new"), nil), "principalId": identity.PrincipalID}
	}
	cloud, config := d.found(t, before)
	if !slices.ContainsFunc(cloud.Resources(), func(r azuresim.Resource) bool { return r.ID == config["vaultId"] && r.Seeded }) {
		t.Errorf("the vault %s is not there", config["vaultId"])
	}
	if !slices.ContainsFunc(cloud.Principals(), func(p azuresim.Principal) bool { return p.ID == config["principalId"] }) {
		t.Errorf("the principal %s is not there", config["principalId"])
	}
	if len(cloud.Clusters()) != 1 {
		t.Errorf("the cluster of before is there too, got %d", len(cloud.Clusters()))
	}
}

// simplest is the quickstart, with what the previous version came to.
func simplest(t *testing.T) (deployment, deployed) {
	t.Helper()
	before, recorded := mustRead(t, *previousRecording).Deployments["quickstart"]
	i := slices.IndexFunc(deployments(), func(d deployment) bool { return d.name() == "quickstart" })
	if !recorded || i < 0 {
		t.Fatal("there is no quickstart")
	}
	return deployments()[i], before
}

func TestDifferencesAreTheSmallestOnes(t *testing.T) {
	type object = map[string]any
	cases := []struct {
		name, reason  string
		before, after object
		want          []change
	}{
		{"same", "equal is equal, however deep", object{"a": object{"b": 1}}, object{"a": object{"b": 1}}, nil},
		{"deep", "the property is named, not the object around it", object{"a": object{"b": "x", "c": 1}}, object{"a": object{"b": "y", "c": 1}},
			[]change{{"a.b", `from "x" to "y"`}}},
		{"gone and new", "both sides count", object{"gone": true}, object{"new": true},
			[]change{{"gone", "from true to nothing"}, {"new", "from nothing to true"}}},
		{"list", "a list is one value", object{"a": []any{"x"}}, object{"a": []any{"x", "y"}}, []change{{"a", `from ["x"] to ["x","y"]`}}},
		{"note", "the provider's notes are no property", object{"__defaults": 1}, object{}, nil},
		{"unknown", "a preview does not know it", object{"a": "x"}, object{"a": simtest.Unknown{}}, []change{{"a", `from "x" to (unknown)`}}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, differences("", tc.before, tc.after), cmp.AllowUnexported(change{})); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}
