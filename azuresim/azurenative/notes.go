package azurenative

import (
	"context"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"
)

// Attach remembers the engine that a connection belongs to, to tell it what was taken as given. A CLI attaches to a running
// simulator in the same way (PULUMI_DEBUG_PROVIDERS).
func (p *provider) Attach(ctx context.Context, req *pulumirpc.PluginAttach) (*emptypb.Empty, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.engines[connection(ctx)] = req.GetAddress()
	return &emptypb.Empty{}, nil
}

// tell shows a message beside a resource. Without an engine there is nobody to tell, and one that is gone does not listen. The
// connection lasts for the message only: providers are not told when their engine ends.
func (p *provider) tell(ctx context.Context, severity pulumirpc.LogSeverity, urn, message string) {
	p.mu.Lock()
	address := p.engines[connection(ctx)]
	p.mu.Unlock()
	if address == "" {
		return
	}
	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	_, _ = pulumirpc.NewEngineClient(conn).Log(ctx, &pulumirpc.LogRequest{Severity: severity, Urn: urn, Message: message})
}
