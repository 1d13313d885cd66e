package simtest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
)

// fakeServer speaks the provider protocol for a Fake.
type fakeServer struct {
	pulumirpc.UnimplementedResourceProviderServer

	pkg     string
	version string // "" is 1.0.0
	fake    Fake
}

func (f *fakeServer) Attach(context.Context, *pulumirpc.PluginAttach) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

func (f *fakeServer) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: cmp.Or(f.version, "1.0.0")}, nil
}

func (f *fakeServer) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

func (f *fakeServer) Configure(_ context.Context, req *pulumirpc.ConfigureRequest) (*pulumirpc.ConfigureResponse, error) {
	config, err := fromWire(req.GetArgs())
	if err == nil && f.fake.Configure != nil {
		err = f.fake.Configure(config)
	}
	if err != nil {
		return nil, fmt.Errorf("configuring the fake of %s: %w", f.pkg, err)
	}
	return &pulumirpc.ConfigureResponse{AcceptSecrets: true, SupportsPreview: true}, nil
}

func (f *fakeServer) Check(_ context.Context, req *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	old, oldErr := fromWire(req.GetOlds())
	inputs, err := fromWire(req.GetNews())
	if err := errors.Join(oldErr, err); err != nil {
		return nil, err
	}
	if len(old) == 0 {
		old = nil
	}
	if f.fake.Check != nil {
		r := newFakeResource(req.GetUrn(), inputs, old, nil)
		r.Seed = req.GetRandomSeed()
		if inputs, err = f.fake.Check(r); err != nil {
			failure := &pulumirpc.CheckFailure{Reason: err.Error()}
			return &pulumirpc.CheckResponse{Inputs: req.GetNews(), Failures: []*pulumirpc.CheckFailure{failure}}, nil
		}
	}
	checked, err := toWire(inputs)
	return &pulumirpc.CheckResponse{Inputs: checked}, err
}

func (f *fakeServer) Diff(_ context.Context, req *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	state, stateErr := fromWire(req.GetOlds())
	old, oldErr := fromWire(req.GetOldInputs())
	news, err := fromWire(req.GetNews())
	if err := errors.Join(stateErr, oldErr, err); err != nil {
		return nil, err
	}
	changed := changedKeys(old, news)
	if len(changed) == 0 {
		return &pulumirpc.DiffResponse{Changes: pulumirpc.DiffResponse_DIFF_NONE}, nil
	}
	out := &pulumirpc.DiffResponse{Changes: pulumirpc.DiffResponse_DIFF_SOME, Diffs: changed}
	if f.fake.Replaces != nil {
		out.Replaces = f.fake.Replaces(newFakeResource(req.GetUrn(), news, old, state), changed)
	}
	return out, nil
}

// changedKeys compares without regard to secretness: a value that became secret is the same value.
func changedKeys(old, news resource.PropertyMap) []string {
	keys := maps.Clone(old)
	if keys == nil {
		keys = resource.PropertyMap{}
	}
	maps.Copy(keys, news)
	var changed []string
	for _, key := range keys.StableKeys() {
		before, after := old[key], news[key]
		if before.ContainsUnknowns() || after.ContainsUnknowns() || !unmarked(before).DeepEquals(unmarked(after)) {
			changed = append(changed, string(key))
		}
	}
	return changed
}

// unmarked is a value without the marks of secrets.
func unmarked(v resource.PropertyValue) resource.PropertyValue {
	v = opened(v)
	switch {
	case v.IsArray():
		out := make([]resource.PropertyValue, 0, len(v.ArrayValue()))
		for _, e := range v.ArrayValue() {
			out = append(out, unmarked(e))
		}
		return resource.NewProperty(out)
	case v.IsObject():
		out := resource.PropertyMap{}
		for key, e := range v.ObjectValue() {
			out[key] = unmarked(e)
		}
		return resource.NewProperty(out)
	default:
		return v
	}
}

func (f *fakeServer) Create(_ context.Context, req *pulumirpc.CreateRequest) (*pulumirpc.CreateResponse, error) {
	inputs, err := fromWire(req.GetProperties())
	if err != nil {
		return nil, err
	}
	if req.GetPreview() {
		return &pulumirpc.CreateResponse{Properties: req.GetProperties()}, nil
	}
	r := newFakeResource(req.GetUrn(), inputs, nil, nil)
	outputs, err := f.outputs(r)
	if err != nil {
		return nil, err
	}
	id := r.Name + "-" + r.Digits(8)
	if given := opened(outputs["id"]); given.IsString() {
		id = given.StringValue()
		delete(outputs, "id")
	}
	properties, err := toWire(outputs)
	return &pulumirpc.CreateResponse{Id: id, Properties: properties}, err
}

func (f *fakeServer) Update(_ context.Context, req *pulumirpc.UpdateRequest) (*pulumirpc.UpdateResponse, error) {
	state, stateErr := fromWire(req.GetOlds())
	old, oldErr := fromWire(req.GetOldInputs())
	news, err := fromWire(req.GetNews())
	if err := errors.Join(stateErr, oldErr, err); err != nil {
		return nil, err
	}
	if req.GetPreview() {
		return &pulumirpc.UpdateResponse{Properties: req.GetNews()}, nil
	}
	outputs, err := f.outputs(newFakeResource(req.GetUrn(), news, old, state))
	if err != nil {
		return nil, err
	}
	delete(outputs, "id")
	properties, err := toWire(outputs)
	return &pulumirpc.UpdateResponse{Properties: properties}, err
}

func (f *fakeServer) outputs(r FakeResource) (resource.PropertyMap, error) {
	outputs := maps.Clone(r.Inputs)
	if f.fake.Outputs == nil {
		return outputs, nil
	}
	more, err := f.fake.Outputs(r)
	if err != nil {
		return nil, fmt.Errorf("%s %q: %w", r.Type, r.Name, err)
	}
	maps.Copy(outputs, more)
	return outputs, nil
}

// Read finds what the state has.
func (f *fakeServer) Read(_ context.Context, req *pulumirpc.ReadRequest) (*pulumirpc.ReadResponse, error) {
	if req.GetProperties() == nil || len(req.GetProperties().GetFields()) == 0 {
		return nil, fmt.Errorf("the fake of %s remembers nothing, so %q cannot be read or imported", f.pkg, req.GetId())
	}
	return &pulumirpc.ReadResponse{Id: req.GetId(), Properties: req.GetProperties(), Inputs: req.GetInputs()}, nil
}

func (f *fakeServer) Delete(context.Context, *pulumirpc.DeleteRequest) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

func (f *fakeServer) Invoke(_ context.Context, req *pulumirpc.InvokeRequest) (*pulumirpc.InvokeResponse, error) {
	if f.fake.Invoke == nil {
		return nil, fmt.Errorf("the fake of %s does not answer the function %s: give it one (simtest.Fake, Invoke)", f.pkg, req.GetTok())
	}
	args, err := fromWire(req.GetArgs())
	if err != nil {
		return nil, err
	}
	answer, err := f.fake.Invoke(req.GetTok(), args)
	if err != nil {
		return nil, err
	}
	properties, err := toWire(answer)
	return &pulumirpc.InvokeResponse{Return: properties}, err
}

func (f *fakeServer) Construct(_ context.Context, req *pulumirpc.ConstructRequest) (*pulumirpc.ConstructResponse, error) {
	return nil, fmt.Errorf("the fake of %s has no components, and %s is one: serve its package with simtest.WithProvider", f.pkg, req.GetType())
}

func fromWire(s *structpb.Struct) (resource.PropertyMap, error) {
	return plugin.UnmarshalProperties(s, plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true, KeepResources: true})
}

func toWire(m resource.PropertyMap) (*structpb.Struct, error) {
	return plugin.MarshalProperties(m, plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true, KeepResources: true})
}

// all replaces a resource whatever of it changes.
func all(_ FakeResource, changed []string) []string { return slices.Clone(changed) }
