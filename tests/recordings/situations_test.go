package recordings

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// situation is what one recording does, said in our arguments.
type situation struct {
	set func(*components.ManagedIdentityClusterArgs, *world)
	// refused: the path at which we refuse it, and Azure's code when it has one.
	refused, code string
	// apart: why the recording is not compared.
	apart string
	// grantsApart: why our grants are not compared with the CLI's, although the bodies are.
	grantsApart string
}

// world is what was there before, under the names of the recordings.
type world struct {
	cloud *azuresim.Cloud
	sent  []map[string]string // the bodies with which the cluster was PUT, flattened
}

func (w *world) id(group, resourceType string, names ...string) string {
	return w.cloud.MustSeed(azuresim.ID(group, resourceType, names...), nil)
}

func (w *world) subnet(name string) pulumi.String {
	return pulumi.String(w.cloud.MustSeedSubnet("networkRG", "myVnet", name))
}

func (w *world) identity(name string) *components.UserAssignedIdentityArgs {
	id := w.cloud.MustSeedIdentity("identityRG", name)
	return &components.UserAssignedIdentityArgs{
		ResourceID:  pulumi.String(azuresim.ID("identityRG", azuresim.IdentityType, name)),
		PrincipalID: pulumi.String(id.PrincipalID), ClientID: pulumi.String(id.ClientID),
	}
}

// base is what every recorded `az aks create` has in common: version 2.45.0 made kubenet clusters with these nodes.
func base() *components.ManagedIdentityClusterArgs {
	return &components.ManagedIdentityClusterArgs{
		Location: pulumi.StringPtr("westus2"), NewResourceGroupName: pulumi.StringPtr("myResourceGroup"),
		ClusterName: pulumi.StringPtr("MyManagedCluster"),
		Network:     &components.NetworkArgs{Plugin: "kubenet"},
		Pools: []*components.NodePoolArgs{{
			Name: "nodepool1", Count: pulumi.IntPtr(3), VMSize: pulumi.StringPtr("Standard_DS2_v2"),
		}},
		APIServer: &components.APIServerArgs{Public: true},
	}
}

func nothing(*components.ManagedIdentityClusterArgs, *world) {}

func inSubnet(a *components.ManagedIdentityClusterArgs, w *world) {
	a.Subnets = map[string]pulumi.StringInput{"nodes": w.subnet("nodes")}
	a.Pools[0].Subnet = "nodes"
}

func flat(a *components.ManagedIdentityClusterArgs, _ *world) {
	a.Network = &components.NetworkArgs{Plugin: "azure", Flat: true}
}

func userAssigned(a *components.ManagedIdentityClusterArgs, w *world) {
	a.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned, UserAssigned: w.identity("myControlPlane")}
}

func ownKubelet(a *components.ManagedIdentityClusterArgs, w *world) {
	a.KubeletIdentity = &components.KubeletIdentityArgs{Existing: w.identity("myKubelet")}
}

func ownRoutes(a *components.ManagedIdentityClusterArgs, w *world) {
	table := w.id("networkRG", "Microsoft.Network/routeTables", "udr")
	err := w.cloud.Modify(string(w.subnet("nodes")), func(body map[string]any) {
		body["properties"].(map[string]any)["routeTable"] = map[string]any{"id": table}
	})
	if err != nil {
		panic(err)
	}
	a.Network.OutboundType = "userDefinedRouting"
}

func registry(a *components.ManagedIdentityClusterArgs, w *world) {
	a.RegistryIDs = map[string]pulumi.StringInput{"mine": pulumi.String(w.id("registryRG", "Microsoft.ContainerRegistry/registries", "myRegistry"))}
}

func privateZone(a *components.ManagedIdentityClusterArgs, w *world) {
	network := azuresim.ID("networkRG", "Microsoft.Network/virtualNetworks", "myVnet")
	w.subnet("nodes")
	a.FQDNSubdomain = pulumi.StringPtr("mycluster")
	a.APIServer = &components.APIServerArgs{
		Private:                  true,
		PrivateDNSZoneID:         pulumi.StringPtr(w.id("dnsRG", "Microsoft.Network/privateDnsZones", "privatelink.westus2.azmk8s.io")),
		PrivateDNSZoneNetworkIDs: map[string]pulumi.StringInput{"mine": pulumi.String(network)},
	}
}

func addons(build func(w *world) *components.AddonsArgs) func(*components.ManagedIdentityClusterArgs, *world) {
	return func(a *components.ManagedIdentityClusterArgs, w *world) { a.Addons = build(w) }
}

func gateway(g func(w *world) *components.IngressGatewayArgs) func(*components.ManagedIdentityClusterArgs, *world) {
	return addons(func(w *world) *components.AddonsArgs { return &components.AddonsArgs{IngressGateway: g(w)} })
}

func both(steps ...func(*components.ManagedIdentityClusterArgs, *world)) func(*components.ManagedIdentityClusterArgs, *world) {
	return func(a *components.ManagedIdentityClusterArgs, w *world) {
		for _, step := range steps {
			step(a, w)
		}
	}
}

const (
	isUpdate      = "an update of a cluster that something else made; the component deploys the wanted state instead"
	sameCluster   = "the same cluster as another recording; only the CLI's retries or checks differ"
	byServiceOnly = "no cluster is made"
)

func monitoring(legacy bool) func(w *world) *components.AddonsArgs {
	return func(w *world) *components.AddonsArgs {
		return &components.AddonsArgs{Monitoring: &components.MonitoringArgs{
			WorkspaceID:          pulumi.String(w.id("monitorRG", "Microsoft.OperationalInsights/workspaces", "myWorkspace")),
			LegacyAuthentication: legacy,
		}}
	}
}

func situations() map[string]situation {
	virtualNode := both(flat, inSubnet, addons(func(w *world) *components.AddonsArgs {
		return &components.AddonsArgs{VirtualNode: &components.VirtualNodeArgs{SubnetID: w.subnet("aci")}}
	}))
	gatewaySubnet := gateway(func(w *world) *components.IngressGatewayArgs {
		return &components.IngressGatewayArgs{GatewayName: pulumi.StringPtr("myGateway"), SubnetID: pulumi.StringPtr(string(w.subnet("appgw")))}
	})
	gatewayRange := gateway(func(*world) *components.IngressGatewayArgs {
		cidr := "10.225.0.0/16"
		return &components.IngressGatewayArgs{GatewayName: pulumi.StringPtr("myGateway"), SubnetCIDR: &cidr}
	})
	return map[string]situation{
		"01a-seed-group-create": {apart: byServiceOnly}, "01b-seed-aks-create-no-key": {apart: "the CLI stops for want of an SSH key, which a cluster does not need"},
		"01c-seed-aks-create": {set: nothing}, "01d-seed-get-credentials": {apart: "the kubeconfig is an output: tests/components"},
		"01e-aks-create-default-identity":                  {set: nothing},
		"02-byo-subnet-system-assigned-kubenet":            {set: inSubnet},
		"02b-byo-subnet-assignment-exists-other-principal": {set: inSubnet},
		"02c-byo-subnet-skip-role-assignment": {set: both(inSubnet, func(a *components.ManagedIdentityClusterArgs, _ *world) {
			a.Grants = components.GrantNone
		})},
		"02d-byo-subnet-assignment-exists-on-vnet": {set: inSubnet},
		"02g-byo-subnet-other-subscription": {set: func(a *components.ManagedIdentityClusterArgs, w *world) {
			w.cloud.AddSubscription(otherSubscription)
			id := w.cloud.MustSeed(azuresim.IDIn(otherSubscription, "networkRG", azuresim.SubnetType, "myVnet", "nodes"), nil)
			a.Subnets = map[string]pulumi.StringInput{"nodes": pulumi.String(id)}
			a.Pools[0].Subnet = "nodes"
		}},
		"03-byo-subnet-system-assigned-azure-cni": {set: both(flat, inSubnet, func(a *components.ManagedIdentityClusterArgs, _ *world) {
			services, dns := "10.2.0.0/24", "10.2.0.10"
			a.Network.ServiceCIDR, a.Network.DNSServiceIP = &services, &dns
		})},
		"04-user-assigned-control-plane-subnet":      {set: both(flat, inSubnet, userAssigned)},
		"04b-user-assigned-control-plane-only":       {set: userAssigned},
		"04d-user-assigned-subnet-granted-already":   {apart: "the grant exists under another name; we stop with RoleAssignmentExists and say how to adopt it: tests/components"},
		"05-user-assigned-control-plane-and-kubelet": {set: both(flat, inSubnet, userAssigned, ownKubelet)},
		"05b-kubelet-identity-assignment-exists":     {set: both(userAssigned, ownKubelet)},
		"05c-kubelet-identity-assignment-inherited":  {set: both(userAssigned, ownKubelet)},
		"06a-udr-system-assigned":                    {set: both(flat, inSubnet, ownRoutes)},
		"06b-udr-user-assigned":                      {set: both(inSubnet, userAssigned, ownRoutes), grantsApart: "AKS checks the right on the route table too, which the CLI never grants; the network team does it with VnetDelegation"},
		"06c-udr-system-assigned-kubenet":            {set: both(inSubnet, ownRoutes), refused: "network.outboundType", code: "CustomRouteTableWithUnsupportedMSIType"},
		"07a-attach-acr-by-id":                       {set: registry},
		"07b-attach-acr-by-name":                     {set: registry},
		"07f-attach-acr-not-found":                   {apart: "Azure refuses the grant; the CLI has made the cluster by then and leaves it"},
		"08a-addon-monitoring-workspace":             {set: addons(monitoring(true)), refused: "addons.monitoring.legacyAuthentication"},
		"08c-addon-monitoring-msi-auth":              {set: addons(monitoring(false))},
		"09a-addon-ingress-appgw-id": {set: both(flat, gateway(func(w *world) *components.IngressGatewayArgs {
			return &components.IngressGatewayArgs{GatewayID: pulumi.StringPtr(w.id("gatewayRG", "Microsoft.Network/applicationGateways", "myGateway"))}
		}))},
		"09b-addon-ingress-appgw-subnet-id":   {set: both(flat, gatewaySubnet)},
		"09c-addon-ingress-appgw-subnet-cidr": {set: both(flat, gatewayRange)},
		"10-addon-virtual-node":               {set: virtualNode},
		"10e-addon-virtual-node-skip-subnet":  {set: virtualNode},
		"11-addon-http-application-routing": {set: addons(func(*world) *components.AddonsArgs {
			return &components.AddonsArgs{Other: map[string]*components.OtherAddonArgs{string(plan.HTTPRouting): {Enabled: true}}}
		}), refused: "addons.other.httpApplicationRouting", code: "AddonInvalid"},
		"12-addon-azure-policy": {set: nothing},
		"13-addon-keyvault-secrets-provider": {set: addons(func(*world) *components.AddonsArgs {
			return &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{RotationPollInterval: "2m"}}
		})},
		"14a-private-dns-zone-system-assigned": {set: privateZone, refused: "apiServer.privateDnsZoneId"},
		"14b-private-dns-zone-user-assigned":   {set: both(userAssigned, privateZone)},
		"15-outbound-ips": {set: func(a *components.ManagedIdentityClusterArgs, w *world) {
			a.Network.LoadBalancer = &components.LoadBalancerArgs{OutboundIPIDs: map[string]pulumi.StringInput{
				"mine": pulumi.String(w.id("networkRG", "Microsoft.Network/publicIPAddresses", "myOutboundIp")),
			}}
		}},
		"16-disk-encryption-set": {set: func(a *components.ManagedIdentityClusterArgs, w *world) {
			a.DiskEncryptionSetID = pulumi.StringPtr(w.id("securityRG", "Microsoft.Compute/diskEncryptionSets", "myDes"))
		}},
		"17a-oidc-issuer":                  {set: nothing},
		"19a-update-sp-to-system-assigned": {apart: isUpdate}, "19d-update-system-to-user-assigned": {apart: isUpdate + ": TestSwitchingIdentities"},
		"19e-update-user-to-system-assigned": {apart: isUpdate + ": TestSwitchingIdentities"},
		"20a-update-attach-acr":              {apart: isUpdate}, "20b-update-detach-acr": {apart: isUpdate}, "20d-update-attach-acr-exists": {apart: isUpdate},
		"21b-enable-addon-ingress-appgw-subnet-id": {apart: isUpdate + "; the grant is the one of 09b"},
		"21c-enable-addon-virtual-node":            {apart: isUpdate + "; the grant is the one of 10"},
		"21g-disable-addon-ingress-appgw":          {apart: isUpdate + "; the CLI leaves the assignment behind, the component removes it: TestDisabledAddonLosesItsGrant"},
		"23a-principal-not-found-three-times":      {apart: sameCluster}, "23b-principal-not-found-always-subnet": {apart: sameCluster},
		"23d-forbidden-kubelet-identity":        {apart: sameCluster + "; ours is an error with advice: TestRefusedGrantsSayWhatToDo"},
		"23j-role-assignment-exists-409":        {apart: sameCluster + "; ours is an error with advice: TestRefusedGrantsSayWhatToDo"},
		"23m-addon-identity-missing-monitoring": {apart: "the CLI warns and exits with 0; ours is an error that names the add-on: TestMissingAddonIdentity"},
		"23p-identity-profile-missing":          {apart: "the CLI warns and exits with 0; ours is an error: TestMissingKubeletIdentity"},
		"25a-role-assignment-create-object-id":  {apart: byServiceOnly}, "25b-role-assignment-create-again": {apart: byServiceOnly},
		"27-keyvault-kms-private": {set: both(userAssigned, func(a *components.ManagedIdentityClusterArgs, w *world) {
			vault := w.id("securityRG", "Microsoft.KeyVault/vaults", "myvault")
			a.Security = &components.SecurityArgs{KMS: &components.KMSArgs{
				KeyID: pulumi.String("https://myvault.vault.azure.net/keys/mykey/0123456789abcdef"), KeyVaultID: pulumi.String(vault), NetworkAccess: "Private",
			}}
		})},
	}
}
