package azurenative

import (
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// previewOutputs answers a preview: each input in the shape of its output, every other output unknown. The name is
// unknown even when it is an input. In an update, name and location come from the old state.
func (r *resourceType) previewOutputs(inputs, state resource.PropertyMap) resource.PropertyMap {
	out := r.previewObject(&objectType{In: r.In, Out: r.Out}, inputs)
	for _, name := range r.pathNames() {
		delete(out, resource.PropertyKey(name))
	}
	delete(out, apiVersionInput)
	for _, name := range []resource.PropertyKey{"name", locationInput} {
		if state == nil || !r.isOutput(string(name)) {
			continue
		}
		if old, ok := state[name]; ok {
			out[name] = old
		}
	}
	if state == nil && r.isOutput("name") {
		out["name"] = unknown()
	}
	return out
}

func (r *resourceType) previewObject(object *objectType, m resource.PropertyMap) resource.PropertyMap {
	out := resource.PropertyMap{}
	for name, t := range object.In {
		key := resource.PropertyKey(name)
		if given(m, key) && name != identitiesProperty {
			out[key] = r.previewValue(t, m[key])
			continue
		}
		out[key] = unknown()
	}
	for _, name := range object.Out {
		out[resource.PropertyKey(name)] = unknown()
	}
	return out
}

func (r *resourceType) previewValue(t typeExpr, v resource.PropertyValue) resource.PropertyValue {
	elem, list, dict := t.element()
	switch {
	case list && v.IsArray():
		out := make([]resource.PropertyValue, 0, len(v.ArrayValue()))
		for _, e := range v.ArrayValue() {
			out = append(out, r.previewValue(elem, e))
		}
		return resource.NewProperty(out)
	case dict && v.IsObject():
		out := resource.PropertyMap{}
		for key, e := range v.ObjectValue() {
			out[key] = r.previewValue(elem, e)
		}
		return resource.NewProperty(out)
	case v.IsObject() && r.object(t) != nil:
		return resource.NewProperty(r.previewObject(r.object(t), v.ObjectValue()))
	default:
		return v
	}
}
