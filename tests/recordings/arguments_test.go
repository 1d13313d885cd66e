package recordings

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// clusterArgs is short for what every step below changes.
type clusterArgs = components.ManagedIdentityClusterArgs

// step says one thing that a recording asks for in our arguments, and puts what it speaks of into the world.
type step func(*clusterArgs, *world)

func all(steps ...step) step {
	return func(a *clusterArgs, w *world) {
		for _, s := range steps {
			s(a, w)
		}
	}
}

// base is what every recorded command has in common: version 2.45.0 made kubenet clusters with these nodes.
func base() *clusterArgs {
	return &clusterArgs{
		Location: pulumi.StringPtr("westus2"), NewResourceGroupName: pulumi.StringPtr("myResourceGroup"),
		ClusterName: pulumi.StringPtr("MyManagedCluster"),
		Network:     &components.NetworkArgs{Plugin: "kubenet"},
		SystemPool: &components.NodePoolArgs{
			Name: "nodepool1", Count: pulumi.IntPtr(3), VMSize: pulumi.StringPtr("Standard_DS2_v2"),
		},
		APIServer: &components.APIServerArgs{Public: true},
	}
}

func asItIs(*clusterArgs, *world) {}

func flat(a *clusterArgs, _ *world) { a.Network = &components.NetworkArgs{Plugin: "azure", Flat: true} }

func grantNothing(a *clusterArgs, _ *world) { a.GrantMode = components.GrantNone }

// nodesIn puts the nodes into the subnet with this ID.
func nodesIn(subnet func(w *world) string) step {
	return func(a *clusterArgs, w *world) {
		a.Subnets = map[string]pulumi.StringInput{"nodes": pulumi.String(subnet(w))}
		a.SystemPool.Subnet = "nodes"
	}
}

func inSubnet(a *clusterArgs, w *world) {
	nodesIn(func(w *world) string { return string(w.subnet("nodes")) })(a, w)
}

func inOtherSubscription(a *clusterArgs, w *world) {
	nodesIn(func(w *world) string {
		w.cloud.AddSubscription(otherSubscription)
		return w.cloud.MustSeed(azuresim.IDIn(otherSubscription, "networkRG", azuresim.SubnetType, "myVnet", "nodes"), nil)
	})(a, w)
}

func userAssigned(a *clusterArgs, w *world) {
	a.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned, UserAssigned: existing(w.controlPlane())}
}

func ownKubelet(a *clusterArgs, w *world) {
	a.KubeletIdentity = &components.KubeletIdentityArgs{Existing: existing(w.kubelet())}
}

func serviceRange(a *clusterArgs, _ *world) {
	services, dns := "10.2.0.0/24", "10.2.0.10"
	a.Network.ServiceCIDR, a.Network.DNSServiceIP = &services, &dns
}

func outbound(kind components.OutboundType) step {
	return func(a *clusterArgs, _ *world) { a.Network.OutboundType = kind }
}

// ownRoutes puts a route table on the nodes' subnet, and lets outbound traffic take it.
func ownRoutes(a *clusterArgs, w *world) {
	table := w.id("networkRG", azuresim.RouteTableType, "udr")
	err := w.cloud.Modify(string(w.subnet("nodes")), func(body map[string]any) {
		body["properties"].(map[string]any)["routeTable"] = map[string]any{"id": table}
	})
	if err != nil {
		panic(err)
	}
	a.Network.OutboundType = "userDefinedRouting"
}

func outboundIPs(ids func(w *world) map[string]pulumi.StringInput) step {
	return func(a *clusterArgs, w *world) {
		a.Network.LoadBalancer = &components.LoadBalancerArgs{OutboundIPIDs: ids(w)}
	}
}

func ownIP(w *world) map[string]pulumi.StringInput {
	return map[string]pulumi.StringInput{"mine": pulumi.String(w.id("networkRG", azuresim.PublicIPAddressType, "myOutboundIp"))}
}

func registry(a *clusterArgs, w *world) { registryID(string(w.registry()))(a, w) }

func registryID(id string) step {
	return func(a *clusterArgs, _ *world) {
		a.RegistryIDs = map[string]pulumi.StringInput{"mine": pulumi.String(id)}
	}
}

// privateZone makes the cluster private, with a zone of one's own.
func privateZone(a *clusterArgs, w *world) {
	zone := w.id("dnsRG", azuresim.PrivateDNSZoneType, "privatelink.westus2.azmk8s.io")
	a.APIServer = &components.APIServerArgs{
		Private: true, PrivateDNSZoneID: pulumi.StringPtr(zone),
	}
}

func subdomain(name string) step {
	return func(a *clusterArgs, _ *world) { a.FQDNSubdomain = pulumi.StringPtr(name) }
}

func encryptionSet(a *clusterArgs, w *world) {
	a.DiskEncryptionSetID = pulumi.StringPtr(w.id("securityRG", azuresim.DiskEncryptionSetType, "myDes"))
}

func kms(a *clusterArgs, w *world) {
	a.Security = &components.SecurityArgs{KMS: &components.KMSArgs{
		KeyID: pulumi.String(keyURL), KeyVaultID: pulumi.String(w.vault()), NetworkAccess: "Private",
	}}
}

const keyURL = "https://myvault.vault.azure.net/keys/mykey/0123456789abcdef"

func (w *world) vault() string { return w.id("securityRG", azuresim.VaultType, "myvault") }

// addons switches add-ons on; an add-on that takes a resource gets its own step below.
func addons(build func(w *world) *components.AddonsArgs) step {
	return func(a *clusterArgs, w *world) { a.Addons = build(w) }
}

func monitoring(workspace func(w *world) string, legacy bool) step {
	return addons(func(w *world) *components.AddonsArgs {
		return &components.AddonsArgs{Monitoring: &components.MonitoringArgs{
			WorkspaceID: pulumi.String(workspace(w)), LegacyAuthentication: legacy,
		}}
	})
}

// workspace lies where the CLI found it: it made the rule there.
func (w *world) workspace() string {
	return w.seeded(azuresim.ID("monitorRG", azuresim.WorkspaceType, "myWorkspace"), map[string]any{"location": "westus2"})
}

func gateway(describe func(w *world) *components.IngressGatewayArgs) step {
	return addons(func(w *world) *components.AddonsArgs { return &components.AddonsArgs{IngressGateway: describe(w)} })
}

func existingGateway(w *world) *components.IngressGatewayArgs {
	return &components.IngressGatewayArgs{GatewayID: pulumi.StringPtr(w.id("gatewayRG", azuresim.ApplicationGatewayType, "myGateway"))}
}

func gatewayInSubnet(w *world) *components.IngressGatewayArgs {
	return &components.IngressGatewayArgs{GatewayName: pulumi.StringPtr("myGateway"), SubnetID: pulumi.StringPtr(string(w.subnet("appgw")))}
}

func gatewayInRange(*world) *components.IngressGatewayArgs {
	cidr := "10.225.0.0/16"
	return &components.IngressGatewayArgs{GatewayName: pulumi.StringPtr("myGateway"), SubnetCIDR: pulumi.String(cidr)}
}

func virtualNode(a *clusterArgs, w *world) {
	a.Addons = &components.AddonsArgs{VirtualNode: &components.VirtualNodeArgs{SubnetID: w.subnet("aci")}}
}

func secretsProvider(a *clusterArgs, _ *world) {
	a.Addons = &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{RotationPollInterval: pulumi.String("2m")}}
}

// otherAddons switches add-ons on by their key in Azure.
func otherAddons(keys ...string) step {
	return addons(func(*world) *components.AddonsArgs {
		other := map[string]*components.OtherAddonArgs{}
		for _, key := range keys {
			other[key] = &components.OtherAddonArgs{Enabled: true}
		}
		return &components.AddonsArgs{Other: other}
	})
}
