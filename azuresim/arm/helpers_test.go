package arm_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
)

type object = map[string]any

const (
	subscription = "/subscriptions/" + sim.DefaultSubscriptionID
	location     = "westeurope"
)

// client speaks HTTP with the handler of a cloud, signed in as the deployer.
type client struct {
	t      testing.TB
	cloud  *sim.Cloud
	server *httptest.Server
	token  string
}

// reply is an answer with its body decoded.
type reply struct {
	status int
	header http.Header
	body   object
}

func newClient(t testing.TB, opts ...arm.Option) *client {
	t.Helper()
	cloud := sim.New(sim.WithCheckedAnswers())
	t.Cleanup(func() {
		for _, problem := range cloud.Shapes().Problems {
			t.Error(problem)
		}
	})
	c := &client{t: t, cloud: cloud, server: httptest.NewTLSServer(arm.New(cloud, opts...))}
	t.Cleanup(c.server.Close)
	c.token = c.signIn("https://management.azure.com/.default")
	return c
}

func (c *client) signIn(scope string) string {
	c.t.Helper()
	r := c.form("/"+sim.DefaultTenantID+"/oauth2/v2.0/token", url.Values{"grant_type": {"client_credentials"},
		"client_id": {sim.DefaultDeployerClientID}, "client_secret": {arm.DefaultClientSecret}, "scope": {scope}})
	token, _ := r.body["access_token"].(string)
	if token == "" {
		c.t.Fatalf("no token: %v", r.body)
	}
	return token
}

func (c *client) form(path string, values url.Values) reply {
	c.t.Helper()
	return c.do("POST", path, http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, values.Encode())
}

// call sends a request with a token; a path without a query gets the api-version that goes with it.
func (c *client) call(method, path string, body any) reply {
	c.t.Helper()
	content := ""
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			c.t.Fatal(err)
		}
		content = string(text)
	}
	return c.do(method, versioned(path), http.Header{"Authorization": {"Bearer " + c.token},
		"Content-Type": {"application/json"}}, content)
}

// versioned adds a version that the last type of a path knows.
func versioned(path string) string {
	if strings.Contains(path, "api-version=") {
		return path
	}
	version, furthest := "2022-12-01", 0
	for _, known := range sim.KnownTypes() {
		word := strings.ToLower(known[strings.LastIndex(known, "/"):])
		if at := strings.LastIndex(strings.ToLower(path), word); at > furthest {
			all := arm.APIVersions(known)
			version, furthest = all[len(all)-1], at
		}
	}
	if strings.HasSuffix(path, "/resources") || strings.Contains(path, "/resources?") {
		version = "2021-04-01"
	}
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	return path + separator + "api-version=" + version
}

func (c *client) do(method, path string, header http.Header, content string) reply {
	c.t.Helper()
	target := path
	if !strings.HasPrefix(path, "https://") {
		target = c.server.URL + path
	}
	request, err := http.NewRequestWithContext(context.Background(), method, target, strings.NewReader(content))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header = header
	response, err := c.server.Client().Do(request)
	if err != nil {
		return reply{}
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	out := reply{status: response.StatusCode, header: response.Header}
	if len(bytes.TrimSpace(text)) > 0 {
		var body any
		if err := json.Unmarshal(text, &body); err != nil {
			c.t.Fatalf("%s %s: %v in %s", method, path, err, text)
		}
		out.body, _ = body.(object)
	}
	return out
}

// must calls, and wants the status.
func (c *client) must(status int, method, path string, body any) reply {
	c.t.Helper()
	r := c.call(method, path, body)
	if r.status != status {
		c.t.Fatalf("%s %s: got %d %v, want %d", method, path, r.status, r.body, status)
	}
	return r
}

// group makes the resource group "aks".
func (c *client) group() {
	c.t.Helper()
	c.must(201, "PUT", subscription+"/resourcegroups/aks", object{"location": location})
}

func (r reply) code() string {
	failure, _ := r.body["error"].(object)
	code, _ := failure["code"].(string)
	return code
}

// at follows a dotted path through objects.
func (r reply) at(path string) any {
	var v any = r.body
	for part := range strings.SplitSeq(path, ".") {
		o, _ := v.(object)
		v = o[part]
	}
	return v
}

// values are the items of a list.
func (r reply) values() []object {
	items, _ := r.body["value"].([]any)
	var out []object
	for _, item := range items {
		o, _ := item.(object)
		out = append(out, o)
	}
	return out
}
