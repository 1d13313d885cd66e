package plan

import "strings"

// AddonKey is the key of an add-on in Azure.
type AddonKey string

// Add-on keys in the spelling of the AKS documentation.
const (
	AzurePolicy           AddonKey = "azurepolicy"
	Monitoring            AddonKey = "omsagent"
	IngressGateway        AddonKey = "ingressApplicationGateway"
	VirtualNode           AddonKey = "aciConnectorLinux"
	SecretsProvider       AddonKey = "azureKeyvaultSecretsProvider"
	ConfidentialComputing AddonKey = "ACCSGXDevicePlugin"
	WebAppRouting         AddonKey = "webAppRouting"
	OpenServiceMesh       AddonKey = "openServiceMesh"
	HTTPRouting           AddonKey = "httpApplicationRouting"
	KubeDashboard         AddonKey = "kubeDashboard"
)

// AddonKeys are all keys that this package knows.
func AddonKeys() []AddonKey {
	return []AddonKey{
		AzurePolicy, Monitoring, IngressGateway, VirtualNode, SecretsProvider, ConfidentialComputing, WebAppRouting,
		OpenServiceMesh, HTTPRouting, KubeDashboard,
	}
}

// SpellAddon is an add-on key in its documented spelling; one that is not known stays as it is. Azure returns keys in more
// than one letter case (omsagent, omsAgent; azure-cli looks them up without regard to case, read 2026-08), so nothing here
// relies on it.
func SpellAddon(key string) AddonKey {
	for _, known := range AddonKeys() {
		if strings.EqualFold(key, string(known)) {
			return known
		}
	}
	return AddonKey(key)
}

// Addons is the shape of a cluster's add-ons. What they work with and nobody shares is among the cluster's mentions.
type Addons struct {
	NoPolicy              bool
	Monitoring            *MonitoringAddon
	Gateway               *GatewayAddon
	VirtualNode           bool
	Secrets               *SecretsAddon
	Routing               *RoutingAddon
	Mesh                  *MeshAddon
	ConfidentialComputing bool
	// Other are add-ons by ARM key, with whether they are on.
	Other map[string]bool
}

// Day is a calendar day as 2026-11-23.
type Day string

// GatewayAddon is the Application Gateway ingress controller.
type GatewayAddon struct{ SubnetCIDR Value[string] }

// SecretsAddon mounts secrets of vaults, which are keys of KeyVaults.
type SecretsAddon struct{ SecretVaults, CertificateVaults []string }

// RoutingAddon is application routing, with the keys of the vaults of its certificates.
type RoutingAddon struct{ Vaults []string }

// MeshAddon is the Istio add-on.
type MeshAddon struct {
	// OwnAuthority plugs in a certificate authority; Vault is the key of its vault, which is then required.
	OwnAuthority bool
	Vault        string
}

func (a Addons) identities() []PlannedIdentity {
	var out []PlannedIdentity
	for _, addon := range []struct {
		key AddonKey
		on  bool
	}{
		{AzurePolicy, !a.NoPolicy},
		// With Entra authentication the add-on has no identity and needs no role.
		{Monitoring, a.Monitoring != nil && a.Monitoring.Legacy},
		{IngressGateway, a.Gateway != nil},
		{VirtualNode, a.VirtualNode},
		{SecretsProvider, a.Secrets != nil},
		{WebAppRouting, a.Routing != nil},
	} {
		if addon.on {
			out = append(out, PlannedIdentity{
				Identity: AddonIdentity(addon.key), Source: ByAzure, Reason: "AKS creates one for the add-on",
			})
		}
	}
	return out
}
