package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// commands are those that read a state or a preview, each with arguments with which it tells all.
var commands = map[string][]string{
	"plan": {"plan", "-"}, "report": {"report", "-"}, "graph": {"graph", "-", "--format", "mermaid"}, "deployer": {"deployer", "-", "--format", "text"}, "audit": {"audit", "-"},
}

// secret is a value that nobody can read without the passphrase.
const secret = `{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:n0nce:c1pher"}`

// encryptedState is one of a stack with a passphrase, whose program made every ID a secret.
const encryptedState = `{"version": 3, "deployment": {"secrets_providers": {"type": "passphrase", "state": {"salt": "v1:abc"}}, "resources": [
	{"urn": "urn:pulumi:dev::shop::azure-native:containerservice:ManagedCluster::shop", "custom": true, "type": "azure-native:containerservice:ManagedCluster",
		"id": "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/shop/providers/Microsoft.ContainerService/managedClusters/shop",
		"inputs": {"identity": ` + secret + `}, "outputs": {"identity": ` + secret + `, "identityProfile": ` + secret + `, "addonProfiles": ` + secret + `, "agentPoolProfiles": ` + secret + `}},
	{"urn": "urn:pulumi:dev::shop::azure-native:authorization:RoleAssignment::pull", "custom": true, "type": "azure-native:authorization:RoleAssignment",
		"inputs": {"principalType": "ServicePrincipal", "principalId": ` + secret + `, "roleDefinitionId": ` + secret + `, "scope": ` + secret + `}, "outputs": ` + `{"principalId": ` + secret + `}}]}}`

// TestEveryCommandReadsEveryState: what is broken, empty, encrypted or another document ends in a sentence on the standard error, in no
// panic and in nothing that looks like an answer.
func TestEveryCommandReadsEveryState(t *testing.T) {
	const empty, never = "", `{"version": 3}`
	fails := func(says string) map[string]string { return map[string]string{"*": "!" + says} }
	// want is what each command says, * those that are not named; with ! it fails.
	cases := []struct {
		name, reason, input string
		want                map[string]string
	}{
		{"nothing", "a pipe whose first command failed", empty, fails("it is empty")},
		{"blank", "the same with a line break", "\n", fails("it is empty")},
		{"error message", "the output of a failed command", "error: no stack named 'x' found", fails("begins with \"error: no stack name\"")},
		{"compressed", "a backend's own file", "\x1f\x8b\x08\x00", fails("gunzip")},
		{"list", "JSON of another command", "[]", fails("begins with")},
		{"broken", "somebody edited it", "{\n\"version\": 3,,\n}", fails("line 2")},
		{"cut off", "a disk was full", `{"version": 3, "deployment": {"resources": [{"urn": "urn:`, fails("it ends too early")},
		{"another document", "of another program", `{"kind": "Pod"}`, map[string]string{"*": "!pulumi stack export", "plan": "!pulumi preview --json"}},
		{"text for resources", "Pulumi never writes that", `{"version": 3, "deployment": {"resources": "none"}}`,
			map[string]string{"*": "!deployment.resources holds a string", "plan": "!aksid report reads it"}},
		{"number for a URN", "nor that", `{"version": 3, "deployment": {"resources": [{"urn": 7}]}}`,
			map[string]string{"*": "!urn holds a number", "plan": "!aksid report reads it"}},
		{"never deployed", "pulumi stack init, and nothing else", never, map[string]string{
			"plan": "!it has no steps", "report": "an empty stack", "graph": "flowchart", "deployer": "!nothing of azure-native", "audit": "nothing to say about 0 clusters",
		}},
		{"destroyed", "the state of a stack without resources", `{"version": 3, "deployment": {"manifest": {}, "resources": []}}`, map[string]string{
			"plan": "!aksid report reads it", "report": "an empty stack", "graph": "flowchart", "deployer": "!nothing of azure-native", "audit": "nothing to say about 0 clusters",
		}},
		{"null for a resource", "a hand has removed it", `{"version": 3, "deployment": {"resources": [null, {}]}}`, map[string]string{
			"plan": "!aksid report reads it", "report": "an empty stack", "graph": "flowchart", "deployer": "!nothing of azure-native", "audit": "nothing to say about 0 clusters",
		}},
		{"encrypted", "a passphrase, and every ID a secret", encryptedState, map[string]string{
			"plan": "!aksid report reads it", "report": "principalId of pull is an encrypted secret", "graph": "shop", "deployer": "Microsoft.ContainerService", "audit": "is an encrypted secret",
		}},
		{"empty preview", "nothing to do", `{"steps": [], "duration": 1}`, map[string]string{
			"plan": "No grants", "report": "!aksid plan reads it", "graph": "flowchart", "deployer": "!nothing of azure-native", "audit": "!aksid plan reads it",
		}},
		{"null for steps", "Pulumi never writes that", `{"steps": [null, {"op": "create"}, {"op": "delete", "urn": "x"}]}`, map[string]string{
			"plan": "No grants", "report": "!aksid plan reads it", "graph": "flowchart", "deployer": "!nothing of azure-native", "audit": "!aksid plan reads it",
		}},
	}
	for _, tc := range cases {
		for name, args := range commands {
			t.Run(tc.name+"/"+name, func(t *testing.T) {
				says, named := tc.want[name]
				if !named {
					says = tc.want["*"]
				}
				says, failing := strings.CutPrefix(says, "!")
				code, stdout, stderr := run(t, []byte(tc.input), args...)
				if says == "" || (code != 0) != failing || !strings.Contains(stdout+stderr, says) {
					t.Errorf("%s: want failing %v and %q, got %d\n%s%s", tc.reason, failing, says, code, stdout, stderr)
				}
				if failing && (stdout != "" || !strings.Contains(stderr, "aksid: ")) {
					t.Errorf("a failure is a sentence on the standard error, and no answer: %q %q", stdout, stderr)
				}
				if strings.Contains(stdout+stderr, "c1pher") || strings.Contains(stdout+stderr, "goroutine") {
					t.Errorf("%s%s", stdout, stderr)
				}
			})
		}
	}
}

// hugeStack has a hundred clusters with 49 grants each, as the resources of a state.
func hugeStack() (resources []map[string]any) {
	const subscription = "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/"
	add := func(kind, name, id string, outputs map[string]any) {
		resources = append(resources, map[string]any{
			"urn": "urn:pulumi:dev::shop::azure-native:" + kind + "::" + name, "type": "azure-native:" + kind, "custom": true, "id": id, "outputs": outputs,
		})
	}
	for c := range 100 {
		cluster, principal := fmt.Sprintf("c%02d", c), fmt.Sprintf("%08d-3c4c-579d-945d-aac3968e28b4", c)
		add("containerservice:ManagedCluster", cluster, subscription+"shop/providers/Microsoft.ContainerService/managedClusters/"+cluster,
			map[string]any{"identity": map[string]any{"type": "SystemAssigned", "principalId": principal}})
		for g := range 49 {
			add("authorization:RoleAssignment", fmt.Sprintf("%s-%d", cluster, g),
				fmt.Sprintf("%sr%d/providers/Microsoft.Authorization/roleAssignments/%s", subscription, g, principal), map[string]any{
					"principalId": principal, "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d",
				})
		}
	}
	return resources
}

// TestEveryCommandTellsFiveThousandResources and says how long it took, which is not judged: it depends on the machine.
func TestEveryCommandTellsFiveThousandResources(t *testing.T) {
	resources := hugeStack()
	var steps []map[string]any
	for _, r := range resources {
		steps = append(steps, map[string]any{"op": "create", "urn": r["urn"], "newState": r})
	}
	state, stateErr := json.Marshal(map[string]any{"version": 3, "deployment": map[string]any{"resources": resources}})
	preview, previewErr := json.Marshal(map[string]any{"steps": steps})
	if stateErr != nil || previewErr != nil || len(resources) != 5000 {
		t.Fatal(stateErr, previewErr, len(resources))
	}
	for name, args := range commands {
		input := state
		if name == "plan" {
			input = preview
		}
		begin := time.Now()
		_, stdout, stderr := run(t, input, args...)
		t.Logf("aksid %s: %v, %d bytes", name, time.Since(begin), len(stdout))
		if !strings.Contains(stdout, "c99") || strings.Contains(stderr, "aksid: ") {
			t.Errorf("aksid %s does not tell of the last cluster: %.300s %.300s", name, stdout, stderr)
		}
	}
}
