package upgrade

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// change is one thing that an upgrade does.
type change struct {
	// what is "update ManagedCluster shop networkProfile.podCidr": the operation, the resource, and for an update the property.
	what string
	// values are "from X to Y", for an update.
	values string
}

func (c change) String() string { return strings.TrimSpace(c.what + " " + c.values) }

// takes tells whether a user loses something: all but a new resource and an update in place.
func (c change) takes() bool {
	operation, _, _ := strings.Cut(c.what, " ")
	return operation != "create" && operation != "update"
}

// changesOf lists what an operation changes, or would, in alphabetical order.
func changesOf(result simtest.Result) []change {
	var out []change
	for _, step := range result.Steps.Changing() {
		if step.Op == "create-replacement" || step.Op == "delete-replaced" {
			continue // the engine tells "replace" too
		}
		what := fmt.Sprintf("%s %s %s", step.Op, step.Type[strings.LastIndex(step.Type, ":")+1:], step.Name)
		details := inputChanges(step)
		if len(details) == 0 {
			details = []change{{}}
		}
		for _, d := range details {
			out = append(out, change{what: strings.TrimSpace(what + " " + d.what), values: d.values})
		}
	}
	slices.SortFunc(out, func(a, b change) int { return strings.Compare(a.String(), b.String()) })
	return out
}

// inputChanges are the properties that differ before and after a step, of a resource that is there before and after it.
func inputChanges(step simtest.Step) []change {
	if step.Before == nil || step.Inputs == nil {
		return nil
	}
	return differences("", plain(step.Before), plain(step.Inputs))
}

func plain(inputs resource.PropertyMap) any { return simtest.Plain(resource.NewProperty(inputs)) }

// differences goes down to the smallest property that differs; a list is compared as a whole.
func differences(path string, before, after any) []change {
	if reflect.DeepEqual(before, after) {
		return nil
	}
	was, wasObject := before.(map[string]any)
	is, isObject := after.(map[string]any)
	if !wasObject || !isObject {
		return []change{{path, fmt.Sprintf("from %s to %s", short(before), short(after))}}
	}
	keys := map[string]bool{}
	for _, m := range []map[string]any{was, is} {
		for key := range m {
			keys[key] = !strings.HasPrefix(key, "__") // the provider's notes
		}
	}
	var out []change
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if keys[key] {
			out = append(out, differences(strings.TrimPrefix(path+"."+key, "."), was[key], is[key])...)
		}
	}
	return out
}

// short is a value in a message: as JSON, and not all of a long one.
func short(value any) string {
	const most = 160
	text, err := json.Marshal(value)
	if err != nil || value == (simtest.Unknown{}) {
		return fmt.Sprint(value)
	}
	if value == nil {
		return "nothing"
	}
	if len(text) > most {
		return string(text[:most]) + "..."
	}
	return string(text)
}

// operations are the changes without their values, which a preview may not know: one for each line.
func operations(changes []change) string {
	var lines []string
	for _, c := range changes {
		lines = append(lines, c.what)
	}
	return strings.Join(lines, "\n")
}

// lines are the changes with their values, one for each line.
func lines(changes []change) string {
	var out []string
	for _, c := range changes {
		out = append(out, c.String())
	}
	return strings.Join(out, "\n")
}
