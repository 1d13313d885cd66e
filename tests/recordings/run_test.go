package recordings

import (
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// outcome is what became of a situation: the deployment that does what the CLI did, and what it left.
type outcome struct {
	w  *world
	up simtest.Result
	// sent are the bodies with which this deployment PUT the cluster, standing the one that it found.
	sent     []map[string]string
	standing map[string]string
	// grants that it made, removed, and could not make.
	grants []ourGrant
}

// run deploys our program, in an update after the one before it.
func (s situation) run(t *testing.T) outcome {
	t.Helper()
	w := newWorld()
	stack := simtest.New(t, nil, simtest.WithCloud(w.cloud), simtest.WithProvider(azurenative.Name, azurenative.Version, w.recordingProvider))
	o := outcome{w: w}
	var before []ourGrant
	if s.before != nil {
		stack.SetProgram(clusterAlone(argsOf(s.before, w), w))
		if up := stack.Up(); up.Err != nil {
			t.Fatalf("%s: the state before: %s", s.name(), up.Explain())
		}
		before = standingGrants(w)
		o.standing, w.sent = w.sent[len(w.sent)-1], nil
	}
	program := s.program
	if program == nil {
		program = clusterAlone
	}
	stack.SetProgram(program(s.args(w), w))
	if s.precondition != nil {
		s.precondition(w)
	}
	foreign := w.seededGrants()
	o.up = stack.Up()
	o.sent = w.sent
	o.grants = slices.Concat(changed(before, standingGrants(w), w.principals()), failedGrants(w, o.up))
	if !slices.Equal(foreign, w.seededGrants()) {
		t.Errorf("%s: a grant of somebody else was touched: %v, now %v", s.name(), foreign, w.seededGrants())
	}
	w.mustHaveStruck(t)
	return o
}

// mustRun is run, with the end that the situation foresees.
func (s situation) mustRun(t *testing.T) outcome {
	t.Helper()
	o := s.run(t)
	if s.stops != nil {
		s.stops.check(t, s, o)
	} else if o.up.Err != nil {
		t.Fatalf("%s: %s", s.name(), o.up.Explain())
	}
	return o
}

// args are our arguments for the wanted state. What is refused is explained only by a deployment that waits.
func (s situation) args(w *world) *clusterArgs {
	args := argsOf(s.set, w)
	if s.patient || s.stops != nil {
		args.Propagation = shortWait()
	}
	return args
}

// argsOf are our arguments for a step. A wait for grants would hide a missing one, so nothing is waited for.
func argsOf(set step, w *world) *clusterArgs {
	args := base()
	set(args, w)
	args.Propagation = &components.PropagationArgs{TimeoutSeconds: new(int)}
	return args
}

// shortWait waits, but not as long as for Azure.
func shortWait() *components.PropagationArgs {
	seconds, milliseconds := 1, 1
	return &components.PropagationArgs{TimeoutSeconds: &seconds, FirstDelayMilliseconds: &milliseconds}
}

func clusterAlone(args *clusterArgs, _ *world) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		_, err := components.NewManagedIdentityCluster(ctx, "aks", args)
		return err
	}
}

// stop is how our deployment fails where the CLI goes on, or fails too.
type stop struct {
	// code stands in the error: Azure's code, or our own words where Azure refuses nothing.
	code string
	// advice is the first line of what we say about it; empty where we say nothing.
	advice string
	// says is the outcome in a sentence, for docs/cli-comparison.md.
	says string
}

// existsAlready: Azure takes one assignment for a principal, a role and a scope, whatever its name.
func existsAlready() *stop {
	return &stop{
		code:   azuresim.CodeRoleAssignmentExists,
		says:   "our deployment stops: the grant exists already under another name; the message names that assignment and ours, and says what to do",
		advice: "The right is there already, as an assignment with another name: nothing was made, and nothing is lost.",
	}
}

func (s *stop) check(t *testing.T, situation situation, o outcome) {
	t.Helper()
	if o.up.Err == nil {
		t.Fatalf("%s: the deployment should stop with %q, and does not", situation.name(), s.code)
	}
	said := strings.Join(o.up.Errors(), "\n")
	if !strings.Contains(said, s.code) {
		t.Errorf("%s: %q is not in the error:\n%s", situation.name(), s.code, said)
	}
	if got := adviceOf(o.up); got != s.advice {
		t.Errorf("%s: we say\n%s\nand not\n%s", situation.name(), got, s.advice)
	}
	for _, a := range o.w.cloud.RoleAssignments() {
		if a.Seeded && !strings.Contains(strings.ReplaceAll(said, "-", ""), strings.ReplaceAll(a.Name, "-", "")) {
			t.Errorf("%s: the error does not name the assignment %s that is there:\n%s", situation.name(), a.Name, said)
		}
	}
}

// adviceOf is the first line that follows Azure's words, with the logical name of our resource left out.
func adviceOf(up simtest.Result) string {
	for _, message := range up.Errors() {
		_, rest, found := strings.Cut(message, "\n")
		if !found {
			continue
		}
		line, _, _ := strings.Cut(rest, "\n")
		for _, failed := range failedAssignments(up) {
			line = strings.ReplaceAll(line, "'"+failed.Name+"'", "'<name>'")
		}
		return line
	}
	return ""
}

func failedAssignments(up simtest.Result) simtest.Steps {
	var out simtest.Steps
	for _, step := range up.Steps {
		if step.Failed && strings.HasSuffix(step.Type, ":RoleAssignment") {
			out = append(out, step)
		}
	}
	return out
}
