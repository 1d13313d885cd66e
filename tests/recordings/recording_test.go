package recordings

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// recording is one run of the Azure CLI.
type recording struct {
	name string
	// Precondition is what was there, or how the service behaved, in words.
	Precondition string    `json:"precondition"`
	ExitCode     int       `json:"exitCode"`
	Command      string    `json:"command"`
	Requests     []request `json:"requests"`
	// Assignments sums up the requests that make or remove role assignments, one entry for each.
	Assignments []assignmentRequest `json:"roleAssignments"`
	// Stdout is a part of what the command printed: the last answer, with what stands under properties at the top.
	Stdout map[string]any `json:"stdout"`
	// Afterwards is what the person who recorded it found when the command had ended.
	Afterwards struct {
		AssignmentsLeft *int `json:"roleAssignmentsLeft"`
	} `json:"afterwards"`
}

type request struct {
	Method     string            `json:"method"`
	Path       string            `json:"path"`
	APIVersion string            `json:"apiVersion"` // empty for Microsoft Graph, whose path names the version
	Query      map[string]string `json:"query"`
	Body       map[string]any    `json:"body"`
	Status     int               `json:"status"`
	Code       string            `json:"errorCode"`
}

type assignmentRequest struct {
	Method    string `json:"method"` // PUT when it is left out
	Principal string `json:"principal"`
	Role      string `json:"roleGuid"`
	RoleName  string `json:"roleName"`
	Scope     string `json:"scope"`
	Status    int    `json:"status"`
	Code      string `json:"errorCode"`
}

const otherSubscription = "00000000-0000-4000-8000-0000000000bb"

func load(t *testing.T, name string) recording {
	t.Helper()
	r := recording{name: name}
	if err := json.Unmarshal([]byte(text(t, name)), &r); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return r
}

// text of a recording, with the subscriptions of the simulated Azure in place of the placeholders.
func text(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer(
		"{subscriptionId}", azuresim.DefaultSubscriptionID, "{otherSubscriptionId}", otherSubscription,
	).Replace(string(content))
}

func names(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no recordings: %v", err)
	}
	out := make([]string, len(files))
	for i, f := range files {
		out[i] = strings.TrimSuffix(filepath.Base(f), ".json")
	}
	return out
}

// puts are the requests that made or changed something, role assignments aside.
func (r recording) puts() []request {
	var out []request
	for _, q := range r.Requests {
		if q.Method == "PUT" && !strings.Contains(q.Path, assignmentPath) {
			out = append(out, q)
		}
	}
	return out
}

const assignmentPath = "/providers/" + azuresim.RoleAssignmentType + "/"

// clusterBody is the body with which the cluster was PUT, nil when it was not.
func (r recording) clusterBody() map[string]any {
	for _, q := range r.puts() {
		if isCluster(q.Path) {
			return q.Body
		}
	}
	return nil
}

func isCluster(id string) bool {
	return strings.HasSuffix(id, "/providers/"+azuresim.ManagedClusterType+"/MyManagedCluster")
}

// cliGrant is a role assignment that the CLI made, tried to make, or removed.
type cliGrant struct {
	grant
	removed bool
	// tries is how often it was asked for, code the error of the last try that failed.
	tries int
	code  string
	// took tells that one of the tries worked.
	took bool
}

// grants are the role assignments of a recording, each once, in their order.
func (r recording) grants() []cliGrant {
	var out []cliGrant
	index := map[cliGrant]int{}
	for _, a := range r.Assignments {
		one := cliGrant{grant: grant{principal: a.Principal, role: a.Role, scope: a.Scope}, removed: a.Method == "DELETE"}
		i, seen := index[one]
		if !seen {
			i = len(out)
			index[one] = i
			out = append(out, one)
		}
		out[i].add(a)
	}
	return out
}

// add one try. What comes after one that worked is a repetition, which the CLI does now and then.
func (g *cliGrant) add(a assignmentRequest) {
	if g.took {
		return
	}
	g.tries++
	g.took = a.Status < 300
	if !g.took {
		g.code = a.Code
	}
}

// String says what the CLI did about the grant.
func (g cliGrant) String() string {
	switch {
	case g.removed:
		return "removes " + g.place()
	case g.code == azuresim.CodeRoleAssignmentExists:
		return g.place() + ": is there already"
	case g.took && g.tries > 1:
		return fmt.Sprintf("%s, after %d tries that failed (%s)", g.place(), g.tries-1, g.code)
	case !g.took:
		return fmt.Sprintf("%s: %d tries failed (%s)", g.place(), g.tries, g.code)
	default:
		return g.place()
	}
}

// TestSummariesOfRecordings: the comparison reads the summary of a recording, so it has to say what the requests say.
func TestSummariesOfRecordings(t *testing.T) {
	for _, name := range names(t) {
		r := load(t, name)
		asked := 0
		for _, q := range r.Requests {
			if strings.Contains(q.Path, assignmentPath) && (q.Method == "PUT" || q.Method == "DELETE") {
				asked++
			}
		}
		if asked != len(r.Assignments) {
			t.Errorf("%s: %d requests for role assignments, %d in the summary", name, asked, len(r.Assignments))
		}
	}
}
