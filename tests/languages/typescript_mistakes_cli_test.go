//go:build cli

package languages_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/internal/sdks"
)

const mistakesFolder = "mistakes"

// mistakes are programs that the compiler refuses, each for one reason.
var mistakes = []struct {
	name, reason string
	// cluster are arguments of a ManagedIdentityCluster; without them program is what stands in the file.
	cluster, program string
	// code is that of the one error that there is, and says are parts of its message.
	code string
	says []string
}{
	{
		name: "misspelled", reason: "an argument that does not exist is refused, and the nearest one is named",
		cluster: `apiServer: { public: true }, systemPol: { subnet: "nodes" }`,
		code:    "TS2561", says: []string{"'systemPol' does not exist in type 'ManagedIdentityClusterArgs'", "'systemPool'"},
	},
	{
		name: "misspelled-below", reason: "also in an object of an object",
		cluster: `apiServer: { public: true }, addons: { secretsProvider: { vaults: ["shop"] } }`,
		code:    "TS2353", says: []string{"'vaults' does not exist in type 'SecretsProviderArgs'"},
	},
	{
		name: "missing", reason: "who may reach the API server has no default",
		cluster: `location: "westeurope"`,
		code:    "TS2345", says: []string{"Property 'apiServer' is missing", "ManagedIdentityClusterArgs"},
	},
	{
		name: "missing-below", reason: "a grant that no argument calls for has to say why it is made",
		cluster: `apiServer: { public: true }, extraGrants: { logs: { identity: "kubelet", role: "Reader", resourceId: "/subscriptions/s" } }`,
		code:    "TS2741", says: []string{"Property 'reason' is missing", "ExtraGrantArgs"},
	},
	{
		name: "enum", reason: "an enumeration takes its own values only",
		cluster: `apiServer: { public: true }, network: { plugin: "cilium" }`,
		code:    "TS2322", says: []string{`'"cilium"' is not assignable to type 'NetworkPlugin | undefined'`},
	},
	{
		name: "enum-case", reason: "and in their spelling",
		cluster: `apiServer: { public: true }, identity: { type: "userAssigned" }`,
		code:    "TS2820", says: []string{`'"userAssigned"' is not assignable to type 'IdentityType | undefined'`, `'"UserAssigned"'`},
	},
	{
		name: "number", reason: "a number is no string: 1.30 would be 1.3",
		cluster: `apiServer: { public: true }, kubernetesVersion: 1.30`,
		code:    "TS2322", says: []string{"'number' is not assignable to type 'Input<string | undefined>'"},
	},
	{
		name: "string", reason: "a string is no number of nodes",
		cluster: `apiServer: { public: true }, systemPool: { count: "3" }`,
		code:    "TS2322", says: []string{"'string' is not assignable to type 'Input<number | undefined>'"},
	},
	{
		name: "list", reason: "resource IDs have names, which the names of grants and the references of pools are made of",
		cluster: `apiServer: { public: true }, subnets: ["/subscriptions/s"]`,
		code:    "TS2322", says: []string{"'string[]' is not assignable to type '{ [key: string]: Input<string>; }'"},
	},
	{
		name: "late", reason: "what decides which grants there are is plain: a preview shows them all",
		cluster: `apiServer: { public: true }, systemPool: { subnet: pulumi.output("nodes") }`,
		code:    "TS2322", says: []string{"'Output<string>' is not assignable to type 'string | undefined'"},
	},
	{
		name: "late-switch", reason: "so is whether an add-on is on",
		cluster: `apiServer: { public: true }, addons: { keda: pulumi.output(true) }`,
		code:    "TS2322", says: []string{"is not assignable to type 'boolean | undefined'"},
	},
	{
		name: "late-pools", reason: "and which pools there are",
		cluster: `apiServer: { public: true }, pools: pulumi.output([{ name: "web" }])`,
		code:    "TS2322", says: []string{"is missing the following properties from type 'NodePoolArgs[]'"},
	},
	{
		name: "output", reason: "an output that does not exist is refused",
		program: `export const id = new aksidentity.ManagedIdentityCluster("shop", { apiServer: { public: true } }).resourceId;`,
		code:    "TS2339", says: []string{"Property 'resourceId' does not exist on type 'ManagedIdentityCluster'"},
	},
	{
		name: "no-arguments", reason: "a cluster cannot be made without arguments",
		program: `new aksidentity.ManagedIdentityCluster("shop");`,
		code:    "TS2554", says: []string{"Expected 2-3 arguments, but got 1"},
	},
}

func (w workspace) writeMistakes(t *testing.T) {
	t.Helper()
	for _, m := range mistakes {
		program := m.program
		if program == "" {
			program = fmt.Sprintf("new aksidentity.ManagedIdentityCluster(\"shop\", { %s });", m.cluster)
		}
		w.writeProgram(t, filepath.Join(mistakesFolder, m.name+".ts"), program)
	}
}

// writeProgram writes a program with what every program imports.
func (w workspace) writeProgram(t *testing.T, file, program string) {
	t.Helper()
	head := fmt.Sprintf("import * as pulumi from \"@pulumi/pulumi\";\nimport * as aksidentity from %q;\n\n", nameIn(t, sdkOf(t, sdks.NodeJS)["package.json"]))
	write(t, filepath.Join(w.folder, file), []byte(head+program+"\n"))
}

func mustFindMistakes(t *testing.T, said map[string][]string) {
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			got := said[mistakesFolder+"/"+m.name+".ts"]
			if len(got) != 1 || !strings.HasPrefix(got[0], m.code+": ") || !containsAll(got[0], m.says) {
				t.Errorf("%s: got %d errors\n%s\nwant one %s with %q", m.reason, len(got), strings.Join(got, "\n"), m.code, m.says)
			}
		})
	}
}

func containsAll(text string, parts []string) bool {
	for _, part := range parts {
		if !strings.Contains(text, part) {
			return false
		}
	}
	return true
}
