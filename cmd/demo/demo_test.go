package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/auto"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func TestOnlySame(t *testing.T) {
	cases := []struct {
		name    string
		reason  string
		changes *map[string]int
		want    int
		refused bool
	}{
		{"all same", "nothing changed", &map[string]int{"same": 4, "update": 0}, 4, false},
		{"an update", "any operation but same is a change", &map[string]int{"same": 3, "update": 1}, 3, true},
		{"nothing at all", "no resources would make the claim empty", &map[string]int{}, 0, true},
		{"no summary", "what was not reported cannot be claimed", nil, 0, true},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			got, err := onlySame(auto.UpdateSummary{ResourceChanges: tc.changes})
			if got != tc.want || (err != nil) != tc.refused {
				t.Errorf("%s: got %d, %v; want %d, refused %v", tc.reason, got, err, tc.want, tc.refused)
			}
		})
	}
}

func TestWriteOutputsMasksSecrets(t *testing.T) {
	var out bytes.Buffer
	err := writeOutputs(&out, auto.OutputMap{
		"kubeconfig": {Value: "apiVersion: v1", Secret: true},
		"name":       {Value: "web"},
		"ids":        {Value: []any{"a", 1}},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"OUTPUT      VALUE",
		`ids         ["a",1]`,
		"kubeconfig  [secret]",
		"name        web",
		"",
	}, "\n")
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("outputs are sorted, plain ones readable, secrets masked (-want +got)\n%s", diff)
	}
}

func TestWriteGrants(t *testing.T) {
	cases := []struct {
		name   string
		reason string
		grants []grant
		want   string
	}{
		{"none", "an empty table would leave the reader wondering", nil, "None. "},
		{"one", "a grant says who, what, where and why",
			[]grant{{"kubelet of web", "AcrPull", "resourceGroups/r", "pulls images"}},
			"kubelet of web  AcrPull  resourceGroups/r  pulls images\n"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			var out bytes.Buffer
			if err := writeGrants(&out, tc.grants); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(out.String(), tc.want) {
				t.Errorf("%s: %q not in\n%s", tc.reason, tc.want, out.String())
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

func TestLeftIn(t *testing.T) {
	got := leftIn([]azuresim.Resource{{ID: "seeded", Seeded: true}, {ID: "forgotten"}})
	if diff := cmp.Diff([]string{"forgotten"}, got); diff != "" {
		t.Errorf("what was there before is not left behind (-want +got)\n%s", diff)
	}
}
