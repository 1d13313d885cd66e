package azurenative

import (
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// project reduces outputs to the shape of inputs: path inputs and what only the service fills in are left out.
func (r *resourceType) project(outputs resource.PropertyMap) resource.PropertyMap {
	out := resource.PropertyMap{}
	for name, t := range r.In {
		if v, ok := outputs[resource.PropertyKey(name)]; ok && !r.inPath(name) && !v.IsNull() {
			out[resource.PropertyKey(name)] = r.projectValue(name, t, v)
		}
	}
	return out
}

func (r *resourceType) projectValue(name string, t typeExpr, v resource.PropertyValue) resource.PropertyValue {
	elem, list, dict := t.element()
	switch {
	case v.IsObject() && list && name == identitiesProperty:
		return identityList(v.ObjectValue())
	case v.IsArray() && list:
		out := make([]resource.PropertyValue, 0, len(v.ArrayValue()))
		for _, e := range v.ArrayValue() {
			out = append(out, r.projectValue("", elem, e))
		}
		return resource.NewProperty(out)
	case v.IsObject() && dict:
		out := resource.PropertyMap{}
		for key, e := range v.ObjectValue() {
			out[key] = r.projectValue("", elem, e)
		}
		return resource.NewProperty(out)
	case v.IsObject() && r.object(t) != nil:
		return resource.NewProperty(r.projectObject(r.object(t), v.ObjectValue()))
	default:
		return v
	}
}

func (r *resourceType) projectObject(object *objectType, m resource.PropertyMap) resource.PropertyMap {
	out := resource.PropertyMap{}
	for key, v := range m {
		if t, ok := object.In[string(key)]; ok && !v.IsNull() {
			out[key] = r.projectValue(string(key), t, v)
		}
	}
	return out
}

// identityList lists the ids of an identity map. Azure may answer with other letters than were sent, so ids are sorted
// without regard to case.
func identityList(m resource.PropertyMap) resource.PropertyValue {
	ids := slices.SortedFunc(maps.Keys(m), func(a, b resource.PropertyKey) int {
		return strings.Compare(strings.ToLower(string(a)), strings.ToLower(string(b)))
	})
	out := make([]resource.PropertyValue, 0, len(ids))
	for _, id := range ids {
		out = append(out, resource.NewProperty(string(id)))
	}
	return resource.NewProperty(out)
}
