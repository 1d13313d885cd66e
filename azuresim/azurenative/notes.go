package azurenative

import (
	"context"
	"fmt"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"
)

// Attach remembers the engine that a connection belongs to, to tell it what was taken as given. A CLI attaches to a running
// simulator in the same way (PULUMI_DEBUG_PROVIDERS).
func (p *provider) Attach(ctx context.Context, req *pulumirpc.PluginAttach) (*emptypb.Empty, error) {
	if req.GetAddress() == "" {
		return &emptypb.Empty{}, nil
	}
	conn, err := grpc.NewClient(req.GetAddress(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return nil, fmt.Errorf("connecting to the engine: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if old := p.engines[connection(ctx)]; old != nil {
		_ = old.Close() // of an engine that has ended
	}
	p.engines[connection(ctx)] = conn
	return &emptypb.Empty{}, nil
}

// tell shows a message beside a resource. Without an engine there is nobody to tell, and one that is gone does not listen.
func (p *provider) tell(ctx context.Context, severity pulumirpc.LogSeverity, urn, message string) {
	p.mu.Lock()
	conn := p.engines[connection(ctx)]
	p.mu.Unlock()
	if conn == nil {
		return
	}
	_, _ = pulumirpc.NewEngineClient(conn).Log(ctx, &pulumirpc.LogRequest{Severity: severity, Urn: urn, Message: message})
}
