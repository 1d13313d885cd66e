package estate_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
)

func TestAStateThatIsNoneSaysWhatItIs(t *testing.T) {
	cases := []struct{ name, reason, text, says string }{
		{"nothing", "a pipe whose first command failed", "", "it is empty"},
		{"blank", "the same with a line break", " \n", "it is empty"},
		{"compressed", "backends can compress checkpoints", "\x1f\x8b\x08\x00", "gunzip"},
		{"no JSON", "an error message instead of a state", "error: no stack named 'x' found", `begins with "error: no stack name`},
		{"a list", "JSON, and no state", "[]", "begins with"},
		{"cut off", "a disk was full", `{"version": 3, "deployment": {"resources": [{"urn": "urn:`, "it ends too early"},
		{"broken", "somebody edited it", "{\n\"version\": 3,,\n}", "line 2"},
		{"something else", "a document of another program", `{"kind": "Pod"}`, "pulumi stack export"},
		{"of another kind", "a text where resources belong", `{"version": 3, "deployment": {"resources": "none"}}`, "resources holds a string"},
		{"a preview", "the other thing that aksid reads", `{"steps": []}`, "aksid plan reads it"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			_, err := estate.ReadState(strings.NewReader(tc.text))
			if !errors.Is(err, estate.ErrNotAState) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%s: want an error that says %q, got %v", tc.reason, tc.says, err)
			}
		})
	}
}

func TestAnEmptyStackIsAnEmptyEstate(t *testing.T) {
	for _, text := range []string{
		`{"version": 3}`, `{"version": 3, "deployment": {"manifest": {}}}`, `{"version": 3, "deployment": {"resources": null}}`,
		`{"version": 3, "checkpoint": {"stack": "organization/shop/dev", "latest": null}}`, `{"manifest": {}}`, "\xef\xbb\xbf{\"version\": 3}",
	} {
		e, err := estate.ReadState(strings.NewReader(text))
		if err != nil || len(e.Identities)+len(e.Assignments)+len(e.Notes) != 0 {
			t.Errorf("%s: %+v %v", text, e, err)
		}
	}
}

const (
	subscription = "/subscriptions/00000000-0000-4000-8000-0000000000aa"
	encrypted    = `{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:abc"}`
	principal    = "83f0c9bd-3c4c-579d-945d-aac3968e28b4"
)

// state is a stack with one assignment whose principal is written as the JSON text.
func stateWith(principal string) string {
	return fmt.Sprintf(`{"version": 3, "deployment": {"resources": [{
		"urn": "urn:pulumi:dev::shop::azure-native:authorization:RoleAssignment::pull", "custom": true,
		"type": "azure-native:authorization:RoleAssignment",
		"id": "%[1]s/resourceGroups/r/providers/Microsoft.Authorization/roleAssignments/ab69f3d7-7623-5c7f-8578-d46077b08e2e",
		"inputs": {"principalId": %[2]s, "roleDefinitionId": "%[1]s/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d"},
		"outputs": {"principalId": %[2]s}}]}}`, subscription, principal)
}

func TestSecretsAreReadOnlyWhenTheyAreOpen(t *testing.T) {
	opened := `{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "plaintext": "\"` + principal + `\""}`
	cases := []struct{ name, reason, value, principal, note string }{
		{"plain", "as azure-native writes it", `"` + principal + `"`, principal, ""},
		{"encrypted", "the state has it, and nobody can read it", encrypted, "", "--show-secrets"},
		{"opened", "exported with --show-secrets", opened, principal, ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			e, err := estate.ReadState(strings.NewReader(stateWith(tc.value)))
			if err != nil || len(e.Assignments) != 1 {
				t.Fatalf("%s: %+v %v", tc.reason, e, err)
			}
			a := e.Assignments[0]
			if a.PrincipalID != tc.principal || a.RoleName != "AcrPull" || a.Scope.String() != subscription+"/resourceGroups/r" {
				t.Errorf("%s: %+v", tc.reason, a)
			}
			if notes := strings.Join(e.Notes, "\n"); !strings.Contains(notes, tc.note) || tc.note == "" && notes != "" {
				t.Errorf("%s: want a note with %q, got %q", tc.reason, tc.note, notes)
			}
		})
	}
}

// TestTheOlderProviderIsNoted: who reads an empty report has to know that it may not be all.
func TestTheOlderProviderIsNoted(t *testing.T) {
	e, err := estate.ReadState(strings.NewReader(`{"version": 3, "deployment": {"resources": [
		{"urn": "urn:pulumi:dev::shop::azure:x::aks", "type": "azure:containerservice/kubernetesCluster:KubernetesCluster"}]}}`))
	if err != nil || len(e.Notes) != 1 || !strings.Contains(e.Notes[0], "aks is of the provider azure") {
		t.Errorf("%+v %v", e, err)
	}
}

// hugeState has clusters with an identity and n grants each, whose dependencies form a long chain.
func hugeState(t testing.TB, clusters, n int) string {
	var all []map[string]any
	urn := func(kind, name string) string { return "urn:pulumi:dev::shop::azure-native:" + kind + "::" + name }
	last := ""
	for c := range clusters {
		name := fmt.Sprintf("c%d", c)
		holder := fmt.Sprintf("%08d-3c4c-579d-945d-aac3968e28b4", c)
		identity := fmt.Sprintf("%s/resourceGroups/r/providers/Microsoft.ManagedIdentity/userAssignedIdentities/%s", subscription, name)
		add := func(kind, name, id string, outputs map[string]any, dependencies ...string) string {
			u := urn(kind, name)
			all = append(all, map[string]any{
				"urn": u, "type": "azure-native:" + kind, "custom": true, "id": id, "outputs": outputs, "dependencies": dependencies,
			})
			return u
		}
		last = add("managedidentity:UserAssignedIdentity", name, identity, map[string]any{"principalId": holder}, last)
		for g := range n {
			scope := fmt.Sprintf("%s/resourceGroups/r%d", subscription, g)
			last = add("authorization:RoleAssignment", fmt.Sprintf("%s-%d", name, g),
				scope+"/providers/Microsoft.Authorization/roleAssignments/"+holder, map[string]any{
					"principalId": holder, "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d",
				}, last)
		}
		last = add("containerservice:ManagedCluster", name,
			subscription+"/resourceGroups/r/providers/Microsoft.ContainerService/managedClusters/"+name, map[string]any{
				"identity": map[string]any{"userAssignedIdentities": map[string]any{identity: map[string]any{"principalId": holder}}},
			}, last)
	}
	text, err := json.Marshal(map[string]any{"version": 3, "deployment": map[string]any{"resources": all}})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// FuzzReadState: whatever is read, it is an estate or an error, and no estate breaks those who look at it.
func FuzzReadState(f *testing.F) {
	f.Add(stateWith(`"` + principal + `"`))
	f.Add(stateWith(encrypted))
	f.Add(hugeState(f, 1, 2))
	f.Add(`{"version": 3, "deployment": {"resources": [{"urn": "a", "dependencies": ["a"], "type": "azure-native:containerservice:ManagedCluster"}]}}`)
	f.Fuzz(func(t *testing.T, text string) {
		e, err := estate.ReadState(strings.NewReader(text))
		if err != nil {
			if !errors.Is(err, estate.ErrNotAState) {
				t.Errorf("an error of another kind: %v", err)
			}
			return
		}
		for _, i := range e.Identities {
			_ = i.Title()
			for _, a := range e.AssignmentsOf(i) {
				if a.RoleName == "" {
					t.Errorf("%+v has no role", a)
				}
				_, _ = e.Role(a)
			}
		}
		for _, a := range e.Assignments {
			if !a.Resource.Deleting && len(e.HoldersOf(a)) == 0 {
				t.Errorf("%s has no holder", a.Resource.URN)
			}
		}
	})
}
