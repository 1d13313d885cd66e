package arm_test

import (
	"slices"
	"strings"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
)

var (
	clusterID  = sim.ID("aks", sim.ManagedClusterType, "demo")
	networkID  = sim.ID("aks", sim.VirtualNetworkType, "vnet")
	identityID = sim.ID("aks", sim.IdentityType, "identity")
)

func clusterBody() object {
	return object{"location": location, "identity": object{"type": "SystemAssigned"}, "properties": object{
		"dnsPrefix": "demo", "agentPoolProfiles": []any{object{"name": "system", "mode": "System", "count": 1,
			"vmSize": "Standard_D4s_v5"}}}}
}

func networkBody() object {
	return object{"location": location, "properties": object{"addressSpace": object{"addressPrefixes": []any{"10.0.0.0/8"}},
		"subnets": []any{object{"name": "nodes", "properties": object{"addressPrefix": "10.1.0.0/16"}}}}}
}

func TestEveryTypeHasVersions(t *testing.T) {
	for _, known := range sim.KnownTypes() {
		if versions := arm.APIVersions(known); len(versions) == 0 || !slices.IsSorted(versions) {
			t.Errorf("%s: the table of versions must list some, oldest first, got %v", known, versions)
		}
	}
}

func TestRequestsThatARMRefuses(t *testing.T) {
	cases := []struct {
		name, reason, method, path string
		body                       any
		status                     int
		code                       string
	}{
		{"no version", "always required", "GET", subscription + "/resourceGroups/aks?api-version=", nil, 400, "MissingApiVersionParameter"},
		{"no version of an unknown type", "it comes first", "GET", subscription + "/providers/Microsoft.Sql/servers?api-version=", nil, 400, "MissingApiVersionParameter"},
		{"group version", "groups have a code of their own", "GET", subscription + "/resourceGroups/aks?api-version=2000-01-01", nil, 400, "InvalidApiVersionParameter"},
		{"cluster version", "with the list of those that are known", "GET", clusterID + "?api-version=2000-01-01", nil, 400, "NoRegisteredProviderFound"},
		{"misspelled type", "by name", "GET", sim.ID("aks", "Microsoft.Network/natGateway", "n") + "?api-version=2024-05-01", nil, 404, "InvalidResourceType"},
		{"method", "no POST on a resource", "POST", identityID, nil, 405, "MethodNotAllowed"},
		{"not served", "by name", "PUT", subscription + "/tagNames/x?api-version=2021-04-01", object{}, 501, "NotImplemented"},
		{"no body", "a PUT needs one", "PUT", identityID, nil, 400, "InvalidRequestContent"},
		{"not an object", "JSON of another kind", "PUT", identityID, []any{}, 400, "InvalidRequestContent"},
		{"nothing there", "the code of the cloud", "GET", clusterID, nil, 404, "ResourceNotFound"},
		{"delete of nothing", "no content", "DELETE", clusterID, nil, 204, ""},
		{"patch of more than tags", "by name", "PATCH", subscription + "/resourceGroups/aks", object{"managedBy": "x"}, 501, "NotImplemented"},
		{"action", "unknown ones by name", "POST", subscription + "/resourceGroups/aks/providers/Microsoft.ManagedIdentity/userAssignedIdentities/x/listSecrets", nil, 404, "ResourceNotFound"},
		{"head of nothing", "no body", "HEAD", subscription + "/resourceGroups/other", nil, 404, ""},
		{"head of a group", "it is there", "HEAD", subscription + "/resourceGroups/aks", nil, 204, ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c := newClient(t)
			c.group()
			r := c.call(tc.method, tc.path, tc.body)
			if r.status != tc.status || r.code() != tc.code {
				t.Errorf("%s: got %d %v, want %d %s", tc.reason, r.status, r.body, tc.status, tc.code)
			}
		})
	}
}

func TestBrokenConnection(t *testing.T) {
	c := newClient(t)
	c.group()
	c.cloud.LoseResponse(sim.Match{Method: sim.MethodPut, Type: sim.IdentityType, Times: -1})
	if r := c.call("PUT", identityID, object{"location": location}); r.status != 0 {
		t.Errorf("a lost answer is a broken connection, got %d", r.status)
	}
	c.must(200, "GET", identityID, nil)
}

func TestPatchTags(t *testing.T) {
	c := newClient(t)
	c.group()
	c.must(201, "PUT", identityID, object{"location": location, "tags": object{"old": "1"}})
	r := c.must(200, "PATCH", identityID, object{"location": location, "tags": object{"new": "2"}})
	if got, _ := r.at("tags").(object); len(got) != 1 || got["new"] != "2" {
		t.Errorf("the tags are replaced, got %v", got)
	}
	if r.at("properties.principalId") == nil {
		t.Error("the rest stays")
	}
}

func TestClusterIsALongOperation(t *testing.T) {
	c := newClient(t, arm.WithPolls(2))
	c.group()
	made := c.must(201, "PUT", clusterID, clusterBody())
	status := made.header.Get("Azure-AsyncOperation")
	if made.at("properties.provisioningState") != "Creating" || status == "" || made.header.Get("Retry-After") == "" {
		t.Fatalf("accepted: Creating, and where to ask, got %v %v", made.header, made.body)
	}
	if made.at("identity.principalId") == nil || made.at("properties.identityProfile") != nil {
		t.Error("the control plane's identity is there, the kubelet's is not shown yet")
	}
	if r := c.call("PUT", clusterID+"/agentPools/user", object{"properties": object{"count": 1, "vmSize": "Standard_D4s_v5"}}); r.code() != sim.CodeOperationNotAllowed {
		t.Errorf("one operation at a time, got %d %v", r.status, r.body)
	}
	if r := c.must(200, "GET", status, nil); r.at("status") != "InProgress" {
		t.Errorf("first question: got %v", r.body)
	}
	if r := c.must(200, "GET", clusterID, nil); r.at("properties.provisioningState") != "Creating" {
		t.Errorf("second question: got %v", r.at("properties.provisioningState"))
	}
	if r := c.must(200, "GET", status, nil); r.at("status") != "Succeeded" {
		t.Errorf("third question: got %v", r.body)
	}
	done := c.must(200, "GET", clusterID, nil)
	if done.at("properties.provisioningState") != "Succeeded" || done.at("properties.identityProfile.kubeletidentity") == nil {
		t.Errorf("the cluster is done, got %v", done.body)
	}
	config := c.must(200, "POST", clusterID+"/listClusterUserCredential", nil)
	if configs, _ := config.at("kubeconfigs").([]any); len(configs) != 1 {
		t.Errorf("a kubeconfig, got %v", config.body)
	}
	entra := clusterBody()
	entra["properties"].(object)["aadProfile"] = object{"managed": true}
	c.must(200, "GET", c.must(200, "PUT", clusterID, entra).header.Get("Azure-AsyncOperation"), nil)
	for _, format := range []string{"exec", "azure", "unknown"} {
		asked := c.call("POST", clusterID+"/listClusterUserCredential?format="+format+"&api-version=2025-01-01", nil)
		if (asked.status == 200) != (format != "unknown") {
			t.Errorf("the format %s is taken from the query, got %d %v", format, asked.status, asked.body)
		}
	}
}

func TestDeleteIsALongOperation(t *testing.T) {
	c := newClient(t)
	c.group()
	made := c.must(201, "PUT", networkID, networkBody())
	c.must(200, "GET", made.header.Get("Azure-AsyncOperation"), nil)
	c.must(200, "GET", made.header.Get("Azure-AsyncOperation"), nil)
	gone := c.must(202, "DELETE", networkID, nil)
	if r := c.must(200, "GET", networkID, nil); r.at("properties.provisioningState") != "Deleting" {
		t.Errorf("while it runs, got %v", r.at("properties.provisioningState"))
	}
	c.must(204, "GET", gone.header.Get("Location"), nil)
	c.must(404, "GET", networkID, nil)
}

func TestGroupDeleteHasOnlyALocation(t *testing.T) {
	c := newClient(t)
	c.group()
	gone := c.must(202, "DELETE", subscription+"/resourceGroups/aks", nil)
	if gone.header.Get("Azure-AsyncOperation") != "" {
		t.Error("ARM gives groups a Location only")
	}
	again := c.must(202, "GET", gone.header.Get("Location"), nil)
	c.must(204, "GET", again.header.Get("Location"), nil)
	c.must(404, "GET", subscription+"/resourceGroups/aks", nil)
}

func TestFailureAfterAcceptance(t *testing.T) {
	c := newClient(t, arm.WithPolls(0))
	c.group()
	c.cloud.FailAfterAcceptance(sim.Match{Method: sim.MethodPut, Type: sim.ManagedClusterType},
		sim.Error{Status: 400, Code: "QuotaExceeded", Message: "too many cores"})
	made := c.must(201, "PUT", clusterID, clusterBody())
	r := c.must(200, "GET", made.header.Get("Azure-AsyncOperation"), nil)
	if r.at("status") != "Failed" || r.code() != "QuotaExceeded" {
		t.Errorf("the operation tells why, got %v", r.body)
	}
	if got := c.must(200, "GET", clusterID, nil).at("properties.provisioningState"); got != "Failed" {
		t.Errorf("the cluster stays, got %v", got)
	}
}

func TestUnaskedOperationsEnd(t *testing.T) {
	c := newClient(t, arm.WithDuration(1)) // a nanosecond
	c.group()
	c.must(201, "PUT", clusterID, clusterBody())
	if got := c.must(200, "GET", clusterID, nil).at("properties.provisioningState"); got != "Succeeded" {
		t.Errorf("nobody asked, and it ended, got %v", got)
	}
}

func TestProviderAndSubscriptionPaths(t *testing.T) {
	c := newClient(t)
	if got := c.must(200, "GET", "/subscriptions", nil).values(); len(got) != 1 || got[0]["subscriptionId"] != sim.DefaultSubscriptionID {
		t.Errorf("subscriptions: %v", got)
	}
	if got := c.must(200, "GET", "/tenants", nil).values(); len(got) != 1 || got[0]["tenantId"] != sim.DefaultTenantID {
		t.Errorf("tenants: %v", got)
	}
	if got := c.must(200, "GET", subscription+"/locations", nil).values(); len(got) == 0 {
		t.Error("some locations")
	}
	provider := subscription + "/providers/Microsoft.ContainerService"
	for method, path := range map[string]string{"GET": provider, "POST": provider + "/register"} {
		r := c.must(200, method, path+"?api-version=2021-04-01", nil)
		if r.at("registrationState") != "Registered" || !strings.Contains(r.at("namespace").(string), "ContainerService") {
			t.Errorf("%s %s: %v", method, path, r.body)
		}
	}
	if r := c.must(200, "GET", subscription+"/providers/Microsoft.Sql?api-version=2021-04-01", nil); r.at("registrationState") != "Registered" {
		t.Errorf("a provider that a built-in role names: %v", r.body)
	}
	r := c.call("GET", subscription+"/providers/Microsoft.Nonsense?api-version=2021-04-01", nil)
	if r.code() != "InvalidResourceNamespace" {
		t.Errorf("unknown provider: %v", r.body)
	}
	if r := c.call("GET", "/subscriptions/00000000-0000-4000-8000-0000000000ff?api-version=2022-12-01", nil); r.code() != sim.CodeSubscriptionNotFound {
		t.Errorf("unknown subscription: %v", r.body)
	}
}
