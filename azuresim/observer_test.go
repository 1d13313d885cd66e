package azuresim_test

import (
	"context"
	"slices"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// TestAnObserverSeesEveryOperation: refused ones too, with the cloud free for questions, and nothing that a test seeds.
func TestAnObserverSeesEveryOperation(t *testing.T) {
	var seen []azuresim.Method
	var cloud *azuresim.Cloud
	cloud = azuresim.New(azuresim.WithObserver(func(op azuresim.Operation) {
		if len(cloud.Operations()) == 0 {
			t.Error("the operation is over when it is observed")
		}
		seen = append(seen, op.Method)
	}))
	cloud.MustSeedSubnet("net", "hub", "nodes")
	group := azuresim.GroupID(azuresim.DefaultSubscriptionID, "shop")
	ctx := context.Background()
	_, _ = cloud.Put(ctx, group, map[string]any{"location": "westeurope"})
	_, _ = cloud.Get(ctx, group+"x")
	cloud.Configure(azuresim.WithObserver(nil))
	started, err := cloud.Start(ctx, azuresim.MethodDelete, group, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := started.Finish(); err != nil {
		t.Fatal(err)
	}
	want := []azuresim.Method{azuresim.MethodPut, azuresim.MethodGet, azuresim.MethodDelete}
	if !slices.Equal(seen, want) {
		t.Errorf("want %v, got %v", want, seen)
	}
}
