package recordings

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/tests/arguments"
)

// rejectionsFile holds a hundred commands that try what the CLI itself refuses, and what it lets through.
const rejectionsFile = "90-client-side-rejections"

// attempt is one of those commands.
type attempt struct {
	Group   string `json:"group"`
	Case    string `json:"case"`
	Outcome string `json:"outcome"`
	Stderr  string `json:"stderr"`
	Command string `json:"command"`

	Precondition string   `json:"precondition"`
	Requests     []string `json:"requests"`
	// ClusterPut is a part of the body with which the cluster was PUT.
	ClusterPut  map[string]any      `json:"clusterPut"`
	Assignments []assignmentRequest `json:"roleAssignments"`
}

func (a attempt) name() string { return a.Group + ": " + a.Case }

// did says in a word what the CLI did.
func (a attempt) did() string {
	verb := "refuses"
	if strings.Contains(a.Stderr, "(Python traceback left out)") {
		verb = "crashes"
	}
	switch a.Outcome {
	case "rejected before any request", "rejected after reading only":
		return verb
	case "failed after the cluster PUT":
		return strings.Replace(verb, "refuses", "fails", 1) + " after the cluster was made"
	default:
		return "sends it"
	}
}

func attempts(t *testing.T) []attempt {
	t.Helper()
	var file struct{ Cases []attempt }
	if err := json.Unmarshal([]byte(text(t, rejectionsFile)), &file); err != nil || len(file.Cases) == 0 {
		t.Fatalf("%s holds no cases: %v", rejectionsFile, err)
	}
	return file.Cases
}

// rejection is what becomes of an attempt with us, and why.
type rejection struct {
	name, reason string
	ours         answer
}

// answer is one of the four things that can become of an attempt.
type answer struct {
	kind    string
	set     step      // the arguments of ours that mean the same
	refused []refusal // kind refused
	code    string    // kind leftToAzure
}

const (
	refused     = "our plan refuses it"
	notHere     = "does not exist here"
	accepted    = "accepted"
	leftToAzure = "left to Azure"
)

// refusedAt: our plan finds these problems, and no other.
func refusedAt(set step, problems ...refusal) answer {
	return answer{kind: refused, set: set, refused: problems}
}

// acceptedHere: our plan finds nothing wrong, and the reason says why that is right.
func acceptedHere(set step) answer { return answer{kind: accepted, set: set} }

// refusedByAzure: only Azure knows. Our plan finds nothing, and the deployment fails with the code.
func refusedByAzure(set step, code string) answer {
	return answer{kind: leftToAzure, set: set, code: code}
}

// cannotBeSaid: there are no arguments that mean it.
func cannotBeSaid() answer { return answer{kind: notHere} }

func at(path string) refusal { return refusal{path: path} }

func atWithCode(path, code string) refusal { return refusal{path, code} }

// rejections is what becomes of each attempt, in the order of the file.
func rejections() []rejection {
	return slices.Concat(
		in("identity", identityRejections()),
		in("subnet", subnetRejections()), in("registry", registryRejections()),
		in("egress", egressRejections()), in("private", privateRejections()),
		in("addons", addonRejections()), in("keyvault kms", kmsRejections()),
		in("disk", diskRejections()), in("directory", directoryRejections()),
		in("update", updateRejections()), in("enable-addons", enableAddonRejections()),
		in("credentials", credentialRejections()), in("create", createRejections()),
	)
}

func in(group string, list []rejection) []rejection {
	for i := range list {
		list[i].name = group + ": " + list[i].name
	}
	return list
}

func TestEveryAttemptHasAnAnswer(t *testing.T) {
	var tried, answered []string
	for _, a := range attempts(t) {
		tried = append(tried, a.name())
	}
	for _, r := range rejections() {
		answered = append(answered, r.name)
		if r.reason == "" {
			t.Errorf("%s: give the reason", r.name)
		}
	}
	for i := range max(len(tried), len(answered)) {
		if get(tried, i) != get(answered, i) {
			t.Fatalf("attempt %d is %q, and the table has %q there", i+1, get(tried, i), get(answered, i))
		}
	}
}

func get(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return "nothing"
}

func TestRejections(t *testing.T) {
	waiting := notYetRefused()
	for _, r := range rejections() {
		t.Run(r.name, func(t *testing.T) {
			complaints := r.ours.check(t)
			switch {
			case !waiting[r.name]:
				for _, complaint := range complaints {
					t.Errorf("%s: %s", r.reason, complaint)
				}
			case len(complaints) == 0:
				t.Error("the plan refuses it now; take it from notYetRefused")
			}
		})
		delete(waiting, r.name)
	}
	for name := range waiting {
		t.Errorf("notYetRefused speaks of %q, which is no attempt", name)
	}
}

// check lists what is otherwise than the answer says.
func (a answer) check(t *testing.T) []string {
	t.Helper()
	switch a.kind {
	case notHere:
		return nil
	case refused:
		problems := problemsOf(a.set)
		complaints := notFound(a.refused, problems)
		for _, path := range problems.Paths() {
			if !arguments.Has(&clusterArgs{}, path) {
				complaints = append(complaints, "there is no argument "+path)
			}
		}
		return complaints
	default:
		return append(notFound(nil, problemsOf(a.set)), a.checkAzure(t)...)
	}
}

// checkAzure deploys: what we accept the simulated Azure takes too, and what we leave to it it refuses with the code.
func (a answer) checkAzure(t *testing.T) []string {
	t.Helper()
	w := newWorld()
	up := simtest.New(t, clusterAlone(argsOf(a.set, w), w), simtest.WithCloud(w.cloud)).Up()
	switch {
	case a.kind == accepted && up.Err != nil:
		return []string{"the deployment fails: " + up.Explain()}
	case a.kind == leftToAzure && (up.Err == nil || !strings.Contains(up.Diagnostics(), a.code)):
		return []string{fmt.Sprintf("want the deployment to fail with %s: %s", a.code, up.Explain())}
	default:
		return nil
	}
}

const rejectionsIntroduction = "A hundred commands that try what the CLI itself refuses, and what it lets through. \"Our plan refuses it\" is before " +
	"anything is made, at the argument that is named, with what to do; `" + rejectionsFile + "` has the commands."

// rejectionRows are the attempts with their answers, for docs/cli-comparison.md.
func rejectionRows(t *testing.T) [][]string {
	t.Helper()
	waiting := notYetRefused()
	var rows [][]string
	for i, a := range attempts(t) {
		r := rejections()[i]
		ours := r.ours.String()
		if waiting[r.name] {
			ours = "today " + today(r.ours) + "; wanted: " + ours
		}
		rows = append(rows, []string{a.name(), a.did(), ours, r.reason})
	}
	return rows
}

// today is what the plan says now about something that it ought to refuse otherwise.
func today(a answer) string {
	paths := problemsOf(a.set).Paths()
	if len(paths) == 0 {
		return "our plan finds nothing"
	}
	return refused + " at `" + strings.Join(paths, "`, `") + "`"
}

func (a answer) String() string {
	switch a.kind {
	case refused:
		return a.kind + " at " + refusals(a.refused)
	case leftToAzure:
		return fmt.Sprintf("%s, which refuses it (%s)", a.kind, a.code)
	default:
		return a.kind
	}
}

// oneID is a map of IDs with one of them.
func oneID(id string) map[string]pulumi.StringInput {
	return map[string]pulumi.StringInput{"mine": pulumi.String(id)}
}
