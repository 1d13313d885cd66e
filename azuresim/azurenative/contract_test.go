package azurenative_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/contract"
)

// TestContract through the provider protocol, with the generic resource of azure-native, whose inputs are ARM's own body.
func TestContract(t *testing.T) {
	contract.Run(t, func(t *testing.T, cloud *azuresim.Cloud) contract.Door {
		return providerDoor{newClient(t, cloud, nil)}
	})
}

// providerDoor creates, updates, reads and deletes as the engine would.
type providerDoor struct{ client }

const genericToken = "azure-native:resources:Resource"

func (d providerDoor) Put(ctx context.Context, id string, body map[string]any) (azuresim.Response, error) {
	inputs := genericInputs(id)
	for name, value := range body {
		inputs[name] = value
	}
	if _, err := d.Get(ctx, id); err == nil {
		response, err := d.server.Update(ctx, &pulumirpc.UpdateRequest{Urn: urn(genericToken, "x"), Id: id, News: d.wire(props(inputs))})
		if err != nil {
			return azuresim.Response{}, codeOf(err)
		}
		return azuresim.Response{Body: values(d.unwire(response.Properties))}, nil
	}
	_, state, err := d.create(genericToken, inputs)
	return azuresim.Response{Body: state}, codeOf(err)
}

func (d providerDoor) Get(ctx context.Context, id string) (azuresim.Response, error) {
	// A refresh: an import cannot tell where the parent begins.
	response, err := d.server.Read(ctx, &pulumirpc.ReadRequest{Urn: urn(genericToken, "x"), Id: id,
		Properties: d.wire(props(m{"__inputs": genericInputs(id)}))})
	switch {
	case err != nil:
		return azuresim.Response{}, codeOf(err)
	case response.Id == "": // the engine learns no more of what is gone
		return azuresim.Response{}, &azuresim.Error{Status: 404, Code: azuresim.CodeResourceNotFound}
	default:
		return azuresim.Response{Status: 200, Body: values(d.unwire(response.Properties))}, nil
	}
}

func (d providerDoor) Delete(ctx context.Context, id string) (azuresim.Response, error) {
	_, err := d.server.Delete(ctx, &pulumirpc.DeleteRequest{Urn: urn(genericToken, "x"), Id: id})
	return azuresim.Response{}, codeOf(err)
}

// genericInputs takes an id apart: the last two segments are type and name, what stands between them and the first provider
// is the parent.
func genericInputs(id string) m {
	group, rest, _ := strings.Cut(strings.TrimPrefix(id, "/subscriptions/"+azuresim.DefaultSubscriptionID+"/resourceGroups/"), "/providers/")
	segments := strings.Split(rest, "/")
	last := len(segments) - 2
	return m{"resourceGroupName": group, "resourceProviderNamespace": segments[0], "resourceType": segments[last],
		"parentResourcePath": strings.Join(segments[1:last], "/"), "resourceName": segments[last+1]}
}

var codeInText = regexp.MustCompile(`(?:Code="|code: ?"?)(\w+)`)

// codeOf reads the code from the text: the protocol has nothing else.
func codeOf(err error) error {
	if err == nil {
		return nil
	}
	code := ""
	if m := codeInText.FindStringSubmatch(err.Error()); m != nil {
		code = m[1]
	}
	return &azuresim.Error{Status: 400, Code: code, Message: err.Error()}
}
