package tests

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// usesOfClusterOnly are judged by the mentions, or by TestLegacyMonitoringIsJudgedByThePlan.
var usesOfClusterOnly = []plan.Use{plan.BootstrapRegistry, plan.ABACBootstrapRegistry, plan.LegacyMetrics}

func addonMentions() []mention { return append(gatewayMentions(), vaultAndZoneMentions()...) }

func gatewayMentions() []mention {
	with := func(a *clusterArgs, gateway components.IngressGatewayArgs) {
		a.Addons = &components.AddonsArgs{IngressGateway: &gateway}
	}
	return []mention{
		{name: "existing gateway", into: func(w *world, a *clusterArgs) []probe {
			id := w.resource(azuresim.ApplicationGatewayType, "gateway", nil)
			with(a, components.IngressGatewayArgs{GatewayID: pulumi.StringPtr(id)})
			return on(id, "agic-gateway")
		}},
		{name: "gateway with an identity", into: func(w *world, a *clusterArgs) []probe {
			id, own := w.resource(azuresim.ApplicationGatewayType, "gateway", nil), w.resource(azuresim.IdentityType, "gateway-identity", nil)
			with(a, components.IngressGatewayArgs{GatewayID: pulumi.StringPtr(id), GatewayIdentityID: pulumi.StringPtr(own)})
			return append(on(id, "agic-gateway"), does("agic-gateway-identity", own))
		}},
		{name: "gateway of parts elsewhere", into: func(w *world, a *clusterArgs) []probe {
			id, subnet, address := w.resource(azuresim.ApplicationGatewayType, "gateway", nil), w.subnet("gateway"), w.resource(azuresim.PublicIPAddressType, "address", nil)
			with(a, components.IngressGatewayArgs{GatewayID: pulumi.StringPtr(id), GatewaySubnetID: pulumi.StringPtr(subnet), GatewayPublicIPID: pulumi.StringPtr(address)})
			return append(on(id, "agic-gateway"), does("agic-subnet", subnet))
		}, late: func(w *world) []probe {
			address := w.named(azuresim.PublicIPAddressType, "address")
			return []probe{has("the simulated add-on writes gateways without looking at what stands in them", w.cluster.Addon(string(plan.IngressGateway)), address, false,
				azuresim.PublicIPAddressType+"/join/action")}
		}},
		{name: "gateway subnet", into: func(w *world, a *clusterArgs) []probe {
			id := w.subnet("gateway")
			with(a, components.IngressGatewayArgs{SubnetID: pulumi.StringPtr(id)})
			return on(id, "agic-subnet")
		}},
		{name: "gateway subnet by range", into: func(w *world, a *clusterArgs) []probe {
			nodes, cidr := inSubnet(w, a), "10.227.0.0/24"
			with(a, components.IngressGatewayArgs{SubnetCIDR: pulumi.String(cidr)})
			network, _, _ := strings.Cut(nodes, "/subnets/")
			made := w.MustSeed(network+"/subnets/ingress-appgateway-subnet", object{"properties": object{"addressPrefix": cidr}})
			return append(on(nodes, "node-subnet-join"), does("agic-subnet", made))
		}},
		{name: "virtual nodes", into: func(w *world, a *clusterArgs) []probe {
			nodes, id := inSubnet(w, a), w.subnet("virtual")
			a.Network = &components.NetworkArgs{Flat: true}
			a.Addons = &components.AddonsArgs{VirtualNode: &components.VirtualNodeArgs{SubnetID: pulumi.String(id)}}
			return append(on(nodes, "node-subnet-join"), does("virtual-node-subnet", id))
		}},
	}
}

func vaultAndZoneMentions() []mention {
	vault := func(w *world, name string) pulumi.String {
		return pulumi.String(w.resource(azuresim.VaultType, name, nil))
	}
	return []mention{
		{name: "vault of secrets", into: func(w *world, a *clusterArgs) []probe {
			id := vault(w, "secrets1")
			a.KeyVaultIDs = ids{"one": id}
			a.Addons = &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{SecretVaults: []string{"one"}}}
			return on(string(id), "keyvault-secrets-provider")
		}},
		{name: "vault of certificates", into: func(w *world, a *clusterArgs) []probe {
			id := vault(w, "certificates1")
			a.KeyVaultIDs = ids{"one": id}
			a.Addons = &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{CertificateVaults: []string{"one"}}}
			return on(string(id), "keyvault-secrets-provider")
		}},
		{name: "vault of the mesh", into: func(w *world, a *clusterArgs) []probe {
			id := vault(w, "mesh1")
			a.KeyVaultIDs = ids{"one": id}
			a.Addons = &components.AddonsArgs{
				SecretsProvider: &components.SecretsProviderArgs{},
				Istio: &components.IstioArgs{CertificateAuthority: &components.IstioCertificateAuthorityArgs{
					KeyVault: "one", CertChain: pulumi.String("chain"), Cert: pulumi.String("cert"), Key: pulumi.String("key"), RootCert: pulumi.String("root"),
				}},
			}
			return on(string(id), "keyvault-secrets-provider")
		}},
		{name: "application routing", into: func(w *world, a *clusterArgs) []probe {
			public := pulumi.String(w.resource(azuresim.DNSZoneType, "shop.example", nil))
			private := pulumi.String(w.resource(azuresim.PrivateDNSZoneType, "shop.internal", nil))
			certificates := vault(w, "routing1")
			a.KeyVaultIDs = ids{"shop": certificates}
			a.Addons = &components.AddonsArgs{
				SecretsProvider: &components.SecretsProviderArgs{},
				AppRouting: &components.AppRoutingArgs{
					PublicDNSZoneIDs: ids{"shop": public}, PrivateDNSZoneIDs: ids{"shop": private}, Vaults: []string{"shop"},
				},
			}
			return append(on(string(public), "approuting-public-dns"),
				does("approuting-private-dns", string(private)), does("approuting-keyvault", string(certificates)))
		}},
		{name: "zones of a group", into: func(w *world, a *clusterArgs) []probe {
			public := pulumi.String(w.resource(azuresim.DNSZoneType, "shop.example", nil))
			a.Addons = &components.AddonsArgs{AppRouting: &components.AppRoutingArgs{
				PublicDNSZoneIDs: ids{"shop": public}, DNSZoneGroupIDs: ids{"shop": pulumi.String(w.groupOf("shop.example"))},
			}}
			return on(string(public), "approuting-public-dns")
		}, late: func(w *world) []probe {
			return []probe{zonesOf(w.cluster.Addon(string(plan.WebAppRouting)), w.groupOf("shop.example"))}
		}},
	}
}
