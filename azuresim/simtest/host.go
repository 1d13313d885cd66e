package simtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"

	"github.com/blang/semver"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/test/bufconn"

	"github.com/pulumi/pulumi/pkg/v3/resource/deploy/deploytest"
	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/env"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/internal/clock"
)

// served is a provider of the engine: either over the protocol or direct.
type served struct {
	name, version string
	server        func() (pulumirpc.ResourceProviderServer, error)
	direct        func() (plugin.Provider, error)
	started       func(engine string) (plugin.Provider, error)
	anyVersion    bool // answers for every version that a program asks for
}

// allProviders is the simulator and what WithProvider added. Each provider instance gets a server of its own, so that
// each keeps its configuration.
func (s *Stack) allProviders() []served {
	simulator := served{
		name: azurenative.Name, version: azurenative.Version, anyVersion: true, // as for an attached CLI: there is only one simulator
		server: func() (pulumirpc.ResourceProviderServer, error) {
			return azurenative.NewProvider(s.cloud, s.azureNative...), nil
		},
	}
	if s.azureNativePlugin != nil {
		simulator.started = s.azureNativePlugin
	}
	for _, own := range s.providers {
		if own.name == simulator.name && own.version == simulator.version {
			return s.providers // it stands in for the simulator
		}
	}
	return append([]served{simulator}, s.providers...)
}

// host is the engine's plugin host for one operation. It closes once, and with it the servers that it started.
type host struct {
	plugin.Host
	cli     cliVersion
	address string // of the engine, as programs and providers see it
	time    clock.Clock

	anyVersion map[string]string // providers that answer for every version, with their own
	exact      map[string]bool   // "azure-native@3.28.0": a program that asks for just this one gets it

	mu      sync.Mutex
	started []plugin.Provider
	relays  []*relay
	servers []*grpc.Server
	conns   []*grpc.ClientConn
	once    sync.Once
	err     error
}

func newHost(
	sink, statusSink diag.Sink, language func(h *host) plugin.LanguageRuntime, providers []served, cli cliVersion, time clock.Clock,
) (*host, error) {
	if err := cli.check(); err != nil {
		return nil, fmt.Errorf("version of the CLI: %w", err)
	}
	h := &host{cli: cli, time: time, anyVersion: map[string]string{}, exact: map[string]bool{}}
	var loaders []*deploytest.ProviderLoader
	for _, p := range providers {
		version, err := semver.ParseTolerant(p.version)
		if err != nil {
			return nil, fmt.Errorf("version of provider %s: %w", p.name, err)
		}
		if p.anyVersion {
			h.anyVersion[p.name] = p.version
		}
		h.exact[p.name+"@"+p.version] = true
		loaders = append(loaders, deploytest.NewProviderLoader(tokens.Package(p.name), version,
			func() (plugin.Provider, error) { return h.load(p) }))
	}
	h.Host = deploytest.NewPluginHost(sink, statusSink, language(h), loaders...)
	address, err := h.relay(h.Host.ServerAddr(), cli.engineAnswers())
	h.address = address
	return h, err
}

// ServerAddr is where programs and providers find the engine.
func (h *host) ServerAddr() string { return h.address }

// Provider takes the one that answers for every version where there is none of the version asked for.
func (h *host) Provider(
	ctx *plugin.Context, descriptor workspace.PluginDescriptor, e env.Env,
) (plugin.Provider, error) {
	own, answersAll := h.anyVersion[descriptor.Name]
	if asked := descriptor.Version; answersAll && (asked == nil || !h.exact[descriptor.Name+"@"+asked.String()]) {
		version, err := semver.ParseTolerant(own)
		if err != nil {
			return nil, fmt.Errorf("version of provider %s: %w", descriptor.Name, err)
		}
		descriptor.Version = &version
	}
	return h.Host.Provider(ctx, descriptor, e)
}

func (h *host) load(p served) (plugin.Provider, error) {
	switch {
	case p.started != nil:
		return h.start(p)
	case p.direct != nil:
		return p.direct()
	}
	server, err := p.server()
	if err != nil {
		return nil, fmt.Errorf("loading provider %s: %w", p.name, err)
	}
	client, err := h.connect(componentServer{server, h})
	if err != nil {
		return nil, fmt.Errorf("connecting to provider %s: %w", p.name, err)
	}
	// A component provider talks back to the engine and learns its address here.
	if _, err := client.Attach(context.Background(), &pulumirpc.PluginAttach{Address: h.ServerAddr()}); err != nil {
		return nil, fmt.Errorf("attaching provider %s: %w", p.name, err)
	}
	return plugin.NewProviderWithClient(nil, client, false), nil
}

// start starts a provider that ends with the operation.
func (h *host) start(p served) (plugin.Provider, error) {
	provider, err := p.started(h.ServerAddr())
	if err != nil {
		return nil, fmt.Errorf("starting provider %s: %w", p.name, err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.started = append(h.started, provider)
	return provider, nil
}

// connect serves over memory: the protocol with all its encoding, without a socket.
func (h *host) connect(provider pulumirpc.ResourceProviderServer) (pulumirpc.ResourceProviderClient, error) {
	listener := bufconn.Listen(1 << 20)
	server := grpc.NewServer()
	pulumirpc.RegisterResourceProviderServer(server, provider)
	go func() { _ = server.Serve(listener) }() // ends with Stop
	conn, err := grpc.NewClient("passthrough:///"+azurenative.Name,
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }),
		grpc.WithTransportCredentials(insecure.NewCredentials()), rpcutil.GrpcChannelOptions())
	if err != nil {
		server.Stop()
		return nil, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.servers, h.conns = append(h.servers, server), append(h.conns, conn)
	return pulumirpc.NewResourceProviderClient(conn), nil
}

// Close stops everything that the operation started. The engine calls it too; the first call does the work.
func (h *host) Close() error {
	h.once.Do(func() {
		h.err = h.Host.Close()
		h.mu.Lock()
		defer h.mu.Unlock()
		for _, provider := range h.started {
			h.err = errors.Join(h.err, provider.Close())
		}
		for _, conn := range h.conns {
			h.err = errors.Join(h.err, conn.Close())
		}
		for _, server := range h.servers {
			server.Stop()
		}
		for _, relay := range h.relays {
			h.err = errors.Join(h.err, relay.close())
		}
	})
	return h.err
}
