package azurenative

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// validation collects check failures. Paths are written as Pulumi writes them: agentPoolProfiles[0].name.
type validation struct {
	r        *resourceType
	dropped  func(message string) bool // takes over what is to be said of an unknown property
	failures []*pulumirpc.CheckFailure
}

func (v *validation) fail(property, format string, args ...any) {
	v.failures = append(v.failures, &pulumirpc.CheckFailure{Property: property, Reason: fmt.Sprintf(format, args...)})
}

func (v *validation) object(path string, object *objectType, m resource.PropertyMap) {
	for _, name := range sortedNames(object.In) {
		if object.In[name].required() && !given(m, resource.PropertyKey(name)) {
			v.fail(join(path, name), "missing required property '%s'", join(path, name))
		}
	}
	for _, key := range m.StableKeys() {
		name := string(key)
		if strings.HasPrefix(name, "__") || m[key].IsNull() {
			continue
		}
		t, ok := object.In[name]
		if !ok {
			v.unknownProperty(path, name, object)
			continue
		}
		v.value(join(path, name), t, m[key])
	}
}

// unknownProperty is stricter than the real provider, which drops what it does not know (WarnOfUnknownProperties).
func (v *validation) unknownProperty(path, name string, object *objectType) {
	if v.r.open {
		return
	}
	hint := ""
	if slices.Contains(object.Out, name) {
		hint = "; it is filled in by Azure"
	} else if near := rbac.Nearest(name, sortedNames(object.In)); near != "" {
		hint = fmt.Sprintf("; did you mean '%s'?", near)
	}
	message := fmt.Sprintf("'%s' is not an input property of %s (API version %s)%s", join(path, name), v.r.token, v.r.API, hint)
	if !v.dropped(message) {
		v.fail(join(path, name), "%s", message)
	}
}

func (v *validation) value(path string, t typeExpr, value resource.PropertyValue) {
	if value.IsComputed() || value.IsOutput() || t.bare() == "any" {
		return
	}
	if value.IsSecret() {
		v.value(path, t, value.SecretValue().Element)
		return
	}
	elem, list, dict := t.element()
	switch {
	case list && value.IsArray():
		for i, e := range value.ArrayValue() {
			v.value(fmt.Sprintf("%s[%d]", path, i), elem, e)
		}
	case dict && value.IsObject():
		for _, key := range value.ObjectValue().StableKeys() {
			v.value(join(path, string(key)), elem, value.ObjectValue()[key])
		}
	case v.r.object(t) != nil && value.IsObject():
		v.object(path, v.r.object(t), value.ObjectValue())
	case isScalar(t, value):
		v.constraints(path, value)
	default:
		v.fail(path, "'%s' should be of type '%s' but got %s", path, describe(t), value.TypeString())
	}
}

func isScalar(t typeExpr, value resource.PropertyValue) bool {
	switch t.bare() {
	case "string":
		return value.IsString()
	case "boolean":
		return value.IsBool()
	case "integer", "number":
		return value.IsNumber()
	default:
		return false
	}
}

func describe(t typeExpr) string {
	elem, list, dict := t.element()
	switch {
	case list:
		return "array of " + describe(elem)
	case dict:
		return "map of " + describe(elem)
	case strings.HasPrefix(t.bare(), "#"):
		return "object"
	default:
		return t.bare()
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func sortedNames(m map[string]typeExpr) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
