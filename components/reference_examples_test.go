package components_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// Arguments that no example program needs. The reference of the components quotes them.

const (
	groups    = "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/"
	shop      = groups + "shop"
	hub       = groups + "hub"
	network   = hub + "/providers/Microsoft.Network/"
	compute   = hub + "/providers/Microsoft.Compute/"
	vault     = hub + "/providers/Microsoft.KeyVault/vaults/shop"
	principal = "83f0c9bd-3c4c-579d-945d-aac3968e28b4"
)

type ids = map[string]pulumi.StringInput

func delegateNetworks(ctx *pulumi.Context) error {
	_, err := components.NewVnetDelegation(ctx, "networks", &components.VnetDelegationArgs{
		PrincipalID:                pulumi.String(principal),
		APIServerSubnetIDs:         ids{"apiserver": pulumi.String(network + "virtualNetworks/hub/subnets/apiserver")},
		AutoprovisioningNetworkIDs: ids{"hub": pulumi.String(network + "virtualNetworks/hub")},
		AutoprovisioningSubnetIDs:  ids{"burst": pulumi.String(network + "virtualNetworks/spoke/subnets/burst")},
		KubenetSubnetIDs:           ids{"nodes": pulumi.String(network + "virtualNetworks/hub/subnets/kubenet")},
		PrivateLinkSubnetIDs:       ids{"links": pulumi.String(network + "virtualNetworks/hub/subnets/links")},
		VolumeSubnetIDs:            ids{"volumes": pulumi.String(network + "virtualNetworks/hub/subnets/volumes")},
		NetworkSecurityGroupIDs:    ids{"nodes": pulumi.String(network + "networkSecurityGroups/nodes")},
		RouteTableIDs:              ids{"kubenet": pulumi.String(network + "routeTables/kubenet")},
		SubnetRouteTableIDs:        ids{"firewall": pulumi.String(network + "routeTables/to-firewall")},
		NATGatewayIDs:              ids{"egress": pulumi.String(network + "natGateways/egress")},
		OutboundIPIDs:              ids{"outbound": pulumi.String(network + "publicIPAddresses/outbound")},
		OutboundIPPrefixIDs:        ids{"outbound": pulumi.String(network + "publicIPPrefixes/outbound")},
		EgressPrefixIDs:            ids{"egress": pulumi.String(network + "publicIPPrefixes/egress")},
		PrivateLinkServiceIDs:      ids{"shop": pulumi.String(network + "privateLinkServices/shop")},
		DDoSPlanIDs:                ids{"company": pulumi.String(network + "ddosProtectionPlans/company")},
		Explain:                    components.ExplainSummary,
	})
	return err
}

func delegateNodes(ctx *pulumi.Context) error {
	_, err := components.NewVnetDelegation(ctx, "nodes", &components.VnetDelegationArgs{
		PrincipalID:                 pulumi.String(principal),
		NodeIPPrefixIDs:             ids{"nodes": pulumi.String(network + "publicIPPrefixes/nodes")},
		CapacityReservationGroupIDs: ids{"gpu": pulumi.String(compute + "capacityReservationGroups/gpu")},
		HostGroupIDs:                ids{"own": pulumi.String(compute + "hostGroups/own")},
		DiskEncryptionSetIDs:        ids{"disks": pulumi.String(compute + "diskEncryptionSets/disks")},
		KMSKeyIDs:                   ids{"etcd": pulumi.String(vault + "/keys/etcd")},
		KubeletIdentityIDs:          ids{"kubelet": pulumi.String(hub + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/kubelet")},
		StorageAccountIDs:           ids{"files": pulumi.String(hub + "/providers/Microsoft.Storage/storageAccounts/shopfiles")},
	})
	return err
}

func delegateGroups(ctx *pulumi.Context) error {
	_, err := components.NewVnetDelegation(ctx, "groups", &components.VnetDelegationArgs{
		PrincipalID:                         pulumi.String(principal),
		PublicIPGroupIDs:                    ids{"addresses": pulumi.String(groups + "addresses")},
		NodeIPPrefixGroupIDs:                ids{"prefixes": pulumi.String(groups + "prefixes")},
		DiskGroupIDs:                        ids{"disks": pulumi.String(groups + "disks")},
		SnapshotGroupIDs:                    ids{"snapshots": pulumi.String(groups + "snapshots")},
		CapacityReservationResourceGroupIDs: ids{"reserved": pulumi.String(groups + "reserved")},
		HostResourceGroupIDs:                ids{"hosts": pulumi.String(groups + "hosts")},
		KMSVaultIDs:                         ids{"etcd": pulumi.String(vault)},
	})
	return err
}

func delegatePrivateVault(ctx *pulumi.Context) error {
	_, err := components.NewVnetDelegation(ctx, "vault", &components.VnetDelegationArgs{
		PrincipalID:        pulumi.String(principal),
		PrivateKMSVaultIDs: ids{"etcd": pulumi.String(vault)},
	})
	return err
}

func grantAddons(ctx *pulumi.Context) error {
	_, err := components.NewAddonIdentityGrants(ctx, "addons", &components.AddonIdentityGrantsArgs{
		KubeletPrincipalID: pulumi.StringPtr(principal),
		AddonPrincipalIDs: ids{
			"ingressApplicationGateway": pulumi.String("0d5a2a0c-7c8a-5d7e-9c53-1f0a3a1f6a01"), "aciConnectorLinux": pulumi.String("0d5a2a0c-7c8a-5d7e-9c53-1f0a3a1f6a02"),
			"webAppRouting": pulumi.String("0d5a2a0c-7c8a-5d7e-9c53-1f0a3a1f6a03"), "azureKeyvaultSecretsProvider": pulumi.String("0d5a2a0c-7c8a-5d7e-9c53-1f0a3a1f6a04"),
		},
		ABACRegistryIDs:      ids{"company": pulumi.String(hub + "/providers/Microsoft.ContainerRegistry/registries/company")},
		RegistryCatalogIDs:   ids{"company": pulumi.String(hub + "/providers/Microsoft.ContainerRegistry/registries/company")},
		FileShareAccountIDs:  ids{"shares": pulumi.String(hub + "/providers/Microsoft.Storage/storageAccounts/shares")},
		StorageAccountIDs:    ids{"blobs": pulumi.String(hub + "/providers/Microsoft.Storage/storageAccounts/blobs")},
		GatewayPublicIPIDs:   ids{"edge": pulumi.String(network + "publicIPAddresses/edge")},
		GatewaySubnetIDs:     ids{"edge": pulumi.String(network + "virtualNetworks/hub/subnets/edge")},
		GatewayNetworkIDs:    ids{"spoke": pulumi.String(network + "virtualNetworks/spoke")},
		GatewayIdentityIDs:   ids{"edge": pulumi.String(hub + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/edge")},
		VirtualNodeSubnetIDs: ids{"virtual": pulumi.String(network + "virtualNetworks/hub/subnets/virtual")},
		RoutingVaultIDs:      ids{"ingress": pulumi.String(vault)},
		CertificateVaultIDs:  ids{"certificates": pulumi.String(vault)},
		DNSZoneGroupIDs:      ids{"zones": pulumi.String(hub)},
		MeshVaultIDs:         ids{"mesh": pulumi.String(hub + "/providers/Microsoft.KeyVault/vaults/mesh")},
		RenamedKeys:          map[string][]string{"registryIds.shop": {"registryIds.main"}},
		RegistryIDs:          ids{"shop": pulumi.String(hub + "/providers/Microsoft.ContainerRegistry/registries/shop")},
		AdoptedAssignments:   map[string]string{"kubelet-acrpull-registryIds.shop": "ab69f3d7-7623-5c7f-8578-d46077b08e2e"},
		Explain:              components.ExplainSummary,
	})
	return err
}

func grantBackups(ctx *pulumi.Context) error {
	_, err := components.NewAddonIdentityGrants(ctx, "backups", &components.AddonIdentityGrantsArgs{
		BackupVaultPrincipalID:       pulumi.StringPtr(principal),
		DiskEncryptionSetPrincipalID: pulumi.StringPtr("0d5a2a0c-7c8a-5d7e-9c53-1f0a3a1f6a05"),
		GrafanaPrincipalID:           pulumi.StringPtr("0d5a2a0c-7c8a-5d7e-9c53-1f0a3a1f6a06"),
		BackedUpClusterIDs:           ids{"shop": pulumi.String(shop + "/providers/Microsoft.ContainerService/managedClusters/shop")},
		BackupVaultSnapshotGroupIDs:  ids{"snapshots": pulumi.String(groups + "snapshots")},
		EncryptionVaultIDs:           ids{"disks": pulumi.String(vault)},
		MonitorWorkspaceIDs:          ids{"metrics": pulumi.String(hub + "/providers/Microsoft.Monitor/accounts/metrics")},
	})
	return err
}

func makeCluster(ctx *pulumi.Context) error {
	_, err := components.NewManagedIdentityCluster(ctx, "shop", &components.ManagedIdentityClusterArgs{
		Identity:  &components.ClusterIdentityArgs{Type: components.UserAssigned},
		APIServer: &components.APIServerArgs{Private: true, PrivateDNSZoneID: pulumi.StringPtr(network + "privateDnsZones/shop.privatelink.westeurope.azmk8s.io")},
		// The zone is linked to the network of the subnet.
		Subnets:                 ids{"nodes": pulumi.String(network + "virtualNetworks/hub/subnets/nodes")},
		SystemPool:              &components.NodePoolArgs{Subnet: "nodes", OSSKU: components.OSSKUUbuntu},
		Network:                 &components.NetworkArgs{Plugin: components.NetworkPluginAzure},
		FQDNSubdomain:           pulumi.StringPtr("shop"),
		NetworkSecurityGroupIDs: ids{"nodes": pulumi.String(network + "networkSecurityGroups/nodes")},
		Pools:                   []*components.NodePoolArgs{{Name: "web", Subnet: "nodes", IgnoreChanges: []string{"nodeTaints"}}},
		RenamedKeys:             map[string][]string{"subnets.nodes": {"subnets.workers"}},
		AdoptedAssignments:      map[string]string{"control-plane-created-network-contributor-networkSecurityGroupIds.nodes": "ab69f3d7-7623-5c7f-8578-d46077b08e2e"},
		Maintenance:             &components.MaintenanceArgs{Disabled: true},
		CheckDeployer:           pulumi.BoolRef(false),
		WorkloadIdentity:        pulumi.BoolRef(false),
		IgnoreChanges:           []string{"networkProfile.podCidr"},
		AdditionalProperties:    pulumi.Map{"enablePodSecurityPolicy": pulumi.Bool(false)},
		Explain:                 components.ExplainGrants,
		ExtraGrants: map[string]*components.ExtraGrantArgs{"watch": {
			Identity: "kubelet", Role: "Owner", Reason: "rebuild the whole subscription",
			ResourceID: pulumi.String("/subscriptions/00000000-0000-4000-8000-0000000000aa"), GrantsRoles: true, WideScope: true,
		}},
	})
	return err
}

// makeClusterOfOthers leaves it to another team who gets in.
func makeClusterOfOthers(ctx *pulumi.Context) error {
	_, err := components.NewManagedIdentityCluster(ctx, "others", &components.ManagedIdentityClusterArgs{
		APIServer:            &components.APIServerArgs{Public: true},
		Subnets:              ids{"nodes": pulumi.String(network + "virtualNetworks/hub/subnets/nodes")},
		SystemPool:           &components.NodePoolArgs{Subnet: "nodes"},
		Entra:                &components.EntraArgs{},
		DisableLocalAccounts: pulumi.BoolRef(true),
		AccessElsewhere:      "the security team assigns the roles on the subscription",
	})
	return err
}

func makeKubenetCluster(ctx *pulumi.Context) error {
	_, err := components.NewManagedIdentityCluster(ctx, "kubenet", &components.ManagedIdentityClusterArgs{
		Identity:        &components.ClusterIdentityArgs{Type: components.UserAssigned},
		KubeletIdentity: &components.KubeletIdentityArgs{},
		APIServer:       &components.APIServerArgs{Public: true},
		Network:         &components.NetworkArgs{Plugin: components.NetworkPluginKubenet, OutboundType: components.OutboundTypeUserDefinedRouting},
		AcceptRetired:   []string{"network.plugin"},
		Subnets:         ids{"nodes": pulumi.String(network + "virtualNetworks/hub/subnets/nodes")},
		SystemPool:      &components.NodePoolArgs{Subnet: "nodes"},
		RouteTableIDs:   ids{"firewall": pulumi.String(network + "routeTables/to-firewall")},
		// In ABAC mode the registry decides by repository.
		ABACBootstrapRegistryID: pulumi.StringPtr(hub + "/providers/Microsoft.ContainerRegistry/registries/company"),
	})
	return err
}

// makeFleetWorkload acts in two clusters, and works with what has one least role.
func makeFleetWorkload(ctx *pulumi.Context) error {
	account := func(name string) pulumi.StringInput {
		return pulumi.String(hub + "/providers/Microsoft.Storage/storageAccounts/" + name)
	}
	_, err := components.NewWorkloadIdentity(ctx, "fleet", &components.WorkloadIdentityArgs{
		ResourceGroupName: pulumi.String("shop"),
		IssuerURLs: ids{
			"west":  pulumi.String("https://westeurope.oic.prod-aks.azure.com/tenant/west/"),
			"north": pulumi.String("https://northeurope.oic.prod-aks.azure.com/tenant/north/"),
		},
		ServiceAccounts: map[string]*components.ServiceAccountArgs{
			"orders": {Namespace: pulumi.String("shop"), Name: pulumi.String("orders")},
			"backup": {Namespace: pulumi.String("shop"), Name: pulumi.String("backup"), Issuers: []string{"west"}},
		},
		RegistryIDs:        ids{"shop": pulumi.String(hub + "/providers/Microsoft.ContainerRegistry/registries/shop")},
		PushRegistryIDs:    ids{"builds": pulumi.String(hub + "/providers/Microsoft.ContainerRegistry/registries/builds")},
		SecretVaultIDs:     ids{"shop": pulumi.String(vault)},
		ReadBlobAccountIDs: ids{"catalogue": account("catalogue")},
		BlobAccountIDs:     ids{"orders": account("orders")},
		PublicDNSZoneIDs:   ids{"shop": pulumi.String(network + "dnsZones/shop.example")},
		PrivateDNSZoneIDs:  ids{"inside": pulumi.String(network + "privateDnsZones/inside.example")},
		DNSZoneGroupIDs:    ids{"zones": pulumi.String(hub)},
	})
	return err
}

func makeWorkload(ctx *pulumi.Context) error {
	_, err := components.NewWorkloadIdentity(ctx, "orders", &components.WorkloadIdentityArgs{
		ResourceGroupName: pulumi.String("shop"),
		IssuerURL:         pulumi.String("https://westeurope.oic.prod-aks.azure.com/tenant/issuer/"),
		ServiceAccounts:   map[string]*components.ServiceAccountArgs{"orders": {Namespace: pulumi.String("shop"), Name: pulumi.String("orders")}},
		Roles: map[string]*components.WorkloadGrantArgs{"everything": {
			Role: "Owner", ResourceID: pulumi.String("/subscriptions/00000000-0000-4000-8000-0000000000aa"), GrantsRoles: true, WideScope: true,
		}},
		Tags:               pulumi.StringMap{"team": pulumi.String("orders")},
		AdoptedAssignments: map[string]string{"workload-owner-roles.everything": "ab69f3d7-7623-5c7f-8578-d46077b08e2e"},
		Explain:            components.ExplainSummary,
	})
	return err
}

// TestTheExamplesOfTheReferenceAreAccepted: what the reference quotes from here has no problem.
func TestTheExamplesOfTheReferenceAreAccepted(t *testing.T) {
	for name, run := range map[string]pulumi.RunFunc{
		"networks": delegateNetworks, "nodes": delegateNodes, "groups": delegateGroups, "private vault": delegatePrivateVault, "addons": grantAddons,
		"backups": grantBackups, "cluster": makeCluster, "kubenet": makeKubenetCluster, "workload": makeWorkload, "fleet": makeFleetWorkload, "elsewhere": makeClusterOfOthers,
	} {
		t.Run(name, func(t *testing.T) {
			m := &mocks{}
			if err := pulumi.RunErr(run, pulumi.WithMocks("project", "stack", m)); err != nil {
				t.Error(err)
			}
			if len(m.grants) == 0 {
				t.Error("nothing is granted")
			}
		})
	}
}
