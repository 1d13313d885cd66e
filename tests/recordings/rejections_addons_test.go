package recordings

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

const hasItsOwnArgument = "the add-on has a typed argument; a key of Azure beside it would say things twice"

// virtualNodeIn switches virtual nodes on, on the azure plugin that they need.
func virtualNodeIn(subnet func(w *world) pulumi.StringInput) step {
	return all(flat, addons(func(w *world) *components.AddonsArgs {
		return &components.AddonsArgs{VirtualNode: &components.VirtualNodeArgs{SubnetID: subnet(w)}}
	}))
}

func noSubnet(*world) pulumi.StringInput { return nil }

func aci(w *world) pulumi.StringInput { return w.subnet("aci") }

func emptyVirtualNode(a *clusterArgs, _ *world) {
	a.Addons = &components.AddonsArgs{VirtualNode: &components.VirtualNodeArgs{}}
}

func gatewayNamed(change func(*components.IngressGatewayArgs)) step {
	return gateway(func(*world) *components.IngressGatewayArgs {
		g := &components.IngressGatewayArgs{}
		change(g)
		return g
	})
}

func addonRejections() []rejection {
	const (
		insideMonitoring = "the workspace is a part of addons.monitoring, which is what switches the add-on on"
		unknown          = "Azure has no add-on of that key"
	)
	noVirtualSubnet := atWithCode("addons.virtualNode.subnetId", "InvalidACIConnectorSubnetName")
	missingWorkspace := func(w *world) string {
		w.workspace() // puts another one into the group
		return azuresim.ID("monitorRG", azuresim.WorkspaceType, "missing")
	}
	return []rejection{
		{"workspace without the monitoring add-on", insideMonitoring, cannotBeSaid()},
		{"workspace does not exist", onlyAzureKnows, refusedByAzure(monitoring(missingWorkspace, false), azuresim.CodeInvalidResourceReference)},
		{
			"workspace is a name", "a name is no resource ID",
			refusedAt(monitoring(func(*world) string { return "myWorkspace" }, false), at("addons.monitoring.workspaceId")),
		},
		{"managed identity authentication for monitoring on a service principal cluster", noServicePrincipal, cannotBeSaid()},
		{"syslog without managed identity authentication", "there is no argument for what monitoring collects", cannotBeSaid()},
		{"virtual-node without aci-subnet-name", "virtual nodes run in a subnet of yours", refusedAt(all(inSubnet, virtualNodeIn(noSubnet)), noVirtualSubnet)},
		{
			"virtual-node without vnet-subnet-id", "AKS looks for the subnet in the nodes' network, and its own has none for virtual nodes",
			refusedAt(virtualNodeIn(aci), noVirtualSubnet),
		},
		{"virtual-node without either", "virtual nodes run in a subnet of yours", refusedAt(virtualNodeIn(noSubnet), noVirtualSubnet)},
		{"aci-subnet-name without virtual-node", "the subnet is a part of addons.virtualNode, which is what switches the add-on on", cannotBeSaid()},
		{"appgw-id without ingress-appgw", "the gateway is a part of addons.ingressGateway, which is what switches the add-on on", cannotBeSaid()},
		{
			"ingress-appgw without any gateway option", "the add-on has to know which gateway, or where to make one",
			refusedAt(gatewayNamed(func(*components.IngressGatewayArgs) {}), atWithCode("addons.ingressGateway", "IngressAppGwAddonConfigInvalid")),
		},
		{
			"ingress-appgw, appgw-id is a name", "a name is no resource ID",
			refusedAt(gatewayNamed(func(g *components.IngressGatewayArgs) { g.GatewayID = pulumi.StringPtr("myGateway") }), at("addons.ingressGateway.gatewayId")),
		},
		{
			"ingress-appgw, appgw-subnet-id is a name", "a name is no resource ID",
			refusedAt(gatewayNamed(func(g *components.IngressGatewayArgs) { g.SubnetID = pulumi.StringPtr("appgw") }), at("addons.ingressGateway.subnetId")),
		},
		{
			"ingress-appgw with kubenet", "AKS has it; the gateway's subnet then needs AKS's route table (Microsoft, Application Gateway FAQ)",
			acceptedHere(gateway(existingGateway)),
		},
		{"unknown add-on", "the CLI calls it monitoring; " + hasItsOwnArgument, refusedAt(otherAddons("omsagent"), at("addons.other.omsagent"))},
		{
			"two unknown add-ons", unknown + " (kured); " + hasItsOwnArgument + " (omsagent)",
			refusedAt(otherAddons("omsagent", "kured"), at("addons.other.omsagent"), atWithCode("addons.other.kured", azuresim.CodeAddonInvalid)),
		},
		{"duplicate add-on", "azurePolicy is on by itself; " + hasItsOwnArgument, refusedAt(otherAddons("azurepolicy"), at("addons.other.azurepolicy"))},
		{"gitops / azure-defender as add-ons", "GitOps is an extension of the cluster, not an add-on", refusedAt(
			otherAddons("gitops"), atWithCode("addons.other.gitops", azuresim.CodeAddonInvalid))},
		{"secret rotation without the add-on", "rotation is a part of addons.secretsProvider, which is what switches the add-on on", cannotBeSaid()},
	}
}

func kmsWith(change func(*components.KMSArgs, *world)) step {
	return func(a *clusterArgs, w *world) {
		k := &components.KMSArgs{KeyID: pulumi.String(keyURL)}
		change(k, w)
		a.Security = &components.SecurityArgs{KMS: k}
	}
}

func kmsRejections() []rejection {
	const systemAssigned = "AKS has no key of yours with a system-assigned identity"
	vault := "security.kms.keyVaultId"
	own := func(k *components.KMSArgs, w *world) { k.KeyVaultID = pulumi.String(w.vault()) }
	return []rejection{
		{"key without enabling", "a key in security.kms is what switches it on", cannotBeSaid()},
		{
			"enabled without key", "etcd cannot be encrypted without a key; and " + systemAssigned,
			refusedAt(kmsWith(func(k *components.KMSArgs, w *world) { own(k, w); k.KeyID = nil }), at("security.kms.keyId"), at(vault)),
		},
		{
			"key is not a key ID", "AKS takes the key's URL with its version",
			refusedAt(all(userAssigned, kmsWith(func(k *components.KMSArgs, w *world) { own(k, w); k.KeyID = pulumi.String("mykey") })), at("security.kms.keyId")),
		},
		{
			"no network access given", "our default is public; but we have to know the vault, because we grant there, and " + systemAssigned,
			refusedAt(kmsWith(func(*components.KMSArgs, *world) {}), at(vault)),
		},
		{
			"private without vault ID", "we grant on the vault; and " + systemAssigned,
			refusedAt(kmsWith(func(k *components.KMSArgs, _ *world) { k.NetworkAccess = "Private" }), at(vault), privateVault),
		},
		{
			"public with vault ID", systemAssigned + "; with a user-assigned one it is accepted",
			refusedAt(kmsWith(func(k *components.KMSArgs, w *world) { own(k, w); k.NetworkAccess = "Public" }), at(vault)),
		},
		{
			"vault ID is a name", "a name is no resource ID",
			refusedAt(all(userAssigned, kmsWith(func(k *components.KMSArgs, _ *world) {
				k.KeyVaultID, k.NetworkAccess = pulumi.String("myvault"), "Private"
			})), at(vault), privateVault),
		},
	}
}

func diskRejections() []rejection {
	return []rejection{{
		"disk encryption set is a name", "a name is no resource ID",
		refusedAt(func(a *clusterArgs, _ *world) { a.DiskEncryptionSetID = pulumi.StringPtr("myDes") }, at("diskEncryptionSetId")),
	}}
}

// privateVault: AKS reaches one through API-server VNet integration only, which our API version lacks.
var privateVault = refusal{path: "security.kms.networkAccess"}
