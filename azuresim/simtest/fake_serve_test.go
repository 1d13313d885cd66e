package simtest_test

import (
	"context"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// TestAServedFakeAnswersUntilItsContextEnds, with the version that it was given.
func TestAServedFakeAnswersUntilItsContextEnds(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	attachment, err := simtest.ServeFake(ctx, "random", "4.21.2", simtest.Random())
	if err != nil {
		t.Fatal(err)
	}
	port, named := strings.CutPrefix(attachment, "random:")
	if !named {
		t.Fatalf("%q is no element of PULUMI_DEBUG_PROVIDERS", attachment)
	}
	connection, err := grpc.NewClient("127.0.0.1:"+port, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	client := pulumirpc.NewResourceProviderClient(connection)
	if info, err := client.GetPluginInfo(t.Context(), &emptypb.Empty{}); err != nil || info.GetVersion() != "4.21.2" {
		t.Errorf("got version %q and %v", info.GetVersion(), err)
	}
	stop()
	for range 100_000 { // it stops in the background
		if _, err = client.GetPluginInfo(t.Context(), &emptypb.Empty{}); err != nil {
			return
		}
	}
	t.Error("it answers after the context has ended")
}
