package differential

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// kind says what differs.
type kind string

const (
	inResult  kind = "result"
	inSteps   kind = "steps"
	inState   kind = "state"
	inRequest kind = "request"
)

// difference is one thing that was seen otherwise through the other provider.
type difference struct {
	kind  kind
	place string
	a, b  string // absent: it was not there at all
}

const absent = "(nothing)"

func (d difference) String() string {
	return fmt.Sprintf("%s: %s: %s | %s", d.kind, d.place, short(d.a), short(d.b))
}

// short keeps a line readable, and secrets out of it.
func short(text string) string {
	const most = 300
	if secret, ok := strings.CutPrefix(text, secretMark); ok {
		return fmt.Sprintf("secret of %d bytes", len(secret))
	}
	text = strings.ReplaceAll(text, "\n", " ")
	if len(text) > most {
		return text[:most] + "..."
	}
	return text
}

// compare lists what differs between two observations, sorted.
func compare(a, b observed) []difference {
	return slices.Concat(
		compareMaps(inResult, a.results, b.results),
		compareMaps(inSteps, counted(a.steps), counted(b.steps)),
		compareMaps(inState, a.state, b.state),
		compareRequests(a.requests, b.requests))
}

func compareMaps(of kind, a, b map[string]string) []difference {
	all := maps.Clone(a)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, b)
	var out []difference
	for _, place := range slices.Sorted(maps.Keys(all)) {
		if va, vb := valueAt(a, place), valueAt(b, place); va != vb {
			out = append(out, difference{of, place, va, vb})
		}
	}
	return out
}

func valueAt(m map[string]string, place string) string {
	if value, ok := m[place]; ok {
		return value
	}
	return absent
}

// counted tells how often each line is there.
func counted(lines []string) map[string]string {
	n := map[string]int{}
	for _, line := range lines {
		n[line]++
	}
	out := map[string]string{}
	for line, times := range n {
		out[line] = strconv.Itoa(times)
	}
	return out
}

// compareRequests compares requests about the same thing: how many changes, the API versions, the bodies one by one. Reading is
// compared once, however often it happens.
func compareRequests(a, b []request) []difference {
	return compareMaps(inRequest, flattenRequests(a), flattenRequests(b))
}

func flattenRequests(all []request) map[string]string {
	out, times := map[string]string{}, map[string]int{}
	for _, r := range all {
		if r.method == http.MethodGet || r.method == http.MethodHead {
			out[r.key()] = "read"
			out[r.key()+" with api-version "+r.version] = "read"
			continue
		}
		times[r.key()]++
		place := r.key()
		if n := times[r.key()]; n > 1 {
			place += " (" + strconv.Itoa(n) + ")"
		}
		out[place] = "sent"
		out[place+" api-version"] = r.version
		if r.body != nil {
			flattenBody(out, place+" body", r.body)
		}
	}
	return out
}
