package tests

import (
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// touch is one use of an external resource as the laws see it: how to seed the resource, and what the identity that gets
// the grant has to be able to do with it. The capabilities are the simulator's, not the plan's: the judge does not ask the
// accused.
type touch struct {
	use plan.Use
	// argument is the property that takes the resources of this use.
	argument string
	// seed makes the resource of a name and returns its ID and the probes.
	seed func(w *world, name string) (string, []probe)
	// principal that gets the grants, when it is not the control plane.
	principal func(*azuresim.Cluster) string
}

// of seeds a resource of a type and asks for one capability on it.
func of(resourceType string, capabilities ...rbac.CapabilityID) func(*world, string) (string, []probe) {
	return func(w *world, name string) (string, []probe) {
		if strings.HasSuffix(strings.ToLower(resourceType), "dnszones") {
			name += ".example"
		}
		id := w.resource(resourceType, name, nil)
		return id, on(id, capabilities...)
	}
}

func on(id string, capabilities ...rbac.CapabilityID) []probe {
	var probes []probe
	for _, capability := range capabilities {
		probes = append(probes, does(capability, id))
	}
	return probes
}

func subnetWith(capabilities ...rbac.CapabilityID) func(*world, string) (string, []probe) {
	return func(w *world, name string) (string, []probe) {
		id := w.subnet(name)
		return id, on(id, capabilities...)
	}
}

// delegationTouches are the uses of VnetDelegation, in the order of its arguments.
func delegationTouches() []touch {
	return append(networkTouches(), resourceTouches()...)
}

func networkTouches() []touch {
	return []touch{
		{use: plan.NodeSubnet, argument: "nodeSubnetIds", seed: subnetWith("node-subnet-join", "internal-lb-external-subnet", "vm-nodepool-subnet-join")},
		{use: plan.PodSubnet, argument: "podSubnetIds", seed: subnetWith("node-subnet-join")},
		{use: plan.APIServerSubnet, argument: "apiServerSubnetIds", seed: subnetWith("apiserver-subnet")},
		{use: plan.LoadBalancerSubnet, argument: "loadBalancerSubnetIds", seed: subnetWith("internal-lb-external-subnet")},
		{use: plan.KubenetSubnet, argument: "kubenetSubnetIds", seed: subnetWith("kubenet-associate-managed-route-table")},
		{use: plan.PrivateLinkSubnet, argument: "privateLinkSubnetIds", seed: subnetWith("private-link-service")},
		{use: plan.ZoneLinkNetwork, argument: "zoneLinkNetworkIds", seed: networkWith("private-dns-vnet-link", false)},
		{use: plan.AutoprovisioningSubnet, argument: "autoprovisioningSubnetIds", seed: subnetWith("nap-subnet-join")},
		{use: plan.VolumeSubnet, argument: "volumeSubnetIds", seed: subnetWith("files-nfs-private")},
		{use: plan.AutoprovisioningNetwork, argument: "autoprovisioningNetworkIds", seed: networkWith("nap-subnet-join", true)},
		{use: plan.RouteTable, argument: "routeTableIds", seed: of(azuresim.RouteTableType, "custom-route-table", "subnet-rewrite-linked-joins")},
		{use: plan.SubnetRouteTable, argument: "subnetRouteTableIds", seed: of(azuresim.RouteTableType, "subnet-rewrite-linked-joins")},
		{use: plan.NetworkSecurityGroup, argument: "networkSecurityGroupIds", seed: of(azuresim.NetworkSecurityGroupType, "nsg-other-rg")},
		{use: plan.NATGateway, argument: "natGatewayIds", seed: of(azuresim.NatGatewayType, "subnet-rewrite-linked-joins")},
		{use: plan.PublicIP, argument: "publicIpIds", seed: of(azuresim.PublicIPAddressType, "lb-public-ip-other-rg")},
		{use: plan.PublicIPGroup, argument: "publicIpGroupIds", seed: inGroup(azuresim.PublicIPAddressType, "lb-public-ip-other-rg")},
		{use: plan.OutboundIP, argument: "outboundIpIds", seed: of(azuresim.PublicIPAddressType, "outbound-own-public-ip")},
		{use: plan.OutboundPrefix, argument: "outboundIpPrefixIds", seed: of(azuresim.PublicIPPrefixType, "outbound-own-ip-prefix")},
		{use: plan.EgressPrefix, argument: "egressPrefixIds", seed: of(azuresim.PublicIPPrefixType, "static-egress-prefix")},
		{use: plan.NodeIPPrefix, argument: "nodeIpPrefixIds", seed: of(azuresim.PublicIPPrefixType, "node-public-ip-prefix")},
		{use: plan.NodeIPPrefixGroup, argument: "nodeIpPrefixGroupIds", seed: inGroup(azuresim.PublicIPPrefixType, "node-public-ip-prefix")},
		{use: plan.PrivateZone, argument: "privateDnsZoneIds", seed: of(azuresim.PrivateDNSZoneType, "private-dns-zone-custom")},
		{use: plan.DDoSPlan, argument: "ddosPlanIds", seed: of(azuresim.DdosProtectionPlanType, "ddos-plan-join")},
		{use: plan.PrivateLinkService, argument: "privateLinkServiceIds", seed: func(w *world, name string) (string, []probe) {
			id := w.resource(azuresim.PrivateLinkServiceType, name, nil)
			return id, []probe{has("the simulated cluster makes its private link services in the node resource group only",
				w.cluster.ControlPlane(), id, false, azuresim.PrivateLinkServiceType+"/read", azuresim.PrivateLinkServiceType+"/write")}
		}},
	}
}

// networkWith seeds a network; the capability is asked for on it or on a subnet in it.
func networkWith(capability rbac.CapabilityID, onSubnet bool) func(*world, string) (string, []probe) {
	return func(w *world, name string) (string, []probe) {
		network, subnet := w.network(name)
		if onSubnet {
			return network, on(subnet, capability)
		}
		return network, on(network, capability)
	}
}

func resourceTouches() []touch {
	return []touch{
		{use: plan.Disk, argument: "diskIds", seed: of(azuresim.DiskType, "disk-static-other-rg")},
		{use: plan.DiskGroup, argument: "diskGroupIds", seed: groupWith("disk-dynamic-other-rg")},
		{use: plan.SnapshotGroup, argument: "snapshotGroupIds", seed: groupWith("snapshot-other-rg")},
		{use: plan.DiskEncryptionSet, argument: "diskEncryptionSetIds", seed: of(azuresim.DiskEncryptionSetType, "disk-encryption-set")},
		{use: plan.StorageAccount, argument: "storageAccountIds", seed: of(azuresim.StorageAccountType, "storage-account-other-rg")},
		{use: plan.KeyVaultKMS, argument: "kmsVaultIds", seed: of(azuresim.VaultType, "kms-public-vault")},
		{use: plan.KeyVaultKMSPrivate, argument: "privateKmsVaultIds", seed: of(azuresim.VaultType, "kms-public-vault", "kms-private-vault")},
		{use: plan.KMSKey, argument: "kmsKeyIds", seed: func(w *world, name string) (string, []probe) {
			key := w.MustSeed(w.resource(azuresim.VaultType, name, nil)+"/keys/etcd", nil)
			return key, on(key, "kms-public-vault")
		}},
		{use: plan.KubeletIdentityUse, argument: "kubeletIdentityIds", seed: of(azuresim.IdentityType, "kubelet-identity-assign")},
		{use: plan.CapacityReservationGroup, argument: "capacityReservationGroupIds", seed: of(azuresim.CapacityReservationGroupType, "capacity-reservation-group")},
		{use: plan.CapacityReservations, argument: "capacityReservationResourceGroupIds", seed: inGroup(azuresim.CapacityReservationGroupType, "capacity-reservation-group")},
		{use: plan.HostGroups, argument: "hostResourceGroupIds", seed: inGroup(azuresim.HostGroupType, "dedicated-host-group")},
		{use: plan.HostGroup, argument: "hostGroupIds", seed: of(azuresim.HostGroupType, "dedicated-host-group")},
	}
}

// inGroup seeds a resource, and is about its resource group.
func inGroup(resourceType string, capability rbac.CapabilityID) func(*world, string) (string, []probe) {
	return func(w *world, name string) (string, []probe) {
		return w.groupOf(name), on(w.resource(resourceType, name, nil), capability)
	}
}

// groupWith takes the resource group of a name.
func groupWith(capability rbac.CapabilityID) func(*world, string) (string, []probe) {
	return func(w *world, name string) (string, []probe) {
		id := w.groupOf(name)
		return id, on(id, capability)
	}
}

// around is a principal around the cluster that the simulator knows nothing more of.
func around(w *world, name string) string { return w.MustSeedIdentity(name, name).PrincipalID }

// addonTouches are the uses of AddonIdentityGrants, in the order of its arguments.
func addonTouches() []touch {
	abac := object{"properties": object{"roleAssignmentMode": "AbacRepositoryPermissions"}}
	legacy := object{"properties": object{"roleAssignmentMode": "LegacyRegistryPermissions"}}
	return []touch{
		{use: plan.Registry, argument: "registryIds", seed: bodied(azuresim.RegistryType, legacy, "acr-pull-rbac", "acr-bootstrap-cache")},
		{use: plan.ABACRegistry, argument: "abacRegistryIds", seed: bodied(azuresim.RegistryType, abac, "acr-pull-abac")},
		{use: plan.RegistryCatalog, argument: "registryCatalogIds", seed: func(w *world, name string) (string, []probe) {
			id := w.resource(azuresim.RegistryType, name, abac)
			return id, []probe{has("no capability of the simulator lists a catalogue", w.cluster.Kubelet(), id, true,
				azuresim.RegistryType+"/catalog/read")}
		}},
		{use: plan.FileShareAccount, argument: "fileShareAccountIds", seed: of(azuresim.StorageAccountType, "files-smb-managed-identity")},
		{use: plan.KubeletStorageAccount, argument: "storageAccountIds", seed: func(w *world, name string) (string, []probe) {
			id := w.resource(azuresim.StorageAccountType, name, nil)
			return id, []probe{has("the simulator's nodes mount with the control plane's keys", w.cluster.Kubelet(), id, false,
				azuresim.StorageAccountType+"/read", azuresim.StorageAccountType+"/listKeys/action")}
		}},
		{use: plan.Gateway, argument: "gatewayIds", seed: of(azuresim.ApplicationGatewayType, "agic-gateway")},
		{use: plan.GatewayGroup, argument: "gatewayGroupIds", seed: inGroup(azuresim.ApplicationGatewayType, "agic-gateway")},
		{use: plan.GatewayIP, argument: "gatewayPublicIpIds", seed: func(w *world, name string) (string, []probe) {
			id := w.resource(azuresim.PublicIPAddressType, name, nil)
			return id, []probe{has("the simulated add-on writes gateways without looking at what stands in them", w.cluster.Addon(string(plan.IngressGateway)), id, false,
				azuresim.PublicIPAddressType+"/join/action")}
		}},
		{use: plan.GatewaySubnet, argument: "gatewaySubnetIds", seed: subnetWith("agic-subnet")},
		{use: plan.GatewayNetwork, argument: "gatewayNetworkIds", seed: networkWith("agic-subnet", true)},
		{use: plan.GatewayIdentity, argument: "gatewayIdentityIds", seed: of(azuresim.IdentityType, "agic-gateway-identity")},
		{use: plan.VirtualNodeSubnet, argument: "virtualNodeSubnetIds", seed: subnetWith("virtual-node-subnet")},
		{use: plan.PublicZone, argument: "publicDnsZoneIds", seed: of(azuresim.DNSZoneType, "approuting-public-dns")},
		{use: plan.PrivateRecordZone, argument: "privateDnsZoneIds", seed: of(azuresim.PrivateDNSZoneType, "approuting-private-dns")},
		{use: plan.RoutingZoneGroup, argument: "dnsZoneGroupIds", seed: func(w *world, name string) (string, []probe) {
			id := w.groupOf(name)
			return id, []probe{zonesOf(w.cluster.Addon(string(plan.WebAppRouting)), id)}
		}},
		{use: plan.RoutingVault, argument: "routingVaultIds", seed: of(azuresim.VaultType, "approuting-keyvault")},
		{use: plan.SecretVault, argument: "secretVaultIds", seed: of(azuresim.VaultType, "keyvault-secrets-provider")},
		{use: plan.CertificateVault, argument: "certificateVaultIds", seed: of(azuresim.VaultType, "keyvault-secrets-provider")},
		{use: plan.MeshVault, argument: "meshVaultIds", seed: of(azuresim.VaultType, "keyvault-secrets-provider")},
		{use: plan.BackupSnapshotGroup, argument: "backupSnapshotGroupIds", seed: groupWith("backup-snapshot-rg")},
		{use: plan.BackupAccount, argument: "backupAccountIds", seed: of(azuresim.StorageAccountType, "backup-extension-storage")},
		{use: plan.BackedUpCluster, argument: "backedUpClusterIds", seed: func(w *world, _ string) (string, []probe) {
			return w.cluster.ID, []probe{has("the simulator has no backup vaults", around(w, "backup-vault"), w.cluster.ID, false,
				azuresim.ManagedClusterType+"/read")}
		}},
		{use: plan.BackupVaultSnapshots, argument: "backupVaultSnapshotGroupIds", seed: func(w *world, name string) (string, []probe) {
			id := w.groupOf(name)
			return id, []probe{has("the simulator has no backup vaults", around(w, "backup-vault"), id, false, "Microsoft.Compute/snapshots/read")}
		}},
		{use: plan.EncryptionVault, argument: "encryptionVaultIds", seed: func(w *world, name string) (string, []probe) {
			id := w.resource(azuresim.VaultType, name, nil)
			return id, []probe{has("the simulator's encryption sets keep no keys", around(w, "encryption-set"), id, true,
				azuresim.VaultType+"/keys/read", azuresim.VaultType+"/keys/wrap/action", azuresim.VaultType+"/keys/unwrap/action")}
		}},
		{use: plan.MonitorWorkspace, argument: "monitorWorkspaceIds", seed: func(w *world, name string) (string, []probe) {
			id := w.resource(azuresim.MonitorAccountType, name, nil)
			return id, []probe{has("the simulator has no dashboards", around(w, "grafana"), id, true, "Microsoft.Monitor/accounts/data/metrics/read")}
		}},
	}
}

// zonesOf asks whether a controller can list the zones of a group.
func zonesOf(holder, group string) probe {
	return has("the simulator's controllers do not look for zones", holder, group, false, azuresim.DNSZoneType+"/read", azuresim.PrivateDNSZoneType+"/read")
}

// pods is the principal of the identity that pods act as.
func pods(w *world) string { return around(w, "pods") }

// podTouches are the uses of WorkloadIdentity, in the order of its arguments.
func podTouches() []touch {
	asks := func(resourceType string, data bool, actions ...string) func(*world, string) (string, []probe) {
		return func(w *world, name string) (string, []probe) {
			if strings.HasSuffix(strings.ToLower(resourceType), "dnszones") {
				name += ".example"
			}
			id := w.resource(resourceType, name, nil)
			return id, []probe{has("the simulator has no pods", pods(w), id, data, actions...)}
		}
	}
	const blobs = azuresim.StorageAccountType + "/blobServices/containers/blobs/"
	return []touch{
		{use: plan.PodRegistry, argument: "registryIds", seed: asks(azuresim.RegistryType, false, azuresim.RegistryType+"/pull/read")},
		{use: plan.PodPushRegistry, argument: "pushRegistryIds",
			seed: asks(azuresim.RegistryType, false, azuresim.RegistryType+"/pull/read", azuresim.RegistryType+"/push/write")},
		{use: plan.PodVault, argument: "secretVaultIds", seed: asks(azuresim.VaultType, true, azuresim.VaultType+"/secrets/getSecret/action")},
		{use: plan.PodBlobsRead, argument: "readBlobAccountIds", seed: asks(azuresim.StorageAccountType, true, blobs+"read")},
		{use: plan.PodBlobsWritten, argument: "blobAccountIds", seed: asks(azuresim.StorageAccountType, true, blobs+"read", blobs+"write", blobs+"delete")},
		{use: plan.PodPublicZone, argument: "publicDnsZoneIds", seed: asks(azuresim.DNSZoneType, false,
			azuresim.DNSZoneType+"/read", azuresim.DNSZoneType+"/A/write", azuresim.DNSZoneType+"/TXT/write")},
		{use: plan.PodPrivateZone, argument: "privateDnsZoneIds", seed: asks(azuresim.PrivateDNSZoneType, false,
			azuresim.PrivateDNSZoneType+"/read", azuresim.PrivateDNSZoneType+"/A/write")},
		{use: plan.PodZoneGroup, argument: "dnsZoneGroupIds", seed: func(w *world, name string) (string, []probe) {
			id := w.groupOf(name)
			return id, []probe{zonesOf(pods(w), id)}
		}},
	}
}

func bodied(resourceType string, body object, capabilities ...rbac.CapabilityID) func(*world, string) (string, []probe) {
	return func(w *world, name string) (string, []probe) {
		id := w.resource(resourceType, name, body)
		return id, on(id, capabilities...)
	}
}
