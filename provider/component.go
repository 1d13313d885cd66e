package provider

import (
	"reflect"

	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// component is a constructor as it is served.
type component struct {
	token    string
	args     reflect.Type // of the arguments' struct
	inferred infer.InferredComponent
}

// served makes a component of a constructor. Problems of the arguments become errors with property paths.
//
// The framework gives the constructor values that are known, not secret and depend on nothing as plain inputs
// (pulumi.String), and everything else as outputs, just as a Go program would. So the plan sees the same in every language.
func served[A any, R pulumi.ComponentResource](
	construct func(*pulumi.Context, string, *A, ...pulumi.ResourceOption) (R, error),
) component {
	return component{
		token: indexName + reflect.TypeFor[R]().Elem().Name(),
		args:  reflect.TypeFor[A](),
		inferred: infer.ComponentF(func(ctx *pulumi.Context, name string, args *A, opts ...pulumi.ResourceOption) (R, error) {
			made, err := construct(ctx, name, args, opts...)
			return made, withPaths(err)
		}),
	}
}
