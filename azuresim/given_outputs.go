package azuresim

import (
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"strings"
)

// Types that are kept as given and whose outputs programs need all the same.
const (
	secretType          = "Microsoft.KeyVault/vaults/secrets"
	firewallType        = "Microsoft.Network/azureFirewalls"
	privateEndpointType = "Microsoft.Network/privateEndpoints"
	peeringType         = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings"
)

// The outputs of what is beside a cluster: the addresses of keys, secrets and firewalls (Azure REST reference, from general
// knowledge, 2026-11; that a firewall gets the first address of its subnet is how it is seen, not documented).

func fillKey(_ *Cloud, r *resource) { fillVaultItem(r, "keys", "keyUri") }

func fillSecret(_ *Cloud, r *resource) { fillVaultItem(r, "secrets", "secretUri") }

func fillEndpoint(_ *Cloud, r *resource) {
	put(r.properties(), []any{map[string]any{
		"id": parentID(r.ID) + "/networkInterfaces/" + r.Name + ".nic." + hexOf(r.ID)}}, "networkInterfaces")
}

// fillExtension shows the identity that AKS gives to an extension.
func fillExtension(_ *Cloud, r *resource) {
	principal := identityOf(systemIdentityKey(r.ID), 1)
	put(r.properties(), map[string]any{"type": "SystemAssigned", "principalId": principal.ID, "tenantId": DefaultTenantID},
		"aksAssignedIdentity")
}

// fillVaultItem gives a key or secret its address, with and without its version.
func fillVaultItem(r *resource, kind, output string) {
	segments := strings.Split(r.ID, "/")
	vault := segments[len(segments)-3]
	uri := "https://" + strings.ToLower(vault) + ".vault.azure.net/" + kind + "/" + r.Name
	put(r.properties(), uri, output)
	put(r.properties(), uri+"/"+hexOf(r.ID), output+"WithVersion")
}

func (c *Cloud) fillFirewall(r *resource) {
	for _, item := range list(r.Body, "properties", "ipConfigurations") {
		config, isObject := item.(map[string]any)
		if !isObject {
			continue
		}
		subnet := c.lookup(text(config, "properties", "subnet", "id"))
		if subnet == nil {
			continue
		}
		if all := subnetPrefixes(subnet); len(all) > 0 {
			put(config, firstAddress(all[0]), "properties", "privateIPAddress")
		}
	}
}

// firstAddress is the first address of a subnet that Azure gives away; the four before it are Azure's own.
func firstAddress(prefix netip.Prefix) string {
	address := prefix.Masked().Addr()
	for range 4 {
		address = address.Next()
	}
	return address.String()
}

// parentID is an id without its last type and name.
func parentID(id string) string {
	segments := strings.Split(id, "/")
	return strings.Join(segments[:len(segments)-2], "/")
}

// hexOf are 32 hexadecimal digits that belong to an id.
func hexOf(id string) string {
	sum := sha256.Sum256([]byte(key(id)))
	return hex.EncodeToString(sum[:16])
}
