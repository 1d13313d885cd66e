package azurenative_test

import (
	"context"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func TestInvokes(t *testing.T) {
	cloud := azuresim.New()
	c := newClient(t, cloud, nil)
	c.group()
	c.mustCreate(vnetToken, vnetInputs())
	c.mustCreate("azure-native:sql:Server", m{"resourceGroupName": "rg", "serverName": "orders", "version": "12.0"})
	cases := []struct {
		name, reason, token string
		args                m
		property            string
		want                any
		err                 string
	}{
		{name: "client config", reason: "the provider knows who it is", token: "azure-native:authorization:getClientConfig",
			property: "subscriptionId", want: azuresim.DefaultSubscriptionID},
		{name: "group", reason: "groups can be looked up", token: "azure-native:resources:getResourceGroup",
			args: m{"resourceGroupName": "rg"}, property: "location", want: "westeurope"},
		{name: "any served type", reason: "and so can every served type", token: "azure-native:network:getVirtualNetwork",
			args: m{"resourceGroupName": "rg", "virtualNetworkName": "vnet"}, property: "id", want: vnetID},
		{name: "role definition", reason: "a role is looked up by its GUID", token: "azure-native:authorization:getRoleDefinition",
			args:     m{"scope": "/subscriptions/" + azuresim.DefaultSubscriptionID, "roleDefinitionId": "4d97b98b-1d4f-4787-a291-c67834d212e7"},
			property: "roleName", want: "Network Contributor"},
		{name: "missing", reason: "what does not exist is an error that names the id", token: "azure-native:resources:getResourceGroup",
			args: m{"resourceGroupName": "no"}, err: `request failed /subscriptions/` + azuresim.DefaultSubscriptionID + `/resourceGroups/no: Status=404`},
		{name: "unmodelled type", reason: "what is kept as given can be looked up", token: "azure-native:sql:getServer",
			args: m{"resourceGroupName": "rg", "serverName": "orders"}, property: "version", want: "12.0"},
		{name: "unknown", reason: "functions that are not served are refused by name", token: "azure-native:sql:listServerSecrets",
			err: `does not serve function "azure-native:sql:listServerSecrets"`},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			got, err := c.invoke(tc.token, tc.args)
			if tc.err != "" {
				if err == nil || !strings.Contains(err.Error(), tc.err) {
					t.Errorf("%s: got %v, want %q", tc.reason, err, tc.err)
				}
				return
			}
			if err != nil {
				t.Fatalf("%s: %v", tc.reason, err)
			}
			if got[tc.property] != tc.want {
				t.Errorf("%s: %s is %v, want %v", tc.reason, tc.property, got[tc.property], tc.want)
			}
		})
	}
}

func TestCredentials(t *testing.T) {
	c := newClient(t, azuresim.New(), nil)
	c.group()
	c.mustCreate(clusterToken, m{
		"resourceGroupName": "rg", "resourceName": "aks", "location": "westeurope", "dnsPrefix": "aks",
		"identity":          m{"type": "SystemAssigned"},
		"agentPoolProfiles": []any{m{"name": "sys", "mode": "System", "count": 1.0, "vmSize": "Standard_D4s_v5"}},
	})
	for _, token := range []string{
		"azure-native:containerservice:listManagedClusterUserCredentials",
		"azure-native:containerservice/v20250101:listManagedClusterUserCredentials",
		"azure-native:containerservice/v20250101:listManagedClusterAdminCredentials",
	} {
		got, err := c.invoke(token, m{"resourceGroupName": "rg", "resourceName": "aks"})
		if err != nil {
			t.Fatalf("%s: %v", token, err)
		}
		configs, _ := got["kubeconfigs"].([]any)
		if len(configs) != 1 || configs[0].(m)["value"] == "" {
			t.Errorf("%s answers with kubeconfigs, got %v", token, got)
		}
	}
}

func TestRegistryTellsItsMode(t *testing.T) {
	const abac, legacy = "AbacRepositoryPermissions", "LegacyRegistryPermissions"
	cases := []struct {
		name, reason string
		mode, want   any
	}{
		{"ABAC", "AcrPull has no effect there", abac, abac},
		{"legacy", "and the other way round", legacy, legacy},
		{"absent", "older registries do not say, which means legacy", nil, nil},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			c := newClient(t, cloud, nil)
			properties := map[string]any{}
			if tc.mode != nil {
				properties["roleAssignmentMode"] = tc.mode
			}
			id := cloud.MustSeed(azuresim.ID("rg", azuresim.RegistryType, "images"), map[string]any{"properties": properties})
			got, err := c.invoke("azure-native:containerregistry:getRegistry", m{"resourceGroupName": "rg", "registryName": "images"})
			if err != nil {
				t.Fatal(err)
			}
			if got["roleAssignmentMode"] != tc.want || got["loginServer"] != "images.azurecr.io" || got["id"] != id {
				t.Errorf("%s: got %v", tc.reason, got)
			}
		})
	}
}

// A registry in another mode is made, and read, as a generic resource: the SDK 2.92.3 has no API version of the registry
// that knows the mode.
func TestRegistryModeThroughTheGenericResource(t *testing.T) {
	c := newClient(t, azuresim.New(), nil)
	c.group()
	const generic, abac = "azure-native:resources:Resource", "AbacRepositoryPermissions"
	inputs := m{
		"apiVersion": "2025-11-01", "resourceGroupName": "rg", "resourceProviderNamespace": "Microsoft.ContainerRegistry",
		"parentResourcePath": "", "resourceType": "registries", "resourceName": "images", "location": "westeurope",
		"sku": m{"name": "Standard"}, "properties": m{"roleAssignmentMode": abac},
	}
	id, state := c.mustCreate(generic, inputs)
	got, err := c.invoke("azure-native:containerregistry:getRegistry", m{"resourceGroupName": "rg", "registryName": "images"})
	if err != nil || got["roleAssignmentMode"] != abac {
		t.Errorf("the invoke tells the mode, got %v, %v", got, err)
	}
	read, err := c.server.Read(context.Background(), &pulumirpc.ReadRequest{
		Urn: urn(generic, "x"), Id: id, Properties: c.wire(props(m{"__inputs": m{"apiVersion": "2025-11-01"}}))})
	if err != nil {
		t.Fatal(err)
	}
	for name, outputs := range map[string]m{"made": state, "read": values(c.unwire(read.Properties))} {
		if properties, _ := outputs["properties"].(m); properties["roleAssignmentMode"] != abac {
			t.Errorf("so does the generic resource (%s), got %v", name, outputs)
		}
	}
}
