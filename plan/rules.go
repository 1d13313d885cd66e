package plan

import (
	"maps"
	"slices"
	"sync"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Uses of external resources by the control plane.
const (
	NodeSubnet               Use = "node subnet"
	PodSubnet                Use = "pod subnet"
	APIServerSubnet          Use = "API-server subnet"
	LoadBalancerSubnet       Use = "load-balancer subnet"
	KubenetSubnet            Use = "kubenet subnet"
	PrivateLinkSubnet        Use = "private-link subnet"
	VirtualNodeSubnet        Use = "virtual-node subnet"
	ZoneLinkNetwork          Use = "virtual network linked to a private zone"
	AutoprovisioningNetwork  Use = "virtual network of node auto-provisioning"
	RouteTable               Use = "route table"
	NetworkSecurityGroup     Use = "network security group"
	NATGateway               Use = "NAT gateway"
	PublicIP                 Use = "public IP of a service"
	PublicIPGroup            Use = "resource group of public IPs"
	OutboundIP               Use = "outbound public IP"
	OutboundPrefix           Use = "outbound public IP prefix"
	EgressPrefix             Use = "static egress prefix"
	NodeIPPrefix             Use = "node public IP prefix"
	PrivateZone              Use = "private DNS zone of the API server"
	Disk                     Use = "disk"
	DiskGroup                Use = "resource group of dynamic disks"
	SnapshotGroup            Use = "resource group of snapshots"
	DiskEncryptionSet        Use = "disk encryption set"
	StorageAccount           Use = "storage account"
	KubeletIdentityUse       Use = "kubelet identity"
	KeyVaultKMS              Use = "key vault of etcd encryption"
	KeyVaultKMSPrivate       Use = "private key vault of etcd encryption"
	CapacityReservationGroup Use = "capacity reservation group"
	HostGroup                Use = "dedicated host group"
	ProximityPlacementGroup  Use = "proximity placement group"
	PrivateLinkService       Use = "private link service"
	DDoSPlan                 Use = "DDoS protection plan"
)

// Rule is one line of the grant table: what one use of a resource takes.
type Rule struct {
	// Role is the documented built-in role.
	Role rbac.RoleName
	// Level is the narrowest that works.
	Level Level
	// Capabilities are what the rule gives.
	Capabilities []rbac.CapabilityID
	// Actions are those of the capabilities' actions that matter at this resource, when they are not all of them: the rest
	// is about other resources of the same operation.
	Actions []string
	// MoreActions are actions that the documented list lacks although they are used, with the reason in Reason.
	MoreActions     []string
	MoreDataActions []string
	// Reason is the sentence that the grant carries.
	Reason string
	// Source is where it is documented, with the day of reading.
	Source string
}

// UseInfo is what is known about one use of an external resource.
type UseInfo struct {
	// ResourceType is the ARM type of the resource.
	ResourceType string
	// Refusal says why AKS refuses the use for a system-assigned control plane; nil when it does not.
	Refusal *Refusal
	Rules   []Rule
}

// Refusal is a topology that AKS does not accept.
type Refusal struct {
	// Code is Azure's error code; empty when it is not known for certain.
	Code string
	Why  string
}

// fixUserAssigned is the way out of every refusal of a system-assigned identity.
const fixUserAssigned = `set identity.type to "UserAssigned".`

const (
	typeSubnet  = "Microsoft.Network/virtualNetworks/subnets"
	typeNetwork = "Microsoft.Network/virtualNetworks"
	typeIP      = "Microsoft.Network/publicIPAddresses"
	typePrefix  = "Microsoft.Network/publicIPPrefixes"
	typeVault   = "Microsoft.KeyVault/vaults"
	// TypeUserAssignedIdentity is the ARM type of a user-assigned identity.
	TypeUserAssignedIdentity = "Microsoft.ManagedIdentity/userAssignedIdentities"
)

const (
	sourceServicePermissions = "Microsoft, AKS service permissions (azure-aks-docs aks-service-permissions.md, read 2026-08-21)"
	sourceInternalLB         = "Microsoft, internal load balancer (azure-aks-docs internal-lb.md, read 2026-08-21)"
	sourceCloudProvider      = "kubernetes-sigs/cloud-provider-azure (read 2026-08-19)"
)

// UseOf returns what is known about a use.
func UseOf(u Use) (UseInfo, bool) {
	info, ok := controlPlaneUses()[u]
	info.Rules = slices.Clone(info.Rules)
	return info, ok
}

// controlPlaneUses is the grant table of the control plane, made once and only read.
var controlPlaneUses = sync.OnceValue(func() map[Use]UseInfo {
	uses := networkUses()
	maps.Copy(uses, storageUses())
	maps.Copy(uses, computeUses())
	return uses
})
