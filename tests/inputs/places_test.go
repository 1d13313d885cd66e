package inputs_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/engine"
	"github.com/pulumi/pulumi/pkg/v3/resource/stack"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// kinds of places in which a run leaves something for people to read.
const (
	inState      = "state"      // as it is stored, its secrets encrypted
	inEvents     = "event"      // as --event-log writes them, debug messages too
	inDiagnostic = "diagnostic" // what the run says, debug messages too
	inError      = "error"      // what the engine returns
)

// sighting is a place at which a marker can be read in plain text.
type sighting struct{ kind, at string }

func (s sighting) String() string { return s.kind + " " + s.at }

// look finds the marker in everything that a run leaves behind. Letter case is of no importance, nor are the hyphens of a GUID. A marker
// of a few characters counts where it stands alone.
func look(t *testing.T, marker string, s *simtest.Stack, results ...simtest.Result) []sighting {
	t.Helper()
	var found []sighting
	in := func(kind, name, text string) {
		text = strings.ToLower(text)
		whole, bare := strings.ToLower(marker), strings.ReplaceAll(strings.ToLower(marker), "-", "")
		if text == whole || len(bare) >= 5 && (strings.Contains(text, whole) || strings.Contains(text, bare)) {
			found = append(found, sighting{kind, name})
		}
	}
	var state any
	if err := json.Unmarshal(s.Export(), &state); err != nil {
		t.Fatal(err)
	}
	leaves(state, "", func(at, text string) { in(inState, at, text) })
	for _, r := range results {
		if r.Err != nil {
			in(inError, "", r.Err.Error())
		}
		for _, e := range r.Events {
			for at, text := range readable(t, e) {
				if d, is := e.Payload().(engine.DiagEventPayload); is {
					in(inDiagnostic, string(d.Severity)+": "+text, text)
				} else {
					in(inEvents, at, text)
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b sighting) int { return strings.Compare(a.String(), b.String()) })
	return slices.Compact(found)
}

// leaves walks through JSON. A resource in the state is called by its type.
func leaves(in any, at string, visit func(at, text string)) {
	switch in := in.(type) {
	case map[string]any:
		if token, ok := in["type"].(string); ok && strings.Contains(token, ":") {
			at = token[strings.LastIndex(token, ":")+1:]
		}
		for key, value := range in {
			visit(at+" (key)", key)
			if !strings.HasSuffix(at, ".userAssignedIdentities") { // its keys are IDs
				key = "." + key
			} else {
				key = "[]"
			}
			leaves(value, strings.TrimPrefix(at+key, "."), visit)
		}
	case []any:
		for _, value := range in {
			leaves(value, at+"[]", visit)
		}
	case nil:
	default:
		visit(at, fmt.Sprint(in))
	}
}

// readable is what an event shows, by place: the metadata of a step as Pulumi displays them and writes them into an event log, with
// secrets blinded (pkg/v3/backend/display, v3.259.0); everything else as it is.
func readable(t *testing.T, e engine.Event) map[string]string {
	t.Helper()
	all := map[string]string{}
	step := func(m engine.StepEventMetadata) {
		for _, side := range []*engine.StepEventStateMetadata{m.Old, m.New} {
			if side == nil {
				continue
			}
			token := string(side.Type[strings.LastIndex(string(side.Type), ":")+1:])
			all[token+".id"] = string(side.ID)
			all[token+".initErrors"] = strings.Join(side.InitErrors, "\n")
			for name, properties := range map[string]resource.PropertyMap{"inputs": side.Inputs, "outputs": side.Outputs} {
				blind, err := stack.SerializeProperties(t.Context(), properties, config.BlindingCrypter, false)
				if err != nil {
					t.Fatal(err)
				}
				leaves(blind, token+"."+name, func(at, text string) { all[at] += text + "\n" })
			}
		}
		all["urn"] = string(m.URN)
	}
	switch payload := e.Payload().(type) {
	case engine.ResourcePreEventPayload:
		step(payload.Metadata)
	case engine.ResourceOutputsEventPayload:
		step(payload.Metadata)
	case engine.ResourceOperationFailedPayload:
		step(payload.Metadata)
	case engine.DiagEventPayload:
		all["message"] = payload.Prefix + payload.Message
	default:
		all[string(e.Type)] = fmt.Sprintf("%+v", payload)
	}
	return all
}
