package components

import (
	"context"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// What is compared with Azure is plain: as JSON has it, and plan.Unknown for what is not known or secret.

func plainObject(in resource.PropertyMap) map[string]any {
	out := map[string]any{}
	for key, value := range in {
		if !strings.HasPrefix(string(key), "__") && !value.IsNull() {
			out[string(key)] = plainValue(value)
		}
	}
	return out
}

func plainValue(in resource.PropertyValue) any {
	switch {
	case in.IsObject():
		return plainObject(in.ObjectValue())
	case in.IsArray():
		out := []any{}
		for _, element := range in.ArrayValue() {
			out = append(out, plainValue(element))
		}
		return out
	case in.IsString(), in.IsBool(), in.IsNumber():
		return in.V
	default:
		return plan.Unknown{}
	}
}

// inputFrom is a plain value as an input.
func inputFrom(in any) pulumi.Input {
	switch in := in.(type) {
	case map[string]any:
		out := pulumi.Map{}
		for key, value := range in {
			out[key] = inputFrom(value)
		}
		return out
	case []any:
		out := pulumi.Array{}
		for _, value := range in {
			out = append(out, inputFrom(value))
		}
		return out
	case string:
		return pulumi.String(in)
	case bool:
		return pulumi.Bool(in)
	case float64:
		return pulumi.Float64(in)
	default:
		return pulumi.Any(in)
	}
}

// asInputs reduces an answer of Azure to what the SDK's type takes. A map that the type has as a list is its keys, as those of
// identities.
func asInputs(answer any, as reflect.Type) any {
	for as != nil && as.Kind() == reflect.Pointer {
		as = as.Elem()
	}
	object, isObject := answer.(map[string]any)
	list, isList := answer.([]any)
	switch {
	case as == nil:
		return answer
	case isObject && as.Kind() == reflect.Struct:
		_, types := propertiesOf(as)
		return inside(object, func(key string) (reflect.Type, bool) { t, known := types[key]; return t, known })
	case isObject && as.Kind() == reflect.Map:
		return inside(object, func(string) (reflect.Type, bool) { return as.Elem(), true })
	case isList && as.Kind() == reflect.Slice:
		out := []any{}
		for _, element := range list {
			out = append(out, asInputs(element, as.Elem()))
		}
		return out
	default:
		return answer
	}
}

func inside(object map[string]any, typeOf func(string) (reflect.Type, bool)) map[string]any {
	out := map[string]any{}
	for key, value := range object {
		if t, known := typeOf(key); known && value != nil {
			out[key] = asInputs(value, t)
		}
	}
	return out
}

// sentInputs are the properties of a resource as they would be sent, without where it is. It waits for those that are late.
func (g *granter) sentInputs(properties pulumi.Input, apart ...string) map[string]any {
	out := map[string]any{}
	from, to := reflect.ValueOf(properties), properties.ElementType()
	for _, field := range reflect.VisibleFields(to) {
		name := propertyOf(field)
		in, isInput := from.FieldByName(field.Name).Interface().(pulumi.Input)
		if slices.Contains(apart, name) || !isInput || isNil(in) {
			continue
		}
		if value := g.awaited(g.ctx.Context(), in); value != nil {
			out[name] = value
		}
	}
	return out
}

// sentNow are the properties that a transform is given. It shows no secret to whoever compares them.
func (g *granter) sentNow(ctx context.Context, props pulumi.Map) map[string]any {
	out := map[string]any{}
	for key, value := range props {
		if plain := g.plainInput(ctx, value); plain != nil {
			out[key] = plain
		}
	}
	return out
}

func (g *granter) plainInput(ctx context.Context, in any) any {
	switch in := in.(type) {
	case pulumi.Map:
		return g.sentNow(ctx, in)
	case pulumi.Array:
		out := []any{}
		for _, element := range in {
			out = append(out, g.plainInput(ctx, element))
		}
		return out
	case pulumi.Output:
		return g.awaited(ctx, in)
	default:
		return plainGo(reflect.ValueOf(in))
	}
}

func (g *granter) awaited(ctx context.Context, in pulumi.Input) any {
	result, err := internals.UnsafeAwaitOutput(ctx, pulumi.ToOutput(in))
	if err != nil || !result.Known || result.Secret {
		return plan.Unknown{}
	}
	return plainGo(reflect.ValueOf(result.Value))
}

// plainGo reads a value of the SDK's types; nil when it is none.
func plainGo(v reflect.Value) any {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch {
	case !v.IsValid():
		return nil
	case v.Kind() == reflect.Struct:
		out := map[string]any{}
		for _, field := range reflect.VisibleFields(v.Type()) {
			name := propertyOf(field)
			if value := plainGo(v.FieldByIndex(field.Index)); name != "" && value != nil {
				out[name] = value
			}
		}
		return out
	case v.Kind() == reflect.Map:
		out := map[string]any{}
		for key, value := range v.Seq2() {
			out[key.String()] = plainGo(value)
		}
		return out
	case v.Kind() == reflect.Slice:
		out := []any{}
		for i := range v.Len() {
			out = append(out, plainGo(v.Index(i)))
		}
		return out
	default:
		return plainScalar(v)
	}
}

func plainScalar(v reflect.Value) any {
	switch {
	case v.Kind() == reflect.String:
		return v.String()
	case v.Kind() == reflect.Bool:
		return v.Bool()
	case v.CanInt():
		return float64(v.Int())
	case v.CanFloat():
		return v.Float()
	default:
		return plan.Unknown{}
	}
}

// pathsOf are paths in Pulumi's notation.
func pathsOf(paths [][]string) []string {
	out := make([]string, len(paths))
	for i, path := range paths {
		var p resource.PropertyPath
		for _, name := range path {
			p = append(p, name)
		}
		out[i] = p.String()
	}
	return out
}

// given tells whether the program gives the argument at a path.
func (b *clusterBuilder) given(path plan.Path) bool {
	return isGiven(reflect.ValueOf(b.args), string(path))
}

func isGiven(v reflect.Value, path string) bool {
	for v.IsValid() && v.Kind() == reflect.Pointer && path != "" {
		v = v.Elem()
	}
	if path == "" || !v.IsValid() {
		return v.IsValid() && !v.IsZero()
	}
	name, rest, _ := strings.Cut(path, ".")
	name, index, isElement := strings.Cut(name, "[")
	if v.Kind() != reflect.Struct {
		return true // below an input nothing is ours
	}
	for i := range v.NumField() {
		if propertyOf(v.Type().Field(i)) != name {
			continue
		}
		field := v.Field(i)
		if isElement {
			at, err := strconv.Atoi(strings.TrimSuffix(index, "]"))
			if err != nil || at >= field.Len() {
				return false
			}
			field = field.Index(at)
		}
		return isGiven(field, rest)
	}
	return false
}
