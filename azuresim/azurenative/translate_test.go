package azurenative_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func TestSubnetsOfTheirOwn(t *testing.T) {
	c := newClient(t, azuresim.New(), nil)
	c.group()
	inputs := vnetInputs()
	id, state := c.mustCreate(vnetToken, inputs)
	subnet, _ := c.mustCreate(subnetToken, subnetInputs())

	read, _, _ := c.read(vnetToken, id, state, inputs)
	if _, listed := read["subnets"]; listed {
		t.Error("a subnet of its own is no drift of the network")
	}
	inputs["tags"] = m{"a": "b"}
	_, err := c.server.Update(context.Background(), &pulumirpc.UpdateRequest{
		Urn: urn(vnetToken, "x"), Id: id, Olds: c.wire(props(state)), News: c.wire(props(inputs)),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, still := c.read(subnetToken, subnet, m{}, subnetInputs()); still == "" {
		t.Error("an update of the network keeps the subnets that the program does not list")
	}
}

func TestInlineSubnetsAreWrapped(t *testing.T) {
	cloud := azuresim.New()
	c := newClient(t, cloud, nil)
	c.group()
	inputs := vnetInputs()
	inputs["subnets"] = []any{m{"name": "inline", "addressPrefix": "10.2.0.0/16"}}
	_, state := c.mustCreate(vnetToken, inputs)
	subnet, err := cloud.Get(context.Background(), vnetID+"/subnets/inline")
	if err != nil {
		t.Fatalf("an inline subnet is a subnet: %v", err)
	}
	properties, _ := subnet.Body["properties"].(map[string]any)
	if properties["addressPrefix"] != "10.2.0.0/16" {
		t.Errorf("its properties arrive where ARM keeps them, got %v", subnet.Body)
	}
	subnets, _ := state["subnets"].([]any)
	if len(subnets) != 1 || subnets[0].(m)["addressPrefix"] != "10.2.0.0/16" {
		t.Errorf("and come back flat, got %v", state["subnets"])
	}
}

func TestIdentityListBecomesMap(t *testing.T) {
	cloud := azuresim.New()
	c := newClient(t, cloud, nil)
	c.group()
	identity, _ := c.mustCreate(identityToken, m{"resourceGroupName": "rg", "resourceName": "ident", "location": "westeurope"})
	inputs := m{
		"resourceGroupName": "rg", "resourceName": "aks", "location": "westeurope", "dnsPrefix": "aks",
		"identity":          m{"type": "UserAssigned", "userAssignedIdentities": []any{identity}},
		"agentPoolProfiles": []any{m{"name": "sys", "mode": "System", "count": 1.0, "vmSize": "Standard_D4s_v5"}},
	}
	id, state := c.mustCreate(clusterToken, inputs)
	identities, _ := state["identity"].(m)["userAssignedIdentities"].(m)
	if len(identities) != 1 {
		t.Fatalf("ARM answers with a map of identities, got %v", state["identity"])
	}
	same, _, _ := c.read(clusterToken, id, state, inputs)
	if diff := cmp.Diff(inputs, same); diff != "" {
		t.Errorf("refreshing right after creating finds no drift (-want +got):\n%s", diff)
	}
	if !strings.Contains(id, "/resourcegroups/") {
		t.Errorf("AKS spells resourcegroups in lower case, got %q", id)
	}
}

func TestSubscriptionsOfSeveralProviders(t *testing.T) {
	cloud := azuresim.New()
	const other = "11111111-0000-4000-8000-000000000001"
	cloud.AddSubscription(other)
	for _, subscription := range []string{azuresim.DefaultSubscriptionID, other} {
		c := newClient(t, cloud, m{"subscriptionId": subscription})
		id, _ := c.mustCreate(groupToken, m{"resourceGroupName": "rg", "location": "westeurope"})
		if !strings.HasPrefix(id, "/subscriptions/"+subscription+"/") {
			t.Errorf("the provider's subscription decides, got %q", id)
		}
	}
}
