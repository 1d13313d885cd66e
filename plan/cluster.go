package plan

import "github.com/aksidentity/pulumi-aksidentity/rbac"

// Cluster is the shape of a cluster's arguments: what is plain, plus the values that are known already.
type Cluster struct {
	Name, DNSPrefix, FQDNSubdomain, NodeResourceGroup Value[string]
	// ResourceGroup is an existing group; NewResourceGroup names the one to create. Both absent: one is created and named
	// by Pulumi.
	ResourceGroup, NewResourceGroup Value[string]
	KubernetesVersion               Value[string]
	Tags                            int
	Identity                        ClusterIdentity
	KubeletIdentity                 *ExistingIdentity
	// Subnets outside, by the user's names; pools refer to them by name.
	Subnets   map[string]Value[string]
	Pools     []Pool
	Network   Network
	APIServer APIServer
	Entra     *Entra
	Security  Security
	Upgrade   Upgrade
	// Maintenance windows by configuration name; NoMaintenance makes none.
	Maintenance   map[string]Window
	NoMaintenance bool
	Tier          string
	SupportPlan   string
	// DisableLocalAccounts as asked; nil means the default.
	DisableLocalAccounts *bool
	// KubernetesRBAC as asked; nil means the default, on.
	KubernetesRBAC    *bool
	CostAnalysis      *bool
	OIDCIssuer        *bool
	WorkloadIdentity  *bool
	DiskEncryptionSet Value[string]
	Addons            Addons
	// Registries that the nodes pull from, by the user's names; ABACRegistries are in ABAC mode.
	Registries, ABACRegistries map[string]Value[string]
	// BootstrapRegistry is what a network-isolated cluster boots from.
	BootstrapRegistry Value[string]
	// AdminCredentials asks for the admin kubeconfig.
	AdminCredentials bool
	// NoGrants leaves every grant to the caller.
	NoGrants bool
	Strategy RoleStrategy
}

// ClusterIdentity is the control plane's identity.
type ClusterIdentity struct {
	// Type is SystemAssigned (the default) or UserAssigned.
	Type string
	// Existing is the user-assigned identity that the caller gives; nil with UserAssigned means that one is created.
	Existing *ExistingIdentity
}

// ExistingIdentity is a user-assigned identity. With Create it is made by the component.
type ExistingIdentity struct {
	Create                            bool
	ResourceID, PrincipalID, ClientID Value[string]
}

// Pool is one node pool.
type Pool struct {
	Name, Mode, OSType, OSSKU, OSDiskType string
	VMSize, KubernetesVersion             Value[string]
	Count, MaxPods, OSDiskSizeGB          Value[int]
	Autoscaling                           *Autoscaling
	// Zones is the number of availability zones.
	Zones                                int
	Subnet, PodSubnet                    string
	Taints                               []Value[string]
	Spot                                 *Spot
	ScaleDownMode                        string
	NodePublicIP                         bool
	NodePublicIPPrefix, ProximityGroup   Value[string]
	CapacityReservationGroup, HostGroup  Value[string]
	MaxSurge                             Value[string]
	DrainTimeoutMinutes, NodeSoakMinutes Value[int]
	WindowsOutboundNATOff                bool
}

// Autoscaling bounds, in nodes.
type Autoscaling struct{ Min, Max Value[int] }

// Spot makes a pool of spot machines.
type Spot struct {
	EvictionPolicy string
	// MaxPrice in US dollars an hour; -1 for the price on demand.
	MaxPrice Value[float64]
}

// Network is the cluster's network profile.
type Network struct {
	Plugin, PluginMode, Dataplane, Policy, OutboundType string
	// Flat asks for the azure plugin without overlay.
	Flat                               bool
	PodCIDR, ServiceCIDR, DNSServiceIP Value[string]
	PodCIDRs, ServiceCIDRs             []Value[string]
	IPFamilies                         []string
	LoadBalancer                       *LoadBalancer
	NATGateway                         *ManagedNAT
	LoadBalancerSKU                    string
}

// LoadBalancer is the outbound side of the cluster's load balancer.
type LoadBalancer struct {
	ManagedIPs, ManagedIPv6s           Value[int]
	OutboundIPs, OutboundPrefixes      map[string]Value[string]
	AllocatedPorts, IdleTimeoutMinutes Value[int]
	BackendPoolType                    string
}

// ManagedNAT is a NAT gateway that AKS manages.
type ManagedNAT struct{ IPs, IdleTimeoutMinutes Value[int] }

// APIServer is who can reach the API server.
type APIServer struct {
	Private, Public  bool
	AuthorizedRanges []Value[string]
	// PrivateZone is "system" or "none"; PrivateZoneID is an own zone.
	PrivateZone   string
	PrivateZoneID Value[string]
	// PrivateZoneNetworks are the VNets that AKS links to the zone, by the user's names.
	PrivateZoneNetworks map[string]Value[string]
	PublicFQDN          *bool
}

// Entra is the cluster's Entra integration.
type Entra struct {
	AdminGroups []Value[string]
	AzureRBAC   *bool
	Tenant      Value[string]
}

// Security is the cluster's security profile, as far as rules speak of it.
type Security struct {
	KMS                      *KMS
	ImageCleanerIntervalHour Value[int]
	DefenderWorkspace        Value[string]
}

// KMS is etcd encryption with a key of the caller's.
type KMS struct {
	KeyID, VaultID Value[string]
	// NetworkAccess is Public (default) or Private.
	NetworkAccess string
}

// Upgrade is the upgrade channels.
type Upgrade struct{ Channel, NodeOSChannel string }

// Window is a weekly maintenance window.
type Window struct {
	Day, StartTime, UTCOffset string
	DurationHours             int
	IntervalWeeks             int
}

// Types of the resources that cluster arguments mention.
const (
	TypeDiskEncryptionSet = "Microsoft.Compute/diskEncryptionSets"
	TypePrivateZone       = "Microsoft.Network/privateDnsZones"
	typeWorkspace         = "Microsoft.OperationalInsights/workspaces"
)

// ForCluster plans a cluster: its identities and the grants that its own arguments call for. Every mistake in the
// arguments is in Problems; the other fields are then not to be acted on.
func ForCluster(c Cluster) Plan {
	c = c.WithDefaults()
	check := &problems{}
	c.checkAll(check)
	p := Plan{Identities: c.identities(), Problems: check.list.sorted()}
	if !c.NoGrants {
		p.Grants = c.grants()
	}
	return p
}

// IsUserAssigned tells whether the control plane has a user-assigned identity.
func (c Cluster) IsUserAssigned() bool { return c.Identity.Type == UserAssigned }

func (c Cluster) identities() []PlannedIdentity {
	control := PlannedIdentity{Identity: Identity{Kind: ControlPlane}, Source: ByAzure, Reason: "AKS gives every managed cluster one"}
	if c.IsUserAssigned() {
		control.Source, control.Reason = Created, "the control plane is user-assigned"
		if c.Identity.Existing != nil {
			control.Source = Existing
		}
	}
	kubelet := PlannedIdentity{Identity: Identity{Kind: Kubelet}, Source: ByAzure, Reason: "AKS creates one for the nodes"}
	if c.KubeletIdentity != nil {
		kubelet.Source, kubelet.Reason = Existing, "the nodes get their own identity"
		if c.KubeletIdentity.Create {
			kubelet.Source = Created
		}
	}
	return append([]PlannedIdentity{control, kubelet}, c.Addons.identities()...)
}

func (c Cluster) grants() []Grant {
	g := granting{controlPlane: Identity{Kind: ControlPlane}, strategy: c.Strategy, phase: c.phaseOf, label: c.labelOf}
	return g.grants(append(c.targets(), c.addonTargets()...))
}

// phaseOf tells when an identity can be granted anything: before the cluster if it exists by then.
func (c Cluster) phaseOf(identity Identity) Phase {
	switch {
	case identity.Kind == ControlPlane && c.IsUserAssigned(), identity.Kind == Kubelet && c.KubeletIdentity != nil:
		return BeforeCluster
	default:
		return AfterCluster
	}
}

// labelOf makes the names of an identity's grants differ when the identity is another one: the grants of a new identity
// are then new resources, made before the cluster switches to it, and those of the old one are removed afterwards.
func (c Cluster) labelOf(identity Identity) (name string, former []string) {
	switch {
	case identity.Kind == ControlPlane && c.IsUserAssigned():
		return c.Identity.Existing.label(identity)
	case identity.Kind == Kubelet && c.KubeletIdentity != nil && c.KubeletIdentity.Create:
		return (*ExistingIdentity)(nil).label(identity)
	case identity.Kind == Kubelet && c.KubeletIdentity != nil:
		return c.KubeletIdentity.label(identity)
	default:
		return identity.String(), nil
	}
}

// label of an identity that the component creates (nil), or that is given by an ID that is known or late.
func (e *ExistingIdentity) label(identity Identity) (name string, former []string) {
	if e == nil {
		return identity.String() + "-created", nil
	}
	given := identity.String() + "-given"
	id, known := e.ResourceID.Get()
	if !known {
		return given, nil
	}
	scope, err := rbac.ParseScope(id)
	if err != nil {
		return given, nil
	}
	return identity.String() + "-" + slug(scope.Name()) + "-" + shortHash(scope.Key()), []string{given}
}
