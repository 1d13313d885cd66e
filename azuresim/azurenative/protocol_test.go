package azurenative_test

import (
	"context"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

const (
	groupToken      = "azure-native:resources:ResourceGroup"
	clusterToken    = "azure-native:containerservice/v20250101:ManagedCluster"
	oldClusterToken = "azure-native:containerservice:ManagedCluster"
	poolToken       = "azure-native:containerservice/v20250101:AgentPool"
	assignToken     = "azure-native:authorization:RoleAssignment"
	identityToken   = "azure-native:managedidentity:UserAssignedIdentity"
	vnetToken       = "azure-native:network:VirtualNetwork"
	subnetToken     = "azure-native:network:Subnet"

	principal = "aaaaaaaa-0000-4000-8000-000000000001"
)

// m makes properties from plain values; unknown stands for a value that a preview does not know.
type m = map[string]any

type unknown struct{}

func props(values m) resource.PropertyMap {
	out := resource.PropertyMap{}
	for name, value := range values {
		out[resource.PropertyKey(name)] = prop(value)
	}
	return out
}

func prop(value any) resource.PropertyValue {
	switch v := value.(type) {
	case unknown:
		return resource.MakeComputed(resource.NewProperty(""))
	case m:
		return resource.NewProperty(props(v))
	case []any:
		out := make([]resource.PropertyValue, 0, len(v))
		for _, e := range v {
			out = append(out, prop(e))
		}
		return resource.NewProperty(out)
	case int:
		return resource.NewProperty(float64(v))
	default:
		return resource.NewPropertyValue(v)
	}
}

// values is the way back.
func values(properties resource.PropertyMap) m {
	out := m{}
	for name, v := range properties {
		out[string(name)] = value(v)
	}
	return out
}

func value(v resource.PropertyValue) any {
	switch {
	case v.IsComputed():
		return unknown{}
	case v.IsSecret():
		return value(v.SecretValue().Element)
	case v.IsObject():
		return values(v.ObjectValue())
	case v.IsArray():
		out := []any{}
		for _, e := range v.ArrayValue() {
			out = append(out, value(e))
		}
		return out
	default:
		return v.V
	}
}

// client calls a provider as the engine would, with the wire format in between.
type client struct {
	t      testing.TB
	server pulumirpc.ResourceProviderServer
}

func newClient(t testing.TB, cloud *azuresim.Cloud, config m, opts ...azurenative.Option) client {
	t.Helper()
	cloud.Configure(azuresim.WithCheckedAnswers())
	t.Cleanup(func() {
		for _, problem := range cloud.Shapes().Problems {
			t.Error(problem)
		}
	})
	c := client{t, azurenative.NewProvider(cloud, opts...)}
	if _, err := c.server.Configure(context.Background(), &pulumirpc.ConfigureRequest{Args: c.wire(props(config))}); err != nil {
		t.Fatalf("Configure: %v", err)
	}
	return c
}

func (c client) wire(properties resource.PropertyMap) *structpb.Struct {
	c.t.Helper()
	s, err := plugin.MarshalProperties(properties, plugin.MarshalOptions{KeepUnknowns: true})
	if err != nil {
		c.t.Fatalf("marshal: %v", err)
	}
	return s
}

func (c client) unwire(s *structpb.Struct) resource.PropertyMap {
	c.t.Helper()
	properties, err := plugin.UnmarshalProperties(s, plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true})
	if err != nil {
		c.t.Fatalf("unmarshal: %v", err)
	}
	return properties
}

func urn(token, name string) string {
	return "urn:pulumi:test::simtest::" + token + "::" + name
}

// check returns the checked inputs and the failures, as "property: reason".
func (c client) check(token, name string, olds, news m) (m, []string) {
	c.t.Helper()
	resp, err := c.server.Check(context.Background(), &pulumirpc.CheckRequest{
		Urn: urn(token, name), Olds: c.wire(props(olds)), News: c.wire(props(news)), RandomSeed: []byte("seed"),
	})
	if err != nil {
		c.t.Fatalf("Check(%s): %v", token, err)
	}
	var failures []string
	for _, f := range resp.Failures {
		failures = append(failures, f.Property+": "+f.Reason)
	}
	return values(c.unwire(resp.Inputs)), failures
}

func (c client) diff(token string, state, olds, news m) *pulumirpc.DiffResponse {
	c.t.Helper()
	resp, err := c.server.Diff(context.Background(), &pulumirpc.DiffRequest{
		Urn: urn(token, "x"), Olds: c.wire(props(state)), OldInputs: c.wire(props(olds)), News: c.wire(props(news)),
	})
	if err != nil {
		c.t.Fatalf("Diff(%s): %v", token, err)
	}
	return resp
}

func (c client) create(token string, inputs m) (string, m, error) {
	c.t.Helper()
	resp, err := c.server.Create(context.Background(), &pulumirpc.CreateRequest{
		Urn: urn(token, "x"), Properties: c.wire(props(inputs)),
	})
	if err != nil {
		return "", nil, err
	}
	return resp.Id, values(c.unwire(resp.Properties)), nil
}

func (c client) mustCreate(token string, inputs m) (string, m) {
	c.t.Helper()
	id, state, err := c.create(token, inputs)
	if err != nil {
		c.t.Fatalf("Create(%s): %v", token, err)
	}
	return id, state
}

func (c client) previewCreate(token string, inputs m) m {
	c.t.Helper()
	resp, err := c.server.Create(context.Background(), &pulumirpc.CreateRequest{
		Urn: urn(token, "x"), Properties: c.wire(props(inputs)), Preview: true,
	})
	if err != nil {
		c.t.Fatalf("Create(%s), preview: %v", token, err)
	}
	return values(c.unwire(resp.Properties))
}

func (c client) invoke(token string, args m) (m, error) {
	c.t.Helper()
	resp, err := c.server.Invoke(context.Background(), &pulumirpc.InvokeRequest{Tok: token, Args: c.wire(props(args))})
	if err != nil {
		return nil, err
	}
	return values(c.unwire(resp.Return)), nil
}

func (c client) read(token, id string, state, inputs m) (m, m, string) {
	c.t.Helper()
	req := &pulumirpc.ReadRequest{Urn: urn(token, "x"), Id: id}
	if inputs != nil {
		req.Inputs, req.Properties = c.wire(props(inputs)), c.wire(props(state))
	}
	resp, err := c.server.Read(context.Background(), req)
	if err != nil {
		c.t.Fatalf("Read(%s): %v", id, err)
	}
	return values(c.unwire(resp.Inputs)), values(c.unwire(resp.Properties)), resp.Id
}

// group makes the resource group that most tests need.
func (c client) group() {
	c.t.Helper()
	c.mustCreate(groupToken, m{"resourceGroupName": "rg", "location": "westeurope"})
}
