package azuresim

import "strings"

// fillVault sets the address of a vault.
func fillVault(_ *Cloud, r *resource) {
	put(r.properties(), "https://"+strings.ToLower(r.Name)+".vault.azure.net/", "vaultUri")
}

func seedVault(_ *Cloud, q *request) {
	setDefault(q.body, true, "properties", "enableRbacAuthorization")
}

func isVault(r *resource) bool { return r.Type == VaultType }

// vaultOf is the vault that a resource is or, when it is a key, lies in. nil for none.
func (c *Cloud) vaultOf(r *resource) *resource {
	if isVault(r) {
		return r
	}
	return c.lookup(strings.TrimSuffix(r.ID, "/keys/"+r.Name))
}

// vaultNamed finds a vault; vault names are unique in the world.
func (c *Cloud) vaultNamed(name string) *resource {
	for _, r := range c.resources {
		if isVault(r) && strings.EqualFold(r.Name, name) {
			return r
		}
	}
	return nil
}

func seedEncryptionSet(_ *Cloud, q *request) {
	setDefault(q.body, "SystemAssigned", "identity", "type")
}
