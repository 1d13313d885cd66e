package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const source = `package plan

// Tier is how much
// Azure promises.
type Tier string

// Tiers.
const (
	TierFree     Tier = "Free"     // No charge.
	TierStandard Tier = "Standard" // A "commitment".
)
`

func TestWritten(t *testing.T) {
	sets, err := parse([]byte(source))
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, reason string
		made         func([]set) ([]byte, error)
		want         []string
	}{
		{"table", "it is made of the constants, so that it cannot differ from them", tableOf, []string{
			`Tier("").Set(),`, `func (Tier) Set() Set {`, `Description: "Tier is how much Azure promises."`,
			`{string(TierFree), "No charge."},`, `{string(TierStandard), "A \"commitment\"."},`,
		}},
		{"names", "an alias, so that both packages' names are one type", namesOf, []string{
			"// Tier is how much Azure promises.\ntype Tier = plan.Tier\n", "TierFree     = plan.TierFree     // No charge.",
		}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			text, err := tc.made(sets)
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range tc.want {
				if !strings.Contains(string(text), want) {
					t.Errorf("%s: no %s in\n%s", tc.reason, want, text)
				}
			}
		})
	}
}

func TestRefused(t *testing.T) {
	cases := []struct{ name, old, new, want string }{
		{"constant without a comment", " // No charge.", "", "TierFree has no comment beside it"},
		{"type without a comment", "// Tier is how much\n// Azure promises.\n", "", "Tier has no comment"},
		{"type without values", "// Tiers.", "// Plan is another.\ntype Plan string", "Plan has no values"},
		{"twice", `"Standard"`, `"free"`, `TierStandard: the set has "free" already`},
		{"foreign type", "Tier = \"Free\"", "Plan = \"Free\"", "TierFree: its type Plan stands nowhere above"},
		{"no type", "Tier = \"Free\"", "= \"Free\"", "TierFree: it is not of the form"},
		{"no literal", `"Free"`, "x", "TierFree: its value is no literal text"},
		{"a function", "// Tiers.", "func f() {}\n// Tiers.", "something else"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			_, err := parse([]byte(strings.Replace(source, tc.old, tc.new, 1)))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %s", err, tc.want)
			}
		})
	}
}

// TestFilesAreFresh: what was generated is what the source says today.
func TestFilesAreFresh(t *testing.T) {
	source, err := os.ReadFile(filepath.Join("..", "..", "plan", "closed_sets.go"))
	if err != nil {
		t.Fatal(err)
	}
	sets, err := parse(source)
	if err != nil {
		t.Fatal(err)
	}
	for file, made := range map[string]func([]set) ([]byte, error){
		filepath.Join("plan", "closed_sets_table.go"): tableOf,
		filepath.Join("components", "closed_sets.go"): namesOf,
	} {
		now, err := made(sets)
		if err != nil {
			t.Fatal(err)
		}
		kept, err := os.ReadFile(filepath.Join("..", "..", file))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(now, kept) {
			t.Errorf("%s is out of date; run make generate", file)
		}
	}
}
