//go:build cli

package tests

import (
	"context"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/auto/optpreview"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// TestThreePoolsAreQuietThroughTheCLI: the real CLI answers what the stack's state holds, also about a stack that was never deployed.
func TestThreePoolsAreQuietThroughTheCLI(t *testing.T) {
	server, err := azurenative.Serve(context.Background(), azuresim.New())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	ctx := context.Background()
	stack := newCLIStack(t, attached(server), func(ctx *pulumi.Context) error {
		cluster, err := components.NewManagedIdentityCluster(ctx, "shop", &components.ManagedIdentityClusterArgs{
			Location: pulumi.StringPtr("westeurope"), APIServer: &components.APIServerArgs{Public: true},
			Pools: []*components.NodePoolArgs{{Name: "web"}, {Name: "batch"}},
		})
		if err != nil {
			return err
		}
		ctx.Export("cluster", cluster.ClusterID)
		return nil
	})
	if _, err := stack.Preview(ctx); err != nil {
		t.Fatalf("the first preview: %v", err)
	}
	if _, err := stack.Up(ctx); err != nil {
		t.Fatal(err)
	}
	if again, err := stack.Up(ctx, optup.ExpectNoChanges()); err != nil {
		t.Fatalf("the second up changes something: %v\n%s", err, again.StdOut)
	}
	// The refresh itself does report what it finds in the list of pools: azure-native does not know what is ignored.
	if _, err := stack.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	if preview, err := stack.Preview(ctx, optpreview.ExpectNoChanges()); err != nil {
		t.Fatalf("the preview after refresh is not empty: %v\n%s", err, preview.StdOut)
	}
	if _, err := stack.Destroy(ctx); err != nil {
		t.Fatal(err)
	}
}
