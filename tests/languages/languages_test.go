package languages_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/tests/languages"
)

func TestTheTableSaysWhatWasDone(t *testing.T) {
	folder := t.TempDir()
	t.Setenv(languages.FolderVariable, folder)
	t.Run("passes", func(t *testing.T) {
		languages.Record(t, languages.Row{Example: "addons", Language: languages.Go, Done: languages.Deployed, How: "by hand"})
		languages.Record(t, languages.Row{Example: "registry", Language: languages.Go, Done: languages.Deployed, How: "by hand"})
		languages.Record(t, languages.Row{Example: "addons", Language: languages.Python, Done: languages.ByteCompiled, How: "there is no Pulumi for it"})
		if files, err := os.ReadDir(folder); err != nil || len(files) > 0 {
			t.Errorf("nothing is claimed before the test has passed, got %v %v", files, err)
		}
	})
	rows, err := languages.Rows(folder)
	if err != nil {
		t.Fatal(err)
	}
	examples, err := languages.Examples(filepath.Join("..", "..", "examples"))
	if err != nil || len(examples) == 0 {
		t.Fatal(examples, err)
	}
	want := `The examples in the languages of Pulumi, and what these tests did with each:

  example   Go        YAML     TypeScript  Python
  addons    deployed  not run  not run     byte-compiled
  registry  deployed  not run  not run     not run

Go, deployed: by hand (addons, registry)
Python, byte-compiled: there is no Pulumi for it (addons)
C# and Java: `
	got := languages.Table([]string{"addons", "registry"}, rows)
	if diff := cmp.Diff(want, got[:min(len(want), len(got))]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// failing is a test that failed.
type failing struct{ testing.TB }

func (failing) Failed() bool { return true }

func TestNothingIsNotedOfATestThatFailed(t *testing.T) {
	folder := t.TempDir()
	t.Setenv(languages.FolderVariable, folder)
	t.Run("fails", func(t *testing.T) {
		languages.Record(failing{t}, languages.Row{Example: "addons", Language: languages.Go, Done: languages.Deployed, How: "not at all"})
	})
	if rows, err := languages.Rows(folder); err != nil || len(rows) > 0 {
		t.Errorf("got %v %v", rows, err)
	}
}

// TestCloudsThatDifferAreFound: each way in which an example could come to something else.
func TestCloudsThatDifferAreFound(t *testing.T) {
	granted := func(description string, more ...func(*azuresim.Cloud, string)) *azuresim.Cloud {
		cloud := azuresim.New()
		subnet, identity := cloud.MustSeedSubnet("network", "hub", "nodes"), cloud.MustSeedIdentity("ids", "shop")
		role, _ := rbac.BuiltinRole("Network Contributor")
		body := map[string]any{"properties": map[string]any{
			"principalId": identity.PrincipalID, "principalType": "ServicePrincipal", "roleDefinitionId": role.ID, "description": description,
		}}
		id := subnet + "/providers/Microsoft.Authorization/roleAssignments/11111111-2222-4333-8444-555555555555"
		if _, err := cloud.Put(context.Background(), id, body); err != nil {
			t.Fatal(err)
		}
		for _, change := range more {
			change(cloud, id)
		}
		return cloud
	}
	cases := []struct {
		name, reason string
		there        *azuresim.Cloud
		says         string
	}{
		{"the same", "nothing differs", granted("join"), ""},
		{"a description", "the reason of a grant is a part of it", granted("attach"), "attach"},
		{"no grant", "one grant is missing", granted("join", func(c *azuresim.Cloud, id string) {
			if _, err := c.Delete(context.Background(), id); err != nil {
				t.Fatal(err)
			}
		}), "Network Contributor"},
		{"a resource", "one resource is there too many", granted("join", func(c *azuresim.Cloud, _ string) {
			c.MustSeed(azuresim.ID("disks", azuresim.DiskType, "orders"), nil)
		}), "orders"},
		{"a body", "one property differs", granted("join", func(c *azuresim.Cloud, _ string) {
			c.MustSeed(azuresim.ID("network", azuresim.VirtualNetworkType, "hub"), map[string]any{"tags": map[string]any{"team": "shop"}})
		}), "team"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			diff := languages.Differences(granted("join"), tc.there)
			if (diff == "") != (tc.says == "") || !strings.Contains(diff, tc.says) {
				t.Errorf("%s: got %q, want %q in it", tc.reason, diff, tc.says)
			}
		})
	}
}
