package simtest

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// ServeFake answers for a package with a fake on a free port of the loopback address, until ctx ends. It is for programs that a Pulumi CLI
// runs, in any language: the answer, as "random:4711", is an element of the comma-separated list in PULUMI_DEBUG_PROVIDERS. The CLI warns
// of a version below that of the program's package.
func ServeFake(ctx context.Context, pkg, version string, fake Fake) (attachment string, err error) {
	cancel := make(chan bool)
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: cancel,
		Init: func(srv *grpc.Server) error {
			pulumirpc.RegisterResourceProviderServer(srv, &fakeServer{pkg: pkg, version: version, fake: fake})
			return nil
		},
	})
	if err != nil {
		return "", fmt.Errorf("serving the fake of %s: %w", pkg, err)
	}
	context.AfterFunc(ctx, func() { close(cancel) })
	return fmt.Sprintf("%s:%d", pkg, handle.Port), nil
}
