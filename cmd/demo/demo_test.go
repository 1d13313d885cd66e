package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/events"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func TestChangesAreThoseThatWereWanted(t *testing.T) {
	cases := []struct {
		name    string
		reason  string
		want    changes
		got     *map[string]int
		refused bool
	}{
		{"none wanted, none made", "what stays the same is no change", changes{}, &map[string]int{"same": 4, "update": 0}, false},
		{"none wanted, one made", "any operation but same is a change", changes{}, &map[string]int{"same": 3, "update": 1}, true},
		{"one wanted, one made", "the grant came back", changes{"create": 1}, &map[string]int{"same": 3, "create": 1}, false},
		{"one wanted, none made", "the grant did not come back", changes{"create": 1}, &map[string]int{"same": 3}, true},
		{"one wanted, another made too", "nothing else may change", changes{"create": 1}, &map[string]int{"same": 3, "create": 1, "update": 1}, true},
		{"any wanted", "the first deployment creates whatever the program says", nil, &map[string]int{"create": 7}, false},
		{"nothing at all", "no resources would make the claim empty", changes{}, &map[string]int{}, true},
		{"no summary", "what was not reported cannot be claimed", changes{}, nil, true},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			err := tc.want.check(auto.UpdateSummary{ResourceChanges: tc.got})
			if (err != nil) != tc.refused {
				t.Errorf("%s: got %v, want refused %v", tc.reason, err, tc.refused)
			}
		})
	}
}

func TestOutputsAreSortedReadableAndMasked(t *testing.T) {
	got := outputRows(auto.OutputMap{
		"kubeconfig": {Value: "apiVersion: v1", Secret: true},
		"name":       {Value: "web"},
		"grants":     {Value: []any{"a", 1}},
		"clusterId":  {Value: azuresim.ID("rg", azuresim.ManagedClusterType, "web")},
		"kubelet":    {Value: map[string]any{"principalId": "p", "clientId": "c"}},
		"ready":      {Value: true},
	})
	want := [][]string{
		{"clusterId", "rg/web"}, {"grants", "a list of 2"}, {"kubeconfig", "[secret]"},
		{"kubelet", "an object with clientId, principalId"}, {"name", "web"}, {"ready", "true"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestOutputsWantASecretKubeconfig(t *testing.T) {
	cases := []struct {
		name       string
		reason     string
		kubeconfig auto.OutputValue
		refused    bool
	}{
		{"secret", "it is what the demo promises", auto.OutputValue{Value: "apiVersion: v1\n", Secret: true}, false},
		{"plain", "a kubeconfig is a credential", auto.OutputValue{Value: "apiVersion: v1\n"}, true},
		{"empty", "nobody could sign in with it", auto.OutputValue{Value: "", Secret: true}, true},
		{"none", "it was promised", auto.OutputValue{}, true},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			var out bytes.Buffer
			err := act{demo: demo{out: &out}}.showOutputs(auto.OutputMap{"kubeconfig": tc.kubeconfig})
			if (err != nil) != tc.refused {
				t.Errorf("%s: got %v, want refused %v", tc.reason, err, tc.refused)
			}
		})
	}
}

func TestExitCode(t *testing.T) {
	interrupted, cancel := context.WithCancel(context.Background())
	cancel()
	cases := []struct {
		name   string
		reason string
		ctx    context.Context
		err    error
		want   int
	}{
		{"success", "no error is success", context.Background(), nil, 0},
		{"failure", "a failure must show itself to scripts", context.Background(), errors.New("up failed"), 1},
		{"interrupted", "the shell's convention for SIGINT", interrupted, errors.New("signal"), 130},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			var stderr bytes.Buffer
			if got := exitCode(tc.ctx, tc.err, &stderr); got != tc.want {
				t.Errorf("%s: got %d, want %d", tc.reason, got, tc.want)
			}
		})
	}
}

func TestPlannedGrantsComeFromTheComponentsOfThePreview(t *testing.T) {
	component := func(resourceType, name string, grants ...any) events.EngineEvent {
		urn := "urn:pulumi:demo::outside::" + resourceType + "::" + name
		return events.EngineEvent{EngineEvent: apitype.EngineEvent{ResOutputsEvent: &apitype.ResOutputsEvent{
			Metadata: apitype.StepEventMetadata{Type: resourceType, URN: urn,
				New: &apitype.StepEventStateMetadata{Outputs: map[string]any{"plannedGrants": grants}}}}}}
	}
	record := func(identity, on, phase string) any {
		return map[string]any{"identity": identity, "role": "AcrPull", "on": on, "phase": phase, "reason": "pull images"}
	}
	got := plannedIn([]events.EngineEvent{
		{EngineEvent: apitype.EngineEvent{CancelEvent: &apitype.CancelEvent{}}},
		component("aksidentity:index:VnetDelegation", "workloads", record("principal", "diskIds.orders", "before the resources are used")),
		component("someone:else:Component", "x", record("kubelet", "theirs", "after the cluster")),
		component("aksidentity:index:ManagedIdentityCluster", "shop",
			record("kubelet", "registryIds.images", "after the cluster"), record("control-plane", "subnets.nodes", "before the cluster")),
	})
	want := []plannedGrant{
		{"control plane", "AcrPull", "subnets.nodes", "before the cluster", "pull images"},
		{"kubelet", "AcrPull", "registryIds.images", "after the cluster", "pull images"},
		{"principal of workloads", "AcrPull", "diskIds.orders", "before the resources are used", "pull images"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("they come in the order in which they have to exist (-want +got)\n%s", diff)
	}
}

func TestProgressFitsTheTerminal(t *testing.T) {
	const long = " +  azure-native:authorization:RoleAssignment shop-control-plane-created-network-contributor-subnets.nodes"
	const broken = " +  azure-native:authorization:RoleAssignment\n        shop-control-plane-created-network-contributor-subnets.nodes"
	const green = "\x1b[38;5;2m"
	cases := []struct{ name, reason, in, want string }{
		{"short", "only blanks at the end go, and one blank line comes before", "Updating (demo):  \n", "\nUpdating (demo):\n"},
		{"long", "a line is broken at a blank", long + " created (0.00s)\n", "\n" + broken + " created (0.00s)\n"},
		{"colours", "colours take no room", green + " + " + green + "x" + strings.Repeat(green, 40) + "\n",
			"\n" + green + " + " + green + "x" + strings.Repeat(green, 40) + "\n"},
		{"long word", "a word is left whole", strings.Repeat("x", 120) + "\n", "\n" + strings.Repeat("x", 120) + "\n"},
		{"begun", "the last state of a resource stays", long + " creating (0s)\n" + long + " created (1s)\n", "\n" + broken + " created (1s)\n"},
		{"component", "of a component there is no other line", " +  a:b:C d creating (0s)\n", "\n +  a:b:C d creating (0s)\n"},
		{"failed", "a failure is always shown", " +  azure-native:a:B c **creating failed**\n", "\n +  azure-native:a:B c **creating failed**\n"},
		{"blank lines", "two are one, and none stands at the end", "a\n\n\nb\n\n", "\na\n\nb\n"},
		{"no end", "the last line is not lost", "a\nb", "\na\nb\n"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			var out bytes.Buffer
			f := fold(&out)
			for _, c := range []byte(tc.in) { // in pieces, as a pipe may give it
				if _, err := f.Write([]byte{c}); err != nil {
					t.Fatal(err)
				}
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, out.String()); diff != "" {
				t.Errorf("%s (-want +got)\n%s", tc.reason, diff)
			}
		})
	}
}
