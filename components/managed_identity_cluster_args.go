package components

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// ManagedIdentityClusterArgs describe a cluster. APIServer is required; everything else has a default.
//
// IDs and names are given as they come: pulumi.String("..."), subnet.ID(), identity.PrincipalId or any other output. A map of them
// takes pulumi.StringMap{...}, a list pulumi.StringArray{...}. A switch that may be on by default is a *bool: pulumi.BoolRef(false).
// Numbers that decide what is created are *int: pulumi.IntRef(2).
type ManagedIdentityClusterArgs struct {
	// ResourceGroupName is an existing resource group. Without it a group is created.
	ResourceGroupName pulumi.StringPtrInput `pulumi:"resourceGroupName,optional"`
	// NewResourceGroupName names the group to create; without it Pulumi names it. Excludes ResourceGroupName.
	NewResourceGroupName pulumi.StringPtrInput `pulumi:"newResourceGroupName,optional"`
	// Location is the Azure region; without it the provider's, else the resource group's.
	Location pulumi.StringPtrInput `pulumi:"location,optional"`
	// ClusterName is the cluster's name in Azure, 1 to 63 characters; without it Pulumi names it.
	ClusterName pulumi.StringPtrInput `pulumi:"clusterName,optional"`
	// DNSPrefix begins the API server's name, 1 to 54 characters. Default: the name that the component has when the cluster is made;
	// it is chosen once, for AKS replaces a cluster whose prefix changes.
	DNSPrefix pulumi.StringPtrInput `pulumi:"dnsPrefix,optional"`
	// FQDNSubdomain replaces DNSPrefix on a private cluster with an own private DNS zone.
	FQDNSubdomain pulumi.StringPtrInput `pulumi:"fqdnSubdomain,optional"`
	// NodeResourceGroup names the group in which AKS keeps nodes, at most 80 characters; AKS creates it. Default:
	// MC_<group>_<cluster>_<location>.
	NodeResourceGroup pulumi.StringPtrInput `pulumi:"nodeResourceGroup,optional"`
	// LockNodeResourceGroup keeps everybody but AKS from changing the node resource group. Default true: a change by
	// hand breaks nodes in ways that are hard to find. Some tools patch the group; they need false.
	LockNodeResourceGroup *bool `pulumi:"lockNodeResourceGroup,optional"`
	// KubernetesVersion is a minor version or one of its patches, as 1.30 or 1.30.10; without it AKS chooses.
	KubernetesVersion pulumi.StringPtrInput `pulumi:"kubernetesVersion,optional"`
	// Tags on the cluster, and on the group, the identities and what collects logs, when the component creates them.
	Tags pulumi.StringMapInput `pulumi:"tags,optional"`

	// Identity of the control plane. Default: system-assigned. Use a user-assigned one as soon as the cluster touches
	// anything outside its node resource group: only then can grants precede the cluster.
	Identity *ClusterIdentityArgs `pulumi:"identity,optional"`
	// KubeletIdentity is the identity of the nodes; without it AKS creates one. Give or create one when pull rights have
	// to precede the nodes. Needs a user-assigned control plane, which is granted Managed Identity Operator on it first. It can be
	// exchanged later, and not be taken away again: AKS keeps it, and a deployment that leaves it out is refused.
	KubeletIdentity *KubeletIdentityArgs `pulumi:"kubeletIdentity,optional"`

	// Subnets outside, by names of your choice; pools refer to them by name. The control plane is granted what it needs
	// on each.
	Subnets map[string]pulumi.StringInput `pulumi:"subnets,optional"`
	// NodeIPPrefixIDs are prefixes of nodes' public addresses, by names of your choice; pools refer to them by name. The control
	// plane is granted what it needs on their resource group.
	NodeIPPrefixIDs map[string]pulumi.StringInput `pulumi:"nodeIpPrefixIds,optional"`
	// NodeIPPrefixGroupIDs are the resource groups of NodeIPPrefixIDs, for the case that two of them lie in one group and their
	// IDs are known late only: the grants are then on these groups, and every prefix has to lie in one of them.
	NodeIPPrefixGroupIDs map[string]pulumi.StringInput `pulumi:"nodeIpPrefixGroupIds,optional"`
	// CapacityReservationGroupIDs are reserved capacity, by names of your choice; pools refer to them by name. Needs a
	// user-assigned control plane, which is granted Contributor on their resource group.
	CapacityReservationGroupIDs map[string]pulumi.StringInput `pulumi:"capacityReservationGroupIds,optional"`
	// CapacityReservationResourceGroupIDs are the resource groups of CapacityReservationGroupIDs, see NodeIPPrefixGroupIDs.
	CapacityReservationResourceGroupIDs map[string]pulumi.StringInput `pulumi:"capacityReservationResourceGroupIds,optional"`
	// HostGroupIDs are dedicated hosts, by names of your choice; pools refer to them by name. Needs a user-assigned control
	// plane, which is granted Contributor on their resource group.
	HostGroupIDs map[string]pulumi.StringInput `pulumi:"hostGroupIds,optional"`
	// HostResourceGroupIDs are the resource groups of HostGroupIDs, see NodeIPPrefixGroupIDs.
	HostResourceGroupIDs map[string]pulumi.StringInput `pulumi:"hostResourceGroupIds,optional"`
	// KeyVaultIDs are key vaults that add-ons read, by names of your choice; add-ons refer to them by name. A vault has to use
	// Azure RBAC: role assignments have no effect on one with access policies.
	KeyVaultIDs map[string]pulumi.StringInput `pulumi:"keyVaultIds,optional"`
	// RouteTableIDs are route tables of your own on the nodes' subnets, by names of your choice. With kubenet the cluster writes
	// them, which needs a user-assigned control plane; it is granted Network Contributor on each first. With another plugin the
	// control plane is granted what it takes to keep a table on a subnet that is rewritten, as for a private link service.
	RouteTableIDs map[string]pulumi.StringInput `pulumi:"routeTableIds,optional"`
	// NetworkSecurityGroupIDs are security groups of your own on the nodes' subnets, by names of your choice; the control plane is
	// granted Network Contributor on each, to open ports of services and to keep the group on a subnet that AKS rewrites.
	NetworkSecurityGroupIDs map[string]pulumi.StringInput `pulumi:"networkSecurityGroupIds,optional"`
	// NATGatewayIDs are NAT gateways of your own on the nodes' subnets, by names of your choice. The control plane is granted
	// what it takes to keep a gateway on a subnet that is rewritten: with kubenet by AKS, and with every plugin for the private link
	// service of an internal load balancer.
	NATGatewayIDs map[string]pulumi.StringInput `pulumi:"natGatewayIds,optional"`
	// SystemPool is the pool that is created with the cluster. Default: a system pool called system. It is part of the cluster
	// resource in Azure: what Azure cannot change about it, its name and size among others, cannot change here either. To replace
	// it, see docs/system-pool.md.
	SystemPool *NodePoolArgs `pulumi:"systemPool,optional"`
	// Pools are the further pools, in any order. They are made one after the other, because AKS refuses two pool operations at once.
	Pools []*NodePoolArgs `pulumi:"pools,optional"`
	// Network profile. AKS replaces the cluster when any part of it changes (azure-native 2.92.3).
	Network *NetworkArgs `pulumi:"network,optional"`
	// APIServer says who can reach the API server. There is no default: an open endpoint is a choice to make in writing.
	APIServer *APIServerArgs `pulumi:"apiServer"`
	// Entra integration; without it users sign in with local accounts.
	Entra *EntraArgs `pulumi:"entra,optional"`
	// Access lets people, groups and applications into the cluster, by names of your choice: each gets a role inside the cluster or in one
	// of its namespaces, as an Azure role assignment. Needs Entra with Azure RBAC.
	Access map[string]*AccessArgs `pulumi:"access,optional"`
	// DeployerAccess gives a role to whoever runs the deployment, so that a Kubernetes provider in the same program can work in the cluster
	// at once. When somebody else runs the next deployment the role goes over to them; name who is to keep it in Access. Needs Entra with
	// Azure RBAC.
	DeployerAccess *DeployerAccessArgs `pulumi:"deployerAccess,optional"`
	// AccessElsewhere says who else gives roles in the cluster, as "the security team assigns them on the subscription". Without it a
	// cluster is refused that nobody could use: with Entra and Azure RBAC, local accounts off, and neither an admin group nor Access nor
	// DeployerAccess. Nothing looks whether it is true.
	AccessElsewhere string `pulumi:"accessElsewhere,optional"`
	// DisableLocalAccounts switches certificate users off. Default: true when Entra.AdminGroupObjectIDs is given, else
	// false, because nobody could sign in.
	DisableLocalAccounts *bool `pulumi:"disableLocalAccounts,optional"`
	// EnableRBAC is Kubernetes RBAC. Default true.
	EnableRBAC *bool `pulumi:"enableRbac,optional"`

	// Tier is how much Azure promises about the control plane. Default Standard: Free has no uptime commitment.
	Tier Tier `pulumi:"tier,optional"`
	// SupportPlan is for how long AKS supports a Kubernetes version. AKSLongTermSupport needs the tier Premium.
	SupportPlan SupportPlan `pulumi:"supportPlan,optional"`
	// Upgrade channels.
	Upgrade *UpgradeArgs `pulumi:"upgrade,optional"`
	// Maintenance windows for the channels. Default: Sunday 01:00 UTC for the cluster and 13:00 UTC for the node images,
	// 8 hours each, so that AKS never upgrades in the middle of a working day.
	Maintenance *MaintenanceArgs `pulumi:"maintenance,optional"`
	// OIDCIssuer publishes the cluster's token issuer. Default true: workload identity needs it. It cannot be switched
	// off again (OIDCIssuerCannotBeDisabled).
	OIDCIssuer *bool `pulumi:"oidcIssuer,optional"`
	// WorkloadIdentity lets pods act as identities without secrets. Default: as OIDCIssuer.
	WorkloadIdentity *bool `pulumi:"workloadIdentity,optional"`
	// CostAnalysis shows cost by namespace. Default: true unless Tier is Free, which does not have it.
	CostAnalysis *bool `pulumi:"costAnalysis,optional"`
	// Storage drivers.
	Storage *StorageArgs `pulumi:"storage,optional"`
	// Security profile.
	Security *SecurityArgs `pulumi:"security,optional"`
	// Addons of the cluster.
	Addons *AddonsArgs `pulumi:"addons,optional"`
	// RegistryIDs are registries that the nodes pull from, by names of your choice; the kubelet is granted AcrPull. With
	// an own KubeletIdentity the right precedes the nodes.
	RegistryIDs map[string]pulumi.StringInput `pulumi:"registryIds,optional"`
	// ABACRegistryIDs are registries in ABAC mode, where AcrPull has no effect; the kubelet is granted Container Registry
	// Repository Reader.
	ABACRegistryIDs map[string]pulumi.StringInput `pulumi:"abacRegistryIds,optional"`
	// BootstrapRegistryID makes the nodes boot from your registry instead of the public one (network-isolated cluster).
	// Needs KubeletIdentity: the pull right has to precede the nodes.
	BootstrapRegistryID pulumi.StringPtrInput `pulumi:"bootstrapRegistryId,optional"`
	// ABACBootstrapRegistryID is a bootstrap registry in ABAC mode; the kubelet is granted Container Registry Repository Reader.
	ABACBootstrapRegistryID pulumi.StringPtrInput `pulumi:"abacBootstrapRegistryId,optional"`
	// DiskEncryptionSetID encrypts OS and data disks with your key; the control plane is granted Reader on it. Changing
	// it replaces the cluster.
	DiskEncryptionSetID pulumi.StringPtrInput `pulumi:"diskEncryptionSetId,optional"`

	// ExtraGrants are further grants for the cluster's identities, by names of your choice, each with a role, a resource and a
	// reason: what pods do as the kubelet, or an add-on that this library does not know.
	ExtraGrants map[string]*ExtraGrantArgs `pulumi:"extraGrants,optional"`
	// GrantMode says who makes the grants. Default auto; none is for teams that grant elsewhere: then the order of things is theirs
	// too.
	GrantMode GrantMode `pulumi:"grantMode,optional"`
	// RoleStrategy chooses between built-in and generated roles. Default builtin: the documented role at the narrowest scope that
	// works.
	RoleStrategy RoleStrategy `pulumi:"roleStrategy,optional"`
	// RenamedKeys names the former keys of what you call otherwise now, so that nothing is made or deleted for a new name: today's
	// property path, and the paths that it had before, the oldest last, as "subnets.nodes": ["subnets.workers"]. What has a key of
	// its own can be renamed, but for a pool: its name is Azure's, which renames none. An entry can go once every stack is
	// deployed with it.
	RenamedKeys map[string][]string `pulumi:"renamedKeys,optional"`
	// Adopt takes over what exists already: the cluster with its pools, and role assignments under the names that the component
	// gives. Default: what exists is an error. See docs/adopt.md.
	Adopt *AdoptClusterArgs `pulumi:"adopt,optional"`
	// AdoptedAssignments takes over role assignments that somebody made by hand: the assignment's GUID by the name of the grant, as
	// plannedGrants has it. They stay as they are; once they are deployed, the entry can go when the stack has an output.
	AdoptedAssignments map[string]string `pulumi:"adoptedAssignments,optional"`
	// AcceptRetired are the property paths of what Azure has given up and this cluster goes on with, as addons.appRouting or
	// pools[0].osSku: a warning instead of a refusal, for as long as Azure takes it. docs/retirements.md has the table.
	AcceptRetired []string `pulumi:"acceptRetired,optional"`
	// Explain says how a preview tells the grants with their reasons. Default: those that are not deployed yet, a line for each of up to 12, a
	// summary of more.
	Explain Explain `pulumi:"explain,optional"`
	// Propagation bounds the wait for grants to take effect.
	Propagation *PropagationArgs `pulumi:"propagation,optional"`
	// CheckDeployer looks, before the first resource is made, whether whoever deploys has the rights that the plan takes, and stops the
	// deployment when Azure says that one is missing; a preview warns. Default true. Where Azure does not answer, where an ID is known late
	// only, and in a component that exists already, nothing is said. It asks Azure itself, with the token of the azure-native provider,
	// which stays in the program. It takes a Pulumi CLI that waits, see Propagation, and is off with its timeout 0.
	CheckDeployer *bool `pulumi:"checkDeployer,optional"`
	// AdminKubeconfig asks for the cluster-admin kubeconfig instead of the user one.
	AdminKubeconfig bool `pulumi:"adminKubeconfig,optional"`
	// KubeconfigLogin is how the kubeconfig of a cluster with Entra signs in, by kubelogin's names. Default: as Azure gives it, with a
	// device code that a person has to type, for which a pipeline waits for ever. No way puts a secret into the kubeconfig: what one
	// needs, kubelogin reads where the kubeconfig is used, see docs/kubeconfig.md. Refused without Entra and with AdminKubeconfig, whose
	// kubeconfigs hold a certificate.
	KubeconfigLogin KubeconfigLogin `pulumi:"kubeconfigLogin,optional"`
	// IgnoreChanges are properties of the AKS cluster resource whose drift is left alone, in Pulumi's notation, as
	// networkProfile. Options on a component do not reach its children; this does. The count of an autoscaled pool, pools
	// that a refresh found and automatic upgrades are left alone without asking (docs/decisions/0004-pools.md). Do not
	// ignore agentPoolProfiles: changes of the system pool would no longer be applied, and other changes of the cluster
	// would send pools as the last refresh found them.
	IgnoreChanges []string `pulumi:"ignoreChanges,optional"`
	// AdditionalProperties are properties of the AKS cluster resource that this component does not model, in
	// azure-native's spelling. They are merged into what the component sends, object by object, and win over it. What other
	// arguments decide (identity, identityProfile, servicePrincipalProfile, names) is refused. A resource that they name gets no
	// grant; the plan has a note for each that it knows. Values may be late; when the map is late as a whole, a preview cannot
	// show it, and says so.
	AdditionalProperties pulumi.MapInput `pulumi:"additionalProperties,optional"`
}

// ExtraGrantArgs are one role on one resource for an identity of the cluster.
type ExtraGrantArgs struct {
	// Identity is one of control-plane, kubelet and the key of an add-on that is on, as webAppRouting.
	Identity string `pulumi:"identity"`
	// Role is the name of a built-in role, as Key Vault Secrets User, or a role's GUID or definition ID.
	Role rbac.RoleName `pulumi:"role"`
	// ResourceID is the Azure resource ID at which the role holds.
	ResourceID pulumi.StringInput `pulumi:"resourceId"`
	// Reason is shown beside the grant.
	Reason string `pulumi:"reason"`
	// GrantsRoles is needed for a role whose holder can grant roles, as Owner: whoever acts as the identity can then give itself
	// any right. Default false.
	GrantsRoles bool `pulumi:"grantsRoles,optional"`
	// WideScope is needed for a resource ID above resource groups: a subscription, a management group, the tenant. Default false.
	WideScope bool `pulumi:"wideScope,optional"`
}

// ClusterIdentityArgs choose the control plane's identity.
type ClusterIdentityArgs struct {
	// Type of the identity. Default: UserAssigned when an identity is given, else SystemAssigned. AKS has no combined type.
	Type IdentityType `pulumi:"type,optional"`
	// UserAssigned is an existing identity. Without it and with the type UserAssigned the component creates one.
	UserAssigned *UserAssignedIdentityArgs `pulumi:"userAssigned,optional"`
}

// UserAssignedIdentityArgs are the three names of an existing user-assigned identity; all are required.
type UserAssignedIdentityArgs struct {
	// ResourceID is the identity's Azure resource ID.
	ResourceID pulumi.StringInput `pulumi:"resourceId"`
	// PrincipalID is its object ID in Entra: the one that grants name.
	PrincipalID pulumi.StringInput `pulumi:"principalId"`
	// ClientID is its application ID: the one that tokens are asked for.
	ClientID pulumi.StringInput `pulumi:"clientId"`
}

// KubeletIdentityArgs choose the identity of the nodes.
type KubeletIdentityArgs struct {
	// Existing identity; without it the component creates one.
	Existing *UserAssignedIdentityArgs `pulumi:"existing,optional"`
}

// APIServerArgs say who can reach the API server: exactly one of Private, AuthorizedIPRanges and Public.
type APIServerArgs struct {
	// Public says in writing that everybody may reach the endpoint.
	Public bool `pulumi:"public,optional"`
	// AuthorizedIPRanges that may reach the public endpoint: ranges or single addresses.
	AuthorizedIPRanges pulumi.StringArrayInput `pulumi:"authorizedIpRanges,optional"`
	// Private gives the API server an address in the cluster's network only.
	Private bool `pulumi:"private,optional"`
	// PrivateDNSZone is a zone that AKS makes, or none. Default system. For a zone of yours there is PrivateDNSZoneID.
	PrivateDNSZone PrivateDNSZone `pulumi:"privateDnsZone,optional"`
	// PrivateDNSZoneID is your own private DNS zone. Needs a user-assigned control plane, which is granted Private DNS
	// Zone Contributor on it first.
	PrivateDNSZoneID pulumi.StringPtrInput `pulumi:"privateDnsZoneId,optional"`
	// PrivateDNSZoneNetworkIDs name the nodes' virtual network, by a name of your choice. With an own zone it is known from
	// ManagedIdentityClusterArgs.Subnets and need not be given; with AKS's own zone give it when the network resolves names with DNS servers of its own. The
	// control plane is granted Network Contributor there: AKS links the zone to it, and the subnet is not enough for a link.
	PrivateDNSZoneNetworkIDs map[string]pulumi.StringInput `pulumi:"privateDnsZoneNetworkIds,optional"`
	// PublicFQDN publishes the private address under a public name as well. Default: AKS's, true.
	PublicFQDN *bool `pulumi:"publicFqdn,optional"`
	// RunCommand allows commands through Azure's API instead of the network. Default false: it is a way round the
	// network rules above.
	RunCommand *bool `pulumi:"runCommand,optional"`
}

// EntraArgs integrate Entra (Azure AD).
type EntraArgs struct {
	// AdminGroupObjectIDs are groups whose members are cluster administrators.
	AdminGroupObjectIDs pulumi.StringArrayInput `pulumi:"adminGroupObjectIds,optional"`
	// AzureRBAC lets Azure role assignments decide what users may do inside the cluster. Default true.
	AzureRBAC *bool `pulumi:"azureRbac,optional"`
	// TenantID of the users; without it the subscription's.
	TenantID pulumi.StringPtrInput `pulumi:"tenantId,optional"`
}

// UpgradeArgs choose what AKS upgrades by itself.
type UpgradeArgs struct {
	// Channel is what AKS upgrades the cluster to. Default patch: security fixes without new minor versions.
	Channel UpgradeChannel `pulumi:"channel,optional"`
	// NodeOSChannel is how the operating system of nodes gets its updates. Default NodeImage.
	NodeOSChannel NodeOSChannel `pulumi:"nodeOsChannel,optional"`
}

// MaintenanceArgs are the windows in which AKS upgrades.
type MaintenanceArgs struct {
	// Disabled makes no windows: AKS upgrades when it likes.
	Disabled bool `pulumi:"disabled,optional"`
	// Cluster is the window for Upgrade.Channel.
	Cluster *MaintenanceWindowArgs `pulumi:"cluster,optional"`
	// NodeOS is the window for Upgrade.NodeOSChannel.
	NodeOS *MaintenanceWindowArgs `pulumi:"nodeOs,optional"`
}

// MaintenanceWindowArgs is a weekly window.
type MaintenanceWindowArgs struct {
	// Day of the week. Default Sunday.
	Day Weekday `pulumi:"day,optional"`
	// StartTime as 02:00.
	StartTime pulumi.StringPtrInput `pulumi:"startTime,optional"`
	// UTCOffset as +02:00. Default +00:00.
	UTCOffset pulumi.StringPtrInput `pulumi:"utcOffset,optional"`
	// DurationHours is for how long the window is open, 4 to 24. Default 8.
	DurationHours pulumi.IntPtrInput `pulumi:"durationHours,optional"`
	// IntervalWeeks is after how many weeks the window opens again, 1 to 4. Default 1.
	IntervalWeeks pulumi.IntPtrInput `pulumi:"intervalWeeks,optional"`
}

// StorageArgs switch the storage drivers.
type StorageArgs struct {
	// Disk driver. Default true.
	Disk *bool `pulumi:"disk,optional"`
	// Snapshots controller. Default true.
	Snapshots *bool `pulumi:"snapshots,optional"`
	// File driver. Default false: clusters that use no Azure Files should not run it.
	File *bool `pulumi:"file,optional"`
	// Blob driver. Default false.
	Blob *bool `pulumi:"blob,optional"`
}

// SecurityArgs are the security profile.
type SecurityArgs struct {
	// KMS encrypts etcd with a key of yours.
	KMS *KMSArgs `pulumi:"kms,optional"`
	// ImageCleaner removes unused vulnerable images from nodes. Default true.
	ImageCleaner *bool `pulumi:"imageCleaner,optional"`
	// ImageCleanerIntervalHours is how many hours lie between two cleanings, 24 to 2160. Default 168, weekly.
	ImageCleanerIntervalHours pulumi.IntPtrInput `pulumi:"imageCleanerIntervalHours,optional"`
	// DefenderWorkspaceID is the Log Analytics workspace for Microsoft Defender; giving it switches Defender on.
	DefenderWorkspaceID pulumi.StringPtrInput `pulumi:"defenderWorkspaceId,optional"`
	// CustomCACertificates are base64-encoded certificates that nodes trust, at most 10.
	CustomCACertificates pulumi.StringArrayInput `pulumi:"customCaCertificates,optional"`
}

// KMSArgs encrypt etcd with a key of yours. Needs a user-assigned control plane, which is granted Key Vault Crypto User on
// the vault first, and Key Vault Contributor too when the vault is private.
type KMSArgs struct {
	// KeyID is the key's URL with its version.
	KeyID pulumi.StringInput `pulumi:"keyId"`
	// KeyVaultID is the resource ID of the key's vault.
	KeyVaultID pulumi.StringInput `pulumi:"keyVaultId"`
	// NetworkAccess is how AKS reaches the vault. Default Public.
	NetworkAccess KMSNetworkAccess `pulumi:"networkAccess,optional"`
}

// PropagationArgs bound the wait for grants to take effect. Azure names up to 10 minutes for role assignments
// (Microsoft, RBAC troubleshooting, stored version of 2023). To wait takes Pulumi CLI 3.244.0 or later. With an older one nothing is
// waited for, and a warning says so: when Azure refuses something because a grant is too young, run the deployment again.
type PropagationArgs struct {
	// TimeoutSeconds until the deployment gives up. Default 600. 0 means not to wait at all, with any CLI and without a warning; no
	// hooks are registered then.
	TimeoutSeconds *int `pulumi:"timeoutSeconds,optional"`
	// FirstDelayMilliseconds before the first retry; it doubles up to 30 seconds. Default 2000.
	FirstDelayMilliseconds *int `pulumi:"firstDelayMilliseconds,optional"`
	// SettleSeconds is how old a grant has to be, by the time at which Azure made it, before the component is ready; nothing is
	// waited for that is older. From 0 to 3600. Default 180: less than a cluster takes to make, so that grants made before it cost no
	// wait, and mostly enough; Microsoft names up to 10 minutes for role assignments (Azure RBAC troubleshooting), and AKS up to 60 for
	// the identities of a cluster (both read 2026-08). A grant in whose favour another one goes, and those of the identity that a
	// cluster changes to, have to be as old as timeoutSeconds. 0 waits for no age; so does timeoutSeconds 0, unless this is given.
	SettleSeconds *int `pulumi:"settleSeconds,optional"`
}
