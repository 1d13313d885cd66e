package provider

import (
	"context"
	"fmt"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	sdkprovider "github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// NewServer makes the provider as the protocol wants it, for an engine in the same process.
//
//	simtest.WithProvider(provider.Name, "1.2.3", func() (pulumirpc.ResourceProviderServer, error) {
//		return provider.NewServer("1.2.3")
//	})
func NewServer(version string) (pulumirpc.ResourceProviderServer, error) {
	made, err := New(version)
	if err != nil {
		return nil, err
	}
	return serverOf(made, version, nil)
}

// Main runs the provider as a plugin process and returns when the engine is done with it.
func Main(ctx context.Context, version string) error {
	made, err := New(version)
	if err != nil {
		return err
	}
	return sdkprovider.MainContext(ctx, Name, func(host *sdkprovider.HostClient) (pulumirpc.ResourceProviderServer, error) {
		return serverOf(made, version, host)
	})
}

// Server is a provider that listens on a port of this machine.
type Server struct {
	port int
	stop context.CancelFunc
	done <-chan error
}

// Serve starts the provider on a free port of the loopback address. It stops when ctx ends or at Close.
//
// One server serves one command after the other. Commands that run at the same time need a server each, because a provider
// learns at the start of a command which engine it talks to.
func Serve(ctx context.Context, version string) (*Server, error) {
	provider, err := NewServer(version)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	cancel := make(chan bool)
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: cancel,
		Init: func(server *grpc.Server) error {
			pulumirpc.RegisterResourceProviderServer(server, provider)
			return nil
		},
	})
	if err != nil {
		stop()
		return nil, fmt.Errorf("serving %s: %w", Name, err)
	}
	go func() {
		<-ctx.Done()
		close(cancel)
	}()
	return &Server{port: handle.Port, stop: stop, done: handle.Done}, nil
}

// Port is the port that the server listens on.
func (s *Server) Port() int { return s.port }

// Attachment is this server's element of the comma-separated list in PULUMI_DEBUG_PROVIDERS, as aksidentity:4711.
func (s *Server) Attachment() string { return Name + ":" + strconv.Itoa(s.port) }

// Close stops the server and waits until it is down.
func (s *Server) Close() error {
	s.stop()
	return <-s.done
}
