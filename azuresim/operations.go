package azuresim

import "github.com/aksidentity/pulumi-aksidentity/rbac"

// Actions that several operations share.
var (
	joinSubnet   = []string{SubnetType + "/read", SubnetType + "/join/action"}
	writeSubnet  = []string{SubnetType + "/read", SubnetType + "/write"}
	assign       = []string{IdentityType + "/assign/action"}
	pull         = []string{RegistryType + "/pull/read"}
	pullContent  = []string{RegistryType + "/repositories/content/read", RegistryType + "/repositories/metadata/read"}
	readSecret   = []string{VaultType + "/secrets/getSecret/action"}
	joinPrefix   = []string{PublicIPPrefixType + "/join/action"}
	snapshotWork = []string{SnapshotType + "/read", SnapshotType + "/write", SnapshotType + "/delete"}
	diskWork     = []string{DiskType + "/read", DiskType + "/write"}
)

const (
	agic            actor = "addon:ingressApplicationGateway"
	virtualNode     actor = "addon:aciConnectorLinux"
	appRouting      actor = "addon:webAppRouting"
	secretsProvider actor = "addon:azureKeyvaultSecretsProvider"
	monitoring      actor = "addon:omsagent"
	gatewayForPods  actor = "addon:applicationLoadBalancer"
)

func on(types ...string) []string { return types }

func target(actions ...string) step { return step{at: atTarget, actions: actions} }

func group(actions ...string) step { return step{at: atGroup, actions: actions} }

func data(actions ...string) step { return step{at: atTarget, data: actions} }

// operations is what each capability does, on which scope, as whom. The actions were read from the sources named at the
// rows on 2026-08-19 to 2026-08-22: docs is MicrosoftDocs/azure-aks-docs, provider is kubernetes-sigs/cloud-provider-azure,
// cli is azure-cli 2.91.0. "inferred" means that the sources name a role, not the actions. Actions that only some uses need
// are left out.
var operations = map[rbac.CapabilityID]operation{
	// Subnets. docs aks-service-permissions, internal-lb, concepts-network-cni-overview; provider: subnet GET, load balancer PUT.
	"node-subnet-join":            {actor: actorControlPlane, targets: on(SubnetType), steps: []step{target(joinSubnet...)}},
	"vm-nodepool-subnet-join":     {actor: actorControlPlane, targets: on(SubnetType), steps: []step{target(joinSubnet...)}},
	"nap-subnet-join":             {actor: actorControlPlane, targets: on(SubnetType), steps: []step{target(joinSubnet...)}},
	"internal-lb-external-subnet": {actor: actorControlPlane, targets: on(SubnetType), steps: []step{target(joinSubnet...)}},
	// docs api-server-vnet-integration; inferred from the general subnet rule.
	"apiserver-subnet": {actor: actorControlPlane, targets: on(SubnetType), steps: []step{target(joinSubnet...)}},
	// docs configure-kubenet; inferred.
	"kubenet-associate-managed-route-table": {actor: actorControlPlane, linked: true, targets: on(SubnetType), steps: []step{target(writeSubnet...)}},
	// ARM linked-access checks: seen when the cloud provider writes a subnet (user report microsoft/tyger#320, read 2026-11-25).
	"subnet-rewrite-linked-joins": {actor: actorControlPlane, linked: true,
		targets: on(SubnetType, NatGatewayType, RouteTableType, NetworkSecurityGroupType)},

	// Addresses. docs static-ip; provider azure_publicip_repo.go newPIPCache LISTS the addresses of the group, so read at the
	// address is not enough.
	"lb-public-ip-other-rg": {actor: actorControlPlane, targets: on(PublicIPAddressType),
		steps: []step{group(PublicIPAddressType + "/read"), target(PublicIPAddressType + "/join/action")}},
	// docs aks-service-permissions, configure-load-balancer-standard; each reconcile rewrites the load balancer.
	"outbound-own-public-ip": {actor: actorControlPlane, targets: on(PublicIPAddressType),
		steps: []step{target(PublicIPAddressType + "/join/action")}},
	"outbound-own-ip-prefix": {actor: actorControlPlane, targets: on(PublicIPPrefixType), steps: []step{target(joinPrefix...)}},
	// docs configure-static-egress-gateway; inferred.
	"static-egress-prefix": {actor: actorControlPlane, targets: on(PublicIPPrefixType), steps: []step{target(joinPrefix...)}},
	// docs use-node-public-ips names the group as scope; action inferred.
	"node-public-ip-prefix": {actor: actorControlPlane, targets: on(PublicIPPrefixType), steps: []step{group(joinPrefix...)}},

	// Routes, gateways, filters. provider azure_routes.go PUTs the whole table, and with it removes the routes of nodes that
	// are gone: routes/delete is asked for as well (strict); docs configure-kubenet.
	"custom-route-table": {actor: actorControlPlane, targets: on(RouteTableType), steps: []step{target(
		RouteTableType+"/read", RouteTableType+"/write", RouteTableType+"/routes/read", RouteTableType+"/routes/write",
		RouteTableType+"/routes/delete")}},
	// docs nat-gateway: no right on the gateway itself is evidenced.
	"nat-gateway-user-assigned": {actor: actorControlPlane, targets: on(NatGatewayType)},
	// docs aks-service-permissions.
	"nsg-other-rg": {actor: actorControlPlane, targets: on(NetworkSecurityGroupType),
		steps: []step{target(NetworkSecurityGroupType+"/read", NetworkSecurityGroupType+"/write")}},

	// Private DNS. docs private-clusters, aks-service-permissions; support article customprivatednszonemissingpermissions.
	"private-dns-zone-custom": {actor: actorControlPlane, targets: on(PrivateDNSZoneType), steps: []step{target(
		PrivateDNSZoneType+"/read", PrivateDNSZoneType+"/write",
		PrivateDNSZoneType+"/A/read", PrivateDNSZoneType+"/A/write", PrivateDNSZoneType+"/A/delete",
		VirtualNetworkLinkType+"/read", VirtualNetworkLinkType+"/write")}},
	// docs private-clusters: the network, not the subnet.
	"private-dns-vnet-link": {actor: actorControlPlane, targets: on(VirtualNetworkType, SubnetType),
		steps: []step{{at: atNetwork, actions: []string{VirtualNetworkType + "/read", VirtualNetworkType + "/join/action"}}}},

	// Identities. docs pre-created-kubelet-managed-identity; cli _roleassignments.py.
	"kubelet-identity-assign": {actor: actorControlPlane, targets: on(IdentityType), steps: []step{target(assign...)}},

	// Registries. docs cluster-container-registry-integration, aks-service-permissions, network-isolated.
	// In ABAC mode the same pull is an action on data (azure-docs container-registry-rbac-abac-repository-permissions).
	"acr-pull-rbac": {actor: actorKubelet, targets: on(RegistryType), byMode: map[string][]step{legacyMode: {target(pull...)}}},
	"acr-pull-abac": {actor: actorKubelet, targets: on(RegistryType), byMode: map[string][]step{abacMode: {data(pullContent...)}}},
	"acr-bootstrap-cache": {actor: actorKubelet, targets: on(RegistryType), byMode: map[string][]step{
		legacyMode: {target(pull...)}, abacMode: {data(pullContent...)}}},

	// Disks. docs create-volume-azure-disk, kubernetes-service-principal, aks-service-permissions.
	"disk-static-other-rg": {actor: actorControlPlane, targets: on(DiskType), steps: []step{target(diskWork...)}},
	"disk-dynamic-other-rg": {actor: actorControlPlane, targets: on(ResourceGroupType, DiskType),
		steps: []step{group(DiskType+"/read", DiskType+"/write", DiskType+"/delete")}},
	"disk-quick-attach-detach": {note: "the identity of this preview feature is not in the API versions that were read"},
	"snapshot-other-rg":        {actor: actorControlPlane, targets: on(ResourceGroupType, SnapshotType), steps: []step{group(snapshotWork...)}},
	"backup-snapshot-rg":       {actor: actorControlPlane, targets: on(ResourceGroupType, SnapshotType), steps: []step{group(snapshotWork...)}},
	// docs azure-disk-customer-managed-keys.
	"disk-encryption-set": {actor: actorControlPlane, targets: on(DiskEncryptionSetType), steps: []step{target(DiskEncryptionSetType + "/read")}},
	"des-key-access": {actor: actorEncryptionSet, targets: on(VaultType, KeyType), key: encryptionSetKey, vault: []string{"keys", "get", "wrapkey", "unwrapkey"},
		steps: []step{data(VaultType+"/keys/read", VaultType+"/keys/wrap/action", VaultType+"/keys/unwrap/action")}},

	// Storage. docs create-volume-azure-files, create-volume-azure-blob-storage; inferred for external accounts.
	"storage-account-other-rg": {actor: actorControlPlane, targets: on(StorageAccountType),
		steps: []step{target(StorageAccountType+"/read", StorageAccountType+"/listKeys/action")}},
	"files-nfs-private": {actor: actorControlPlane, linked: true, targets: on(SubnetType), steps: []step{target(
		SubnetType+"/read", SubnetType+"/write", SubnetType+"/joinViaServiceEndpoint/action")}},
	"files-smb-managed-identity": {actor: actorKubelet, targets: on(StorageAccountType), steps: []step{data(
		StorageAccountType+"/fileServices/fileshares/files/read", StorageAccountType+"/fileServices/fileshares/files/write")}},

	// Etcd encryption. docs use-kms-etcd-encryption; the private action is from user reports.
	"kms-public-vault": {actor: actorControlPlane, targets: on(VaultType, KeyType), key: etcdKey, vault: []string{"keys", "encrypt", "decrypt"},
		steps: []step{data(VaultType+"/keys/encrypt/action", VaultType+"/keys/decrypt/action")}},
	"kms-private-vault": {actor: actorControlPlane, targets: on(VaultType),
		steps: []step{target(VaultType + "/PrivateEndpointConnectionsApproval/action")}},

	// Placement. docs use-capacity-reservation-groups, use-azure-dedicated-hosts: a role on the group; actions inferred.
	"capacity-reservation-group": {actor: actorControlPlane, targets: on(CapacityReservationGroupType),
		steps: []step{group(CapacityReservationGroupType+"/read", CapacityReservationGroupType+"/deploy/action")}},
	"dedicated-host-group": {actor: actorControlPlane, targets: on(HostGroupType),
		steps: []step{group(HostGroupType+"/read", HostGroupType+"/hosts/read")}},
	// docs aks-service-permissions: a right of who creates the cluster.
	"proximity-placement-group": {actor: actorDeployer, targets: on(ProximityPlacementGroupType),
		steps: []step{target(ProximityPlacementGroupType + "/write")}},
	// support article linkedauthorizationfailed-error.
	"ddos-plan-join": {actor: actorControlPlane, targets: on(DdosProtectionPlanType),
		steps: []step{target(DdosProtectionPlanType + "/join/action")}},
	// provider azure_privatelinkservice.go: the service is made in the node group, the subnet is rewritten.
	"private-link-service": {actor: actorControlPlane, linked: true, targets: on(SubnetType), steps: []step{
		{at: atNodeGroup, actions: []string{PrivateLinkServiceType + "/read", PrivateLinkServiceType + "/write"}},
		target(writeSubnet...)}},

	// Ingress add-on. azure-docs tutorial-ingress-controller-add-on-existing: it lists gateways in the group; cli
	// addonconfiguration.py; AKS-Construction main.bicep for the gateway's identity.
	"agic-gateway": {actor: agic, targets: on(ApplicationGatewayType),
		steps: []step{group(ApplicationGatewayType + "/read"), target(ApplicationGatewayType + "/write")}},
	"agic-subnet":           {actor: agic, targets: on(SubnetType), steps: []step{target(joinSubnet...)}},
	"agic-gateway-identity": {actor: agic, targets: on(IdentityType), steps: []step{target(assign...)}},

	// Virtual nodes. docs virtual-nodes-cli, managed-identity-overview; inferred.
	"virtual-node-subnet": {actor: virtualNode, targets: on(SubnetType), steps: []step{target(joinSubnet...)}},
	"virtual-node-container-groups": {actor: virtualNode, steps: []step{{at: atNodeGroup, actions: []string{
		"Microsoft.ContainerInstance/containerGroups/read", "Microsoft.ContainerInstance/containerGroups/write",
		"Microsoft.ContainerInstance/containerGroups/delete"}}}},

	// Application routing. docs app-routing-dns-ssl; cli managed_cluster_decorator.py; inferred.
	"approuting-public-dns": {actor: appRouting, targets: on(DNSZoneType),
		steps: []step{target(DNSZoneType+"/read", DNSZoneType+"/A/write", DNSZoneType+"/TXT/write")}},
	"approuting-private-dns": {actor: appRouting, targets: on(PrivateDNSZoneType),
		steps: []step{target(PrivateDNSZoneType+"/read", PrivateDNSZoneType+"/A/write")}},
	"approuting-keyvault": {actor: appRouting, targets: on(VaultType), vault: []string{"secrets", "get"},
		steps: []step{data(readSecret...)}},

	// Secrets provider. docs csi-secrets-store-driver.
	"keyvault-secrets-provider": {actor: secretsProvider, targets: on(VaultType), vault: []string{"secrets", "get"},
		steps: []step{data(readSecret...)}},

	// Monitoring, legacy. cli addonconfiguration.py add_monitoring_role_assignment: on the cluster.
	"monitoring-legacy-metrics": {actor: monitoring, steps: []step{{at: atCluster, data: []string{"Microsoft.Insights/Metrics/Write"}}}},

	// Backup. azure-docs azure-kubernetes-service-cluster-backup-concept.
	"backup-extension-storage": {actor: actorExtension, targets: on(StorageAccountType), steps: []step{data(
		StorageAccountType+"/blobServices/containers/blobs/read", StorageAccountType+"/blobServices/containers/blobs/write")}},

	// Application Gateway for Containers, as the add-on. azure-docs application-gateway/for-containers: a role on the group.
	"agc-controller": {actor: gatewayForPods, targets: on(TrafficControllerType),
		steps: []step{group(TrafficControllerType+"/read", TrafficControllerType+"/write")}},

	// The deployer. azure-docs role-based-access-control/troubleshooting; docs aks-service-permissions.
	"deployer-role-assignments": {actor: actorDeployer, targets: KnownTypes(), steps: []step{target(RoleAssignmentType + "/write")}},
	"deployer-cluster-create": {actor: actorDeployer, targets: on(SubnetType, IdentityType), ownType: true,
		steps: []step{target(SubnetType+"/join/action", IdentityType+"/assign/action")}},

	// docs managed-identity-overview, aks-service-permissions; a subset.
	"node-rg-baseline": {actor: actorControlPlane, steps: []step{{at: atNodeGroup, actions: []string{
		LoadBalancerType + "/read", LoadBalancerType + "/write", LoadBalancerType + "/delete",
		"Microsoft.Compute/virtualMachineScaleSets/read", "Microsoft.Compute/virtualMachineScaleSets/write"}}}},
}
