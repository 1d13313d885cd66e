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
