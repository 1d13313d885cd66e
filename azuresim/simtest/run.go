package simtest

import (
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/resource/deploy"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Lifecycle is the outcome of Run.
type Lifecycle struct {
	Stack *Stack

	Preview      Result
	Up           Result
	Again        Result // the second deployment, which changed nothing
	Refresh      Result // which found no drift but in properties under ignoreChanges
	AfterRefresh Result // the preview after it, which changed nothing
	Destroy      Result
}

// Run takes a program through its life: preview, up, up again (no changes), refresh (no changes), preview (no changes),
// destroy (nothing left in the cloud). The first step that goes wrong ends the test with the reason.
//
// A refresh may find drift in properties that the program ignores with ignoreChanges: azure-native does not know about
// ignoreChanges and reports, for example, the agent pools that were made beside a cluster as drift of its
// agentPoolProfiles.
func Run(t testing.TB, program pulumi.RunFunc, opts ...Option) *Lifecycle {
	t.Helper()
	s := New(t, program, opts...)
	l := &Lifecycle{Stack: s}
	l.Preview = s.mustSucceed("preview", s.Preview())
	l.Up = s.mustSucceed("up", s.Up())
	for _, check := range s.checks {
		check(s, l.Up)
	}
	l.Again = s.mustChangeNothing("the second up", s.Up())
	l.Refresh = s.mustFindNoDrift(s.Refresh())
	l.AfterRefresh = s.mustChangeNothing("the preview after refresh", s.Preview())
	l.Destroy = s.mustSucceed("destroy", s.Destroy())
	s.mustBeEmpty()
	return l
}

func (s *Stack) mustSucceed(name string, r Result) Result {
	s.t.Helper()
	if r.Err != nil {
		s.t.Fatalf("%s failed: %s", name, r.Explain())
	}
	return r
}

func (s *Stack) mustChangeNothing(name string, r Result) Result {
	s.t.Helper()
	s.mustSucceed(name, r)
	if !r.Unchanged() {
		s.t.Fatalf("%s should change nothing, but:\n%s", name, r.Steps.Changing())
	}
	return r
}

func (s *Stack) mustFindNoDrift(r Result) Result {
	s.t.Helper()
	s.mustSucceed("refresh", r)
	var drifted Steps
	for _, step := range r.Steps.Changing() {
		state, _ := r.Resources.ByURN(string(step.URN))
		if step.Op != deploy.OpUpdate || !allIgnored(step.Diffs, state.IgnoreChanges) {
			drifted = append(drifted, step)
		}
	}
	if len(drifted) > 0 {
		s.t.Fatalf("refresh should find no drift, but:\n%s", drifted)
	}
	return r
}

// allIgnored tells whether every changed top-level property is one that the program ignores.
func allIgnored(changed, ignored []string) bool {
	for _, property := range changed {
		if !slices.ContainsFunc(ignored, func(path string) bool {
			return path == property || strings.HasPrefix(path, property+".") || strings.HasPrefix(path, property+"[")
		}) {
			return false
		}
	}
	return len(changed) > 0
}

func (s *Stack) mustBeEmpty() {
	s.t.Helper()
	if s.cloud.Empty() {
		return
	}
	var left []string
	for _, r := range s.cloud.Resources() {
		if !r.Seeded {
			left = append(left, r.ID)
		}
	}
	s.t.Fatalf("destroy left resources behind:\n%s", strings.Join(left, "\n"))
}
