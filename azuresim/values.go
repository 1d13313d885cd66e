package azuresim

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// normalize turns any Go value into the JSON-like form that ARM bodies have here: map[string]any, []any, string, bool,
// float64, nil. It is also a deep copy.
func normalize(v any) (any, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var out any
	err = json.Unmarshal(text, &out)
	return out, err
}

func normalizeObject(m map[string]any) (map[string]any, error) {
	v, err := normalize(m)
	if err != nil {
		return nil, err
	}
	if o, ok := v.(map[string]any); ok && o != nil {
		return o, nil
	}
	return map[string]any{}, nil
}

// clone copies a value that is already normal.
func clone(v any) any {
	switch v := v.(type) {
	case map[string]any:
		return cloneObject(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = clone(v[i])
		}
		return out
	default:
		return v
	}
}

func cloneObject(m map[string]any) map[string]any {
	out := make(map[string]any, len(m))
	for k, v := range m {
		out[k] = clone(v)
	}
	return out
}

// dig follows keys through objects; nil when the path ends early.
func dig(m map[string]any, path ...string) any {
	var at any = m
	for _, key := range path {
		o, ok := at.(map[string]any)
		if !ok {
			return nil
		}
		at = o[key]
	}
	return at
}

func text(m map[string]any, path ...string) string {
	s, _ := dig(m, path...).(string)
	return s
}

func truth(m map[string]any, path ...string) bool {
	b, _ := dig(m, path...).(bool)
	return b
}

func number(m map[string]any, path ...string) (float64, bool) {
	f, ok := dig(m, path...).(float64)
	return f, ok
}

func object(m map[string]any, path ...string) map[string]any {
	o, _ := dig(m, path...).(map[string]any)
	return o
}

func list(m map[string]any, path ...string) []any {
	l, _ := dig(m, path...).([]any)
	return l
}

// objects returns the elements of a list that are objects.
func objects(m map[string]any, path ...string) []map[string]any {
	var out []map[string]any
	for _, v := range list(m, path...) {
		if o, ok := v.(map[string]any); ok {
			out = append(out, o)
		}
	}
	return out
}

// texts returns the elements of a list that are strings.
func texts(m map[string]any, path ...string) []string {
	var out []string
	for _, v := range list(m, path...) {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// put sets a value, making the objects on the way.
func put(m map[string]any, value any, path ...string) {
	for _, key := range path[:len(path)-1] {
		next, ok := m[key].(map[string]any)
		if !ok {
			next = map[string]any{}
			m[key] = next
		}
		m = next
	}
	m[path[len(path)-1]] = value
}

// remove takes a value out; the objects on the way stay.
func remove(m map[string]any, path ...string) {
	last := len(path) - 1
	delete(object(m, path[:last]...), path[last])
}

// setDefault sets a value unless there is one.
func setDefault(m map[string]any, value any, path ...string) {
	if dig(m, path...) == nil {
		put(m, value, path...)
	}
}

// atomicProperties are replaced as a whole by an update: their members exclude each other, are free maps, or describe one
// thing (the ids of a kubelet identity, a key and its vault).
var atomicProperties = map[string]bool{
	"loadBalancerProfile": true, "natGatewayProfile": true, "config": true, "nodeLabels": true, "tags": true,
	"kubeletidentity": true, "azureKeyVaultKms": true,
}

// overlay is what an AKS update does with a body: a property that is sent replaces the old one, an absent one stays
// (not verified for every property, see the package documentation).
func overlay(old, sent map[string]any) map[string]any {
	out := cloneObject(old)
	for key, value := range sent {
		if value == nil {
			continue
		}
		was, wasObject := out[key].(map[string]any)
		is, isObject := value.(map[string]any)
		if wasObject && isObject && !atomicProperties[key] {
			out[key] = overlay(was, is)
			continue
		}
		out[key] = clone(value)
	}
	return out
}

// lookupFold finds a key without regard to case.
func lookupFold(m map[string]any, key string) (string, any, bool) {
	if v, ok := m[key]; ok {
		return key, v, true
	}
	for k, v := range m {
		if strings.EqualFold(k, key) {
			return k, v, true
		}
	}
	return "", nil, false
}

func containsFold(list []string, value string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, value) })
}

// sameLocation compares regions as ARM does: "West Europe" is "westeurope".
func sameLocation(a, b string) bool { return region(a) == region(b) }

func region(location string) string {
	return strings.ToLower(strings.ReplaceAll(location, " ", ""))
}

func equalJSON(a, b any) bool { return reflect.DeepEqual(a, b) }
