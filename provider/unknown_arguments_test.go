package provider_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/provider"
)

// attached is a provider that talks to the engine at the address.
func attached(t *testing.T, monitor string) pulumirpc.ResourceProviderServer {
	t.Helper()
	server, err := provider.NewServer(version)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := server.Attach(t.Context(), &pulumirpc.PluginAttach{Address: monitor}); err != nil {
		t.Fatal(err)
	}
	return server
}

// TestAMisspelledArgumentNamesTheNearest misspells every argument at every depth, over the protocol. The answer has the whole path
// and the one argument that was meant.
func TestAMisspelledArgumentNamesTheNearest(t *testing.T) {
	spec, monitor := specOf(t), startMonitor(t)
	server := attached(t, monitor)
	deepest := 0
	for token, component := range spec.Resources {
		for _, at := range placesIn(spec, component.InputProperties, nil) {
			name := at[len(at)-1]
			if name == "[]" || name == "{}" {
				continue
			}
			deepest = max(deepest, len(at))
			misspelt := append(at[:len(at)-1:len(at)-1], name+"x")
			inputs := misspelt.put(valid(token), property.New("anything"))
			path := strings.ReplaceAll(pathOf(misspelt), "{}", "x")
			got := strings.TrimSpace(reasons(t, construct(t, server, monitor, token, inputs))[path])
			if want := fmt.Sprintf("there is no such argument; did you mean %q?", name); got != want {
				t.Errorf("%s %s: got %q, want %q", token, path, got, want)
			}
		}
	}
	if deepest < 4 {
		t.Errorf("the deepest argument has a path of %d parts", deepest)
	}
}

// TestAnArgumentThatNobodyKnowsIsExplained: what is near nothing gets the names when they are few, and no flood of them.
func TestAnArgumentThatNobodyKnowsIsExplained(t *testing.T) {
	spec, monitor := specOf(t), startMonitor(t)
	server := attached(t, monitor)
	few := slices.Sorted(maps.Keys(spec.Types[provider.Name+":index:Upgrade"].Properties))
	cases := []struct {
		name, reason, want string
		at                 place
	}{
		{"few", "they are read at a glance", "there is no such argument. Fix: use one of " + strings.Join(few, ", ") + ".", place{"upgrade", "zzzzzzzz"}},
		{"many", "nobody reads fifty names", "there is no such argument. Fix: leave it out; the documentation of the package lists the arguments.", place{"zzzzzzzz"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			inputs := tc.at.put(valid(components.ManagedIdentityClusterToken), property.New("anything"))
			got := reasons(t, construct(t, server, monitor, components.ManagedIdentityClusterToken, inputs))
			if strings.TrimSpace(got[pathOf(tc.at)]) != tc.want {
				t.Errorf("%s: got %q, want %q", tc.reason, got[pathOf(tc.at)], tc.want)
			}
		})
	}
}
