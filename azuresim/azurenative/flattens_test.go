package azurenative_test

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// TestAKeyAnswersWhatIsInItsProperties: the inputs of a key have "properties", its outputs have what is in them.
func TestAKeyAnswersWhatIsInItsProperties(t *testing.T) {
	c := newClient(t, azuresim.New(), nil)
	c.group()
	c.mustCreate("azure-native:keyvault:Vault", m{"resourceGroupName": "rg", "vaultName": "shopvault", "location": "westeurope", "properties": m{
		"tenantId": azuresim.DefaultTenantID, "enableRbacAuthorization": true, "sku": m{"family": "A", "name": "standard"},
	}})
	inputs := m{"resourceGroupName": "rg", "vaultName": "shopvault", "keyName": "etcd", "properties": m{"kty": "RSA", "keySize": 2048}}
	id, state := c.mustCreate("azure-native:keyvault:Key", inputs)
	if _, nested := state["properties"]; nested || state["kty"] != "RSA" || state["keyUri"] != "https://shopvault.vault.azure.net/keys/etcd" {
		t.Errorf("got %v", state)
	}
	refreshed, found, _ := c.read("azure-native:keyvault:Key", id, state, inputs)
	if refreshed["properties"] == nil || found["keyUriWithVersion"] != state["keyUriWithVersion"] {
		t.Errorf("a refresh finds the same: got %v and %v, want %v", refreshed, found, state)
	}
}
