package azurenative

import (
	"context"
	"fmt"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// Server is a simulator that listens on a port of this machine.
type Server struct {
	port int
	stop context.CancelFunc
	done <-chan error
}

// Serve starts the provider on a free port of the loopback address. It stops when ctx ends or at Close.
func Serve(ctx context.Context, cloud Cloud, opts ...Option) (*Server, error) {
	return ServeOn(ctx, cloud, 0, opts...)
}

// ServeOn is Serve on a given port; 0 picks a free one.
func ServeOn(ctx context.Context, cloud Cloud, port int, opts ...Option) (*Server, error) {
	ctx, stop := context.WithCancel(ctx)
	cancel := make(chan bool)
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Port:   port,
		Cancel: cancel,
		Init: func(srv *grpc.Server) error {
			pulumirpc.RegisterResourceProviderServer(srv, NewProvider(cloud, opts...))
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

// Env returns the environment variables that make a Pulumi CLI attach to the server and never download a plugin.
// Append them to os.Environ().
func (s *Server) Env() []string {
	return []string{
		"PULUMI_DEBUG_PROVIDERS=" + Name + ":" + strconv.Itoa(s.port),
		"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true",
		"PULUMI_SKIP_UPDATE_CHECK=true",
	}
}

// Close stops the server and waits until it is down.
func (s *Server) Close() error {
	s.stop()
	return <-s.done
}
