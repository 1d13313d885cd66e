package estate_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/exampletest"
)

// grant is what a person wants to know of an assignment, in a state and in a preview alike.
type grant struct{ Who, Role, On, Reason, Phase string }

func grantsIn(e *estate.Estate) map[string]grant {
	all := map[string]grant{}
	for _, a := range e.Assignments {
		who := ""
		for _, i := range e.HoldersOf(a) {
			who += i.Title()
		}
		all[a.Resource.Name()] = grant{who, a.RoleName, a.On, a.Reason, string(a.Phase)}
	}
	return all
}

// lateHolders are those whom only the deployment tells, by example and grant.
var lateHolders = map[string]map[string]string{
	// The principal comes from the configuration, and the cluster does not have it yet.
	"hub-and-spoke-app": {"spoke-principal-network-contributor-zoneLinkNetworkIds.shop": "principal"},
}

// TestAPreviewTellsWhatTheStateWillSay: who gets which role on what, why and when is read from the preview of each example, before
// anything exists, as it is from the state afterwards. A second preview finds nothing to change.
func TestAPreviewTellsWhatTheStateWillSay(t *testing.T) {
	for _, example := range exampletest.All() {
		t.Run(example.Name, func(t *testing.T) {
			s := example.New(t)
			before := previewOf(t, s, estate.NewGrant)
			state, err := estate.ReadState(bytes.NewReader(exampletest.State(t, s)))
			if err != nil {
				t.Fatal(err)
			}
			want := grantsIn(state)
			for name, who := range lateHolders[example.Name] {
				known := want[name]
				known.Who = who
				want[name] = known
			}
			if diff := cmp.Diff(want, grantsIn(before.Estate)); diff != "" {
				t.Errorf("the preview says something else than the state (-state +preview):\n%s", diff)
			}
			if diff := cmp.Diff(grantsIn(state), grantsIn(previewOf(t, s, estate.Unchanged).Estate)); diff != "" {
				t.Errorf("the second preview says something else than the state (-state +preview):\n%s", diff)
			}
		})
	}
}

func previewOf(t *testing.T, s *simtest.Stack, kind estate.ChangeKind) *estate.Preview {
	t.Helper()
	p, err := estate.ReadPreview(bytes.NewReader(exampletest.Preview(t, s)))
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range p.Assignments {
		if p.Change(a) != kind {
			t.Errorf("%s is %s, want %s", a.Resource.Name(), p.Change(a), kind)
		}
	}
	if len(p.Notes)+len(p.Errors) > 0 {
		t.Errorf("notes %v, errors %v", p.Notes, p.Errors)
	}
	return p
}

func TestAPreviewThatIsNoneSaysWhatItIs(t *testing.T) {
	cases := []struct{ name, reason, text, says string }{
		{"nothing", "a pipe whose first command failed", "", "it is empty"},
		{"a state", "the other thing that aksid reads", `{"version": 3, "deployment": {}}`, "aksid report reads it"},
		{"something else", "a document of another program", `{"kind": "Pod"}`, "pulumi preview --json"},
		{"of another kind", "a number where steps belong", `{"steps": 7}`, "steps holds a number"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			_, err := estate.ReadPreview(strings.NewReader(tc.text))
			if !errors.Is(err, estate.ErrNotAPreview) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%s: want an error that says %q, got %v", tc.reason, tc.says, err)
			}
		})
	}
}

const assignmentURN = "urn:pulumi:dev::shop::azure-native:authorization:RoleAssignment::pull"

func TestEachStepTellsWhatBecomesOfTheGrant(t *testing.T) {
	state := func(key string) string {
		return `"` + key + `": {"urn": "` + assignmentURN + `", "type": "azure-native:authorization:RoleAssignment", "custom": true,
			"inputs": {"principalId": "` + principal + `"}}`
	}
	cases := []struct {
		name, reason, steps string
		want                estate.ChangeKind
	}{
		{"create", "it is not there yet", `{"op": "create", ` + state("newState") + `}`, estate.NewGrant},
		{"update", "its description changes", `{"op": "update", ` + state("newState") + `, ` + state("oldState") + `}`, estate.Changed},
		{"delete", "nothing asks for it any more", `{"op": "delete", ` + state("oldState") + `}`, estate.Gone},
		{"replace", "Pulumi tells a replacement in three steps, and it is one change",
			`{"op": "delete-replaced", ` + state("oldState") + `}, {"op": "replace", ` + state("newState") + `}, {"op": "create-replacement", ` +
				state("newState") + `}`, estate.Replaced},
		{"same", "told with --show-sames", `{"op": "same", ` + state("newState") + `}`, estate.Unchanged},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			p, err := estate.ReadPreview(strings.NewReader(`{"steps": [` + tc.steps + `]}`))
			if err != nil || len(p.Assignments) != 1 || p.Change(p.Assignments[0]) != tc.want {
				t.Errorf("%s: want one that is %s, got %+v %v", tc.reason, tc.want, p, err)
			}
		})
	}
}

func TestWhatThePreviewLeavesOutIsNoted(t *testing.T) {
	p, err := estate.ReadPreview(strings.NewReader(`{"steps": [], "changeSummary": {"same": 7},
		"diagnostics": [{"severity": "error", "message": "subnets.nodes: it is no ID\n"}]}`))
	if err != nil || len(p.Notes) != 1 || !strings.Contains(p.Notes[0], "--show-sames") {
		t.Errorf("notes %v %v", p, err)
	}
	if diff := cmp.Diff([]string{"subnets.nodes: it is no ID"}, p.Errors); diff != "" {
		t.Errorf("the errors of the preview (-want +got):\n%s", diff)
	}
}

// FuzzReadPreview: whatever is read, it is a preview or an error of its kind.
func FuzzReadPreview(f *testing.F) {
	f.Add(`{"steps": [{"op": "create", "urn": "` + assignmentURN + `", "newState": {"type": "azure-native:authorization:RoleAssignment"}}]}`)
	f.Add(`{"steps": [{"op": "delete"}], "diagnostics": [{"severity": "info", "message": "- a gets b on c (d): e"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := estate.ReadPreview(strings.NewReader(text)); err != nil && !errors.Is(err, estate.ErrNotAPreview) {
			t.Errorf("an error of another kind: %v", err)
		}
	})
}
