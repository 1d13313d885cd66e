package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/examples/production/daytwo"
)

func newStack(t *testing.T, world daytwo.World, more ...simtest.Option) *simtest.Stack {
	config := map[string]string{}
	for key, value := range world.Config {
		config["shop:"+key] = value
	}
	opts := []simtest.Option{simtest.WithCloud(world.Cloud), simtest.WithNames("shop", "prod"), simtest.WithConfig(config)}
	return simtest.New(t, daytwo.After(nil), append(opts, more...)...)
}

// TestDayTwo takes the program through its steps: each changes what it is meant to change and nothing else, and the preview after
// it is empty. Once the steps follow each other, and once the state is refreshed after each.
func TestDayTwo(t *testing.T) {
	for _, refreshed := range []bool{false, true} {
		t.Run(fmt.Sprintf("refreshed after each step: %v", refreshed), func(t *testing.T) {
			t.Parallel()
			world := daytwo.NewWorld()
			s, steps, changed := newStack(t, world), world.Steps(), table{}
			changed.add("the first day", mustSucceed(t, "the first day", s.Up()))
			for i, step := range steps {
				if step.Meanwhile != nil {
					must(t, step.Name, step.Meanwhile(world.Cloud))
				}
				s.SetProgram(daytwo.After(steps[:i+1]))
				result := perform(t, s, step)
				mustBe(t, step.Name, result, step.Changes)
				changed.add(step.Name, result)
				mustBe(t, "the preview after "+step.Name, s.Preview(), nil)
				if refreshed {
					mustSucceed(t, "the refresh after "+step.Name, s.Refresh())
					mustBe(t, "the preview after "+step.Name+" and a refresh", s.Preview(), nil)
				}
			}
			t.Log("day two, and what each step changed:\n" + changed.String())
			mustHaveNodes(t, world.Cloud, "web", daytwo.WebNodes)
			mustSucceed(t, "destroy", s.Destroy())
			if !world.Cloud.Empty() {
				t.Errorf("destroy left %v", world.Cloud.Resources())
			}
		})
	}
}

// perform previews a step and carries it out. The preview announces what then happens.
func perform(t *testing.T, s *simtest.Stack, step daytwo.Step) simtest.Result {
	t.Helper()
	if step.Refreshes() {
		return s.Refresh()
	}
	mustBe(t, "the preview of "+step.Name, s.Preview(), step.Changes)
	return s.Up()
}

// mustBe compares what was changed, or would be, with what is meant; the order does not count.
func mustBe(t *testing.T, name string, result simtest.Result, want []string) {
	t.Helper()
	mustSucceed(t, name, result)
	got, sorted := changes(result), slices.Sorted(slices.Values(want))
	if !slices.Equal(got, sorted) {
		t.Errorf("%s: got\n\t%s\nwant\n\t%s", name, strings.Join(got, "\n\t"), strings.Join(sorted, "\n\t"))
	}
}

func mustSucceed(t *testing.T, name string, result simtest.Result) simtest.Result {
	t.Helper()
	if result.Err != nil {
		t.Fatalf("%s: %s", name, result.Explain())
	}
	return result
}

func must(t *testing.T, name string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func mustHaveNodes(t *testing.T, cloud *azuresim.Cloud, pool string, want float64) {
	t.Helper()
	for _, r := range cloud.Resources() {
		if r.Type == azuresim.AgentPoolType && strings.HasSuffix(r.ID, "/"+pool) {
			properties, _ := r.Body["properties"].(map[string]any)
			if properties["count"] != want {
				t.Errorf("the autoscaler gave %s %v nodes, and now it has %v", pool, want, properties["count"])
			}
			return
		}
	}
	t.Errorf("there is no pool %s", pool)
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
