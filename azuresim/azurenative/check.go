package azurenative

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

const locationInput = "location"

// Check fills in the name and the location, then validates. Unknown values are accepted everywhere.
func (p *provider) Check(ctx context.Context, req *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	olds, err := read("olds", req.Olds)
	if err != nil {
		return nil, err
	}
	news, err := read("news", req.News)
	if err != nil {
		return nil, err
	}
	r, err := p.typeOf(resource.URN(req.Urn).Type().String(), news)
	if err != nil {
		return nil, err
	}
	if r.note != "" {
		p.tell(ctx, pulumirpc.LogSeverity_INFO, req.Urn, r.note)
	}
	if err := r.nameResource(olds, news, req); err != nil {
		return nil, err
	}
	problem, err := p.locate(ctx, r, olds, news)
	if err != nil {
		return nil, err
	}
	v := &validation{r: r, dropped: func(message string) bool {
		if p.warnOfUnknown {
			p.tell(ctx, pulumirpc.LogSeverity_WARNING, req.Urn, message+"; it is dropped, as the real provider does")
		}
		return p.warnOfUnknown
	}}
	v.object("", &objectType{In: r.In, Out: r.Out}, news)
	if name := r.nameInput(); !r.In[name].required() && !given(news, resource.PropertyKey(name)) {
		v.fail(name, "missing required property '%s'", name) // optional in the SDK, because of autonaming
	}
	if problem != "" {
		v.fail(locationInput, "%s", problem)
	}
	inputs, err := write("inputs", news)
	return &pulumirpc.CheckResponse{Inputs: inputs, Failures: v.failures}, err
}

// locate fills in the location: the program's, the old one, the provider's, the resource group's. It answers with a
// problem when there is none.
func (p *provider) locate(ctx context.Context, r *resourceType, olds, news resource.PropertyMap) (string, error) {
	if _, has := r.In[locationInput]; !has || given(news, locationInput) || r.is("resources:Resource") {
		return "", nil
	}
	settings := p.settings(ctx)
	switch {
	case given(olds, locationInput):
		news[locationInput] = olds[locationInput]
		return "", nil
	case settings.location != "":
		news[locationInput] = resource.NewProperty(settings.location)
		return "", nil
	case r.is("resources:ResourceGroup") || !given(news, groupInput):
		return missingLocation, nil
	case news[groupInput].ContainsUnknowns():
		news[locationInput] = unknown()
		return "", nil
	}
	return p.locateByGroup(ctx, settings, news)
}

const missingLocation = "missing required property 'location'. " +
	"Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'."

func (p *provider) locateByGroup(ctx context.Context, settings settings, news resource.PropertyMap) (string, error) {
	id := "/subscriptions/" + settings.subscription + "/resourceGroups/" + news[groupInput].StringValue()
	answer, err := p.get(ctx, id)
	if err != nil {
		return "", fmt.Errorf("looking up the location of resource group %q: %w", id, err)
	}
	location, ok := answer.Body[locationInput].(string)
	if !ok || location == "" {
		return missingLocation, nil
	}
	news[locationInput] = resource.NewProperty(location)
	return "", nil
}

func unknown() resource.PropertyValue {
	return resource.MakeComputed(resource.NewProperty(""))
}
