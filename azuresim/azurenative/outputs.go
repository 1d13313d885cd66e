package azurenative

import (
	"maps"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// outputs turns an ARM body into the flat outputs. Properties that the type does not have in this API version are
// dropped, as the service would not send them.
func (r *resourceType) outputs(body map[string]any) resource.PropertyMap {
	flat := map[string]any{}
	if properties, ok := body["properties"].(map[string]any); ok && (r.wrapped() || r.flattens()) {
		for name, value := range properties {
			flat[r.ARM.toSDK(name)] = value
		}
	}
	for name, value := range body {
		if name != "properties" || !r.wrapped() {
			flat[name] = value
		}
	}
	out := resource.PropertyMap{}
	for name, value := range flat {
		if r.isOutput(name) && value != nil {
			out[resource.PropertyKey(name)] = r.fromARM(r.In[name], value)
		}
	}
	return out
}

func (r *resourceType) fromARM(t typeExpr, v any) resource.PropertyValue {
	elem, _, _ := t.element()
	switch v := v.(type) {
	case []any:
		out := make([]resource.PropertyValue, 0, len(v))
		for _, e := range v {
			out = append(out, r.fromARM(elem, e))
		}
		return resource.NewProperty(out)
	case map[string]any:
		return resource.NewProperty(r.objectFromARM(t, v))
	default:
		return resource.NewPropertyValue(v)
	}
}

func (r *resourceType) objectFromARM(t typeExpr, m map[string]any) resource.PropertyMap {
	elem, _, _ := t.element() // for maps
	object := r.object(t)
	out := resource.PropertyMap{}
	if object != nil && object.Wrap {
		if properties, ok := m["properties"].(map[string]any); ok {
			m = maps.Clone(m)
			delete(m, "properties")
			for name, value := range properties {
				if _, taken := m[name]; !taken {
					m[name] = value
				}
			}
		}
	}
	for name, value := range m {
		et := elem
		if object != nil {
			name = object.ARM.toSDK(name)
			et = object.In[name]
		}
		if value != nil {
			out[resource.PropertyKey(name)] = r.fromARM(et, value)
		}
	}
	return out
}
