package estate

import (
	"errors"
	"fmt"
	"io"
)

// ErrNotAPreview is the kind of error for a document that is no preview.
var ErrNotAPreview = errors.New("this is no preview of a Pulumi stack")

// ChangeKind is what becomes of a grant.
type ChangeKind string

// What becomes of a grant.
const (
	NewGrant  ChangeKind = "new"
	Changed   ChangeKind = "changed"
	Replaced  ChangeKind = "replaced"
	Gone      ChangeKind = "gone"
	Unchanged ChangeKind = "unchanged"
)

// Preview is what a deployment is going to do.
type Preview struct {
	// Estate is everything as it will be. Assignments that go are in it as well; see Gone.
	*Estate
	// Changes are what becomes of the assignments, by their URN.
	Changes map[string]ChangeKind
	// Errors are those for which the preview failed.
	Errors []string

	// written is what the program and its plugins wrote to the standard error.
	written string
}

// Change is what becomes of an assignment.
func (p *Preview) Change(a Assignment) ChangeKind { return p.Changes[a.Resource.URN] }

// previewDocument is what pulumi preview --json writes (pulumi/pulumi v3.259.0: pkg/display/json.go, read 2026-11-26).
type previewDocument struct {
	Steps         []step         `json:"steps"`
	Diagnostics   []diagnostic   `json:"diagnostics"`
	ChangeSummary map[string]int `json:"changeSummary"`
	Duration      *int64         `json:"duration"`
	// Deployment is that of a state, which is no preview.
	Deployment any `json:"deployment"`
}

type step struct {
	Op       string    `json:"op"`
	URN      string    `json:"urn"`
	NewState *Resource `json:"newState"`
	OldState *Resource `json:"oldState"`
}

type diagnostic struct {
	URN      string `json:"urn"`
	Message  string `json:"message"`
	Severity string `json:"severity"`
}

// ReadPreview reads what "pulumi preview --json" writes. What does not change is in it with --show-sames only; without it the estate has
// a note.
//
// An error of kind [ErrNotAPreview] says what the document is instead, or where it is broken. A preview that failed is no error: see
// [Preview.Errors].
func ReadPreview(source io.Reader) (*Preview, error) {
	text, err := io.ReadAll(source)
	if err != nil {
		return nil, fmt.Errorf("reading the preview: %w", err)
	}
	var document previewDocument
	if err := parse(text, &document); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotAPreview, err)
	}
	switch {
	case document.Deployment != nil:
		return nil, fmt.Errorf("%w: it is a state; aksid report reads it", ErrNotAPreview)
	case document.Steps == nil && document.Diagnostics == nil && document.Duration == nil:
		return nil, fmt.Errorf(`%w: it has no steps; write it with "pulumi preview --json --show-sames"`, ErrNotAPreview)
	}
	return document.preview(), nil
}

func (d previewDocument) preview() *Preview {
	p := &Preview{Changes: map[string]ChangeKind{}}
	var resources []Resource
	same := 0
	for _, s := range d.Steps {
		if s.Op == "same" {
			same++
		}
		r, kind := s.outcome()
		if _, twice := p.Changes[r.URN]; twice || kind == "" || r.URN == "" {
			continue
		}
		p.Changes[r.URN] = kind
		resources = append(resources, r)
	}
	p.Estate = New(resources)
	p.explain(d.Diagnostics)
	if len(resources) <= 1 && len(p.Errors) == 0 && p.written != "" {
		p.note("nothing but the stack is in the preview; if it failed, what the program wrote tells why: %s", p.written)
	}
	if missing := d.ChangeSummary["same"] - same; missing > 0 {
		p.note("%d resources do not change and are not in the preview; pulumi preview --json --show-sames has them.", missing)
	}
	return p
}

// outcome is the resource as it will be, and what becomes of it; the kind is empty for a step that is a part of another one.
func (s step) outcome() (Resource, ChangeKind) {
	switch s.Op {
	case "create", "import", "read":
		return s.resource(s.NewState, nil), NewGrant
	case "same", "refresh":
		return s.resource(s.NewState, s.OldState), Unchanged
	case "update":
		return s.resource(s.NewState, s.OldState), Changed
	case "create-replacement", "replace", "import-replacement", "read-replacement":
		return s.resource(s.NewState, nil), Replaced
	case "delete":
		r := s.resource(s.OldState, nil)
		r.Deleting = true
		return r, Gone
	default:
		return Resource{}, ""
	}
}

// resource is the state, completed by what the other one knows: a preview leaves IDs and outputs of what exists out of the new state.
// An assignment needs nothing but its inputs, which may change.
func (s step) resource(state, known *Resource) Resource {
	if state == nil {
		state = known
	}
	if state == nil {
		return Resource{}
	}
	r := *state
	r.URN = first(r.URN, s.URN)
	if known != nil && r.ID == "" {
		r.ID = known.ID
	}
	if known != nil && r.Outputs == nil && !r.Is("authorization", "RoleAssignment") {
		r.Outputs = known.Outputs
	}
	return r
}

// explain takes from the diagnostics what components of ours tell about their grants, and the errors.
func (p *Preview) explain(diagnostics []diagnostic) {
	told := map[string][]explained{}
	for _, d := range diagnostics {
		if d.Severity == "error" {
			p.Errors = append(p.Errors, Readable(d.Message))
		}
		if d.Severity == "info#err" {
			p.written += d.Message
		}
		if d.Severity == "info" || d.Severity == "info#err" {
			told[d.URN] = append(told[d.URN], explainedIn(d.Message)...)
		}
	}
	p.written = Readable(p.written)
	for n := range p.Assignments {
		a := &p.Assignments[n]
		if line, found := bestLine(*a, told[a.Resource.Parent]); found {
			line.complete(a)
		}
		if a.On == "" {
			a.On = argumentIn(*a)
		}
	}
}
