package azurenative

import (
	"context"
	"fmt"
	"net/http"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
)

// Create refuses what already exists, sends the body and reads the result back.
func (p *provider) Create(ctx context.Context, req *pulumirpc.CreateRequest) (*pulumirpc.CreateResponse, error) {
	inputs, err := read("properties", req.Properties)
	if err != nil {
		return nil, err
	}
	r, err := p.typeOf(resource.URN(req.Urn).Type().String(), inputs)
	if err != nil {
		return nil, err
	}
	if req.Preview {
		properties, err := write("outputs", r.previewOutputs(inputs, nil))
		return &pulumirpc.CreateResponse{Properties: properties}, err
	}
	id, err := r.armID(inputs, p.settings(ctx).subscription)
	if err != nil {
		return nil, err
	}
	ctx = withAPIVersion(ctx, r)
	if err := p.mustNotExist(ctx, id); err != nil {
		return nil, err
	}
	id, properties, err := p.send(ctx, r, id, inputs)
	if err != nil {
		return nil, err
	}
	return &pulumirpc.CreateResponse{Id: id, Properties: properties}, nil
}

func (p *provider) mustNotExist(ctx context.Context, id string) error {
	_, err := p.get(ctx, id)
	switch {
	case err == nil:
		return fmt.Errorf("cannot create already existing resource '%s'", id)
	case isStatus(err, http.StatusNotFound):
		return nil
	case isStatus(err, noStatus):
		return err
	default:
		return fmt.Errorf("cannot check existence of resource '%s': %w", id, err)
	}
}

// Update sends the whole body; nothing is ever patched.
func (p *provider) Update(ctx context.Context, req *pulumirpc.UpdateRequest) (*pulumirpc.UpdateResponse, error) {
	inputs, err := read("news", req.News)
	if err != nil {
		return nil, err
	}
	r, err := p.typeOf(resource.URN(req.Urn).Type().String(), inputs)
	if err != nil {
		return nil, err
	}
	if req.Preview {
		state, err := read("olds", req.Olds)
		if err != nil {
			return nil, err
		}
		properties, err := write("outputs", r.previewOutputs(inputs, state))
		return &pulumirpc.UpdateResponse{Properties: properties}, err
	}
	_, properties, err := p.send(withAPIVersion(ctx, r), r, req.Id, inputs)
	if err != nil {
		return nil, err
	}
	return &pulumirpc.UpdateResponse{Properties: properties}, nil
}

// send writes the resource and returns its id and state. An operation that was accepted and then failed leaves a
// resource: the error carries its state, and the next deployment updates it.
func (p *provider) send(
	ctx context.Context, r *resourceType, id string, inputs resource.PropertyMap,
) (string, *structpb.Struct, error) {
	body := r.body(inputs)
	if err := p.keepMaintained(ctx, r, id, inputs, body); err != nil {
		return "", nil, err
	}
	answer, err := p.put(ctx, id, body)
	if accepted(err) {
		return "", nil, p.partial(ctx, r, id, inputs, err)
	}
	if err != nil {
		return "", nil, err
	}
	if returned, ok := answer.Body["id"].(string); ok && returned != "" {
		id = returned
	}
	current := answer.Body
	if again, err := p.get(ctx, id); err == nil { // a failure here is only a warning in the real provider
		current = again.Body
	}
	properties, err := write("outputs", r.state(inputs, current))
	return id, properties, err
}

// keepMaintained adds the sub-resources that exist and that the program does not list.
func (p *provider) keepMaintained(
	ctx context.Context, r *resourceType, id string, inputs resource.PropertyMap, body map[string]any,
) error {
	missing := r.unlisted(inputs)
	if len(missing) == 0 {
		return nil
	}
	current, err := p.get(ctx, id)
	if isStatus(err, http.StatusNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	properties, _ := current.Body["properties"].(map[string]any)
	sent, _ := body["properties"].(map[string]any)
	for _, name := range missing {
		if value, ok := properties[name]; ok && sent != nil {
			sent[name] = value
		}
	}
	return nil
}

// Delete removes a resource; one that is gone already counts as removed.
func (p *provider) Delete(ctx context.Context, req *pulumirpc.DeleteRequest) (*emptypb.Empty, error) {
	if _, err := p.delete(p.withAPIVersionOf(ctx, req.Urn), req.Id); err != nil && !isStatus(err, http.StatusNotFound) {
		return nil, err
	}
	return &emptypb.Empty{}, nil
}
