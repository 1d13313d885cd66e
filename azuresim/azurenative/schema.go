package azurenative

import (
	_ "embed" // schema.json
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// schemaJSON is written by tools/simschema from the sources of the azure-native Go SDK; its head names the modules and
// versions.
//
//go:embed schema.json
var schemaJSON []byte

// schema holds the served resource types and the object types that they reach.
type schema struct {
	Packages  map[string]map[string]*objectType `json:"packages"`
	Resources map[string]*resourceType          `json:"resources"`
}

// objectType is a nested object.
type objectType struct {
	In       map[string]typeExpr `json:"in"`
	Out      []string            `json:"out"` // properties that only the service fills in
	ARM      spelling            `json:"arm"` // what ARM calls differently
	Defaults map[string]any      `json:"defaults"`
	Wrap     bool                `json:"wrap"`   // ARM keeps its properties below "properties"
	Inside   []string            `json:"inside"` // of these, what others keep beside "properties"
}

// spelling maps names of the SDK to ARM's, where they differ: scanInterval to scan-interval.
type spelling map[string]string

func (s spelling) toARM(sdk string) string {
	if arm, differs := s[sdk]; differs {
		return arm
	}
	return sdk
}

func (s spelling) toSDK(arm string) string {
	for sdk, other := range s {
		if other == arm {
			return sdk
		}
	}
	return arm
}

// resourceType is a served resource type in one version.
type resourceType struct {
	Package  string              `json:"package"` // "containerservice/v20250101"
	API      string              `json:"api"`     // "2025-01-01"
	Path     string              `json:"path"`    // ARM path with inputs in braces
	In       map[string]typeExpr `json:"in"`
	Out      []string            `json:"out"` // properties that only the service fills in
	ARM      spelling            `json:"arm"` // what ARM calls differently
	Defaults map[string]any      `json:"defaults"`
	Top      []string            `json:"top"` // inputs that stay beside "properties" in the ARM body

	token   string
	objects map[string]*objectType
	open    bool   // properties that it does not have are kept as given
	note    string // what to tell about a type that is not described
}

// readSchema parses the embedded schema once; it is never changed afterwards.
var readSchema = sync.OnceValues(func() (*schema, error) {
	s := &schema{}
	if err := json.Unmarshal(schemaJSON, s); err != nil {
		return nil, fmt.Errorf("reading the embedded schema: %w", err)
	}
	for token, r := range s.Resources {
		r.token = token
		r.objects = s.Packages[r.Package]
	}
	return s, nil
})

// versions lists the served tokens that differ from token in the version only.
func (s *schema) versions(token string) []string {
	var out []string
	for _, other := range slices.Sorted(maps.Keys(s.Resources)) {
		if kindOf(other) == kindOf(token) {
			out = append(out, other)
		}
	}
	return out
}

// kindOf strips provider and version: "azure-native:containerservice/v20250101:ManagedCluster" is
// "containerservice:ManagedCluster".
func kindOf(token string) string {
	parts := strings.Split(token, ":")
	if len(parts) != 3 {
		return token
	}
	module, _, _ := strings.Cut(parts[1], "/")
	return module + ":" + parts[2]
}

func (r *resourceType) kind() string { return kindOf(r.token) }

// is tells whether the type is the given kind, in whatever version.
func (r *resourceType) is(kind string) bool { return r.kind() == kind }

// wrapped tells whether ARM keeps the inputs below "properties". Types that have an input or output called
// "properties" are written as they are.
func (r *resourceType) wrapped() bool {
	_, input := r.In["properties"]
	return !input && !slices.Contains(r.Out, "properties")
}

// flattens tells whether the answer has no "properties", though the inputs have them, but what is in them. A key of a vault is such a type
// (azure-native 2.92.3, the resource's page and its packages).
func (r *resourceType) flattens() bool {
	properties := r.object(r.In["properties"])
	return properties != nil && slices.ContainsFunc(r.Out, func(name string) bool { return properties.In[name] != "" })
}

// outputs tells whether name is a property of the answer.
func (r *resourceType) isOutput(name string) bool {
	if slices.Contains(r.Out, name) || r.open && !r.inPath(name) || name == "name" && r.inPath(name) {
		return true
	}
	_, input := r.In[name]
	return input && !r.inPath(name) && !(name == "properties" && r.flattens())
}

// typeExpr is "string", "boolean", "integer", "number", "any", "[]T", "map[T]" or "#Object"; a trailing "!" marks a
// required property.
type typeExpr string

func (t typeExpr) required() bool { return strings.HasSuffix(string(t), "!") }

func (t typeExpr) bare() string { return strings.TrimSuffix(string(t), "!") }

// element returns the element type of a list or map.
func (t typeExpr) element() (elem typeExpr, list, dict bool) {
	if rest, ok := strings.CutPrefix(t.bare(), "[]"); ok {
		return typeExpr(rest), true, false
	}
	if rest, ok := strings.CutPrefix(t.bare(), "map["); ok {
		return typeExpr(strings.TrimSuffix(rest, "]")), false, true
	}
	return "", false, false
}

// object returns the object type that the expression names, nil for other expressions.
func (r *resourceType) object(t typeExpr) *objectType {
	if name, ok := strings.CutPrefix(t.bare(), "#"); ok {
		return r.objects[name]
	}
	return nil
}

// defaultAt is the default of the property at a path, in this version of the type.
func (r *resourceType) defaultAt(path resource.PropertyPath) (any, bool) {
	at := &objectType{In: r.In, Defaults: r.Defaults}
	var t typeExpr
	for i, step := range path {
		name, isName := step.(string)
		elem, list, dict := t.element()
		switch {
		case list || dict:
			t = elem
		case at == nil || !isName:
			return nil, false
		case i == len(path)-1:
			value, ok := at.Defaults[name]
			return value, ok
		default:
			t = at.In[name]
		}
		at = r.object(t)
	}
	return nil, false
}
