package plan

import "slices"

// Cluster is the shape of a cluster's arguments: what is plain, plus the values that are known already.
type Cluster struct {
	// Location is the Azure region, as westeurope or West Europe.
	Name, Location, DNSPrefix, FQDNSubdomain, NodeResourceGroup Value[string]
	// ResourceGroup is an existing group; NewResourceGroup names the one to create. Both absent: one is created and named
	// by Pulumi.
	ResourceGroup, NewResourceGroup Value[string]
	KubernetesVersion               Value[string]
	Tags                            int
	Identity                        ClusterIdentity
	// KubeletIdentity of the nodes; nil lets AKS make one.
	KubeletIdentity *UserIdentity
	// SystemPool is created with the cluster; Pools are the further ones.
	SystemPool Pool
	Pools      []Pool
	Network    Network
	APIServer  APIServer
	Entra      *Entra
	Security   Security
	Upgrade    Upgrade
	Addons     Addons
	// AsOf is the day on which the plan is made; what is retired by then is refused. Empty refuses only what is gone for good.
	AsOf Day
	// AcceptRetired are the places of retired things that the caller goes on with, as addons.appRouting.
	AcceptRetired []Path
	// What several pools or add-ons can share is given once, by the user's keys, and referred to by key.
	Subnets, NodeIPPrefixes, CapacityReservationGroups, HostGroups, KeyVaults map[string]Value[string]
	// Mentions are the external resources that the arguments name for themselves.
	Mentions []Mention
	// ExtraGrants are the caller's own, by the user's keys.
	ExtraGrants map[string]ExtraGrant
	// Maintenance windows by configuration name; NoMaintenance makes none.
	Maintenance   map[string]Window
	NoMaintenance bool
	Tier          Tier
	SupportPlan   SupportPlan
	// Access to the cluster for people, groups and applications, by the user's keys.
	Access map[string]Access
	// DeployerAccess is that of whoever runs the deployment; nil for none.
	DeployerAccess *DeployerAccess
	// AccessElsewhere says who else gives roles in the cluster; empty when nobody said so.
	AccessElsewhere string
	// DisableLocalAccounts as asked; nil means the default.
	DisableLocalAccounts *bool
	// KubernetesRBAC as asked; nil means the default, on.
	KubernetesRBAC   *bool
	CostAnalysis     *bool
	OIDCIssuer       *bool
	WorkloadIdentity *bool
	// AdminCredentials asks for the admin kubeconfig.
	AdminCredentials bool
	// Login is how the user kubeconfig signs in; empty leaves it as Azure gives it.
	Login KubeconfigLogin
	// Additional are the properties that the caller sends beside those that the component decides.
	Additional []Addition
	// Grants says who makes the grants; the default is the component.
	Grants      GrantMode
	Strategy    RoleStrategy
	Explain     Explain
	Propagation Propagation
	Renamed     Renaming
	Adopted     Adopted
	Adopt       Adopt
}

// ClusterIdentity is the control plane's identity.
type ClusterIdentity struct {
	// Type is SystemAssigned by default, and UserAssigned with User.
	Type IdentityType
	// User is the user-assigned identity; nil with UserAssigned means that the component makes one.
	User *UserIdentity
}

// UserIdentity is a user-assigned identity: one that exists, or one that the component makes.
type UserIdentity struct {
	// Existing names the identity; nil means that the component makes it.
	Existing *ExistingIdentity
}

// ExistingIdentity are the three names of a user-assigned identity.
type ExistingIdentity struct {
	ResourceID, PrincipalID, ClientID Value[string]
}

// Pool is one node pool.
type Pool struct {
	Name                         string
	Mode                         PoolMode
	OSType                       OSType
	OSSKU                        OSSKU
	OSDiskType                   OSDiskType
	VMSize, KubernetesVersion    Value[string]
	Count, MaxPods, OSDiskSizeGB Value[int]
	Autoscaling                  *Autoscaling
	Zones                        []Value[string]
	// Subnet and PodSubnet are keys of Subnets.
	Subnet, PodSubnet string
	Taints            []Value[string]
	Spot              *Spot
	ScaleDownMode     ScaleDownMode
	NodePublicIP      bool
	ProximityGroup    Value[string]
	// Keys of what is shared.
	NodeIPPrefix, CapacityReservationGroup, HostGroup string
	MaxSurge                                          Value[string]
	DrainTimeoutMinutes, NodeSoakMinutes              Value[int]
	WindowsOutboundNATOff                             bool
	Additional                                        []Addition
}

// Autoscaling bounds, in nodes.
type Autoscaling struct{ Min, Max Value[int] }

// Spot makes a pool of spot machines.
type Spot struct {
	EvictionPolicy EvictionPolicy
	// MaxPrice in US dollars an hour; -1 for the price on demand.
	MaxPrice Value[float64]
}

// Network is the cluster's network profile.
type Network struct {
	Plugin       NetworkPlugin
	PluginMode   NetworkPluginMode
	Dataplane    Dataplane
	Policy       NetworkPolicy
	OutboundType OutboundType
	// Flat asks for the azure plugin without overlay.
	Flat                               bool
	PodCIDR, ServiceCIDR, DNSServiceIP Value[string]
	PodCIDRs, ServiceCIDRs             []Value[string]
	IPFamilies                         []IPFamily
	LoadBalancer                       *LoadBalancer
	NATGateway                         *ManagedNAT
}

// LoadBalancer is the outbound side of the cluster's load balancer.
type LoadBalancer struct {
	ManagedIPs, ManagedIPv6s           Value[int]
	AllocatedPorts, IdleTimeoutMinutes Value[int]
	BackendPoolType                    BackendPoolType
}

// ManagedNAT is a NAT gateway that AKS manages.
type ManagedNAT struct{ IPs, IdleTimeoutMinutes Value[int] }

// APIServer is who can reach the API server.
type APIServer struct {
	Private, Public  bool
	AuthorizedRanges []Value[string]
	// PrivateZone is one that AKS makes, or none; an own zone is a mention.
	PrivateZone PrivateDNSZone
	PublicFQDN  *bool
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
	KeyID Value[string]
	// NetworkAccess is Public by default.
	NetworkAccess KMSNetworkAccess
}

// Upgrade is the upgrade channels.
type Upgrade struct {
	Channel       UpgradeChannel
	NodeOSChannel NodeOSChannel
}

// Window is a weekly maintenance window.
type Window struct {
	Day                          Weekday
	StartTime, UTCOffset         Value[string]
	DurationHours, IntervalWeeks Value[int]
}

// ForCluster plans a cluster: its identities and the grants that its own arguments call for. Every mistake in the
// arguments is in Problems; the other fields are then not to be acted on.
func ForCluster(c Cluster) Plan {
	c = c.WithDefaults()
	check := &problems{}
	mentions := c.mentions()
	c.checkAll(check, mentions)
	p := Plan{Identities: append(c.identities(), c.accessIdentities()...), Collecting: c.Addons.Monitoring.collecting()}
	p.Notes = slices.Concat(p.Collecting.notes(), c.additionNotes(), c.linkedJoinNotes(), c.privateVaultNotes(), c.accessNotes())
	p.Warnings = c.retirementWarnings()
	c.Renamed.check(check, pathsOf(mentions), keyed("extraGrants", c.ExtraGrants), keyed(accessArgument, c.Access))
	extra := append(c.extraGrants(check), c.accessGrants(check)...)
	if c.Grants != GrantNone {
		g := granting{strategy: c.Strategy, phase: c.phaseOf, label: c.labelOf}
		g.into(&p, check, c.Renamed.onto(mentions), extra...)
	}
	c.Adopted.into(&p, check)
	p.deploying = c.deploying(mentions, p.Collecting)
	p.Problems = check.list.sorted()
	return p
}

// placedPool is a pool with the argument that describes it.
type placedPool struct {
	Pool
	path Path
}

// pools are all of them, the system pool first.
func (c Cluster) pools() []placedPool {
	all := []placedPool{{c.SystemPool, "systemPool"}}
	for i, pool := range c.Pools {
		all = append(all, placedPool{pool, Path("pools").Index(i)})
	}
	return all
}

// IsUserAssigned tells whether the control plane has a user-assigned identity.
func (c Cluster) IsUserAssigned() bool { return c.Identity.Type == UserAssigned }

// user is the control plane's user-assigned identity; nil when it is system-assigned.
func (c Cluster) user() *UserIdentity {
	switch {
	case !c.IsUserAssigned():
		return nil
	case c.Identity.User == nil:
		return &UserIdentity{}
	default:
		return c.Identity.User
	}
}

func (c Cluster) identities() []PlannedIdentity {
	control := PlannedIdentity{Identity: controlPlane, Source: ByAzure, Reason: "AKS gives every managed cluster one"}
	if user := c.user(); user != nil {
		control.Source, control.Reason = user.source(), "the control plane is user-assigned"
	}
	nodes := PlannedIdentity{Identity: kubelet, Source: ByAzure, Reason: "AKS creates one for the nodes"}
	if c.KubeletIdentity != nil {
		nodes.Source, nodes.Reason = c.KubeletIdentity.source(), "the nodes get their own identity"
	}
	return append([]PlannedIdentity{control, nodes}, c.Addons.identities()...)
}

func (u UserIdentity) source() Source {
	if u.Existing == nil {
		return Created
	}
	return Existing
}

// userOf is the user-assigned identity behind an identity of the cluster; nil when AKS makes it.
func (c Cluster) userOf(identity Identity) *UserIdentity {
	switch identity.Kind {
	case ControlPlane:
		return c.user()
	case Kubelet:
		return c.KubeletIdentity
	default:
		return nil
	}
}

// phaseOf tells when an identity can be granted anything: before the cluster if it exists by then.
func (c Cluster) phaseOf(identity Identity) Phase {
	if c.userOf(identity) != nil {
		return BeforeCluster
	}
	return AfterCluster
}

// labelOf makes the names of an identity's grants differ when the identity is another one: the grants of a new identity
// are then new resources, made before the cluster switches to it, and those of the old one are removed afterwards.
func (c Cluster) labelOf(identity Identity) (name string, former []string) {
	user := c.userOf(identity)
	switch {
	case user == nil:
		return identity.String(), nil
	case user.Existing == nil:
		return identity.String() + "-created", nil
	}
	given := identity.String() + "-given"
	scope, known := scopeOf(user.Existing.ResourceID)
	if !known {
		return given, nil
	}
	return identity.String() + "-" + Slug(scope.Name()) + "-" + shortHash(scope.Key()), []string{given}
}
