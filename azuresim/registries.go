package azuresim

import "strings"

// The modes of a registry: which role assignments it honours (Azure SDK for Go, API version 2025-11-01, read 2026-11-25).
// A registry that does not say is in the legacy mode.
const (
	abacMode   = "AbacRepositoryPermissions"
	legacyMode = "LegacyRegistryPermissions"
)

func registryMode(r *resource) string {
	if strings.EqualFold(text(r.Body, "properties", "roleAssignmentMode"), abacMode) {
		return abacMode
	}
	return legacyMode
}

// fillRegistry: a registry that does not say has no admin user, and the tier is the name of the SKU (Azure SDK for Python, API
// version 2022-02-01-preview, read 2026-11-26).
func fillRegistry(_ *Cloud, r *resource) {
	put(r.properties(), strings.ToLower(r.Name)+".azurecr.io", "loginServer")
	setDefault(r.properties(), false, "adminUserEnabled")
	if sku := text(r.Body, "sku", "name"); sku != "" {
		put(r.Body, sku, "sku", "tier")
	}
}

func seedRegistry(_ *Cloud, q *request) { setDefault(q.body, "Standard", "sku", "name") }
