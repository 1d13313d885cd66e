package simtest

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/display"
	"github.com/pulumi/pulumi/pkg/v3/engine"
	"github.com/pulumi/pulumi/pkg/v3/resource/deploy"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Result is the outcome of one operation.
type Result struct {
	// Err is the engine's error. It often says no more than that the run failed: Diagnostics has the reasons.
	Err error
	// Changes counts resources by operation ("create", "update", "same", ...), components and the stack included.
	Changes map[display.StepOp]int
	// Events are all events of the engine, in order.
	Events []engine.Event
	// Steps are the operations on resources, in the order in which they ended.
	Steps Steps
	// Outputs are the outputs of the stack; secrets are marked. In a preview values may be unknown.
	Outputs resource.PropertyMap
	// Resources is the state after the operation; after a preview, the state before it.
	Resources Resources
	// Killed tells that a fault of the cloud ended the process (azuresim.Cloud.Kill): nobody saw the diagnostics, and what had begun
	// is pending.
	Killed bool
	// Pending are the operations that this one, or one before it, left without an end; those that are no creation go at the next
	// operation. Nil in a preview.
	Pending []Pending
	// Races lists what worked by luck: a grant that was needed by something that does not depend on it, and changes without
	// an order that Azure refuses to do at the same time. They fail the test, see AllowRaces.
	Races []string
}

// Op is shorthand for Changes: Op("create").
func (r Result) Op(op string) int { return r.Changes[display.StepOp(op)] }

// Unchanged tells whether every resource stayed as it was.
func (r Result) Unchanged() bool {
	for op, n := range r.Changes {
		if op != deploy.OpSame && op != deploy.OpRead && op != deploy.OpRefresh && n > 0 {
			return false
		}
	}
	return true
}

// Diagnostics is what the run had to say from level info on, one "severity: message" for each line, without colours.
func (r Result) Diagnostics() string {
	var lines []string
	for _, e := range r.Events {
		payload, ok := e.Payload().(engine.DiagEventPayload)
		if !ok || payload.Severity == diag.Debug || payload.Ephemeral {
			continue
		}
		lines = append(lines, fmt.Sprintf("%s: %s", payload.Severity, strings.TrimSpace(plainText(payload.Message))))
	}
	return strings.Join(lines, "\n")
}

// Errors are the messages of severity error.
func (r Result) Errors() []string {
	var out []string
	for _, e := range r.Events {
		if payload, ok := e.Payload().(engine.DiagEventPayload); ok && payload.Severity == diag.Error {
			out = append(out, strings.TrimSpace(plainText(payload.Message)))
		}
	}
	return out
}

// Explain is the error with the diagnostics, for a test's failure message; "" when there is no error.
func (r Result) Explain() string {
	if r.Err == nil {
		return ""
	}
	return fmt.Sprintf("%v\n%s", r.Err, r.Diagnostics())
}

// Output returns a stack output and whether it is secret. Secrets are opened.
func (r Result) Output(name string) (value any, secret bool) {
	v, ok := r.Outputs[resource.PropertyKey(name)]
	if !ok {
		return nil, false
	}
	return Plain(v), v.ContainsSecrets()
}

// Plain turns a property value into plain Go values. Unknown values become Unknown.
func Plain(v resource.PropertyValue) any {
	return v.MapRepl(nil, func(v resource.PropertyValue) (any, bool) {
		switch {
		case v.IsComputed():
			return Unknown{}, true
		case v.IsOutput() && !v.OutputValue().Known:
			return Unknown{}, true
		case v.IsOutput():
			return Plain(v.OutputValue().Element), true
		case v.IsSecret():
			return Plain(v.SecretValue().Element), true
		}
		return nil, false
	})
}

// Unknown stands for a value that a preview does not know.
type Unknown struct{}

func (Unknown) String() string { return "(unknown)" }

func (r Result) plannedOutputs() resource.PropertyMap {
	for _, s := range r.Steps {
		if s.Type == stackType {
			return s.Outputs
		}
	}
	return nil
}
