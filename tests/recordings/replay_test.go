package recordings

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
)

// TestRecordingsOverHTTP sends every recorded request, in its order, to the HTTP door of a simulated Azure in which was there
// what the recording says. Status and error code have to be the recorded ones. A recording holds no bodies of answers, so the
// shape of a body is held against what the recording does tell of it: what the CLI PUT comes back, what an update sends back
// it has read, what the command printed, every ID that a later request uses; and against the models with which the CLI reads
// an answer (answerShapes). What differs stands in acceptedDifferences with its reason, or fails.
func TestRecordingsOverHTTP(t *testing.T) {
	var sum tally
	for _, name := range names(t) {
		if name == rejectionsFile {
			continue
		}
		t.Run(name, func(t *testing.T) {
			r := newReplay(t, load(t, name))
			for i, q := range r.recording.Requests {
				r.send(i, q)
			}
			r.checkEnd()
			sum.add(t, name, r.outcomes)
		})
	}
	for _, a := range attempts(t) {
		t.Run(a.name(), func(t *testing.T) {
			r := newReplay(t, a.recording(t))
			for i, q := range r.recording.Requests {
				r.send(i, q)
			}
			sum.add(t, r.recording.name, r.outcomes)
		})
	}
	sum.report(t)
}

// replayed is one request and what differs from the recording, nothing when it agrees.
type replayed struct {
	request  string   // as acceptedDifferences names it
	findings []string // in a fixed wording, without IDs
}

// replay is the state of one recording that is sent again.
type replay struct {
	t         *testing.T
	recording recording
	w         *world
	handler   *arm.Handler
	tokens    map[string]string // by host
	// known are the placeholders whose values the answers have told so far.
	known map[string]string
	// running is where the CLI polls the operation that it started, "" for none.
	running  string
	read     map[string]any // the last answer about the cluster
	roles    []any          // the last list of role definitions
	outcomes []replayed
}

func newReplay(t *testing.T, r recording) *replay {
	t.Helper()
	w := newWorld()
	w.presuppose(t, r)
	p := &replay{t: t, recording: r, w: w, handler: arm.New(w.cloud, arm.WithPolls(polls)), tokens: map[string]string{},
		known: map[string]string{"{tenantId}": azuresim.DefaultTenantID}}
	p.learnFromCommand()
	return p
}

// polls is more than a recording asks about a cluster while it is being made: only the polling ends an operation.
const polls = 20

// send one request, and compare the answer.
func (p *replay) send(index int, q request) {
	out := replayed{request: q.Method + " " + lastWord(q.Path)}
	if missing := p.unknown(q); len(missing) > 0 {
		out.findings = []string{"not sent: no answer told " + strings.Join(missing, ", ")}
		p.outcomes = append(p.outcomes, out)
		return
	}
	if p.mustEndBefore(index) {
		p.poll()
	}
	sent := p.filled(q)
	status, header, body := p.do(sent.Method, sent.target(), sent.Body)
	if operation := header.Get("Azure-AsyncOperation"); operation != "" {
		p.running = operation
	}
	out.findings = p.compare(q, sent, status, body)
	p.learn(sent, body)
	p.outcomes = append(p.outcomes, out)
}

// compare lists the differences in the order in which somebody would look for them.
func (p *replay) compare(recorded, sent request, status int, body map[string]any) []string {
	known := recorded.Code != "" || recorded.Status < 300 // a list of attempts has no codes
	if status != recorded.Status || known && codeOf(body) != recorded.Code {
		return []string{fmt.Sprintf("recorded %s, answered %s", outcomeText(recorded.Status, recorded.Code), outcomeText(status, codeOf(body)))}
	}
	findings := append(differsFrom("", shapeOf(sent, status), body), itemsDifferFrom(sent, body)...)
	if sent.Method == http.MethodPut && status < 300 {
		findings = append(findings, differsFrom("", sent.Body, body)...)
	}
	if isCluster(sent.Path) && sent.Method == http.MethodPut && p.read != nil {
		for _, finding := range differsFrom("", unchangedBy(sent.Body), p.read) {
			findings = append(findings, "read before: "+finding)
		}
	}
	if isAssignment(sent) && sent.Method == http.MethodPut && status < 300 {
		findings = append(findings, p.roleNotRead(sent)...)
	}
	slices.Sort(findings)
	return slices.Compact(findings)
}

// roleNotRead: the role of an assignment is one that the list before it named, by the very same ID.
func (p *replay) roleNotRead(sent request) []string {
	properties, _ := sent.Body["properties"].(map[string]any)
	for _, role := range p.roles {
		if one, _ := role.(map[string]any); one["id"] == properties["roleDefinitionId"] {
			return nil
		}
	}
	return []string{"the role was not in the list of definitions before"}
}

// checkEnd compares what was found when the command had ended.
func (p *replay) checkEnd() {
	p.t.Helper()
	end := replayed{request: theEnd}
	if left := p.recording.Afterwards.AssignmentsLeft; left != nil && len(p.w.cloud.RoleAssignments()) != *left {
		end.findings = append(end.findings, fmt.Sprintf("recorded %d role assignments left, here are %d", *left, len(p.w.cloud.RoleAssignments())))
	}
	printed, unknown := p.fill(p.recording.Stdout)
	for _, name := range unknown {
		end.findings = append(end.findings, "printed: no answer told "+name)
	}
	for _, finding := range differsFrom("", printed, atTop(p.lastBody())) {
		end.findings = append(end.findings, "printed: "+finding)
	}
	if len(end.findings) > 0 || p.recording.Stdout != nil || p.recording.Afterwards.AssignmentsLeft != nil {
		p.outcomes = append(p.outcomes, end)
	}
}

// lastBody is the answer that the command printed: that of the cluster, or of the resource group that it made.
func (p *replay) lastBody() any {
	if p.read != nil || p.recording.Stdout == nil {
		return p.read
	}
	last := p.recording.Requests[len(p.recording.Requests)-1]
	last.Method, last.Body = http.MethodGet, nil
	_, _, body := p.do(last.Method, p.filled(last).target(), nil)
	return body
}

// mustEndBefore: polls are not in the recordings. The CLI polls to the end before it reads the cluster for the last time; the
// reads before that one are of a cluster that is still being made.
func (p *replay) mustEndBefore(index int) bool {
	if p.running == "" {
		return false
	}
	for i, q := range slices.Backward(p.recording.Requests) {
		if q.Method == http.MethodGet && isCluster(q.Path) {
			return i <= index
		}
	}
	return true
}

func (p *replay) poll() {
	p.t.Helper()
	for range polls + 1 {
		status, _, body := p.do(http.MethodGet, p.running, nil)
		if status != http.StatusOK {
			p.t.Fatalf("polling: %d %v", status, body)
		}
		if body["status"] != "InProgress" {
			p.running = ""
			return
		}
	}
	p.t.Fatal("the operation does not end")
}

// host of the services that the CLI speaks with; the simulator's door is all of them.
const (
	managementHost = "https://management.azure.com"
	graphHost      = "https://graph.microsoft.com"
)

// target is the address of a request, with its query.
func (q request) target() string {
	values := url.Values{}
	for name, value := range q.Query {
		values.Set(name, value)
	}
	host := graphHost
	if q.APIVersion != "" {
		host = managementHost
		values.Set("api-version", q.APIVersion)
	}
	address := url.URL{Path: q.Path, RawQuery: values.Encode()}
	return host + address.String()
}

// do sends a request, signed in for the host.
func (p *replay) do(method, target string, body map[string]any) (int, http.Header, map[string]any) {
	p.t.Helper()
	content := ""
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			p.t.Fatal(err)
		}
		content = string(encoded)
	}
	r := httptest.NewRequest(method, target, strings.NewReader(content))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+p.token("https://"+r.Host))
	answered := httptest.NewRecorder()
	p.handler.ServeHTTP(answered, r)
	var out map[string]any
	if answered.Body.Len() > 0 {
		if err := json.Unmarshal(answered.Body.Bytes(), &out); err != nil {
			p.t.Fatalf("%s %s: no JSON object: %v", method, target, err)
		}
	}
	return answered.Code, answered.Header(), out
}

// token signs in as the CLI does for a service principal.
func (p *replay) token(host string) string {
	p.t.Helper()
	if p.tokens[host] != "" {
		return p.tokens[host]
	}
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {azuresim.DefaultDeployerClientID},
		"client_secret": {arm.DefaultClientSecret}, "scope": {host + "/.default"}}
	r := httptest.NewRequest(http.MethodPost, "https://login.microsoftonline.com/"+azuresim.DefaultTenantID+"/oauth2/v2.0/token",
		strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answered := httptest.NewRecorder()
	p.handler.ServeHTTP(answered, r)
	var out struct {
		Token string `json:"access_token"`
	}
	if err := json.Unmarshal(answered.Body.Bytes(), &out); err != nil || out.Token == "" {
		p.t.Fatalf("no token for %s: %s", host, answered.Body)
	}
	p.tokens[host] = out.Token
	return out.Token
}

func codeOf(body map[string]any) string {
	failure, _ := body["error"].(map[string]any)
	code, _ := failure["code"].(string)
	return code
}

func outcomeText(status int, code string) string {
	return strings.TrimSpace(fmt.Sprint(status, " ", code))
}

// lastWord of a path: a resource, a list or an action; for a name that was made up its type.
func lastWord(path string) string {
	segments := strings.Split(path, "/")
	last := segments[len(segments)-1]
	if placeholders.MatchString(last) {
		return segments[len(segments)-2]
	}
	return last
}

func isAssignment(q request) bool { return strings.Contains(q.Path, assignmentPath) }
