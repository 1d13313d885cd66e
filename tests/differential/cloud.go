package differential

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

// cloud is the client of a simulated Azure over HTTP. It is what our provider needs of Azure (azurenative.Cloud).
type cloud struct {
	client          *http.Client
	resourceManager string // https://management.azure.com
	authority       string // https://login.microsoftonline.com
	secret          string // of the deployer

	signIn sync.Once
	token  string
	failed error
}

// answer is an answer with its body decoded.
type answer struct {
	status int
	header http.Header
	body   map[string]any
}

// ClientConfig is that of every simulated Azure.
func (c *cloud) ClientConfig() azuresim.ClientConfig { return azuresim.New().ClientConfig() }

func (c *cloud) Get(ctx context.Context, id string) (azuresim.Response, error) {
	return c.send(ctx, http.MethodGet, id, id, nil)
}

func (c *cloud) Put(ctx context.Context, id string, body map[string]any) (azuresim.Response, error) {
	return c.send(ctx, http.MethodPut, id, id, body)
}

func (c *cloud) Delete(ctx context.Context, id string) (azuresim.Response, error) {
	return c.send(ctx, http.MethodDelete, id, id, nil)
}

func (c *cloud) Post(ctx context.Context, id, action string, body map[string]any) (azuresim.Response, error) {
	return c.send(ctx, http.MethodPost, id, id+"/"+action, body)
}

// send sends a request and waits for the end of a long operation.
func (c *cloud) send(ctx context.Context, method, id, path string, body map[string]any) (azuresim.Response, error) {
	first, err := c.ask(ctx, method, c.resourceManager+path+"?api-version="+versionFor(ctx, id), body)
	if err != nil {
		return azuresim.Response{}, err
	}
	if status := first.header.Get("Azure-AsyncOperation"); status != "" {
		if err := c.wait(ctx, status); err != nil {
			return azuresim.Response{}, err
		}
		if method == http.MethodPut {
			return c.Get(ctx, id)
		}
	}
	for location := first.header.Get("Location"); first.status == http.StatusAccepted && location != ""; {
		if first, err = c.ask(ctx, http.MethodGet, location, nil); err != nil {
			return azuresim.Response{}, err
		}
	}
	return azuresim.Response{Status: first.status, Body: first.body}, nil
}

// wait asks about a long operation until it has ended.
func (c *cloud) wait(ctx context.Context, status string) error {
	for {
		now, err := c.ask(ctx, http.MethodGet, status, nil)
		if err != nil {
			return err
		}
		switch now.body["status"] {
		case "Succeeded":
			return nil
		case "Failed", "Canceled":
			failure := now.failure()
			failure.Accepted = true
			return failure
		}
	}
}

// ask sends one request, signed in. An answer that is no success is an error.
func (c *cloud) ask(ctx context.Context, method, address string, body map[string]any) (answer, error) {
	c.signIn.Do(func() { c.token, c.failed = c.newToken(ctx) })
	if c.failed != nil {
		return answer{}, c.failed
	}
	content := []byte{}
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return answer{}, err
		}
		content = text
	}
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(content))
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	request.Header.Set("Content-Type", "application/json")
	return c.do(request)
}

func (c *cloud) newToken(ctx context.Context) (string, error) {
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {azuresim.DefaultDeployerClientID},
		"client_secret": {c.secret}, "scope": {"https://management.azure.com/.default"}}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.authority+"/"+azuresim.DefaultTenantID+"/oauth2/v2.0/token",
		strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	got, err := c.do(request)
	if err != nil {
		return "", fmt.Errorf("signing in: %w", err)
	}
	token, _ := got.body["access_token"].(string)
	return token, nil
}

func (c *cloud) do(request *http.Request) (answer, error) {
	response, err := c.client.Do(request)
	if err != nil {
		return answer{}, err
	}
	text, err := io.ReadAll(response.Body)
	if err = firstOf(err, response.Body.Close()); err != nil {
		return answer{}, err
	}
	out := answer{status: response.StatusCode, header: response.Header}
	if len(bytes.TrimSpace(text)) > 0 {
		if err := json.Unmarshal(text, &out.body); err != nil {
			return answer{}, fmt.Errorf("%s %s: %w", request.Method, request.URL.Path, err)
		}
	}
	if out.status >= http.StatusBadRequest {
		return answer{}, out.failure()
	}
	return out, nil
}

func (a answer) failure() *azuresim.Error {
	said, _ := a.body["error"].(map[string]any)
	text := func(name string) string {
		value, _ := said[name].(string)
		return value
	}
	return &azuresim.Error{Status: a.status, Code: text("code"), Message: text("message"), Target: text("target")}
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// versionFor is the api-version that the provider asks for, else the newest that the simulator knows for the type.
func versionFor(ctx context.Context, id string) string {
	if version := azurenative.APIVersion(ctx); version != "" {
		return version
	}
	known := arm.APIVersions(typeOf(id))
	if len(known) == 0 {
		return ""
	}
	return known[len(known)-1]
}

// typeOf is the ARM type of an ID: of the last provider in it.
func typeOf(id string) string {
	i := strings.LastIndex(id, "/providers/")
	if i < 0 {
		return azuresim.ResourceGroupType
	}
	segments := strings.Split(strings.Trim(id[i+len("/providers/"):], "/"), "/")
	out := segments[0]
	for j := 1; j < len(segments); j += 2 {
		out += "/" + segments[j]
	}
	return out
}
