package components

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"
)

// additionalProperties is the escape hatch: a transform on the one resource that merges more properties into its inputs,
// object by object. firstPool goes into the first element of agentPoolProfiles.
func additionalProperties(more, firstPool pulumi.MapInput) []pulumi.ResourceOption {
	if isNil(more) && isNil(firstPool) {
		return nil
	}
	transform := func(ctx context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
		props := args.Props
		if !isNil(more) {
			props = mergeObject(props, resolved(ctx, more))
		}
		if !isNil(firstPool) {
			props["agentPoolProfiles"] = mergeFirst(props["agentPoolProfiles"], resolved(ctx, firstPool))
		}
		return &pulumi.ResourceTransformResult{Props: props, Opts: args.Opts}
	}
	return []pulumi.ResourceOption{pulumi.Transforms([]pulumi.ResourceTransform{transform})}
}

// addition is a map with what is known about it.
type addition struct {
	values map[string]any
	known  bool
	secret bool
	err    error
}

// resolved waits for the map; the resource could not be registered without it anyway.
func resolved(ctx context.Context, in pulumi.MapInput) addition {
	result, err := internals.UnsafeAwaitOutput(ctx, in.ToMapOutput())
	if err != nil {
		return addition{err: err}
	}
	values, _ := result.Value.(map[string]any)
	return addition{values: values, known: result.Known, secret: result.Secret}
}

// mergeObject lays more over props.
func mergeObject(props pulumi.Map, more addition) pulumi.Map {
	out := pulumi.Map{}
	for key, value := range props {
		out[key] = value
	}
	for key, value := range more.values {
		merged := mergeValue(out[key], value)
		if more.secret {
			merged = pulumi.ToSecret(merged)
		}
		out[key] = merged
	}
	return out
}

func mergeValue(base pulumi.Input, over any) pulumi.Input {
	object, isObject := over.(map[string]any)
	if !isObject || isNil(base) {
		return pulumi.Any(over)
	}
	switch b := base.(type) {
	case pulumi.Map:
		return mergeObject(b, addition{values: object, known: true})
	case pulumi.Output:
		return pulumi.ToOutput(b).ApplyT(func(v any) any { return mergePlain(v, object) })
	default:
		return pulumi.Any(over)
	}
}

func mergePlain(base any, over map[string]any) any {
	from, ok := base.(map[string]any)
	if !ok {
		return over
	}
	out := make(map[string]any, len(from)+len(over))
	for key, value := range from {
		out[key] = value
	}
	for key, value := range over {
		if object, isObject := value.(map[string]any); isObject {
			value = mergePlain(out[key], object)
		}
		out[key] = value
	}
	return out
}

// mergeFirst lays more over the first pool.
func mergeFirst(pools pulumi.Input, more addition) pulumi.Input {
	list, ok := pools.(pulumi.Array)
	if ok && len(list) > 0 {
		merged := append(pulumi.Array{mergeValue(list[0], more.values)}, list[1:]...)
		return merged
	}
	return pulumi.ToOutput(pools).ApplyT(func(v any) (any, error) {
		elements, isList := v.([]any)
		if !isList || len(elements) == 0 {
			return nil, fmt.Errorf("agentPoolProfiles is %T, not a list of pools", v)
		}
		return append([]any{mergePlain(elements[0], more.values)}, elements[1:]...), nil
	})
}
