//go:build differential

package differential

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

// TestTheRealProviderAgreesWithOurs needs the plugin: `make differential` finds it.
func TestTheRealProviderAgreesWithOurs(t *testing.T) {
	path := os.Getenv("AZURE_NATIVE_PLUGIN")
	if path == "" {
		t.Fatal("AZURE_NATIVE_PLUGIN must name the program of the provider; `make differential` sets it")
	}
	mustBeTheVersion(t, path)
	occurred := map[string]int{}
	for _, e := range examples() {
		t.Run(e.name, func(t *testing.T) {
			a, b := deploy(t, e, installed(path)), deploy(t, e, ours)
			excused, others := judge(compare(a, b), accepted())
			for reason, all := range excused {
				occurred[reason] += len(all)
			}
			if text := verdict(a, excused, others); len(others) > 0 {
				t.Errorf("each line: the plugin | ours\n%s", text)
			} else {
				t.Log(text)
			}
		})
	}
	for _, e := range accepted() {
		if occurred[e.reason] == 0 {
			t.Logf("no longer occurs, take it from accepted.go: %s", e.reason)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(notCompared)) {
		t.Logf("not compared: %s: %s", name, notCompared[name])
	}
}

func mustBeTheVersion(t *testing.T, path string) {
	t.Helper()
	p, err := installed(path)(running(t, azuresim.New(), nil), "127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = p.Close() }()
	version, err := versionOf(t.Context(), p)
	if err != nil || strings.TrimPrefix(version, "v") != azurenative.Version {
		t.Fatalf("%s is version %q (%v), and our provider imitates %s", path, version, err, azurenative.Version)
	}
}
