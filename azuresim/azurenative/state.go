package azurenative

import (
	"context"
	"fmt"
	"maps"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/types/known/structpb"
)

// Keys that the provider adds to the state of every resource.
const (
	inputsKey     = "__inputs"
	apiVersionKey = "azureApiVersion"
)

// state is what the provider stores: the outputs, a secret copy of the inputs and the API version.
func (r *resourceType) state(inputs resource.PropertyMap, body map[string]any) resource.PropertyMap {
	out := r.outputs(body)
	for _, name := range r.unlisted(inputs) {
		if key := resource.PropertyKey(name); out.HasValue(key) {
			out[key] = resource.NewProperty([]resource.PropertyValue{})
		}
	}
	out[inputsKey] = resource.MakeSecret(resource.NewProperty(maps.Clone(inputs)))
	out[apiVersionKey] = resource.NewProperty(r.API)
	return out
}

// partial reports a resource that exists although its operation failed.
func (p *provider) partial(
	ctx context.Context, r *resourceType, id string, inputs resource.PropertyMap, cause error,
) error {
	answer, err := p.get(ctx, id)
	if err != nil {
		return fmt.Errorf("resource partially created but read failed %w: %w", err, cause)
	}
	if returned, ok := answer.Body["id"].(string); ok && returned != "" {
		id = returned
	}
	properties, err := write("outputs", r.state(inputs, answer.Body))
	if err != nil {
		return err
	}
	sent, err := write("inputs", inputs)
	if err != nil {
		return err
	}
	return rpcerror.WithDetails(
		rpcerror.New(codes.Unknown, cause.Error()),
		&pulumirpc.ErrorResourceInitFailed{Id: id, Properties: properties, Inputs: sent, Reasons: []string{cause.Error()}})
}

// unlisted names the maintained sub-resources that the inputs do not mention.
func (r *resourceType) unlisted(inputs resource.PropertyMap) []string {
	var out []string
	for _, name := range maintained[r.kind()] {
		if !given(inputs, resource.PropertyKey(name)) {
			out = append(out, name)
		}
	}
	return out
}

// oldInputs are the inputs that the engine sends, or the copy in the state.
func oldInputs(sent *structpb.Struct, state resource.PropertyMap) (resource.PropertyMap, error) {
	if sent != nil {
		return read("oldInputs", sent)
	}
	if v, ok := state[inputsKey]; ok && open(v).IsObject() {
		return open(v).ObjectValue(), nil
	}
	return resource.PropertyMap{}, nil
}
