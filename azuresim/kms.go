package azuresim

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// checkKMS: etcd encryption with a key of one's own needs a user-assigned identity. The rights are validated for public
// vaults only (AKS documentation, use-kms-etcd-encryption).
//
// A private vault without its resource id was seen to be BadRequest (Azure/telescope#1121, read 2026-11-25). A public one
// with it is against the API description, a key of another vault than the named one makes no sense; that both are refused,
// and with the same code, is not verified.
func (v *clusterView) checkKMS() *Error {
	kms := object(v.props, "securityProfile", "azureKeyVaultKms")
	if !truth(kms, "enabled") {
		return nil
	}
	vaultName, keyName, ok := parseKey(text(kms, "keyId"))
	if !ok {
		return badRequest(CodeBadRequest, "securityProfile.azureKeyVaultKms.keyId",
			"'%s' is not a key identifier https://<vault>.vault.azure.net/keys/<key>/<version>.", text(kms, "keyId"))
	}
	if v.control.isSystem() {
		return v.needsUserAssigned(text(kms, "keyId"))
	}
	if strings.EqualFold(text(kms, "keyVaultNetworkAccess"), "Private") {
		return v.checkPrivateVault(text(kms, "keyVaultResourceId"), vaultName)
	}
	if text(kms, "keyVaultResourceId") != "" {
		return badRequest(CodeBadRequest, "securityProfile.azureKeyVaultKms.keyVaultResourceId",
			"KeyVault resource ID must be empty when KeyVault network access is Public.")
	}
	return v.checkPublicVault(vaultName, keyName)
}

// checkPrivateVault: AKS reaches a private vault through API-server VNet integration only (Azure/terraform-azurerm-aks#599 of 2024-11-05 with the
// text, AKS release notes of 2024-08-27, read 2026-11-26; the code and that this is asked last are not verified). No API version here has the
// property, so only a cluster that was seeded with it passes.
func (v *clusterView) checkPrivateVault(resourceID, vaultName string) *Error {
	const target = "securityProfile.azureKeyVaultKms.keyVaultResourceId"
	if resourceID == "" {
		return badRequest(CodeBadRequest, target, "KeyVault resource ID is empty when KeyVault network access is Private.")
	}
	if named := resourceID[strings.LastIndex(resourceID, "/")+1:]; !strings.EqualFold(named, vaultName) {
		return badRequest(CodeBadRequest, target, "The key is in the vault '%s', not in '%s'.", vaultName, resourceID)
	}
	if !v.q.seeding && !truth(v.props, "apiServerAccessProfile", "enableVnetIntegration") {
		return badRequest(CodeBadRequest, "securityProfile.azureKeyVaultKms.keyVaultNetworkAccess",
			"Vnet integration should be enabled when KeyVault network access is Private.")
	}
	return nil
}

func (v *clusterView) checkPublicVault(vaultName, keyName string) *Error {
	vault := v.c.vaultNamed(vaultName)
	if vault == nil {
		return badRequest(CodeInvalidResourceReference, "securityProfile.azureKeyVaultKms.keyId",
			"The vault '%s' of the key '%s' was not found.", vaultName, keyName)
	}
	if v.q.seeding {
		return nil
	}
	asked := dataNeeds(vault.ID+"/keys/"+keyName, VaultType+"/keys/encrypt/action", VaultType+"/keys/decrypt/action")
	d := v.c.evaluateVault(v.control.principal, vault, asked, "keys", "encrypt", "decrypt")
	if d.Effect != rbac.Allow {
		return badRequest(CodeKMSMissingPermission, "securityProfile.azureKeyVaultKms",
			"The cluster identity has no %s", describe(d))
	}
	v.q.rely(v.c, d)
	return nil
}

// vaultHosts are the domains of vaults in Azure's clouds (Key Vault documentation, about-keys-secrets-certificates, read
// 2026-11-25).
var vaultHosts = []string{"vault.azure.net", "vault.azure.cn", "vault.usgovcloudapi.net", "vault.microsoftazure.de"}

// keyPath is the path of a key with its version. AKS's newer encryption with platform-managed keys takes keys without one, the
// API versions here do not (not verified).
var keyPath = regexp.MustCompile(`^/keys/([0-9A-Za-z-]{1,127})/[0-9A-Za-z]{1,64}/?$`)

// parseKey reads https://<vault>.vault.azure.net/keys/<key>/<version>.
func parseKey(id string) (vault, name string, ok bool) {
	u, err := url.Parse(id)
	if err != nil || u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Port() != "" {
		return "", "", false
	}
	vault, domain, _ := strings.Cut(u.Hostname(), ".")
	path := keyPath.FindStringSubmatch(u.Path)
	if path == nil || !vaultName.allows(vault) || !slices.Contains(vaultHosts, strings.ToLower(domain)) {
		return "", "", false
	}
	return vault, path[1], true
}
