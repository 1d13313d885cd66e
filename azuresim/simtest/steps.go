package simtest

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/display"
	"github.com/pulumi/pulumi/pkg/v3/engine"
	pkgresource "github.com/pulumi/pulumi/pkg/v3/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag/colors"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Step is one operation on a resource. In a preview it is the plan for the resource: inputs and outputs may be unknown.
type Step struct {
	Op      display.StepOp // "create", "same", "replace", ...
	URN     resource.URN
	Type    string
	Name    string
	Diffs   []string             // top-level properties that differ
	Keys    []string             // top-level properties that force a replacement
	Detail  []string             // "update networkProfile.podCidr", sorted by the engine's map: see Has
	Inputs  resource.PropertyMap // new inputs; nil for a delete
	Outputs resource.PropertyMap // outputs after the step; nil for a delete
	Before  resource.PropertyMap // inputs before the step, also under a former name; nil for a create
	Failed  bool
}

// Steps is a list of steps with filters.
type Steps []Step

// Op keeps the steps with one of the operations.
func (s Steps) Op(ops ...display.StepOp) Steps {
	return s.filter(func(step Step) bool {
		for _, op := range ops {
			if step.Op == op {
				return true
			}
		}
		return false
	})
}

// Type keeps the steps of a type. The version in an azure-native token counts; ByType of Resources does the same.
func (s Steps) Type(token string) Steps {
	return s.filter(func(step Step) bool { return step.Type == token })
}

// Name keeps the steps of resources with this logical name.
func (s Steps) Name(name string) Steps {
	return s.filter(func(step Step) bool { return step.Name == name })
}

// Changing keeps the steps that change something.
func (s Steps) Changing() Steps {
	return s.filter(func(step Step) bool {
		return step.Op != "same" && step.Op != "read" && step.Op != "refresh"
	})
}

func (s Steps) filter(keep func(Step) bool) Steps {
	var out Steps
	for _, step := range s {
		if keep(step) {
			out = append(out, step)
		}
	}
	return out
}

// String lists the steps as "op type name", one for each line: a plan to print or to compare.
func (s Steps) String() string {
	lines := make([]string, 0, len(s))
	for _, step := range s {
		line := fmt.Sprintf("%s %s %s", step.Op, step.Type, step.Name)
		if len(step.Diffs) > 0 {
			line += " [" + strings.Join(step.Diffs, " ") + "]"
		}
		if step.Failed {
			line += " FAILED"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// stepsOf reads the steps from the events. The outputs of components and of the stack come with a later event of the
// same step, which replaces the first.
func stepsOf(events []engine.Event) Steps {
	var steps Steps
	index := map[string]int{}
	for _, e := range events {
		step, ok := stepOf(e)
		if !ok {
			continue
		}
		key := string(step.Op) + " " + string(step.URN)
		if i, seen := index[key]; seen {
			steps[i] = step
			continue
		}
		index[key] = len(steps)
		steps = append(steps, step)
	}
	return steps
}

func stepOf(e engine.Event) (Step, bool) {
	switch payload := e.Payload().(type) {
	case engine.ResourceOutputsEventPayload:
		return newStep(payload.Metadata), !payload.Internal
	case engine.ResourceOperationFailedPayload:
		step := newStep(payload.Metadata)
		step.Failed = true
		return step, true
	default:
		return Step{}, false
	}
}

func newStep(m engine.StepEventMetadata) Step {
	step := Step{Op: m.Op, URN: m.URN, Type: string(m.URN.Type()), Name: m.URN.Name()}
	for _, key := range m.Diffs {
		step.Diffs = append(step.Diffs, string(key))
	}
	for _, key := range m.Keys {
		step.Keys = append(step.Keys, string(key))
	}
	for path, d := range m.DetailedDiff {
		step.Detail = append(step.Detail, d.Kind.String()+" "+path)
	}
	if state := stateOf(m.New); state != nil {
		step.Inputs, step.Outputs = state.Inputs, state.Outputs
	}
	if state := stateOf(m.Old); state != nil {
		step.Before = state.Inputs
	}
	return step
}

func stateOf(m *engine.StepEventStateMetadata) *pkgresource.State {
	if m == nil {
		return nil
	}
	return m.State
}

func plainText(s string) string { return colors.Never.Colorize(s) }
