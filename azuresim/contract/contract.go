// Package contract says once what every way into a simulated Azure has to do, and checks it: in process, over HTTP, through the
// Pulumi provider protocol. A way in is a Door; its tests call Run:
//
//	func TestContract(t *testing.T) { contract.Run(t, func(t *testing.T, c *azuresim.Cloud) contract.Door { return c }) }
//
// The cases (cases.go) ask for statuses, codes and single properties, never for messages. The package is for tests only.
package contract

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// Door is a way into an Azure. Errors are *azuresim.Error, with the code of Azure; what takes long has ended when a call
// returns. *azuresim.Cloud is one.
type Door interface {
	Put(ctx context.Context, id string, body map[string]any) (azuresim.Response, error)
	Get(ctx context.Context, id string) (azuresim.Response, error)
	Delete(ctx context.Context, id string) (azuresim.Response, error)
}

// Open makes a door to a cloud.
type Open func(t *testing.T, cloud *azuresim.Cloud) Door

// object is a JSON object.
type object = map[string]any

// Run checks every case through a door, each in a cloud of its own.
func Run(t *testing.T, open Open) {
	for _, c := range cases() {
		t.Run(c.name, func(t *testing.T) {
			cloud := azuresim.New(azuresim.WithCheckedAnswers())
			prepare(cloud)
			if c.prepare != nil {
				c.prepare(cloud)
			}
			v := &visitor{t: t, door: open(t, cloud), reason: c.reason}
			for _, s := range c.steps {
				v.take(s)
			}
			for _, problem := range cloud.Shapes().Problems {
				t.Error(problem)
			}
		})
	}
}

// testCase is a sequence of steps in a fresh cloud.
type testCase struct {
	name, reason string
	prepare      func(*azuresim.Cloud)
	steps        []step
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

// visitor goes through the steps of one case.
type visitor struct {
	t      *testing.T
	door   Door
	reason string
}

func (v *visitor) take(s step) {
	v.t.Helper()
	response, err := v.call(s)
	if azuresim.Code(err) != s.code || err != nil && s.code == "" {
		v.t.Fatalf("%s: %s %s: got %v, want code %q", v.reason, s.method, s.id, err, s.code)
	}
	for path, want := range s.want {
		if got := at(response.Body, path); !equal(got, want) {
			v.t.Errorf("%s: %s %s: %s is %v, want %v", v.reason, s.method, s.id, path, got, want)
		}
	}
}

func (v *visitor) call(s step) (azuresim.Response, error) {
	ctx := v.t.Context()
	switch s.method {
	case azuresim.MethodPut:
		return v.door.Put(ctx, s.id, s.body)
	case azuresim.MethodDelete:
		return v.door.Delete(ctx, s.id)
	default:
		return v.door.Get(ctx, s.id)
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
