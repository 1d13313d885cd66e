package azurenative_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func TestPreviewOfCreate(t *testing.T) {
	c := newClient(t, azuresim.New(), nil)
	got := c.previewCreate(identityToken, m{
		"resourceGroupName": "rg", "resourceName": "id", "location": "westeurope", "tags": m{"a": "b"},
	})
	want := m{
		"location": "westeurope", "tags": m{"a": "b"}, "name": unknown{}, "clientId": unknown{}, "principalId": unknown{},
		"systemData": unknown{}, "tenantId": unknown{}, "type": unknown{},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("inputs are known, everything else is not, not even the name (-want +got):\n%s", diff)
	}
}

func TestPreviewOfNestedOutputs(t *testing.T) {
	c := newClient(t, azuresim.New(), nil)
	got := c.previewCreate(clusterToken, m{"resourceGroupName": "rg", "resourceName": "aks", "identity": m{"type": "SystemAssigned"}})
	identity, _ := got["identity"].(m)
	want := m{
		"type": "SystemAssigned", "principalId": unknown{}, "tenantId": unknown{}, "userAssignedIdentities": unknown{},
		"delegatedResources": unknown{},
	}
	if diff := cmp.Diff(want, identity); diff != "" {
		t.Errorf("what only Azure fills in is unknown inside of objects too (-want +got):\n%s", diff)
	}
}

func TestPreviewOfUpdate(t *testing.T) {
	c := newClient(t, azuresim.New(), nil)
	resp, err := c.server.Update(context.Background(), &pulumirpc.UpdateRequest{
		Urn: urn(identityToken, "id"), Preview: true,
		Olds: c.wire(props(m{"name": "id", "location": "westeurope", "principalId": principal})),
		News: c.wire(props(m{"resourceGroupName": "rg", "resourceName": "id", "location": "West Europe"})),
	})
	if err != nil {
		t.Fatal(err)
	}
	got := values(c.unwire(resp.Properties))
	for name, want := range (m{"name": "id", "location": "westeurope", "principalId": unknown{}}) {
		if diff := cmp.Diff(want, got[name]); diff != "" {
			t.Errorf("name and location come from the old state, other outputs become unknown; %s (-want +got):\n%s", name, diff)
		}
	}
}
