package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	azurearm "github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armresources"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
)

// door is the SDK's client for resources of any type: its bodies are ARM's own, as those of the cases are.
type door struct {
	client *armresources.Client
	poll   time.Duration
}

func (d door) Put(ctx context.Context, id string, body map[string]any) (azuresim.Response, error) {
	version, err := apiVersion(id)
	if err != nil {
		return azuresim.Response{}, err
	}
	sent, err := generic(body)
	if err != nil {
		return azuresim.Response{}, fmt.Errorf("%s: %w", id, err)
	}
	poller, err := d.client.BeginCreateOrUpdateByID(ctx, id, version, sent, nil)
	made, err := ended(ctx, poller, err, d.poll)
	if err != nil {
		return azuresim.Response{}, err
	}
	return response(made.GenericResource)
}

func (d door) Get(ctx context.Context, id string) (azuresim.Response, error) {
	version, err := apiVersion(id)
	if err != nil {
		return azuresim.Response{}, err
	}
	found, err := d.client.GetByID(ctx, id, version, nil)
	if err != nil {
		return azuresim.Response{}, refusal(err)
	}
	return response(found.GenericResource)
}

func (d door) Delete(ctx context.Context, id string) (azuresim.Response, error) {
	version, err := apiVersion(id)
	if err != nil {
		return azuresim.Response{}, err
	}
	poller, err := d.client.BeginDeleteByID(ctx, id, version, nil)
	_, err = ended(ctx, poller, err, d.poll)
	return azuresim.Response{}, err
}

// ended waits for a long operation.
func ended[T any](ctx context.Context, poller *runtime.Poller[T], err error, every time.Duration) (T, error) {
	var none T
	if err != nil {
		return none, refusal(err)
	}
	result, err := poller.PollUntilDone(ctx, &runtime.PollUntilDoneOptions{Frequency: every})
	return result, refusal(err)
}

// refusal turns an answer of Azure that is no success into the error of a door. Other errors stay what they are.
func refusal(err error) error {
	var answer *azcore.ResponseError
	if !errors.As(err, &answer) {
		return err
	}
	return &azuresim.Error{Status: answer.StatusCode, Code: answer.ErrorCode, Message: answer.Error()}
}

// apiVersion is the newest stable version of the type that the simulator knows.
func apiVersion(id string) (string, error) {
	parsed, err := azurearm.ParseResourceID(id)
	if err != nil {
		return "", err
	}
	versions := arm.APIVersions(parsed.ResourceType.String())
	for _, version := range slices.Backward(versions) {
		if !strings.HasSuffix(version, "-preview") {
			return version, nil
		}
	}
	return "", fmt.Errorf("%s: no API version of %s is known", id, parsed.ResourceType)
}

// generic is a body in the SDK's model, with our tag when the type has tags. A property that the model would lose is an error.
func generic(body map[string]any) (armresources.GenericResource, error) {
	var out armresources.GenericResource
	text, err := json.Marshal(body)
	if err != nil {
		return out, err
	}
	if err := json.Unmarshal(text, &out); err != nil {
		return out, err
	}
	sent, err := decoded(out)
	if err != nil {
		return out, err
	}
	var want map[string]any
	if err := json.Unmarshal(text, &want); err != nil {
		return out, err
	}
	if !reflect.DeepEqual(sent, want) {
		return out, fmt.Errorf("the SDK's model would send %v instead of %v", sent, want)
	}
	if out.Location != nil {
		out.Tags = map[string]*string{tagName: to.Ptr(tagValue)}
	}
	return out, nil
}

func decoded(resource armresources.GenericResource) (map[string]any, error) {
	text, err := json.Marshal(resource)
	if err != nil {
		return nil, err
	}
	var out map[string]any
	return out, json.Unmarshal(text, &out)
}

func response(resource armresources.GenericResource) (azuresim.Response, error) {
	body, err := decoded(resource)
	return azuresim.Response{Body: body}, err
}
