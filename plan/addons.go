package plan

import "strings"

// Add-on keys in the spelling of the AKS documentation.
const (
	AzurePolicy           = "azurepolicy"
	Monitoring            = "omsagent"
	IngressGateway        = "ingressApplicationGateway"
	VirtualNode           = "aciConnectorLinux"
	SecretsProvider       = "azureKeyvaultSecretsProvider"
	ConfidentialComputing = "ACCSGXDevicePlugin"
	WebAppRouting         = "webAppRouting"
	OpenServiceMesh       = "openServiceMesh"
	HTTPRouting           = "httpApplicationRouting"
	KubeDashboard         = "kubeDashboard"
)

// AddonKey is the documented spelling of an add-on key. Azure returns keys in more than one letter case (omsagent,
// omsAgent; azure-cli looks them up without regard to case, read 2026-08), so nothing here relies on it.
func AddonKey(key string) string {
	for _, known := range []string{
		AzurePolicy, Monitoring, IngressGateway, VirtualNode, SecretsProvider, ConfidentialComputing, WebAppRouting,
		OpenServiceMesh, HTTPRouting, KubeDashboard,
	} {
		if strings.EqualFold(key, known) {
			return known
		}
	}
	return key
}

// Addons is the shape of a cluster's add-ons.
type Addons struct {
	NoPolicy              bool
	Monitoring            *MonitoringAddon
	Gateway               *GatewayAddon
	VirtualNode           *VirtualNodeAddon
	Secrets               *SecretsAddon
	Routing               *RoutingAddon
	Mesh                  *MeshAddon
	ConfidentialComputing bool
	// Other are add-ons by ARM key, with whether they are on.
	Other map[string]bool
	// AsOf is today as 2026-11-23; retirements before it are refused. Empty refuses only what is gone for good.
	AsOf string
}

// MonitoringAddon is Container Insights.
type MonitoringAddon struct {
	Workspace Value[string]
	// Legacy authenticates without Entra.
	Legacy bool
}

// GatewayAddon is the Application Gateway ingress controller. One of gateway, subnet and range is given.
type GatewayAddon struct {
	Gateway, Subnet, SubnetCIDR Value[string]
	// Identity of the gateway itself, if it has a user-assigned one.
	Identity Value[string]
}

// VirtualNodeAddon runs pods on container instances.
type VirtualNodeAddon struct{ Subnet Value[string] }

// SecretsAddon mounts secrets of vaults.
type SecretsAddon struct{ SecretVaults, CertificateVaults map[string]Value[string] }

// RoutingAddon is application routing.
type RoutingAddon struct{ PublicZones, PrivateZones, Vaults map[string]Value[string] }

// MeshAddon is the Istio add-on, with the vault of a plugged-in certificate authority.
type MeshAddon struct {
	// OwnAuthority plugs in a certificate authority, whose vault is then required.
	OwnAuthority bool
	Vault        Value[string]
}

func (a Addons) identities() []PlannedIdentity {
	var out []PlannedIdentity
	for _, addon := range []struct {
		key string
		on  bool
	}{
		{AzurePolicy, !a.NoPolicy},
		{Monitoring, a.Monitoring != nil && a.Monitoring.Legacy},
		{IngressGateway, a.Gateway != nil},
		{VirtualNode, a.VirtualNode != nil},
		{SecretsProvider, a.Secrets != nil},
		{WebAppRouting, a.Routing != nil},
	} {
		if addon.on {
			out = append(out, PlannedIdentity{
				Identity: Identity{Kind: Addon, Name: addon.key}, Source: ByAzure, Reason: "AKS creates one for the add-on",
			})
		}
	}
	return out
}

// addonTargets lists what the kubelet and the add-ons work with.
func (c Cluster) addonTargets() []Target {
	targets := mapTargets(Registry, "registryIds", c.Registries)
	targets = append(targets, mapTargets(ABACRegistry, "abacRegistryIds", c.ABACRegistries)...)
	targets = append(targets, one(BootstrapRegistry, "bootstrapRegistryId", c.BootstrapRegistry)...)
	if a := c.Addons.Routing; a != nil {
		targets = append(targets, mapTargets(PublicZone, "addons.appRouting.publicDnsZoneIds", a.PublicZones)...)
		targets = append(targets, mapTargets(PrivateRecordZone, "addons.appRouting.privateDnsZoneIds", a.PrivateZones)...)
		targets = append(targets, mapTargets(RoutingVault, "addons.appRouting.vaultIds", a.Vaults)...)
	}
	if a := c.Addons.Secrets; a != nil {
		targets = append(targets, mapTargets(SecretVault, "addons.secretsProvider.secretVaultIds", a.SecretVaults)...)
		targets = append(targets, mapTargets(CertificateVault, "addons.secretsProvider.certificateVaultIds", a.CertificateVaults)...)
	}
	if a := c.Addons.Mesh; a != nil {
		targets = append(targets, one(MeshVault, "addons.istio.certificateAuthority.keyVaultId", a.Vault)...)
	}
	if a := c.Addons.VirtualNode; a != nil {
		targets = append(targets, one(VirtualNodes, "addons.virtualNode.subnetId", a.Subnet)...)
	}
	if a := c.Addons.Monitoring; a != nil && a.Legacy {
		targets = append(targets, Target{Use: LegacyMetrics, Path: "cluster", ID: Late[string]()})
	}
	return append(targets, c.gatewayTargets()...)
}

func (c Cluster) gatewayTargets() []Target {
	a := c.Addons.Gateway
	if a == nil {
		return nil
	}
	targets := one(Gateway, "addons.ingressGateway.gatewayId", a.Gateway)
	targets = append(targets, one(GatewaySubnet, "addons.ingressGateway.subnetId", a.Subnet)...)
	targets = append(targets, one(GatewayIdentity, "addons.ingressGateway.gatewayIdentityId", a.Identity)...)
	// In a network that AKS makes, AKS grants the add-on itself.
	if a.SubnetCIDR.IsSet() && len(c.Pools) > 0 && c.Pools[0].Subnet != "" {
		targets = append(targets, Target{
			Use: GatewayNodeNetwork, Path: "subnets." + c.Pools[0].Subnet, ID: c.Subnets[c.Pools[0].Subnet],
		})
	}
	return targets
}

func one(use Use, path string, id Value[string]) []Target {
	if !id.IsSet() {
		return nil
	}
	return []Target{{Use: use, Path: path, ID: id}}
}

func mapTargets(use Use, path string, ids map[string]Value[string]) []Target {
	targets := make([]Target, 0, len(ids))
	for _, key := range sortedKeys(ids) {
		targets = append(targets, Target{Use: use, Path: path + "." + key, ID: ids[key]})
	}
	return targets
}
