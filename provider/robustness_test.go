package provider_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/provider"
)

type (
	object = map[string]property.Value
	list   = []property.Value
)

// odd are values that a program in a language without a compiler can send anywhere. Those of a wrong kind and those that are
// missing never reach a constructor (TestShapesProblems); these do where they have the right kind.
func odd() object {
	return object{
		"empty text": property.New(""), "text": property.New("x"), "minus one": property.New(-1.0),
		"unknown": property.New(property.Computed), "empty list": property.New(list{}), "empty map": property.New(object{}),
	}
}

// TestNoArgumentsBreakTheProvider puts odd values at every argument of every component. Errors are welcome, panics are not.
func TestNoArgumentsBreakTheProvider(t *testing.T) {
	spec, monitor := specOf(t), startMonitor(t)
	for token, component := range spec.Resources {
		t.Run(token, func(t *testing.T) {
			t.Parallel()
			server, err := provider.NewServer(version)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := server.Attach(t.Context(), &pulumirpc.PluginAttach{Address: monitor}); err != nil {
				t.Fatal(err)
			}
			if text := constructing(t, server, monitor, token, valid(token)); text != "<nil>" {
				t.Fatalf("the arguments of the test are not valid: %s", text)
			}
			for _, at := range placesIn(spec, component.InputProperties, nil) {
				for name, value := range odd() {
					inputs := at.put(valid(token), value)
					if text := constructing(t, server, monitor, token, inputs); strings.Contains(text, "internal error") {
						t.Errorf("%s at %s: %s", name, at, culprit(text))
					}
				}
			}
		})
	}
}

// valid are arguments with which the constructor gets past its first look. A new component needs its own.
func valid(token string) object {
	// Without propagation there are no error hooks, each of which would start a server.
	propagation := property.New(object{"timeoutSeconds": property.New(0.0)})
	id := property.New("11111111-1111-4111-8111-111111111111")
	switch token {
	case components.ManagedIdentityClusterToken:
		return object{
			"propagation": propagation,
			"apiServer":   property.New(object{"public": property.New(true)}),
			"pools":       property.New(list{property.New(object{"name": property.New("web")})}),
		}
	case components.VnetDelegationToken:
		return object{"propagation": propagation, "principalId": id}
	case components.AddonIdentityGrantsToken:
		return object{"propagation": propagation, "kubeletPrincipalId": id}
	case components.WorkloadIdentityToken:
		return object{
			"propagation": propagation, "resourceGroupName": property.New("shop"), "issuerUrl": property.New("https://issuer.example/"),
			"serviceAccounts": property.New(object{
				"web": property.New(object{"namespace": property.New("shop"), "name": property.New("web")}),
			}),
		}
	default:
		return nil
	}
}

// culprit is the line of the stack that names the component's code.
func culprit(text string) string {
	first, rest, _ := strings.Cut(text, "\n")
	for line := range strings.Lines(rest) {
		if strings.Contains(line, "/components/") && strings.Contains(line, ".go:") {
			return first + "\n" + strings.TrimSpace(line)
		}
	}
	return text
}

// constructing asks the provider over the protocol, with an engine that only says yes.
func constructing(t *testing.T, server pulumirpc.ResourceProviderServer, monitor, token string, inputs object) string {
	t.Helper()
	return fmt.Sprint(construct(t, server, monitor, token, inputs))
}

func construct(t *testing.T, server pulumirpc.ResourceProviderServer, monitor, token string, inputs object) error {
	t.Helper()
	properties, err := plugin.MarshalProperties(resource.ToResourcePropertyMap(property.NewMap(inputs)), plugin.MarshalOptions{
		KeepUnknowns: true, KeepSecrets: true, KeepResources: true, KeepOutputValues: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = server.Construct(t.Context(), &pulumirpc.ConstructRequest{
		Project: "p", Stack: "s", Type: token, Name: "x", DryRun: true, Inputs: properties, MonitorEndpoint: monitor,
		AcceptsOutputValues: true,
	})
	return err
}

// yesMonitor is an engine that accepts everything and returns what it was given.
type yesMonitor struct {
	pulumirpc.UnimplementedResourceMonitorServer
}

func (yesMonitor) SupportsFeature(_ context.Context, req *pulumirpc.SupportsFeatureRequest) (*pulumirpc.SupportsFeatureResponse, error) {
	return &pulumirpc.SupportsFeatureResponse{HasSupport: true}, nil
}

func (yesMonitor) RegisterResource(_ context.Context, req *pulumirpc.RegisterResourceRequest) (*pulumirpc.RegisterResourceResponse, error) {
	urn := resource.NewURN("s", "p", "", tokens.Type(req.GetType()), req.GetName())
	return &pulumirpc.RegisterResourceResponse{Urn: string(urn), Object: req.GetObject()}, nil
}

func (yesMonitor) RegisterResourceOutputs(context.Context, *pulumirpc.RegisterResourceOutputsRequest) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

func (yesMonitor) RegisterErrorHook(context.Context, *pulumirpc.RegisterErrorHookRequest) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

// startMonitor returns the address of the engine that says yes.
func startMonitor(t *testing.T) string {
	t.Helper()
	cancel := make(chan bool)
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{Cancel: cancel, Init: func(server *grpc.Server) error {
		pulumirpc.RegisterResourceMonitorServer(server, yesMonitor{})
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		close(cancel)
		if err := <-handle.Done; err != nil {
			t.Errorf("the engine that says yes ended badly: %v", err)
		}
	})
	return fmt.Sprintf("127.0.0.1:%d", handle.Port)
}

// place is where an argument is: a path of property names, with "[]" for the first element of a list and "{}" for a map's.
type place []string

func (p place) String() string { return strings.Join(p, ".") }

func placesIn(spec schema.PackageSpec, properties map[string]schema.PropertySpec, at place) []place {
	var all []place
	for name, property := range properties {
		all = append(all, placesOf(spec, property.TypeSpec, append(at[:len(at):len(at)], name))...)
	}
	return all
}

func placesOf(spec schema.PackageSpec, t schema.TypeSpec, at place) []place {
	all := []place{at}
	switch {
	case t.Items != nil:
		all = append(all, placesOf(spec, *t.Items, append(at[:len(at):len(at)], "[]"))...)
	case t.AdditionalProperties != nil:
		all = append(all, placesOf(spec, *t.AdditionalProperties, append(at[:len(at):len(at)], "{}"))...)
	case strings.HasPrefix(t.Ref, "#/types/"):
		all = append(all, placesIn(spec, spec.Types[strings.TrimPrefix(t.Ref, "#/types/")].Properties, at)...)
	}
	return all
}

// put returns the arguments with the value at the place; what is missing on the way is made.
func (p place) put(into object, value property.Value) object {
	into[p[0]] = p[1:].within(into[p[0]], value)
	return into
}

func (p place) within(old, value property.Value) property.Value {
	switch {
	case len(p) == 0:
		return value
	case p[0] == "[]":
		elements := list{{}}
		if old.IsArray() && old.AsArray().Len() > 0 {
			elements = old.AsArray().AsSlice()
		}
		elements[0] = p[1:].within(elements[0], value)
		return property.New(elements)
	}
	entries, key := object{}, p[0]
	if old.IsMap() {
		entries = old.AsMap().AsMap()
	}
	if key == "{}" {
		key = "x"
	}
	entries[key] = p[1:].within(entries[key], value)
	return property.New(entries)
}
