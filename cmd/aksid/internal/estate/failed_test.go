package estate_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
)

func TestWhatPulumiSaysIsReadable(t *testing.T) {
	cases := []struct{ name, reason, said, want string }{
		{"nothing", "there is nothing to read", "\n \n", ""},
		{"of the CLI", "aksid says itself that it is an error", "error: no stack named 'x' found\n", "no stack named 'x' found"},
		{"colours", "not every output is a terminal", "\x1b[31mError\x1b[0m: no\x1b[1;4m such\x1b[0m property\n\n", "Error: no such property"},
		{"problems", "the engine wraps each, and repeats the value, which the problem tells as well",
			"error: aks has a problem: 2 problems:\n\t\t- property subnets.nodes with value '{x's}' has a problem: it is no ID.\n\t\t- property tags has a problem: too many.\n",
			"aks has a problem: 2 problems:\n  - subnets.nodes: it is no ID.\n  - tags: too many."},
		{"of a Go program", "its problems are in a list already", "error: ManagedIdentityCluster aks: 1 problem:\r\n  - subnets.nodes: it is no ID.\r\n",
			"ManagedIdentityCluster aks: 1 problem:\n  - subnets.nodes: it is no ID."},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, estate.Readable(tc.said)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

// TestAFailedPreviewAlwaysHasAnError: of a preview that tells none, whoever ran it knows that it failed.
func TestAFailedPreviewAlwaysHasAnError(t *testing.T) {
	cases := []struct {
		name, reason, diagnostics, said string
		want                            []string
	}{
		{"an error", "it is the reason", `{"severity": "error", "message": "no such subnet"}, {"severity": "info#err", "message": "beep"}`, "exit status 1", []string{"no such subnet"}},
		{"written only", "the YAML host writes its errors to the standard error", `{"severity": "info#err", "message": "Property x\n"}, {"severity": "info#err", "message": "does not exist\n"}`,
			"exit status 1", []string{"Property x\ndoes not exist"}},
		{"none", "the CLI's own words are left", `{"severity": "info", "message": "2 grants"}`, "error: exit status 1", []string{"exit status 1"}},
		{"not even words", "it failed all the same", "", "", []string{"nothing tells why"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			p, err := estate.ReadPreview(strings.NewReader(`{"steps": [], "diagnostics": [` + tc.diagnostics + `]}`))
			if err != nil {
				t.Fatal(err)
			}
			if notes := strings.Join(p.Notes, ""); strings.Contains(notes, "does not exist") != (tc.name == "written only") {
				t.Errorf("somebody who has the file alone reads what was written, if it may be an error: %q", notes)
			}
			p.Fail(tc.said)
			if diff := cmp.Diff(tc.want, p.Errors); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

// TestASecretOfAPreviewIsNotRead: a preview writes [secret] in place of it, which is no scope and no principal.
func TestASecretOfAPreviewIsNotRead(t *testing.T) {
	p, err := estate.ReadPreview(strings.NewReader(`{"steps": [{"op": "create", "newState": {"urn": "` + assignmentURN + `", "custom": true,
		"type": "azure-native:authorization:RoleAssignment", "inputs": {"scope": "[secret]", "principalId": "[secret]", "roleDefinitionId": "[secret]"}}}]}`))
	if err != nil || len(p.Assignments) != 1 {
		t.Fatalf("%+v %v", p, err)
	}
	if a := p.Assignments[0]; a.ScopeText+a.PrincipalID != "" {
		t.Errorf("it is read: %+v", a)
	}
	want := []string{
		"principalId of pull is a secret of the program, which a preview does not show.",
		"roleDefinitionId of pull is a secret of the program, which a preview does not show.",
		"scope of pull is a secret of the program, which a preview does not show.",
	}
	if diff := cmp.Diff(want, p.Notes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
