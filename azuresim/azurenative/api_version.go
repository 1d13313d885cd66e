package azurenative

import (
	"context"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

type apiVersionOf struct{}

// APIVersion is the api-version that goes with a call of a Cloud: "2025-01-01". It is that of the resource type in the package
// schema; "" when the type is not described, or when the call is about something else (the group that gives the location).
func APIVersion(ctx context.Context) string {
	version, _ := ctx.Value(apiVersionOf{}).(string)
	return version
}

func withAPIVersion(ctx context.Context, r *resourceType) context.Context {
	return context.WithValue(ctx, apiVersionOf{}, r.API)
}

// withAPIVersionOf is for calls that need the type for nothing else: a type that cannot be told has no version.
func (p *provider) withAPIVersionOf(ctx context.Context, urn string) context.Context {
	r, err := p.typeOf(resource.URN(urn).Type().String())
	if err != nil {
		return ctx
	}
	return withAPIVersion(ctx, r)
}
