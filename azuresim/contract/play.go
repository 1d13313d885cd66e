package contract

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// Case is a sequence of steps with one subject.
type Case struct {
	Name, Reason string
	Cluster      bool   // it makes a cluster
	Simulated    string // why it needs a simulated Azure; "" when any will do

	before func(*azuresim.Cloud)
	steps  []step
}

// Difference is a step whose answer is not the one that the simulator gives.
type Difference struct {
	Case, Step string // the step as "PUT /subscriptions/..."
	What       string // "code", or the path of a property
	Want, Got  string
}

func (d Difference) String() string {
	return fmt.Sprintf("%s: %s is %s, want %s", d.Step, d.What, d.Got, d.Want)
}

// Patience says how long a step that has to succeed is tried again when it is refused for a grant or a principal that is too new
// to be seen. The zero value has none.
type Patience struct{ For, Every time.Duration }

// notSeenYet are the codes of such refusals.
var notSeenYet = []string{azuresim.CodePrincipalNotFound, azuresim.CodeAuthorizationFailed, azuresim.CodeLinkedAuthorizationFailed,
	azuresim.CodeKubeletIdentityMissingPermission}

// Play takes the steps of a case through a door. After an answer with another code it stops, since the next steps build on it.
func (c Case) Play(ctx context.Context, door Door, p Patience) []Difference {
	var out []Difference
	for _, s := range c.steps {
		response, err := p.take(ctx, door, s)
		if got, want := outcome(err), s.outcome(); got != want {
			return append(out, Difference{c.Name, s.String(), "code", want, got})
		}
		for _, path := range s.paths() {
			if got, want := at(response.Body, path), s.want[path]; !equal(got, want) {
				out = append(out, Difference{c.Name, s.String(), path, fmt.Sprint(want), fmt.Sprint(got)})
			}
		}
	}
	return out
}

// Clear deletes what the steps of a case put, the last first, whether it is there or not.
func (c Case) Clear(ctx context.Context, door Door) error {
	var all []error
	for _, s := range slices.Backward(c.steps) {
		if s.method != azuresim.MethodPut {
			continue
		}
		if _, err := door.Delete(ctx, s.id); err != nil && !isNotThere(err) {
			all = append(all, fmt.Errorf("deleting %s: %w", s.id, err))
		}
	}
	return errors.Join(all...)
}

func isNotThere(err error) bool {
	var e *azuresim.Error
	return errors.As(err, &e) && (e.Status == 404 || strings.HasSuffix(e.Code, "NotFound"))
}

func (p Patience) take(ctx context.Context, door Door, s step) (azuresim.Response, error) {
	for waited := time.Duration(0); ; waited += p.Every {
		response, err := s.through(ctx, door)
		if s.code != "" || waited >= p.For || !slices.Contains(notSeenYet, azuresim.Code(err)) {
			return response, err
		}
		select {
		case <-ctx.Done():
			return response, err
		case <-time.After(p.Every):
		}
	}
}

// success is the outcome of a step that is not refused.
const success = "success"

// outcome is the code of an error of Azure; other errors are told in full.
func outcome(err error) string {
	switch code := azuresim.Code(err); {
	case err == nil:
		return success
	case code == "":
		return err.Error()
	default:
		return code
	}
}

// step is one call and what it must answer.
type step struct {
	method azuresim.Method
	id     string
	body   object
	code   string         // of the error; "" for a success
	want   map[string]any // dotted path -> value; nil as value: not there; a string is compared without regard to case
}

func put(id string, body object) step { return step{method: azuresim.MethodPut, id: id, body: body} }
func get(id string) step              { return step{method: azuresim.MethodGet, id: id} }
func remove(id string) step           { return step{method: azuresim.MethodDelete, id: id} }

func (s step) refused(code string) step { s.code = code; return s }
func (s step) shows(path string, value any) step {
	want := map[string]any{path: value}
	for p, v := range s.want {
		want[p] = v
	}
	s.want = want
	return s
}

func (s step) String() string { return string(s.method) + " " + s.id }

func (s step) outcome() string {
	if s.code == "" {
		return success
	}
	return s.code
}

func (s step) paths() []string {
	var out []string
	for path := range s.want {
		out = append(out, path)
	}
	slices.Sort(out)
	return out
}

func (s step) through(ctx context.Context, door Door) (azuresim.Response, error) {
	switch s.method {
	case azuresim.MethodPut:
		return door.Put(ctx, s.id, s.body)
	case azuresim.MethodDelete:
		return door.Delete(ctx, s.id)
	default:
		return door.Get(ctx, s.id)
	}
}

// at follows a dotted path through objects.
func at(body object, path string) any {
	var v any = body
	for part := range strings.SplitSeq(path, ".") {
		o, _ := v.(object)
		v = o[part]
	}
	return v
}

func equal(got, want any) bool {
	if got == nil || want == nil {
		return got == want
	}
	return strings.EqualFold(fmt.Sprint(got), fmt.Sprint(want))
}
