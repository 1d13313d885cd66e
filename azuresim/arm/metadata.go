package arm

import "net/http"

// metadata answers /metadata/endpoints, which tells a client where the services of this cloud are: all here. The answer to
// api-version 2015-01-01 is one object, to the later ones a list of clouds.
func (h *Handler) metadata(r *http.Request) answer {
	if r.URL.Path != "/metadata/endpoints" || r.Method != http.MethodGet {
		return notServed(r)
	}
	here := origin(r)
	if r.URL.Query().Get("api-version") == "2015-01-01" {
		return ok(map[string]any{"galleryEndpoint": here, "graphEndpoint": here, "portalEndpoint": here,
			"authentication": map[string]any{"loginEndpoint": here, "audiences": []string{managementAudience}}})
	}
	return ok([]any{map[string]any{
		"name": "AzureSimulated", "portal": here, "resourceManager": here, "media": here,
		"microsoftGraphResourceId": here, "graph": here, "graphAudience": graphAudience, "gallery": here, "batch": here,
		"authentication": map[string]any{"loginEndpoint": here, "audiences": []string{managementAudience},
			"tenant": "common", "identityProvider": "AAD"},
		"suffixes": map[string]any{"acrLoginServer": "azurecr.io", "keyVaultDns": "vault.azure.net", "storage": "core.windows.net"},
	}})
}
