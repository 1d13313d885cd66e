package arm_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

const (
	sqlType    = "Microsoft.Sql/servers"
	sqlVersion = "?api-version=2021-11-01"
)

func TestATypeThatIsKeptAsGivenIsServed(t *testing.T) {
	c := newClient(t)
	c.group()
	server, in := sim.ID("aks", sqlType, "orders"), subscription+"/resourceGroups/aks/providers/"
	body := object{"location": location, "tags": object{"old": "1"}, "properties": object{"version": "12.0"}}
	made := c.must(201, "PUT", server+sqlVersion, body)
	for _, header := range []string{"Azure-AsyncOperation", "Location", "Retry-After"} {
		if made.header.Get(header) != "" {
			t.Errorf("it is done when the answer comes, so there is no %s", header)
		}
	}
	c.must(200, "PUT", server+sqlVersion, body)
	c.must(204, "HEAD", server+sqlVersion, nil)
	c.must(200, "GET", in+"Microsoft.Sql//servers/orders"+sqlVersion, nil)
	c.must(201, "PUT", server+"/databases/live"+sqlVersion, object{"properties": object{}})
	c.must(200, "PATCH", server+sqlVersion, object{"tags": object{"new": "2"}})
	want := object{"id": server, "name": "orders", "type": sqlType, "location": location, "tags": object{"new": "2"},
		"properties": object{"version": "12.0", "provisioningState": "Succeeded"}}
	if diff := cmp.Diff(want, c.must(200, "GET", server+sqlVersion, nil).body); diff != "" {
		t.Errorf("what was given comes back, with the new tags (-want +got):\n%s", diff)
	}
	lists := []struct {
		name, path string
		want       []string
	}{
		{"of a group", in + sqlType + sqlVersion, []string{"orders"}},
		{"of a subscription", subscription + "/providers/" + sqlType + sqlVersion, []string{"orders"}},
		{"of a resource", server + "/databases" + sqlVersion, []string{"live"}},
		{"of what is not there yet", in + "Microsoft.Network/privateEndpoints?api-version=2024-05-01", nil},
		{"of all resources", subscription + "/resourceGroups/aks/resources", []string{"orders"}},
	}
	for _, tc := range lists {
		var got []string
		for _, item := range c.must(200, "GET", tc.path, nil).values() {
			got = append(got, item["name"].(string))
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("the list %s: got %v, want %v", tc.name, got, tc.want)
		}
	}
	provider := c.must(200, "GET", subscription+"/providers/Microsoft.Sql?api-version=2021-04-01", nil)
	if kinds, _ := provider.at("resourceTypes").([]any); len(kinds) != 2 {
		t.Errorf("clients find a version of both types, got %v", provider.body)
	}
	gone := c.must(200, "DELETE", server+sqlVersion, nil)
	if gone.header.Get("Location") != "" || gone.body != nil {
		t.Errorf("it is gone when the answer comes, got %v %v", gone.header, gone.body)
	}
	c.must(404, "GET", server+"/databases/live"+sqlVersion, nil)
	c.must(204, "DELETE", server+sqlVersion, nil)
}

func TestWhatIsRefusedOfTypesThatAreNotModelled(t *testing.T) {
	server, in := sim.ID("aks", sqlType, "orders"), subscription+"/resourceGroups/aks/providers/"
	body := object{"location": location}
	cases := []struct {
		name, reason, method, path string
		body                       any
		status                     int
		code                       string
		opts                       []sim.Option
	}{
		{"no version", "always required", "PUT", server + "?api-version=", body, 400, "MissingApiVersionParameter", nil},
		{"any namespace", "Azure may have it", "PUT", in + "Contoso.Shop/carts/c?api-version=2030-01-31", body, 201, "", nil},
		{"preview", "of a kind that ARM knows", "PUT", server + "?api-version=2024-05-01-preview", body, 201, "", nil},
		{"preview of an unknown kind", "no version looks so", "PUT", server + "?api-version=2024-05-01-draft", body, 400, "InvalidApiVersionParameter", nil},
		{"no day", "no version looks so", "PUT", server + "?api-version=latest", body, 400, "InvalidApiVersionParameter", nil},
		{"day that does not exist", "February has 28", "PUT", server + "?api-version=2021-02-30", body, 400, "InvalidApiVersionParameter", nil},
		{"modelled", "its versions are known", "PUT", networkID + "?api-version=2030-01-31", networkBody(), 400, "NoRegisteredProviderFound", nil},
		{"nothing there", "the code of the cloud", "GET", server + sqlVersion, nil, 404, "ResourceNotFound", nil},
		{"no parent", "a database has a server", "PUT", server + "/databases/live" + sqlVersion, object{}, 404, sim.CodeParentResourceNotFound, nil},
		{"action", "what they do is not known", "POST", server + "/failover" + sqlVersion, nil, 404, "ResourceNotFound", nil},
		{"list that Azure fills", "an empty one would be wrong", "GET", subscription + "/providers/Microsoft.Compute/skus?api-version=2021-07-01", nil, 404, "InvalidResourceType", nil},
		{"deployment", "it would make nothing", "PUT", in + "Microsoft.Resources/deployments/d?api-version=2021-04-01", object{}, 501, "NotImplemented", nil},
		{"tags as a resource", "it would tag nothing", "PUT", in + "Microsoft.Resources/tags/default?api-version=2021-04-01", object{}, 501, "NotImplemented", nil},
		{"management group", "it would manage nothing", "PUT", "/providers/Microsoft.Management/managementGroups/m?api-version=2021-04-01", object{}, 501, "NotImplemented", nil},
		{"only modelled types", "as the cloud was told", "PUT", server + sqlVersion, body, 404, "InvalidResourceType", []sim.Option{sim.WithOnlyModelledTypes()}},
		{"reading, only modelled types", "as the cloud was told", "GET", server + sqlVersion, nil, 404, "InvalidResourceType", []sim.Option{sim.WithOnlyModelledTypes()}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c := newClient(t)
			c.cloud.Configure(tc.opts...)
			c.group()
			if r := c.call(tc.method, tc.path, tc.body); r.status != tc.status || r.code() != tc.code {
				t.Errorf("%s: got %d %v, want %d %s", tc.reason, r.status, r.body, tc.status, tc.code)
			}
		})
	}
}
