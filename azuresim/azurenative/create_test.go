package azurenative_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

const vnetID = "/subscriptions/" + azuresim.DefaultSubscriptionID +
	"/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet"

func vnetInputs() m {
	return m{
		"resourceGroupName": "rg", "virtualNetworkName": "vnet", "location": "westeurope",
		"addressSpace": m{"addressPrefixes": []any{"10.0.0.0/8"}},
	}
}

func subnetInputs() m {
	return m{"resourceGroupName": "rg", "virtualNetworkName": "vnet", "subnetName": "nodes", "addressPrefix": "10.1.0.0/16"}
}

func TestCreateStoresInputsAndVersion(t *testing.T) {
	c := newClient(t, azuresim.New(), nil)
	c.group()
	inputs := vnetInputs()
	id, state := c.mustCreate(vnetToken, inputs)
	if id != vnetID {
		t.Errorf("the id is Azure's: got %q, want %q", id, vnetID)
	}
	if diff := cmp.Diff(inputs, state["__inputs"]); diff != "" {
		t.Errorf("the state carries a copy of the inputs (-want +got):\n%s", diff)
	}
	if state["azureApiVersion"] != "2023-02-01" {
		t.Errorf("the state carries the API version, got %v", state["azureApiVersion"])
	}
	if state["location"] != "westeurope" || state["name"] != "vnet" {
		t.Errorf("outputs are flat, got %v", state)
	}
}

func TestCreateRefusesWhatExists(t *testing.T) {
	c := newClient(t, azuresim.New(), nil)
	c.group()
	c.mustCreate(vnetToken, vnetInputs())
	_, _, err := c.create(vnetToken, vnetInputs())
	if want := "cannot create already existing resource '" + vnetID + "'"; err == nil || err.Error() != want {
		t.Errorf("the provider looks before it creates: got %v, want %q", err, want)
	}
}

func TestErrorText(t *testing.T) {
	c := newClient(t, azuresim.New(), nil)
	_, _, err := c.create(vnetToken, vnetInputs())
	if err == nil || !strings.HasPrefix(err.Error(), `Status=404 Code="ResourceGroupNotFound" Message="`) {
		t.Errorf("Azure's error comes with status, code and message, got %v", err)
	}
}

func TestRetries(t *testing.T) {
	cases := []struct {
		name, reason string
		fail         azuresim.Error
		times        int
		wantErr      bool
	}{
		{"throttled", "429 is retried", azuresim.Throttled(), 3, false},
		{"unavailable", "503 is retried", azuresim.ServiceUnavailable(), 3, false},
		{"too often", "but not for ever", azuresim.Throttled(), 4, true},
		{"conflict", "AKS's 409 is not retried", azuresim.Error{Status: 409, Code: "OperationNotAllowed"}, 1, true},
		{"other conflict", "the one that ARM calls passing is", azuresim.Error{Status: 409, Code: "AnotherOperationInProgress"}, 2, false},
		{"broken connection", "no answer is asked for again", azuresim.ConnectionReset(), 3, false},
		{"no connection", "but not for ever", azuresim.ConnectionReset(), 4, true},
		{"killed", "a process that is gone asks nothing", azuresim.ProcessKilled(), 1, true},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			c := newClient(t, cloud, nil)
			c.group()
			cloud.Fail(azuresim.Match{Method: azuresim.MethodPut, Times: tc.times}, tc.fail)
			_, _, err := c.create(vnetToken, vnetInputs())
			if (err != nil) != tc.wantErr {
				t.Errorf("%s: got error %v", tc.reason, err)
			}
		})
	}
}

func TestPartialCreation(t *testing.T) {
	cloud := azuresim.New()
	c := newClient(t, cloud, nil)
	c.group()
	cloud.FailAfterAcceptance(azuresim.Match{Method: azuresim.MethodPut, Times: 1}, azuresim.Error{Status: 500, Code: "Broken"})
	_, _, err := c.create(vnetToken, vnetInputs())
	var failed *pulumirpc.ErrorResourceInitFailed
	for _, detail := range rpcerror.Convert(err).Details() {
		failed, _ = detail.(*pulumirpc.ErrorResourceInitFailed)
	}
	if failed == nil {
		t.Fatalf("an operation that fails after it was accepted leaves a resource, got %v", err)
	}
	if failed.Id != vnetID || len(failed.Reasons) != 1 || !strings.Contains(failed.Reasons[0], "Broken") {
		t.Errorf("the error carries id and reason, got %v %q", failed.Id, failed.Reasons)
	}
	state := values(c.unwire(failed.Properties))
	if state["provisioningState"] != "Failed" {
		t.Errorf("the state is what Azure has, got %v", state["provisioningState"])
	}
}

func TestLostAnswersAreAskedForAgain(t *testing.T) {
	for _, method := range []azuresim.Method{azuresim.MethodGet, azuresim.MethodPut, azuresim.MethodDelete} {
		t.Run(string(method), func(t *testing.T) {
			cloud := azuresim.New()
			c := newClient(t, cloud, nil)
			c.group()
			rule := cloud.LoseResponse(azuresim.Match{Method: method, Type: azuresim.VirtualNetworkType, Times: 3})
			id, _, err := c.create(vnetToken, vnetInputs())
			if err != nil {
				t.Fatalf("creating: %v", err)
			}
			if _, err := c.server.Delete(context.Background(), &pulumirpc.DeleteRequest{Urn: urn(vnetToken, "x"), Id: id}); err != nil {
				t.Fatalf("deleting: %v", err)
			}
			if rule.Hits() != 3 {
				t.Errorf("three answers were lost, got %d", rule.Hits())
			}
		})
	}
}

func TestAnAnswerThatStaysLostIsAnError(t *testing.T) {
	cases := []struct {
		name, reason string
		plant        func(*azuresim.Cloud) *azuresim.Rule
		exists       bool   // afterwards
		again        string // the error of the next create, "" for none
	}{
		{"existence check", "nothing was asked for yet", func(cloud *azuresim.Cloud) *azuresim.Rule {
			return cloud.Fail(azuresim.Match{Method: azuresim.MethodGet, Type: azuresim.VirtualNetworkType, Times: 4}, azuresim.ConnectionReset())
		}, false, ""},
		{"create", "it is there, and nobody knows", func(cloud *azuresim.Cloud) *azuresim.Rule {
			return cloud.LoseResponse(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.VirtualNetworkType, Times: 4})
		}, true, "cannot create already existing resource '" + vnetID + "'"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			c := newClient(t, cloud, nil)
			c.group()
			lost := tc.plant(cloud)
			_, _, err := c.create(vnetToken, vnetInputs())
			want := azuresim.ConnectionReset()
			if err == nil || err.Error() != want.Error() || lost.Hits() != 4 {
				t.Errorf("%s: the error is that of the connection, after four attempts; got %v after %d", tc.reason, err, lost.Hits())
			}
			if _, err := cloud.Get(context.Background(), vnetID); (err == nil) != tc.exists {
				t.Errorf("%s: got %v", tc.reason, err)
			}
			if _, _, err := c.create(vnetToken, vnetInputs()); (err == nil) != (tc.again == "") || err != nil && err.Error() != tc.again {
				t.Errorf("%s: the next create: got %v, want %q", tc.reason, err, tc.again)
			}
		})
	}
}

func TestAKilledProcessDoesNothingMore(t *testing.T) {
	cloud := azuresim.New()
	c := newClient(t, cloud, nil)
	c.group()
	cloud.Kill(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.VirtualNetworkType})
	if _, _, err := c.create(vnetToken, vnetInputs()); azuresim.Code(err) != azuresim.CodeProcessKilled {
		t.Errorf("got %v", err)
	}
	if _, err := cloud.Get(context.Background(), vnetID); err != nil {
		t.Errorf("what was asked for last is done: %v", err)
	}
	before := len(cloud.Operations())
	if _, _, err := c.create(identityToken, m{"resourceGroupName": "rg", "resourceName": "ident", "location": "westeurope"}); err == nil {
		t.Error("nothing more can be created")
	}
	if after := len(cloud.Operations()); after != before {
		t.Errorf("and nothing more reaches Azure, got %d operations", after-before)
	}
	again := client{t, c.server}
	if _, err := again.server.Configure(context.Background(), &pulumirpc.ConfigureRequest{}); err != nil {
		t.Fatal(err)
	}
	again.mustCreate(identityToken, m{"resourceGroupName": "rg", "resourceName": "ident", "location": "westeurope"})
}
