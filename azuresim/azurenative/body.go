package azurenative

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// identitiesProperty is a list of ids in the inputs and a map by id in ARM; that of pod identities is a list of objects in both.
const identitiesProperty = "userAssignedIdentities"

// apiVersionInput of resources:Resource travels in the query, which the simulator does not have.
const apiVersionInput = "apiVersion"

// body turns inputs into the ARM body. Path inputs and internal keys are left out.
func (r *resourceType) body(inputs resource.PropertyMap) map[string]any {
	body := map[string]any{}
	properties := map[string]any{}
	for _, key := range inputs.StableKeys() {
		name := string(key)
		t, known := r.In[name]
		if !known && !r.open || strings.HasPrefix(name, "__") || r.inPath(name) || name == apiVersionInput || inputs[key].IsNull() {
			continue
		}
		value := r.toARM(name, t, inputs[key])
		if !r.wrapped() || slices.Contains(r.Top, name) {
			body[name] = value
			continue
		}
		properties[r.ARM.toARM(name)] = value
	}
	if r.wrapped() {
		body["properties"] = properties
	}
	return body
}

func (r *resourceType) toARM(name string, t typeExpr, v resource.PropertyValue) any {
	elem, _, _ := t.element()
	switch {
	case v.IsSecret():
		return r.toARM(name, t, v.SecretValue().Element)
	case v.IsArray() && name == identitiesProperty && !strings.HasPrefix(elem.bare(), "#"):
		return identityMap(v.ArrayValue())
	case v.IsArray():
		out := make([]any, 0, len(v.ArrayValue()))
		for _, e := range v.ArrayValue() {
			out = append(out, r.toARM("", elem, e))
		}
		return out
	case v.IsObject():
		return r.objectToARM(t, v.ObjectValue())
	default:
		return plain(v)
	}
}

func identityMap(ids []resource.PropertyValue) map[string]any {
	out := map[string]any{}
	for _, id := range ids {
		if id.IsString() {
			out[id.StringValue()] = map[string]any{}
		}
	}
	return out
}

// beside lists the keys that a wrapped sub-resource keeps beside "properties".
var beside = []string{"id", "name", "type", "etag", "location", "tags", "sku", "zones", "identity", "extendedLocation"}

func (r *resourceType) objectToARM(t typeExpr, m resource.PropertyMap) map[string]any {
	elem, _, _ := t.element() // for maps
	object := r.object(t)
	out := map[string]any{}
	properties := map[string]any{}
	for _, key := range m.StableKeys() {
		name, armName, et := string(key), string(key), elem
		if object != nil {
			armName, et = object.ARM.toARM(name), object.In[name]
		}
		if m[key].IsNull() || object != nil && et == "" && !r.open {
			continue // what the type does not have is dropped, as the real provider does
		}
		value := r.toARM(name, et, m[key])
		if object != nil && object.Wrap && (!slices.Contains(beside, name) || slices.Contains(object.Inside, name)) {
			properties[armName] = value
			continue
		}
		out[armName] = value
	}
	if len(properties) > 0 {
		out["properties"] = properties
	}
	return out
}

func plain(v resource.PropertyValue) any {
	switch {
	case v.IsString():
		return v.StringValue()
	case v.IsNumber():
		return v.NumberValue()
	case v.IsBool():
		return v.BoolValue()
	default:
		return nil
	}
}
