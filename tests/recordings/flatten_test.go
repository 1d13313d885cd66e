package recordings

import (
	"fmt"
	"maps"
	"slices"
)

// flatten lists the leaves of an ARM body by path; an empty object, list or text is a leaf too. What stands under properties
// moves to the top, which shortens the paths, and the map of user-assigned identities becomes the list of its keys.
func flatten(body map[string]any) map[string]string {
	out := map[string]string{}
	for key, value := range body {
		properties, ok := value.(map[string]any)
		switch {
		case key == "properties" && ok:
			for inner, v := range properties {
				leaves(out, inner, v)
			}
		default:
			leaves(out, key, value)
		}
	}
	return out
}

func leaves(out map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		if path == "identity.userAssignedIdentities" {
			leaves(out, path, keysOf(v))
			return
		}
		for key, value := range v {
			leaves(out, path+"."+key, value)
		}
		if len(v) == 0 {
			out[path] = "{}"
		}
	case []any:
		for i, value := range v {
			leaves(out, fmt.Sprintf("%s[%d]", path, i), value)
		}
		if len(v) == 0 {
			out[path] = "[]"
		}
	case string:
		if out[path] = v; v == "" {
			out[path] = `""`
		}
	case nil:
	default:
		out[path] = fmt.Sprint(v)
	}
}

func keysOf(m map[string]any) []any {
	list := make([]any, 0, len(m))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		list = append(list, key)
	}
	return list
}
