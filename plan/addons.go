package plan

import "strings"

// Add-on keys in the spelling of the AKS documentation.
const (
	AzurePolicy            = "azurepolicy"
	Monitoring             = "omsagent"
	IngressGateway         = "ingressApplicationGateway"
	VirtualNode            = "aciConnectorLinux"
	SecretsProvider        = "azureKeyvaultSecretsProvider"
	ConfidentialComputing  = "ACCSGXDevicePlugin"
	WebAppRouting          = "webAppRouting"
	httpApplicationRouting = "httpApplicationRouting"
	kubeDashboard          = "kubeDashboard"
	openServiceMesh        = "openServiceMesh"
)

// AddonKey is the documented spelling of an add-on key. Azure returns keys in more than one letter case (omsagent,
// omsAgent; azure-cli looks them up without regard to case, read 2026-08), so nothing here relies on it.
func AddonKey(key string) string {
	for _, known := range []string{
		AzurePolicy, Monitoring, IngressGateway, VirtualNode, SecretsProvider, ConfidentialComputing, WebAppRouting,
		httpApplicationRouting, kubeDashboard, openServiceMesh,
	} {
		if strings.EqualFold(key, known) {
			return known
		}
	}
	return key
}
