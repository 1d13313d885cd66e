package plan

import (
	"fmt"
	"maps"
	"slices"
)

func (c Cluster) checkAddons(p *problems) {
	for _, use := range []Use{BootstrapRegistry, ABACBootstrapRegistry} {
		for _, m := range mentionsOf(c.Mentions, use) {
			if c.KubeletIdentity == nil {
				p.add(m.Path, "nodes of a network-isolated cluster pull from the registry at first boot, before AKS could grant an identity of its own",
					"set kubeletIdentity (and identity.type UserAssigned), so that the pull right precedes the nodes.")
			}
		}
	}
	c.Addons.checkOthers(p)
	c.Addons.Monitoring.check(p)
	c.checkGateway(p)
	c.checkVirtualNode(p)
	c.checkRouting(p)
	c.Addons.checkMesh(p)
}

// checkOthers refuses what AKS does not have, and what has typed arguments. What is retired is another question, see checkRetired.
func (a Addons) checkOthers(p *problems) {
	for _, key := range slices.Sorted(maps.Keys(a.Other)) {
		path := Path("addons.other").Key(key)
		_, isRetired := retirementOf(key)
		switch {
		case isRetired:
		case string(SpellAddon(key)) != key || isTyped(SpellAddon(key)):
			p.add(path, string(SpellAddon(key))+" has an argument of its own", "use the typed argument in addons, as addons.azurePolicy.")
		default:
			p.refused("AddonInvalid", path, fmt.Sprintf("AKS has no add-on %q", key)+meant(key, addonNames()),
				"leave it out; extensions (GitOps with Flux, Dapr, backup) are resources of their own, and what is newer than this library goes into additionalProperties.")
		}
	}
}

func addonNames() []string {
	keys := AddonKeys()
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = string(key)
	}
	return names
}

func isTyped(key AddonKey) bool {
	switch key {
	case AzurePolicy, Monitoring, IngressGateway, VirtualNode, SecretsProvider, WebAppRouting, ConfidentialComputing:
		return true
	}
	return false
}

func (c Cluster) checkGateway(p *problems) {
	const path = Path("addons.ingressGateway")
	a := c.Addons.Gateway
	if a == nil {
		return
	}
	ways := 0
	for _, given := range []bool{c.mentioned(Gateway), c.mentionedAt(path.Field("subnetId")), a.SubnetCIDR.IsSet()} {
		if given {
			ways++
		}
	}
	if ways != 1 {
		said := "it is not said where the gateway is"
		if ways > 1 {
			said = "more than one place is given"
		}
		p.refused("IngressAppGwAddonConfigInvalid", path, said, "give exactly one of gatewayId, subnetId and subnetCidr.")
	}
	prefixAt(p, path.Field("subnetCidr"), a.SubnetCIDR)
	for _, part := range []string{"gatewayIdentityId", "gatewaySubnetId", "gatewayPublicIpId"} {
		if c.mentionedAt(path.Field(part)) && !c.mentioned(Gateway) {
			p.add(path.Field(part), "it belongs to a gateway that exists already", "give gatewayId too, or leave it out.")
		}
	}
}

// mentionedAt tells whether the argument at the path names a resource by itself.
func (c Cluster) mentionedAt(path Path) bool {
	for _, m := range c.Mentions {
		if m.Path == path {
			return true
		}
	}
	return false
}

func (c Cluster) checkVirtualNode(p *problems) {
	const path = Path("addons.virtualNode")
	if !c.Addons.VirtualNode {
		return
	}
	if c.Network.Plugin != NetworkPluginAzure {
		p.refused("ACIConnectorRequiresAzureNetworking", path, "virtual nodes need the azure plugin", `set network.plugin to "azure".`)
	}
	const sourceNodes = " (AKS documentation of virtual nodes, read 2026-08-21)"
	if c.Network.PluginMode == NetworkPluginModeOverlay {
		p.add(path, "virtual nodes do not work with the overlay mode of the azure plugin"+sourceNodes, "set network.flat.")
	}
	if len(c.APIServer.AuthorizedRanges) > 0 {
		p.add(path, "virtual nodes do not work with authorised ranges of the API server"+sourceNodes, "leave apiServer.authorizedIpRanges out, or make it private.")
	}
	subnets := mentionsOf(c.Mentions, VirtualNodeSubnet)
	if len(subnets) == 0 {
		p.refused("InvalidACIConnectorSubnetName", path.Field("subnetId"), "it is missing", "give the subnet of the virtual nodes.")
		return
	}
	if c.SystemPool.Subnet == "" {
		p.refused("InvalidACIConnectorSubnetName", path.Field("subnetId"),
			"virtual nodes lie in the nodes' network, and in a network that AKS makes there is no subnet of yours",
			"put the pools into a subnet of the same virtual network (systemPool.subnet, pools[].subnet).")
	}
	network, known := networkOf(subnets[0].ID)
	if nodes, ok := c.nodeNetwork(); known && ok && !network.Equal(nodes) {
		p.refused("InvalidACIConnectorSubnetName", path.Field("subnetId"), "it lies in another virtual network than the nodes",
			"use a subnet of the nodes' virtual network.")
	}
}

// checkRouting: zones of one kind lie in one resource group (AKS documentation of application routing, read 2026-08-21), and
// certificates are read through the secrets provider.
func (c Cluster) checkRouting(p *problems) {
	if c.Addons.Routing == nil {
		return
	}
	for _, use := range []Use{PublicZone, PrivateRecordZone} {
		zones := mentionsOf(c.Mentions, use)
		first := ""
		for _, m := range zones {
			scope, known := scopeOf(m.ID)
			group, ok := scope.ResourceGroupScope()
			switch {
			case !known || !ok:
			case first == "":
				first = group.Key()
			case group.Key() != first:
				p.add(m.Path, "the zones lie in more than one resource group; application routing takes zones of one kind from one group", "use zones of one group.")
			}
		}
	}
	if len(c.Addons.Routing.Vaults) > 0 && c.Addons.Secrets == nil {
		p.add("addons.appRouting.vaults", "application routing reads certificates through the secrets provider", "enable addons.secretsProvider too.")
	}
}

func (a Addons) checkMesh(p *problems) {
	const path = Path("addons.istio.certificateAuthority.keyVault")
	if a.Mesh == nil || !a.Mesh.OwnAuthority {
		return
	}
	if a.Mesh.Vault == "" {
		p.add(path, "it is missing", "give the key in keyVaultIds of the vault that holds the authority.")
	} else if a.Secrets == nil {
		p.add(path, "the plugged-in authority is read with the secrets provider's identity", "enable addons.secretsProvider too.")
	}
}
