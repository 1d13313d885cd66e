package azuresim_test

import (
	"os"
	"path/filepath"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/google/go-cmp/cmp"
)

func TestStateFile(t *testing.T) {
	build := func(order []string) world {
		w := newWorld(t)
		for _, name := range order {
			w.MustSeedSubnet("network", name, "nodes")
		}
		w.must(clusterID, clusterBody(object{"addonProfiles": object{"azurepolicy": object{"enabled": true}}}))
		w.grant(w.cluster(clusterID).ControlPlane(), "Network Contributor", sim.ID("network", sim.SubnetType, "one", "nodes"))
		return w
	}
	path := filepath.Join(t.TempDir(), "cloud.json")
	w := build([]string{"one", "two"})
	if err := w.Save(path); err != nil {
		t.Fatal(err)
	}
	first, _ := os.ReadFile(path)
	if err := w.Save(path); err != nil {
		t.Fatal(err)
	}
	second, _ := os.ReadFile(path)
	if diff := cmp.Diff(string(first), string(second)); diff != "" {
		t.Errorf("equal clouds give equal files (-first +second):\n%s", diff)
	}
	loaded, err := sim.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(w.Resources(), loaded.Resources()); diff != "" {
		t.Errorf("saved and loaded (-saved +loaded):\n%s", diff)
	}
	if diff := cmp.Diff(w.Resources(), build([]string{"two", "one"}).Resources()); diff != "" {
		t.Errorf("the order of creation changes nothing (-one two +two one):\n%s", diff)
	}
	again := world{Cloud: loaded, t: t}
	again.must(clusterID, clusterBody(nil))
	again.remove(clusterID)
	again.must(clusterID, clusterBody(nil))
	if again.cluster(clusterID).ControlPlane() == w.cluster(clusterID).ControlPlane() {
		t.Error("lives are counted across the file")
	}
	files, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if len(files) != 1 {
		t.Errorf("a temporary file is left: %v", files)
	}
}

func TestStateFileErrors(t *testing.T) {
	dir := t.TempDir()
	cases := []struct{ name, reason, content string }{
		{"missing", "no such file", ""},
		{"broken", "not JSON", "{"},
		{"future", "another format", `{"format": 99}`},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			path := filepath.Join(dir, tc.name)
			if tc.content != "" {
				if err := os.WriteFile(path, []byte(tc.content), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := sim.Load(path); err == nil {
				t.Error(tc.reason)
			}
		})
	}
	if err := newWorld(t).Save(filepath.Join(dir, "no", "such", "folder")); err == nil {
		t.Error("a folder that is not there")
	}
}
