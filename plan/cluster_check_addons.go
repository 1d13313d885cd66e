package plan

import "strings"

// Retirement tells when something went and what to use instead.
type Retirement struct {
	// Since is the day, as 2025-03-03, or the Kubernetes version that dropped it.
	Since string
	// Day is the day from which it is refused; empty means always.
	Day       string
	Successor string
	// Source with the day of reading.
	Source string
}

// Retirements by add-on key, in the spelling of the AKS documentation.
func Retirements() map[string]Retirement {
	const notes = "AKS release notes, read 2026-08-07"
	return map[string]Retirement{
		KubeDashboard: {
			Since: "Kubernetes 1.19 (2020-11-09)", Successor: "the portal's Kubernetes resource view, or a dashboard that you deploy", Source: notes,
		},
		HTTPRouting: {Since: "2025-03-03", Successor: "addons.appRouting", Source: notes},
		"podIdentity": {
			Since: "2022-10-24 (deprecated)", Successor: "workloadIdentity and a WorkloadIdentity component",
			Source: "codit.eu on the migration from pod identity, read 2026-11-23",
		},
		"networkMonitoring": {Since: "Kubernetes 1.21 (2021-10-08)", Successor: "Container Insights or Prometheus metrics", Source: notes},
		OpenServiceMesh: {
			Since: "2027-09-30", Day: "2027-09-30", Successor: "addons.istio", Source: "AKS documentation includes, read 2026-08-21",
		},
	}
}

const legacyMonitoringEnds = "2026-09-30"

func (c Cluster) checkAddons(p *problems) {
	a := c.Addons
	checkIDs(p, "registryIds", c.Registries, typeRegistry)
	checkIDs(p, "abacRegistryIds", c.ABACRegistries, typeRegistry)
	p.checkID("bootstrapRegistryId", c.BootstrapRegistry, typeRegistry)
	if c.BootstrapRegistry.IsSet() && c.KubeletIdentity == nil {
		p.add("bootstrapRegistryId", "set kubeletIdentity (and identity.type UserAssigned), so that the pull right precedes the nodes.",
			"nodes of a network-isolated cluster pull from the registry at first boot, before AKS could grant an identity of its own")
	}
	a.checkOthers(p)
	a.checkMonitoring(p)
	c.checkGateway(p)
	c.checkVirtualNode(p)
	if r := a.Routing; r != nil {
		checkIDs(p, "addons.appRouting.publicDnsZoneIds", r.PublicZones, typeDNSZone)
		checkIDs(p, "addons.appRouting.privateDnsZoneIds", r.PrivateZones, TypePrivateZone)
		checkIDs(p, "addons.appRouting.vaultIds", r.Vaults, typeVault)
		if len(r.Vaults) > 0 && a.Secrets == nil {
			p.add("addons.appRouting.vaultIds", "enable addons.secretsProvider too.", "application routing reads certificates through the secrets provider")
		}
	}
	if s := a.Secrets; s != nil {
		checkIDs(p, "addons.secretsProvider.secretVaultIds", s.SecretVaults, typeVault)
		checkIDs(p, "addons.secretsProvider.certificateVaultIds", s.CertificateVaults, typeVault)
	}
	if m := a.Mesh; m != nil && m.OwnAuthority && !m.Vault.IsSet() {
		p.add("addons.istio.certificateAuthority.keyVaultId", "give the vault that holds the authority.", "it is missing")
	}
	if m := a.Mesh; m != nil && m.Vault.IsSet() {
		p.checkID("addons.istio.certificateAuthority.keyVaultId", m.Vault, typeVault)
		if a.Secrets == nil {
			p.add("addons.istio.certificateAuthority.keyVaultId", "enable addons.secretsProvider too.", "the plugged-in authority is read with the secrets provider's identity")
		}
	}
}

// checkOthers refuses what is retired, and what has typed arguments.
func (a Addons) checkOthers(p *problems) {
	retired := Retirements()
	for _, key := range sortedKeys(a.Other) {
		path := "addons.other." + key
		gone, isRetired := retired[AddonKey(key)]
		for name, r := range retired {
			if strings.EqualFold(name, key) {
				gone, isRetired = r, true
			}
		}
		switch {
		case isRetired && a.Other[key] && (gone.Day == "" || (a.AsOf != "" && a.AsOf >= gone.Day)):
			p.refused("AddonInvalid", path, "use "+gone.Successor+".", "%s is retired since %s (%s)", key, gone.Since, gone.Source)
		case isRetired:
		case AddonKey(key) != key || isTyped(key):
			p.add(path, "use the typed argument in addons, as addons.azurePolicy.", "%s has an argument of its own", AddonKey(key))
		}
	}
}

func isTyped(key string) bool {
	switch key {
	case AzurePolicy, Monitoring, IngressGateway, VirtualNode, SecretsProvider, WebAppRouting, ConfidentialComputing:
		return true
	}
	return false
}

func (a Addons) checkMonitoring(p *problems) {
	m := a.Monitoring
	if m == nil {
		return
	}
	if !m.Workspace.IsSet() {
		p.refused("LogAnalyticsWorkspaceNotSet", "addons.monitoring.workspaceId", "give the resource ID of the workspace.", "it is missing")
	}
	p.checkID("addons.monitoring.workspaceId", m.Workspace, typeWorkspace)
	if m.Legacy && a.AsOf >= legacyMonitoringEnds && a.AsOf != "" {
		p.add("addons.monitoring.legacyAuthentication", "leave it out: Entra authentication needs no role.",
			"legacy authentication ended on %s (AKS documentation, read 2026-08-21)", legacyMonitoringEnds)
	}
}

func (c Cluster) checkGateway(p *problems) {
	const path = "addons.ingressGateway"
	a := c.Addons.Gateway
	if a == nil {
		return
	}
	ways := 0
	for _, given := range []Value[string]{a.Gateway, a.Subnet, a.SubnetCIDR} {
		if given.IsSet() {
			ways++
		}
	}
	if ways != 1 {
		p.refused("IngressAppGwAddonConfigInvalid", path, "give exactly one of gatewayId, subnetId and subnetCidr.", "%d of them are given", ways)
	}
	p.checkID(path+".gatewayId", a.Gateway, typeGateway)
	p.checkID(path+".subnetId", a.Subnet, typeSubnet)
	p.checkID(path+".gatewayIdentityId", a.Identity, TypeUserAssignedIdentity)
	prefixAt(p, path+".subnetCidr", a.SubnetCIDR)
	if a.Identity.IsSet() && !a.Gateway.IsSet() {
		p.add(path+".gatewayIdentityId", "give gatewayId too, or leave it out.", "a gateway that the add-on makes has no identity of yours")
	}
}

func (c Cluster) checkVirtualNode(p *problems) {
	a := c.Addons.VirtualNode
	if a == nil {
		return
	}
	if c.Network.Plugin != "azure" {
		p.refused("ACIConnectorRequiresAzureNetworking", "addons.virtualNode", `set network.plugin to "azure".`, "virtual nodes need the azure plugin")
	}
	if !a.Subnet.IsSet() {
		p.refused("InvalidACIConnectorSubnetName", "addons.virtualNode.subnetId", "give the subnet of the virtual nodes.", "it is missing")
	}
	p.checkID("addons.virtualNode.subnetId", a.Subnet, typeSubnet)
	if network := networkOf(a.Subnet); network != "" && len(c.Pools) > 0 {
		if nodes := networkOf(c.Subnets[c.Pools[0].Subnet]); nodes != "" && !strings.EqualFold(network, nodes) {
			p.refused("InvalidACIConnectorSubnetName", "addons.virtualNode.subnetId", "use a subnet of the nodes' virtual network.",
				"it lies in another virtual network than the nodes")
		}
	}
}
