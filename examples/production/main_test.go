package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/examples/production/daytwo"
)

func newStack(t *testing.T, world daytwo.World) *simtest.Stack {
	config := map[string]string{}
	for key, value := range world.Config {
		config["shop:"+key] = value
	}
	return simtest.New(t, daytwo.After(nil), simtest.WithCloud(world.Cloud), simtest.WithNames("shop", "prod"), simtest.WithConfig(config))
}

// TestDayTwo takes the program through its steps: each changes what it is meant to change and nothing else, and the preview after
// it is empty. Once the steps follow each other, and once the state is refreshed after each.
func TestDayTwo(t *testing.T) {
	for name, refreshed := range map[string]bool{"as the steps come": false, "with a refresh after each step": true} {
		t.Run(name, func(t *testing.T) {
			world := daytwo.NewWorld()
			s, steps, changed := newStack(t, world), world.Steps(), table{}
			changed.add("the first day", mustSucceed(t, "the first day", s.Up()))
			for i, step := range steps {
				s.SetProgram(daytwo.After(steps[:i+1]))
				result := mustSucceed(t, step.Name, perform(s, step))
				changed.add(step.Name, result)
				if got := changes(result); !step.Refreshes() && !slices.Equal(got, step.Changes) {
					t.Errorf("%s: got the changes %q, want %q", step.Name, got, step.Changes)
				}
				mustBeQuiet(t, step.Name, s)
				if refreshed {
					mustSucceed(t, "the refresh after "+step.Name, s.Refresh())
					mustBeQuiet(t, step.Name+" and a refresh", s)
				}
			}
			t.Log("day two:\n" + changed.String())
			mustSucceed(t, "destroy", s.Destroy())
			if !world.Cloud.Empty() {
				t.Errorf("destroy left %v", world.Cloud.Resources())
			}
		})
	}
}

func perform(s *simtest.Stack, step daytwo.Step) simtest.Result {
	if step.Refreshes() {
		return s.Refresh()
	}
	return s.Up()
}

func mustSucceed(t *testing.T, name string, result simtest.Result) simtest.Result {
	t.Helper()
	if result.Err != nil {
		t.Fatalf("%s: %s", name, result.Explain())
	}
	return result
}

// mustBeQuiet: nothing is left to do.
func mustBeQuiet(t *testing.T, after string, s *simtest.Stack) {
	t.Helper()
	if preview := mustSucceed(t, "the preview after "+after, s.Preview()); !preview.Unchanged() {
		t.Errorf("the preview after %s is not empty:\n%s", after, preview.Steps.Changing())
	}
}

// changes lists what was changed, as in the table of steps.
func changes(result simtest.Result) []string {
	var out []string
	for _, step := range result.Steps.Changing() {
		out = append(out, fmt.Sprintf("%s %s %s", step.Op, step.Type[strings.LastIndex(step.Type, ":")+1:], step.Name))
	}
	slices.Sort(out)
	return out
}

// table is what is printed: the steps, and what each changed.
type table struct{ strings.Builder }

func (t *table) add(step string, result simtest.Result) {
	lines := changes(result)
	if len(lines) == 0 {
		lines = []string{"nothing"}
	}
	for i, line := range lines {
		if i > 0 {
			step = ""
		}
		fmt.Fprintf(&t.Builder, "%s\t%s\n", step, line)
	}
}

func (t *table) String() string {
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, t.Builder.String())
	_ = w.Flush() // into memory
	return out.String()
}
