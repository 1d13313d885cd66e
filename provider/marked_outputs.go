package provider

import (
	"context"
	"slices"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// withoutMarks leaves out of the option additionalSecretOutputs what the schema marks as secret: generated SDKs add that to every
// resource by themselves, so the component must not tell the user that the option does nothing.
func withoutMarks(spec schema.PackageSpec, next construct) construct {
	return func(ctx context.Context, req p.ConstructRequest) (p.ConstructResponse, error) {
		outputs := spec.Resources[string(req.Urn.Type())].Properties
		req.AdditionalSecretOutputs = slices.DeleteFunc(slices.Clone(req.AdditionalSecretOutputs), func(name string) bool {
			return outputs[name].Secret
		})
		return next(ctx, req)
	}
}
