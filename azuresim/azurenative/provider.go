package azurenative

import (
	"context"
	"encoding/json"
	"sync"
	"sync/atomic"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/peer"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// Name and Version are those of the provider that the SDK asks for.
const (
	Name    = "azure-native"
	Version = "2.92.3"
)

// Cloud is what the provider needs of Azure. *azuresim.Cloud is one.
type Cloud interface {
	Get(ctx context.Context, id string) (azuresim.Response, error)
	Put(ctx context.Context, id string, body map[string]any) (azuresim.Response, error)
	Delete(ctx context.Context, id string) (azuresim.Response, error)
	Post(ctx context.Context, id, action string, body map[string]any) (azuresim.Response, error)
	ClientConfig() azuresim.ClientConfig
}

// provider implements the protocol over one Cloud.
type provider struct {
	pulumirpc.UnimplementedResourceProviderServer

	cloud         Cloud
	killed        atomic.Bool // by a fault of the cloud; configuring makes a new process of it
	warnOfUnknown bool
	token         func(context.Context) (string, error) // of getClientToken; nil: not served
	paths         map[string]string                     // "sql:Server" -> ARM path, said by the user
	version       string                                // of the plugin, as the engine is told
	onlyDefaults  bool

	mu         sync.Mutex
	configured map[string]settings // by connection
	latest     settings
	engines    map[string]string // address of the engine, by connection
}

// settings is the part of the provider configuration that matters here.
type settings struct {
	subscription string
	location     string
}

// NewProvider returns a provider over cloud. It may serve several connections: each keeps the configuration that it was
// given, so that explicit providers for other subscriptions work with one attached server.
func NewProvider(cloud Cloud, opts ...Option) pulumirpc.ResourceProviderServer {
	p := &provider{
		cloud:      cloud,
		paths:      map[string]string{},
		version:    Version,
		configured: map[string]settings{},
		latest:     settings{subscription: cloud.ClientConfig().SubscriptionID},
		engines:    map[string]string{},
	}
	for _, opt := range opts {
		opt(p)
	}
	return p
}

// CheckConfig accepts every configuration.
func (p *provider) CheckConfig(_ context.Context, req *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	return &pulumirpc.CheckResponse{Inputs: req.News}, nil
}

// DiffConfig never reports a change: other credentials, subscription or location do not replace the provider.
func (p *provider) DiffConfig(context.Context, *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	return &pulumirpc.DiffResponse{Changes: pulumirpc.DiffResponse_DIFF_NONE}, nil
}

// Configure remembers subscription and location. Secrets, resource references and output values are not accepted, so
// the engine strips them, as it does for the real provider.
func (p *provider) Configure(
	ctx context.Context, req *pulumirpc.ConfigureRequest,
) (*pulumirpc.ConfigureResponse, error) {
	if _, err := readSchema(); err != nil {
		return nil, err
	}
	args, err := read("config", req.Args)
	if err != nil {
		return nil, err
	}
	s := settings{
		subscription: configText(args, subscriptionInput),
		location:     configText(args, locationInput),
	}
	if s.subscription == "" {
		s.subscription = p.cloud.ClientConfig().SubscriptionID
	}
	p.killed.Store(false)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.configured[connection(ctx)] = s
	p.latest = s
	return &pulumirpc.ConfigureResponse{SupportsPreview: true, SupportsAutonamingConfiguration: true}, nil
}

// configText reads a string of the configuration, which older engines send as JSON.
func configText(args resource.PropertyMap, name string) string {
	v, ok := args[resource.PropertyKey(name)]
	if !ok || !v.IsString() {
		return ""
	}
	var text string
	if json.Unmarshal([]byte(v.StringValue()), &text) == nil {
		return text
	}
	return v.StringValue()
}

// connection names the gRPC connection of a call. Each provider instance of the engine has its own.
func connection(ctx context.Context) string {
	if from, ok := peer.FromContext(ctx); ok && from.Addr != nil {
		return from.Addr.String()
	}
	return ""
}

func (p *provider) settings(ctx context.Context) settings {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s, ok := p.configured[connection(ctx)]; ok {
		return s
	}
	return p.latest
}

// GetPluginInfo answers with the version that is imitated: the one that the SDK asks for, or that of WithVersion.
func (p *provider) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: p.version}, nil
}

// Cancel does nothing: the engine calls it at the end of each run, and the simulator lives on.
func (p *provider) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

// read decodes properties from the wire. Unknown values are kept.
func read(label string, s *structpb.Struct) (resource.PropertyMap, error) {
	return plugin.UnmarshalProperties(s, plugin.MarshalOptions{
		Label: label, KeepUnknowns: true, SkipNulls: false, RejectAssets: true,
	})
}

// write encodes properties for the wire.
func write(label string, m resource.PropertyMap) (*structpb.Struct, error) {
	return plugin.MarshalProperties(m, plugin.MarshalOptions{
		Label: label, KeepUnknowns: true, KeepSecrets: true, SkipNulls: true,
	})
}
