package azurenative_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func TestDeleteOfWhatIsGone(t *testing.T) {
	c := newClient(t, azuresim.New(), nil)
	_, err := c.server.Delete(context.Background(), &pulumirpc.DeleteRequest{Urn: urn(vnetToken, "x"), Id: vnetID})
	if err != nil {
		t.Errorf("deleting what is gone succeeds, got %v", err)
	}
}

func TestReadOfWhatIsGone(t *testing.T) {
	c := newClient(t, azuresim.New(), nil)
	if _, _, id := c.read(vnetToken, vnetID, m{}, vnetInputs()); id != "" {
		t.Errorf("what is gone has no id, got %q", id)
	}
}

func TestRefreshWritesDriftIntoInputs(t *testing.T) {
	cloud := azuresim.New()
	c := newClient(t, cloud, nil)
	c.group()
	inputs := vnetInputs()
	id, state := c.mustCreate(vnetToken, inputs)

	same, _, _ := c.read(vnetToken, id, state, inputs)
	if diff := cmp.Diff(inputs, same); diff != "" {
		t.Errorf("nothing drifted (-want +got):\n%s", diff)
	}
	_, err := cloud.Put(context.Background(), id, m{"location": "westeurope", "tags": m{"owner": "somebody"},
		"properties": m{"addressSpace": m{"addressPrefixes": []any{"10.0.0.0/8"}}}})
	if err != nil {
		t.Fatal(err)
	}
	drifted, outputs, _ := c.read(vnetToken, id, state, inputs)
	if diff := cmp.Diff(m{"owner": "somebody"}, drifted["tags"]); diff != "" {
		t.Errorf("drift is written into the inputs (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(m{"owner": "somebody"}, outputs["tags"]); diff != "" {
		t.Errorf("and into the outputs (-want +got):\n%s", diff)
	}
}

func TestImport(t *testing.T) {
	c := newClient(t, azuresim.New(), nil)
	c.group()
	id, _ := c.mustCreate(vnetToken, vnetInputs())
	got, _, _ := c.read(vnetToken, id, nil, nil)
	if diff := cmp.Diff(vnetInputs(), got); diff != "" {
		t.Errorf("import makes inputs from the id and the body (-want +got):\n%s", diff)
	}
}

func TestImportOfRoleAssignmentLosesTheSlash(t *testing.T) {
	c := newClient(t, azuresim.New(), nil)
	c.group()
	_, identity := c.mustCreate(identityToken, m{"resourceGroupName": "rg", "resourceName": "ident", "location": "westeurope"})
	scope := "/subscriptions/" + azuresim.DefaultSubscriptionID + "/resourceGroups/rg"
	id, _ := c.mustCreate(assignToken, m{
		"scope": scope, "principalId": identity["principalId"], "principalType": "ServicePrincipal",
		"roleAssignmentName": principal, "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7",
	})
	got, _, _ := c.read(assignToken, id, nil, nil)
	if got["scope"] != strings.TrimPrefix(scope, "/") {
		t.Errorf("2.92.3 imports the scope without its slash, got %v", got["scope"])
	}
}
