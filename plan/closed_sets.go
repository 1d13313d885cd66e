package plan

// The types below are the closed sets of values that arguments take. This file is the one place in which a value is written down:
// its constant, and in the comment beside it what choosing it means. The tables that the checks and the schema read
// (closed_sets_table.go) and the names in package components are generated from it.
//
// Values have Azure's spelling. Those of AKS are the enumerations of API version 2025-01-01 in azure-native 2.92.3 (read 2026-11).
//
//go:generate go run -C ../tools ./closedsets -in ../plan/closed_sets.go -table ../plan/closed_sets_table.go -names ../components/closed_sets.go

// IdentityType is how a cluster's control plane comes to its identity. AKS has no combined type.
type IdentityType string

// Identity types.
const (
	SystemAssigned IdentityType = "SystemAssigned" // AKS makes an identity that lives and dies with the cluster; no grant can precede it.
	UserAssigned   IdentityType = "UserAssigned"   // An identity of its own, which can be granted rights before the cluster is created.
)

// Tier is how much Azure promises about the control plane, and charges for.
type Tier string

// Tiers.
const (
	TierFree     Tier = "Free"     // No charge and no uptime commitment.
	TierStandard Tier = "Standard" // An uptime commitment, and a control plane that scales with the cluster.
	TierPremium  Tier = "Premium"  // As Standard, and long-term support can be chosen.
)

// SupportPlan is for how long AKS supports a Kubernetes version.
type SupportPlan string

// Support plans.
const (
	SupportPlanKubernetesOfficial SupportPlan = "KubernetesOfficial" // One year, as the Kubernetes community does.
	SupportPlanAKSLongTermSupport SupportPlan = "AKSLongTermSupport" // Two years; needs the premium tier.
)

// UpgradeChannel is what AKS upgrades the cluster to by itself.
type UpgradeChannel string

// Upgrade channels.
const (
	UpgradeChannelRapid     UpgradeChannel = "rapid"      // The newest supported version.
	UpgradeChannelStable    UpgradeChannel = "stable"     // The newest patch of the minor version before the newest.
	UpgradeChannelPatch     UpgradeChannel = "patch"      // The newest patch of the cluster's minor version.
	UpgradeChannelNodeImage UpgradeChannel = "node-image" // The newest node image of the cluster's version.
	UpgradeChannelNone      UpgradeChannel = "none"       // Nothing.
)

// NodeOSChannel is how the operating system of nodes gets its updates.
type NodeOSChannel string

// Channels of the nodes' operating system.
const (
	NodeOSChannelNodeImage     NodeOSChannel = "NodeImage"     // A new node image every week, in the maintenance window.
	NodeOSChannelSecurityPatch NodeOSChannel = "SecurityPatch" // Tested security updates, in place where possible.
	NodeOSChannelUnmanaged     NodeOSChannel = "Unmanaged"     // The operating system updates itself, outside any window.
	NodeOSChannelNone          NodeOSChannel = "None"          // No updates: they are yours to make.
)

// Weekday is a day of the week.
type Weekday string

// Days of the week.
const (
	Monday    Weekday = "Monday"    // Monday, in the offset of the window.
	Tuesday   Weekday = "Tuesday"   // Tuesday, in the offset of the window.
	Wednesday Weekday = "Wednesday" // Wednesday, in the offset of the window.
	Thursday  Weekday = "Thursday"  // Thursday, in the offset of the window.
	Friday    Weekday = "Friday"    // Friday, in the offset of the window.
	Saturday  Weekday = "Saturday"  // Saturday, in the offset of the window.
	Sunday    Weekday = "Sunday"    // Sunday, in the offset of the window.
)

// NetworkPlugin is what connects pods to the network.
type NetworkPlugin string

// Network plugins.
const (
	NetworkPluginAzure   NetworkPlugin = "azure"   // Azure CNI.
	NetworkPluginKubenet NetworkPlugin = "kubenet" // Kubenet, on a route table.
	NetworkPluginNone    NetworkPlugin = "none"    // No plugin is installed: bring your own.
)

// NetworkPluginMode is how the azure plugin gives addresses to pods.
type NetworkPluginMode string

// Modes of the azure plugin.
const (
	NetworkPluginModeOverlay NetworkPluginMode = "overlay" // Pods have addresses of a range of their own, not of the virtual network.
)

// Dataplane is what carries the packets of pods.
type Dataplane string

// Dataplanes.
const (
	DataplaneAzure  Dataplane = "azure"  // Azure's own.
	DataplaneCilium Dataplane = "cilium" // Azure CNI powered by Cilium; needs the azure plugin and Linux nodes.
)

// NetworkPolicy is the engine that enforces network policies between pods.
type NetworkPolicy string

// Policy engines.
const (
	NetworkPolicyNone   NetworkPolicy = "none"   // Policies are not enforced.
	NetworkPolicyAzure  NetworkPolicy = "azure"  // Azure network policies; not with kubenet.
	NetworkPolicyCalico NetworkPolicy = "calico" // Calico network policies.
	NetworkPolicyCilium NetworkPolicy = "cilium" // Cilium network policies; needs the cilium dataplane.
)

// OutboundType is the way by which traffic leaves the cluster.
type OutboundType string

// Outbound types.
const (
	OutboundTypeLoadBalancer           OutboundType = "loadBalancer"           // Through the cluster's load balancer.
	OutboundTypeManagedNATGateway      OutboundType = "managedNATGateway"      // Through a NAT gateway that AKS manages.
	OutboundTypeUserAssignedNATGateway OutboundType = "userAssignedNATGateway" // Through a NAT gateway of yours on the nodes' subnet.
	OutboundTypeUserDefinedRouting     OutboundType = "userDefinedRouting"     // By routes of yours on the nodes' subnet.
	OutboundTypeNone                   OutboundType = "none"                   // AKS arranges nothing.
)

// IPFamily is a version of the internet protocol.
type IPFamily string

// Versions of the internet protocol.
const (
	IPFamilyIPv4 IPFamily = "IPv4" // Version 4.
	IPFamilyIPv6 IPFamily = "IPv6" // Version 6.
)

// BackendPoolType is how nodes become members of the load balancer's inbound pool.
type BackendPoolType string

// Types of the inbound pool.
const (
	BackendPoolTypeNodeIPConfiguration BackendPoolType = "NodeIPConfiguration" // By the configuration of their network interface.
	BackendPoolTypeNodeIP              BackendPoolType = "NodeIP"              // By their address.
)

// PoolMode is what a node pool is for.
type PoolMode string

// Modes of a node pool.
const (
	PoolModeSystem PoolMode = "System" // Pods of the system run here; it has to be Linux and cannot be empty.
	PoolModeUser   PoolMode = "User"   // Your applications run here.
)

// OSType is the operating system of nodes.
type OSType string

// Operating systems.
const (
	OSTypeLinux   OSType = "Linux"   // Linux.
	OSTypeWindows OSType = "Windows" // Windows; not in a system pool and not with kubenet.
)

// OSSKU is the node image.
type OSSKU string

// Node images.
const (
	OSSKUAzureLinux  OSSKU = "AzureLinux"  // Azure Linux.
	OSSKUUbuntu      OSSKU = "Ubuntu"      // Ubuntu.
	OSSKUCBLMariner  OSSKU = "CBLMariner"  // The former name of Azure Linux, deprecated.
	OSSKUWindows2019 OSSKU = "Windows2019" // Windows Server 2019; runs containers of that version only.
	OSSKUWindows2022 OSSKU = "Windows2022" // Windows Server 2022; runs containers of that version only.
)

// OSDiskType is where the disk of a node's operating system is.
type OSDiskType string

// Types of disks.
const (
	OSDiskTypeManaged   OSDiskType = "Managed"   // A managed disk.
	OSDiskTypeEphemeral OSDiskType = "Ephemeral" // The machine's own storage: faster, and gone with the machine.
)

// ScaleDownMode is what happens to machines that a smaller pool does not need.
type ScaleDownMode string

// Scale-down modes.
const (
	ScaleDownModeDelete     ScaleDownMode = "Delete"     // They are deleted.
	ScaleDownModeDeallocate ScaleDownMode = "Deallocate" // They are stopped, and started again when the pool grows.
)

// EvictionPolicy is what happens to spot machines that Azure takes back.
type EvictionPolicy string

// Eviction policies.
const (
	EvictionPolicyDelete     EvictionPolicy = "Delete"     // They are deleted.
	EvictionPolicyDeallocate EvictionPolicy = "Deallocate" // They are stopped, and go on counting against the quota.
)

// KMSNetworkAccess is how AKS reaches the vault of the key that encrypts etcd.
type KMSNetworkAccess string

// Ways to the vault.
const (
	KMSNetworkAccessPublic  KMSNetworkAccess = "Public"  // Through the vault's public endpoint.
	KMSNetworkAccessPrivate KMSNetworkAccess = "Private" // Through a private link that AKS makes.
)

// PrivateDNSZone is the zone that holds the name of a private API server, unless it is a zone of yours.
type PrivateDNSZone string

// Private zones.
const (
	PrivateDNSZoneSystem PrivateDNSZone = "system" // AKS makes a zone in the node resource group.
	PrivateDNSZoneNone   PrivateDNSZone = "none"   // No private zone: the public name resolves to the private address.
)

// RoleStrategy chooses between built-in and generated roles.
type RoleStrategy string

// Role strategies. Where the actions of a capability are not documented, the built-in role stays with CustomRoles too, with a note
// in the plan.
const (
	BuiltinRoles RoleStrategy = "builtin" // The documented built-in role at the narrowest scope that works.
	CustomRoles  RoleStrategy = "custom"  // Generated role definitions that hold exactly the actions needed.
)

// GrantMode says who makes the grants.
type GrantMode string

// Grant modes.
const (
	GrantAuto GrantMode = "auto" // The component makes them, in the order that AKS demands.
	GrantNone GrantMode = "none" // You make them elsewhere; then the order of things is yours too.
)

// Explain says how a preview tells the grants of a component, with their reasons. Without it, those that are not deployed yet
// are told: up to 12 get a line each, and more are summarised.
type Explain string

// Ways to explain.
const (
	ExplainGrants  Explain = "grants"  // A line for each grant: who gets which role where, and why.
	ExplainSummary Explain = "summary" // One line for the component: how many grants, by identity and role.
	ExplainNone    Explain = "none"    // Nothing.
)

// Adoption says which role assignments a component takes over that exist already under the names that it gives.
type Adoption string

// Assignments to take over. Which component made one stands in its description, beside its project and its stack.
const (
	AdoptOwn Adoption = "own" // Those that this component made, as a deployment that was interrupted leaves them.
	AdoptAny Adoption = "any" // Those of anybody. From then on a destroy deletes them.
)

// KubeconfigLogin is how kubelogin, which the kubeconfig of a cluster with Entra calls, gets its token.
type KubeconfigLogin string

// Ways to get a token, by kubelogin's names for them (github.com/Azure/kubelogin v0.2.19, read 2026-11-26). Left out is ropc, which
// takes a person's password.
const (
	KubeconfigLoginDeviceCode       KubeconfigLogin = "devicecode"       // A person types a code into a browser; what Azure's kubeconfig asks for, and where a pipeline waits for ever.
	KubeconfigLoginInteractive      KubeconfigLogin = "interactive"      // A person signs in, in a browser on the same machine.
	KubeconfigLoginAzureCLI         KubeconfigLogin = "azurecli"         // As whoever az login signed in: a person, or a pipeline after its task for the Azure CLI.
	KubeconfigLoginAzd              KubeconfigLogin = "azd"              // As whoever azd auth login signed in.
	KubeconfigLoginWorkloadIdentity KubeconfigLogin = "workloadidentity" // With a token that GitHub Actions or a cluster issues; AZURE_CLIENT_ID and AZURE_TENANT_ID name the identity.
	KubeconfigLoginAzurePipelines   KubeconfigLogin = "azurepipelines"   // As the service connection of an Azure DevOps pipeline, with SYSTEM_ACCESSTOKEN.
	KubeconfigLoginServicePrincipal KubeconfigLogin = "spn"              // As a service principal; AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or a certificate, are read from the environment.
	KubeconfigLoginManagedIdentity  KubeconfigLogin = "msi"              // As the managed identity of the machine; AZURE_CLIENT_ID chooses one of several.
)

// PrincipalType is what a principal is in Entra. Azure refuses a role assignment whose type is another one than the directory has.
type PrincipalType string

// Types of principals.
const (
	PrincipalTypeUser             PrincipalType = "User"             // A person.
	PrincipalTypeGroup            PrincipalType = "Group"            // A group: its members get what it gets.
	PrincipalTypeServicePrincipal PrincipalType = "ServicePrincipal" // An application or a managed identity, as a pipeline signs in.
)

// AccessRole is what somebody may do inside a cluster with Azure RBAC for Kubernetes: one of the four roles that AKS has for it
// (azure-aks-docs manage-azure-rbac.md of 2023-03-02 and concepts-identity.md of 2024-03-07, read 2026-11-26).
type AccessRole string

// Roles inside a cluster.
const (
	AccessRoleReader       AccessRole = "Reader"       // Azure Kubernetes Service RBAC Reader: reads most objects; no secrets, no roles and role bindings.
	AccessRoleWriter       AccessRole = "Writer"       // Azure Kubernetes Service RBAC Writer: changes most objects and reads secrets; no roles and role bindings.
	AccessRoleAdmin        AccessRole = "Admin"        // Azure Kubernetes Service RBAC Admin: all of it, roles and role bindings too; no quotas and no namespaces.
	AccessRoleClusterAdmin AccessRole = "ClusterAdmin" // Azure Kubernetes Service RBAC Cluster Admin: everything in the whole cluster; not in one namespace.
)
