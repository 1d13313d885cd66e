package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// source is a package as components might be.
const source = `package x

// NodeArgs describe a node; see [plan.Node] and
// PoolArgs.
type NodeArgs struct {
	// OSType is Linux or Windows.
	OSType string ` + "`pulumi:\"osType,optional\"`" + `
	// OSSKU of the image.
	OSSKU string ` + "`pulumi:\"osSku,optional\"`" + `
	// Type is SystemAssigned or UserAssigned.
	Type string ` + "`pulumi:\"type\"`" + `
	// UserAssigned is an identity, for Type UserAssigned.
	UserAssigned *string ` + "`pulumi:\"userAssigned\"`" + `
	// Count of nodes, not with PoolArgs.MaxCount or Upgrade.NodeOSChannel or Nobody.Knows.
	Count int ` + "`pulumi:\"count\"`" + `
	Hidden int
}

// PoolArgs hold
// two lines.
//
// And a paragraph.
type PoolArgs struct {
	// MaxCount has a number.
	MaxCount int ` + "`pulumi:\"maxCount\"`" + `
	// Upgrade of it.
	Upgrade string ` + "`pulumi:\"upgrade\"`" + `
	// NodeOSChannel of it.
	NodeOSChannel string ` + "`pulumi:\"nodeOsChannel\"`" + `
}

type hidden struct {
	A string ` + "`pulumi:\"a\"`" + `
}
`

func TestGenerate(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x.go"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := generate([]string{dir})
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct{ name, reason, want string }{
		{"type", "it does not begin with its own name, links lose their brackets", `"Describes a node; see plan.Node and Pool."`},
		{"paragraphs", "lines are joined, paragraphs are not", `"Holds two lines.\n\nAnd a paragraph."`},
		{"own name", "nobody needs to hear it again", `"Linux or Windows."`},
		{"part of the sentence", "it is written as a person would", `"OSSKU of the image."`},
		{"value", "a value that is also a field's name stays", `"SystemAssigned or UserAssigned."`},
		{"value and name", "the first is the field, the second the value", `"An identity, for Type UserAssigned."`},
		{"paths", "names of fields in others are translated, foreign names are not",
			"\"Count of nodes, not with `maxCount` or `upgrade.nodeOsChannel` or Nobody.Knows.\""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if !strings.Contains(string(got), tc.want) {
				t.Errorf("%s: no %s in\n%s", tc.reason, tc.want, got)
			}
		})
	}
	for _, absent := range []string{"Hidden", `"hidden"`} {
		if strings.Contains(string(got), absent) {
			t.Errorf("%s is not served, but it is in\n%s", absent, got)
		}
	}
}
