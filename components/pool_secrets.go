package components

import (
	"context"
	"maps"
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"
)

// secretPools keeps secret what a refresh finds in the cluster about further pools: AKS reports all pools there too, and the engine
// marks what was secret in the cluster's own inputs only (engine 3.259.0, annotateSecrets). One secret value in the list is enough, and
// the mode of the system pool is no secret to anybody. It comes after whatever reads the list.
func (b *clusterBuilder) secretPools() []pulumi.ResourceOption {
	if !anyIn(reflect.ValueOf(b.args.Pools), func(pulumi.Output) bool { return true }) {
		return nil // what is known is not secret
	}
	return transformed(func(ctx context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
		system, known := systemPoolIn(args.Props)
		if !known || !anyIn(reflect.ValueOf(b.args.Pools), secretNow(ctx)) {
			return nil // a late list is marked by what is in it
		}
		system = maps.Clone(system)
		system["mode"] = pulumi.ToSecret(system["mode"])
		return &pulumi.ResourceTransformResult{Props: withSystemPool(args.Props, system), Opts: args.Opts}
	})
}

// secretNow tells whether an output turns out to be secret.
func secretNow(ctx context.Context) func(pulumi.Output) bool {
	return func(late pulumi.Output) bool {
		result, err := internals.UnsafeAwaitOutput(ctx, late)
		return err == nil && result.Secret
	}
}

// anyIn tells whether the test holds for an output among arguments, at any depth.
func anyIn(args reflect.Value, test func(pulumi.Output) bool) bool {
	if !args.IsValid() {
		return false
	}
	if late, is := args.Interface().(pulumi.Output); is {
		return test(late)
	}
	switch args.Kind() {
	case reflect.Pointer, reflect.Interface:
		return anyIn(args.Elem(), test)
	case reflect.Slice:
		for _, element := range args.Seq2() {
			if anyIn(element, test) {
				return true
			}
		}
	case reflect.Map:
		for _, element := range args.Seq2() {
			if anyIn(element, test) {
				return true
			}
		}
	case reflect.Struct:
		for i := range args.NumField() {
			if args.Type().Field(i).IsExported() && anyIn(args.Field(i), test) {
				return true
			}
		}
	}
	return false
}
