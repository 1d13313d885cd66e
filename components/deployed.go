package components

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"
)

// deployed is what the state of the stack says about a resource before this deployment.
type deployed int

const (
	// deployedUnknown: the state cannot be read, or not be told apart from a resource that has another name there.
	deployedUnknown deployed = iota
	// deployedNot: the stack has no resource of the type.
	deployedNot
	// deployedAlready: the resource is there, and its inputs are known.
	deployedAlready
)

// deployedInputs asks the engine for the inputs with which a child of the component was deployed last. A program does not see the
// state otherwise: neither options nor transforms nor hooks get hold of it before the engine has compared (docs/decisions/0004).
// azure-native 2.x keeps the inputs in the outputs, as __inputs; with a provider that does not, they are unknown.
// A child is called as the component, or as the component was, with the suffix.
func (g *granter) deployedInputs(ctx context.Context, token, suffix string) (resource.PropertyMap, deployed) {
	return inputsIn(g.deployedOutputs(ctx, token, suffix))
}

// settledInputs are deployedInputs that the engine goes on with as well: those of a resource whose last operation ended well.
func (g *granter) settledInputs(ctx context.Context, token, suffix string) (resource.PropertyMap, deployed) {
	outputs, found := g.deployedOutputs(ctx, token, suffix)
	if !succeeded(outputs) {
		return nil, deployedUnknown
	}
	return inputsIn(outputs, found)
}

func inputsIn(outputs map[string]any, found deployed) (resource.PropertyMap, deployed) {
	if found != deployedAlready {
		return nil, found
	}
	inputs, known := outputs["__inputs"].(map[string]any)
	if !known {
		return nil, deployedUnknown
	}
	return resource.NewPropertyMapFromMap(inputs), deployedAlready
}

// deployedOutputs are the outputs of a child of the component, or of the component itself.
func (g *granter) deployedOutputs(ctx context.Context, token, suffix string) (map[string]any, deployed) {
	resources, ok := g.stackResources(ctx)
	if !ok {
		return nil, deployedUnknown
	}
	var found []map[string]any
	similar := 0
	for text, entry := range resources {
		fields, _ := entry.(map[string]any)
		if fields["type"] != token {
			continue
		}
		similar++
		if former, ends := strings.CutSuffix(urn.URN(text).Name(), suffix); ends && slices.Contains(g.names, former) {
			found = append(found, fields)
		}
	}
	switch {
	case similar == 0:
		return nil, deployedNot
	case len(found) != 1:
		return nil, deployedUnknown // It may be there under another name, and under one name there may be two.
	}
	outputs, _ := found[0]["outputs"].(map[string]any)
	return outputs, deployedAlready
}

// succeeded tells whether the last operation on a resource ended well, as far as Azure says. After one that was accepted and then failed
// the outputs tell the inputs that were sent, while the engine (v3.259.0) goes on with those of before and would send these for
// whatever is ignored: an identity that was given up, a count of last week.
func succeeded(outputs map[string]any) bool {
	state, tells := outputs["provisioningState"].(string)
	return !tells || strings.EqualFold(state, "Succeeded")
}

// state is the stack's state, asked for once.
type state struct {
	once      sync.Once
	resources map[string]any
	known     bool
}

func (g *granter) stackResources(ctx context.Context) (map[string]any, bool) {
	g.state.once.Do(func() { g.state.resources, g.state.known = g.readStack(ctx) })
	return g.state.resources, g.state.known
}

// readStack are the outputs of every resource in the stack's state, by URN.
//
// The engine (v3.259.0) fails altogether when it is asked for the resources of a stack that was never deployed, so its outputs are
// asked for first: a stack that has any was deployed. What cannot be read is no error: the caller then does without.
func (g *granter) readStack(ctx context.Context) (map[string]any, bool) {
	stack := pulumi.String(strings.Join([]string{g.ctx.Organization(), g.ctx.Project(), g.ctx.Stack()}, "/"))
	if outputs, ok := g.ask(ctx, "pulumi:pulumi:readStackOutputs", pulumi.Map{"name": stack}); !ok || len(outputs) == 0 {
		return nil, false
	}
	return g.ask(ctx, "pulumi:pulumi:readStackResourceOutputs", pulumi.Map{"stackName": stack})
}

// ask calls one of the engine's own functions about stacks. What it answers may be secret, and stays in this process.
func (g *granter) ask(ctx context.Context, function string, args pulumi.Map) (map[string]any, bool) {
	result, err := internals.UnsafeAwaitOutput(ctx, g.ctx.InvokeOutput(function, args, pulumi.MapOutput{}, pulumi.InvokeOutputOptions{}))
	if err != nil || !result.Known {
		return nil, false
	}
	answer, _ := result.Value.(map[string]any)
	outputs, ok := answer["outputs"].(map[string]any)
	return outputs, ok
}

// sentAs are the values that a transform is given. Unknown ones equal nothing.
func sentAs(ctx context.Context, in any) resource.PropertyValue {
	switch in := in.(type) {
	case pulumi.Map:
		out := resource.PropertyMap{}
		for key, value := range in {
			out[resource.PropertyKey(key)] = sentAs(ctx, value)
		}
		return resource.NewProperty(out)
	case pulumi.Array:
		out := make([]resource.PropertyValue, len(in))
		for i, value := range in {
			out[i] = sentAs(ctx, value)
		}
		return resource.NewProperty(out)
	case pulumi.Output:
		result, err := internals.UnsafeAwaitOutput(ctx, in)
		if err != nil || !result.Known {
			return unlike()
		}
		return resource.NewPropertyValue(result.Value)
	default:
		return plainProperty(in)
	}
}

// unlike is equal to no value in a state.
func unlike() resource.PropertyValue { return resource.MakeComputed(resource.NewProperty("")) }

func plainProperty(in any) resource.PropertyValue {
	v := reflect.Indirect(reflect.ValueOf(in))
	switch {
	case !v.IsValid():
		return resource.NewNullProperty()
	case v.Kind() == reflect.String:
		return resource.NewProperty(v.String())
	case v.Kind() == reflect.Bool:
		return resource.NewProperty(v.Bool())
	case v.CanInt():
		return resource.NewProperty(float64(v.Int()))
	case v.CanFloat():
		return resource.NewProperty(v.Float())
	default:
		return unlike()
	}
}
