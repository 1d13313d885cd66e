package azurenative_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

func TestServe(t *testing.T) {
	server, err := azurenative.Serve(context.Background(), azuresim.New())
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("PULUMI_DEBUG_PROVIDERS=azure-native:%d", server.Port())
	if server.Port() == 0 || server.Env()[0] != want {
		t.Errorf("the server says where it listens, got %q, want %q", server.Env(), want)
	}
	if err := server.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// A CLI that attaches opens one connection for each provider instance, all to the same server.
func TestConnectionsKeepTheirConfiguration(t *testing.T) {
	cloud := azuresim.New()
	const other = "11111111-0000-4000-8000-000000000001"
	cloud.AddSubscription(other)
	server, err := azurenative.Serve(context.Background(), cloud)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })

	subscriptions := []string{azuresim.DefaultSubscriptionID, other}
	var clients []pulumirpc.ResourceProviderClient
	c := client{t: t}
	for _, subscription := range subscriptions {
		conn, err := grpc.NewClient(fmt.Sprintf("127.0.0.1:%d", server.Port()),
			grpc.WithTransportCredentials(insecure.NewCredentials()))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		provider := pulumirpc.NewResourceProviderClient(conn)
		_, err = provider.Configure(context.Background(), &pulumirpc.ConfigureRequest{
			Args: c.wire(props(m{"subscriptionId": subscription})),
		})
		if err != nil {
			t.Fatal(err)
		}
		clients = append(clients, provider)
	}
	for i, provider := range clients {
		resp, err := provider.Create(context.Background(), &pulumirpc.CreateRequest{
			Urn:        urn(groupToken, "rg"),
			Properties: c.wire(props(m{"resourceGroupName": "rg", "location": "westeurope"})),
		})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(resp.Id, subscriptions[i]) {
			t.Errorf("each connection has the subscription that it was configured with, got %q, want %q", resp.Id, subscriptions[i])
		}
	}
}
