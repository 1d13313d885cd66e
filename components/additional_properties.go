package components

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	aks "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// addition is the escape hatch of one resource: properties that are merged into its inputs, object by object.
type addition struct {
	at   plan.Path
	to   plan.AdditionalTo
	more pulumi.MapInput
	// inputs are of the type that the SDK has for the resource.
	inputs pulumi.Input
}

func clusterAddition(args *ManagedIdentityClusterArgs) addition {
	return addition{"additionalProperties", plan.AdditionalToCluster, args.AdditionalProperties, aks.ManagedClusterArgs{}}
}

func systemPoolAddition(pool *NodePoolArgs) addition {
	return addition{"systemPool.additionalProperties", plan.AdditionalToSystemPool, pool.AdditionalProperties, aks.ManagedClusterAgentPoolProfileArgs{}}
}

func poolAddition(i int, pool *NodePoolArgs) addition {
	return addition{plan.Path("pools").Index(i).Field("additionalProperties"), plan.AdditionalToPool, pool.AdditionalProperties, aks.AgentPoolArgs{}}
}

// shape lists what is known of the properties now.
func (a addition) shape() []plan.Addition {
	return additionsIn(a.at, nil, a.more, a.inputs.ElementType())
}

// additionsIn lists the properties below a path. The SDK's type there knows their names; it is nil where it is not known.
func additionsIn(at plan.Path, keys []string, in any, as reflect.Type) (out []plan.Addition) {
	fields, _ := objectOf(in)
	names, types := propertiesOf(as)
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		path, to := at.Key(key), append(keys[:len(keys):len(keys)], key)
		out = append(out, plan.Addition{Path: path, Keys: to, Value: textOf(fields[key]), Known: names})
		out = append(out, additionsIn(path, to, fields[key], typeBelow(as, types[key]))...)
	}
	for i, element := range listOf(in) {
		out = append(out, plan.Addition{Path: at.Index(i), Keys: keys, Value: textOf(element)})
		out = append(out, additionsIn(at.Index(i), keys, element, elementOf(as))...)
	}
	return out
}

// propertiesOf are the names of an object's properties, with their types; no names for a map of the user's own keys, and for what is no
// object of the SDK.
func propertiesOf(object reflect.Type) (names []string, types map[string]reflect.Type) {
	object = pointedTo(object)
	if object == nil || object.Kind() != reflect.Struct {
		return nil, nil
	}
	types = map[string]reflect.Type{}
	for _, field := range reflect.VisibleFields(object) {
		if name := propertyOf(field); name != "" {
			types[name] = field.Type
		}
	}
	return slices.Sorted(maps.Keys(types)), types
}

func pointedTo(t reflect.Type) reflect.Type {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// propertyOf is the name by which Pulumi knows a field; empty for one that it does not know.
func propertyOf(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("pulumi"), ",")
	return name
}

// typeBelow is the type below a key: that of the property, or the one that all values of a map have.
func typeBelow(object, property reflect.Type) reflect.Type {
	if object = pointedTo(object); object != nil && object.Kind() == reflect.Map {
		return object.Elem()
	}
	return property
}

func elementOf(list reflect.Type) reflect.Type {
	if list == nil || list.Kind() != reflect.Slice {
		return nil
	}
	return list.Elem()
}

// objectOf reads a map, of whatever type, that is known now.
func objectOf(in any) (map[string]any, bool) {
	v := reflect.ValueOf(in)
	if v.Kind() != reflect.Map || v.Type().Key().Kind() != reflect.String {
		return nil, false
	}
	fields := make(map[string]any, v.Len())
	for key, value := range v.Seq2() {
		fields[key.String()] = value.Interface()
	}
	return fields, true
}

func listOf(in any) []any {
	v := reflect.ValueOf(in)
	if v.Kind() != reflect.Slice {
		return nil
	}
	list := make([]any, v.Len())
	for i := range list {
		list[i] = v.Index(i).Interface()
	}
	return list
}

func isOutput(in any) bool {
	_, is := in.(pulumi.Output)
	return is
}

// textOf is absent for what is no text.
func textOf(in any) plan.Value[string] {
	v := reflect.Indirect(reflect.ValueOf(in))
	switch {
	case isOutput(in):
		return plan.Late[string]()
	case v.Kind() == reflect.String:
		return plan.Known(v.String())
	default:
		return plan.Value[string]{}
	}
}

// additional merges properties into those of one resource. It is a transform, because azure-native's SDK has no place for what it
// does not know.
func (b *clusterBuilder) additional(all ...addition) []pulumi.ResourceOption {
	var given []addition
	for _, a := range all {
		if !isNil(a.more) {
			given = append(given, a)
		}
	}
	if given == nil {
		return nil
	}
	transform := func(ctx context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
		r := &pulumi.ResourceTransformResult{Props: args.Props, Opts: args.Opts}
		for _, a := range given {
			if err := a.apply(ctx, r, b.preview); err != nil {
				// A transform returns no error, but a property that fails makes it fail.
				return &pulumi.ResourceTransformResult{Props: pulumi.Map{string(a.at): failed(err)}, Opts: args.Opts}
			}
		}
		return r
	}
	return transformed(transform)
}

// preview says what a preview cannot show.
func (b *clusterBuilder) preview(at plan.Path) error {
	return b.ctx.Log.Warn(fmt.Sprintf("%s: which properties there are is known only when it is deployed, so the preview does not show them", at),
		&pulumi.LogArgs{Resource: b.component})
}

func failed(err error) pulumi.Output {
	return pulumi.Bool(false).ToBoolOutput().ApplyT(func(bool) (bool, error) { return false, err })
}

func (a addition) apply(ctx context.Context, r *pulumi.ResourceTransformResult, unknown func(plan.Path) error) error {
	result, err := internals.UnsafeAwaitOutput(ctx, a.more.ToMapOutput())
	if err != nil {
		return fmt.Errorf("%s: %w", a.at, err)
	}
	// What a transform adds brings no dependencies along by itself.
	r.Opts.DependsOn = append(r.Opts.DependsOn, result.Dependencies...)
	fields, given := objectOf(a.more)
	if given && !result.Known {
		r.Props = a.lay(r.Props, fields, false)
		return nil
	}
	if !result.Known {
		r.Opts.IgnoreChanges = append(r.Opts.IgnoreChanges, a.others(r.Props)...)
		return unknown(a.at)
	}
	arrived, _ := objectOf(result.Value)
	problems := plan.CheckAdditions(a.at, a.to, additionsIn(a.at, nil, arrived, a.inputs.ElementType()))
	if problems != nil && result.Secret { // the program's own names were checked before, so it is one that arrived
		return plan.Problems{a.secretAsWhole(len(problems))}
	}
	if problems != nil {
		return problems
	}
	if given { // its values keep what they are: late ones, and secrets among others that are none
		r.Props = a.lay(r.Props, fields, false)
		return nil
	}
	r.Props = a.lay(r.Props, arrived, result.Secret)
	return nil
}

// secretAsWhole is said in place of problems that would tell the names of secret properties.
func (a addition) secretAsWhole(wrong int) plan.Problem {
	return plan.Problem{
		Path: a.at, What: fmt.Sprintf("something secret is in it, and %d of the properties in it cannot be set here; which, this does not tell.", wrong),
		Fix: "give the objects themselves and make only texts and numbers in them secret: the names are then checked before anything is made.",
	}
}

const inlinePools = "agentPoolProfiles"

// lay merges the fields where they belong: into the resource, or into the system pool inside the cluster.
func (a addition) lay(props pulumi.Map, fields map[string]any, secret bool) pulumi.Map {
	out := maps.Clone(props)
	if a.to != plan.AdditionalToSystemPool {
		return merge(out, fields, secret).(pulumi.Map)
	}
	if pools, known := out[inlinePools].(pulumi.Array); known && len(pools) > 0 {
		out[inlinePools] = append(pulumi.Array{merge(pools[0], fields, secret)}, pools[1:]...)
		return out
	}
	over := any(fields)
	if secret {
		over = pulumi.ToSecret(fields)
	}
	out[inlinePools] = pulumi.All(out[inlinePools], over).ApplyT(func(parts []any) (any, error) {
		pools, isList := parts[0].([]any)
		if !isList || len(pools) == 0 {
			return nil, fmt.Errorf("%s is %T, not a list of pools", inlinePools, parts[0])
		}
		return append([]any{mergePlain(pools[0], parts[1])}, pools[1:]...), nil
	})
	return out
}

// others are the properties that the resource could have beside those that the component sends. When nobody knows which of them
// are meant, a preview leaves them as they are: left out, they would be shown as removed, and with linuxProfile among them the
// cluster as replaced. A single value that is not known yet is another matter. It is shown as unknown, and if it is of the kind
// that cannot change in place azure-native announces a replacement: it may turn out to be another value, and then there is one.
func (a addition) others(props pulumi.Map) []string {
	sent, prefix := props, ""
	if a.to == plan.AdditionalToSystemPool {
		pools, _ := props[inlinePools].(pulumi.Array)
		if len(pools) == 0 {
			return nil
		}
		sent, _ = pools[0].(pulumi.Map)
		prefix = inlinePools + "[0]."
	}
	var others []string
	for _, field := range reflect.VisibleFields(a.inputs.ElementType()) {
		name := propertyOf(field)
		if _, isSent := sent[name]; !isSent && name != "" {
			others = append(others, prefix+name)
		}
	}
	return others
}

// merge lays a value over another one, object by object. What is unknown or secret in either stays so.
func merge(base pulumi.Input, over any, secret bool) pulumi.Input {
	fields, isObject := objectOf(over)
	if into, known := base.(pulumi.Map); isObject && known {
		out := maps.Clone(into)
		for key, value := range fields {
			out[key] = merge(out[key], value, secret)
		}
		return out
	}
	value, isInput := over.(pulumi.Input)
	switch {
	case base != nil && (isObject || isOutput(over)):
		value = pulumi.All(base, over).ApplyT(func(parts []any) any { return mergePlain(parts[0], parts[1]) })
	case !isInput:
		value = pulumi.Any(over)
	}
	if secret {
		return pulumi.ToSecret(value)
	}
	return value
}

func mergePlain(base, over any) any {
	from, isObject := base.(map[string]any)
	more, ok := over.(map[string]any)
	if !isObject || !ok {
		return over
	}
	out := maps.Clone(from)
	for key, value := range more {
		out[key] = mergePlain(out[key], value)
	}
	return out
}
