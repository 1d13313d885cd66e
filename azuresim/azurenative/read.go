package azurenative

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// Read serves refresh and import. A resource that is gone has an empty id. On refresh, what drifted since the last
// operation is written into the inputs, so that the next deployment puts it back.
func (p *provider) Read(ctx context.Context, req *pulumirpc.ReadRequest) (*pulumirpc.ReadResponse, error) {
	state, err := read("properties", req.Properties)
	if err != nil {
		return nil, err
	}
	inputs, err := oldInputs(req.Inputs, state)
	if err != nil {
		return nil, err
	}
	answer, err := p.get(p.withAPIVersionOf(ctx, req.Urn), req.Id)
	if isStatus(err, http.StatusNotFound) {
		return &pulumirpc.ReadResponse{}, nil
	}
	if err != nil {
		return nil, err
	}
	r, err := p.typeOf(resource.URN(req.Urn).Type().String(), inputs)
	if err != nil {
		return nil, err
	}
	inputs, err = r.readInputs(req.Id, inputs, state, answer.Body)
	if err != nil {
		return nil, err
	}
	properties, err := write("outputs", r.state(inputs, answer.Body))
	if err != nil {
		return nil, err
	}
	marshalled, err := write("inputs", inputs)
	return &pulumirpc.ReadResponse{Id: req.Id, Properties: properties, Inputs: marshalled}, err
}

func (r *resourceType) readInputs(
	id string, inputs, state resource.PropertyMap, body map[string]any,
) (resource.PropertyMap, error) {
	if len(inputs) == 0 {
		return r.importInputs(id, body)
	}
	if r.open {
		r = r.widened(state, r.outputs(body))
	}
	before, after := r.project(state), r.project(r.outputs(body))
	for _, name := range r.unlisted(inputs) {
		delete(before, resource.PropertyKey(name))
		delete(after, resource.PropertyKey(name))
	}
	return drift(inputs, before, after), nil
}

// importInputs makes inputs from nothing but the id and the body: path inputs, then what the type takes as inputs,
// without empty collections.
func (r *resourceType) importInputs(id string, body map[string]any) (resource.PropertyMap, error) {
	inputs, err := r.parseID(id)
	if err != nil {
		return nil, err
	}
	if r.open {
		r = r.widened(r.outputs(body))
	}
	for key, value := range r.project(r.outputs(body)) {
		if !isEmpty(value) && !r.shadowed(string(key)) {
			inputs[key] = value
		}
	}
	return inputs, nil
}

// shadowed names inputs whose output of the same name is something else or says nothing new: an agent pool's type is the
// ARM type, and the id is in the path.
func (r *resourceType) shadowed(name string) bool {
	onlyOutputs := []string{"name", "type", "provisioningState"} // of a type whose inputs are not known
	return name == "id" || r.is(pool) && name == "type" || r.open && slices.Contains(onlyOutputs, name) && r.nameInput() != name
}

func isEmpty(v resource.PropertyValue) bool {
	return v.IsArray() && len(v.ArrayValue()) == 0 || v.IsObject() && len(v.ObjectValue()) == 0
}

// drift applies the difference between two projected states to the inputs. What was already different when the
// resource was created (casing, prefixes) is in both states, so it does not appear.
func drift(inputs, before, after resource.PropertyMap) resource.PropertyMap {
	out := maps.Clone(inputs)
	for key, now := range after {
		was, had := before[key]
		switch {
		case had && was.DeepEquals(now):
		case had:
			out[key] = driftValue(out[key], was, now)
		default:
			out[key] = now
		}
	}
	for key := range before {
		if _, still := after[key]; !still {
			delete(out, key)
		}
	}
	return out
}

func driftValue(input, was, now resource.PropertyValue) resource.PropertyValue {
	switch {
	case input.IsObject() && was.IsObject() && now.IsObject():
		return resource.NewProperty(drift(input.ObjectValue(), was.ObjectValue(), now.ObjectValue()))
	case input.IsArray() && was.IsArray() && now.IsArray():
		return driftArray(input.ArrayValue(), was.ArrayValue(), now.ArrayValue())
	default:
		return now
	}
}

// driftArray works by position: elements that did not change keep their input, the others take the difference.
func driftArray(input, was, now []resource.PropertyValue) resource.PropertyValue {
	out := make([]resource.PropertyValue, 0, len(now))
	for i, value := range now {
		switch {
		case i < len(was) && i < len(input) && was[i].DeepEquals(value):
			out = append(out, input[i])
		case i < len(was) && i < len(input):
			out = append(out, driftValue(input[i], was[i], value))
		default:
			out = append(out, value)
		}
	}
	return resource.NewProperty(out)
}
