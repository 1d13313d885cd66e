//go:build cli

package tests

import (
	"context"
	"maps"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/examples/production/daytwo"
)

// TestDayTwoThroughTheCLI takes the program of examples/production through a sample of the steps that its own test takes it
// through in this process. The CLI counts what the table of steps says, and every preview after a step is empty.
func TestDayTwoThroughTheCLI(t *testing.T) {
	world := daytwo.NewWorld()
	server, err := azurenative.Serve(context.Background(), world.Cloud)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	s := cliStack{newCLIStack(t, attached(server), daytwo.After(nil))}
	for key, value := range world.Config {
		if err := s.SetConfig(context.Background(), key, auto.ConfigValue{Value: value}); err != nil {
			t.Fatal(err)
		}
	}
	first := s.up(t, "the first day")
	if first["create"] == 0 {
		t.Fatalf("nothing was made: %v", first)
	}
	taken := 0
	steps := world.Steps()
	for i, step := range steps {
		if !step.Sample {
			continue
		}
		taken++
		if step.Meanwhile != nil {
			if err := step.Meanwhile(world.Cloud); err != nil {
				t.Fatal(err)
			}
		}
		s.Workspace().SetProgram(daytwo.After(sampleOf(steps[:i+1])))
		if got := s.take(t, step); !maps.Equal(got, counted(step.Changes)) {
			t.Errorf("%s: the CLI counts %v, want %v", step.Name, got, counted(step.Changes))
		}
		if left := s.preview(t, step.Name); len(left) > 0 {
			t.Errorf("the preview after %s is not empty: %v", step.Name, left)
		}
	}
	if taken == 0 {
		t.Error("no step belongs to the sample, so this test checks nothing")
	}
	if gone := s.destroy(t); gone["delete"] == 0 {
		t.Errorf("nothing was deleted: %v", gone)
	}
	if !world.Cloud.Empty() {
		t.Errorf("destroy left %v", world.Cloud.Resources())
	}
}

// sampleOf are the steps that go through the CLI.
func sampleOf(steps []daytwo.Step) []daytwo.Step {
	var sample []daytwo.Step
	for _, step := range steps {
		if step.Sample {
			sample = append(sample, step)
		}
	}
	return sample
}

// counted is how many changes of each kind there are.
func counted(changes []string) map[string]int {
	out := map[string]int{}
	for _, change := range changes {
		op, _, _ := strings.Cut(change, " ")
		out[op]++
	}
	return out
}

// cliStack performs operations and answers what the CLI counts, but for what stays the same.
type cliStack struct{ auto.Stack }

func (s cliStack) take(t *testing.T, step daytwo.Step) map[string]int {
	t.Helper()
	if !step.Refreshes() {
		return s.up(t, step.Name)
	}
	refreshed, err := s.Refresh(context.Background())
	if err != nil {
		t.Fatalf("%s: %v", step.Name, err)
	}
	return summary(*refreshed.Summary.ResourceChanges)
}

func (s cliStack) up(t *testing.T, name string) map[string]int {
	t.Helper()
	up, err := s.Up(context.Background())
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return summary(*up.Summary.ResourceChanges)
}

func (s cliStack) preview(t *testing.T, after string) map[string]int {
	t.Helper()
	preview, err := s.Preview(context.Background())
	if err != nil {
		t.Fatalf("the preview after %s: %v", after, err)
	}
	return summary(preview.ChangeSummary)
}

func (s cliStack) destroy(t *testing.T) map[string]int {
	t.Helper()
	destroyed, err := s.Destroy(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return summary(*destroyed.Summary.ResourceChanges)
}

func summary[Op ~string](changes map[Op]int) map[string]int {
	out := map[string]int{}
	for op, n := range changes {
		if op != "same" && n > 0 {
			out[string(op)] = n
		}
	}
	return out
}
