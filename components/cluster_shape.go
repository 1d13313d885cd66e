package components

import (
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/internal/clock"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// PlanManagedIdentityCluster says what the component would do with the arguments on the given day, which decides what is retired
// ([Today], or any other): its identities, every grant with its reason, and every problem. It needs no Pulumi context and creates
// nothing.
func PlanManagedIdentityCluster(args *ManagedIdentityClusterArgs, day plan.Day) plan.Plan {
	_, p := args.plan(day)
	return p
}

func placesOf(texts []string) []plan.Path {
	paths := make([]plan.Path, len(texts))
	for i, text := range texts {
		paths[i] = plan.Path(text)
	}
	return paths
}

// Today is the present day, in UTC.
func Today() plan.Day { return dayOf(clock.Machine()) }

// dayOf is the day that a clock shows, in UTC.
func dayOf(c clock.Clock) plan.Day { return plan.Day(c.Now().UTC().Format(time.DateOnly)) }

// plan reads the arguments once: into the shape with its defaults, and what is decided about it.
func (a *ManagedIdentityClusterArgs) plan(day plan.Day) (plan.Cluster, plan.Plan) {
	if a == nil {
		a = &ManagedIdentityClusterArgs{}
	}
	if missing := a.missing(); len(missing) > 0 {
		return plan.Cluster{}, plan.Plan{Problems: missing}
	}
	shape := a.shape(day).WithDefaults()
	return shape, plan.ForCluster(shape)
}

// ValidateManagedIdentityCluster returns every problem that the arguments have today as [plan.Problems], nil when there is none.
func ValidateManagedIdentityCluster(args *ManagedIdentityClusterArgs) error {
	return PlanManagedIdentityCluster(args, Today()).Problems.Err()
}

// missing reports what the shape cannot be read without.
func (a *ManagedIdentityClusterArgs) missing() plan.Problems {
	var out plan.Problems
	for i, pool := range a.Pools {
		if pool == nil {
			out = append(out, plan.Problem{Path: plan.Path("pools").Index(i), What: "it is empty.", Fix: "describe the pool, or leave the element out."})
		}
	}
	return out
}

// systemPool is the pool that is created with the cluster.
func (a *ManagedIdentityClusterArgs) systemPool() *NodePoolArgs {
	if a.SystemPool == nil {
		return &NodePoolArgs{}
	}
	return a.SystemPool
}

// shape reads the arguments into plain data.
func (a *ManagedIdentityClusterArgs) shape(day plan.Day) plan.Cluster {
	c := plan.Cluster{
		Name:                 valueOf[string](a.ClusterName),
		Location:             valueOf[string](a.Location),
		DNSPrefix:            valueOf[string](a.DNSPrefix),
		FQDNSubdomain:        valueOf[string](a.FQDNSubdomain),
		NodeResourceGroup:    valueOf[string](a.NodeResourceGroup),
		ResourceGroup:        valueOf[string](a.ResourceGroupName),
		NewResourceGroup:     valueOf[string](a.NewResourceGroupName),
		KubernetesVersion:    valueOf[string](a.KubernetesVersion),
		Tags:                 countOfTags(a.Tags),
		Identity:             a.Identity.shape(),
		KubeletIdentity:      a.KubeletIdentity.shape(),
		Subnets:              valueMapOf(a.Subnets),
		NodeIPPrefixes:       valueMapOf(a.NodeIPPrefixIDs),
		HostGroups:           valueMapOf(a.HostGroupIDs),
		KeyVaults:            valueMapOf(a.KeyVaultIDs),
		Mentions:             a.mentions(),
		Network:              a.Network.shape(),
		APIServer:            a.APIServer.shape(),
		Entra:                a.Entra.shape(),
		Security:             a.Security.shape(),
		Tier:                 a.Tier,
		SupportPlan:          a.SupportPlan,
		DisableLocalAccounts: a.DisableLocalAccounts,
		KubernetesRBAC:       a.EnableRBAC,
		CostAnalysis:         a.CostAnalysis,
		OIDCIssuer:           a.OIDCIssuer,
		WorkloadIdentity:     a.WorkloadIdentity,
		Addons:               a.Addons.shape(),
		AsOf:                 day,
		AcceptRetired:        placesOf(a.AcceptRetired),
		AdminCredentials:     a.AdminKubeconfig,
		Login:                a.KubeconfigLogin,
		Additional:           clusterAddition(a).shape(),
		Grants:               a.GrantMode,
		Strategy:             a.RoleStrategy,
		Explain:              a.Explain,
		Propagation:          a.Propagation.shape(),
		Renamed:              renaming[ManagedIdentityClusterArgs](a.RenamedKeys), Adopted: a.AdoptedAssignments,
		Adopt:       a.Adopt.shape(),
		ExtraGrants: map[string]plan.ExtraGrant{},
		Access:      map[string]plan.Access{}, DeployerAccess: a.DeployerAccess.shape(), AccessElsewhere: a.AccessElsewhere,

		CapacityReservationGroups: valueMapOf(a.CapacityReservationGroupIDs),
	}
	for key, extra := range a.ExtraGrants {
		c.ExtraGrants[key] = extra.shape()
	}
	for key, access := range a.Access {
		c.Access[key] = access.shape()
	}
	if a.Upgrade != nil {
		c.Upgrade = plan.Upgrade{Channel: a.Upgrade.Channel, NodeOSChannel: a.Upgrade.NodeOSChannel}
	}
	if a.Maintenance != nil {
		c.NoMaintenance = a.Maintenance.Disabled
		c.Maintenance = a.Maintenance.shape()
	}
	c.SystemPool = a.systemPool().shape()
	c.SystemPool.Additional = systemPoolAddition(a.systemPool()).shape()
	for i, pool := range a.Pools {
		shape := pool.shape()
		shape.Additional = poolAddition(i, pool).shape()
		c.Pools = append(c.Pools, shape)
	}
	return c
}

// countOfTags is 0 while the tags are late.
func countOfTags(tags pulumi.StringMapInput) int {
	known, _ := tags.(pulumi.StringMap)
	return len(known)
}

func (a *ExtraGrantArgs) shape() plan.ExtraGrant {
	if a == nil {
		return plan.ExtraGrant{}
	}
	return plan.ExtraGrant{Identity: a.Identity, OwnGrant: plan.OwnGrant{
		Role: string(a.Role), Resource: valueOf[string](a.ResourceID), Reason: a.Reason, GrantsRoles: a.GrantsRoles, WideScope: a.WideScope,
	}}
}

func (a *ClusterIdentityArgs) shape() plan.ClusterIdentity {
	if a == nil {
		return plan.ClusterIdentity{}
	}
	identity := plan.ClusterIdentity{Type: a.Type}
	if a.UserAssigned != nil {
		identity.User = &plan.UserIdentity{Existing: a.UserAssigned.shape()}
	}
	return identity
}

func (a *KubeletIdentityArgs) shape() *plan.UserIdentity {
	if a == nil {
		return nil
	}
	return &plan.UserIdentity{Existing: a.Existing.shape()}
}

func (a *UserAssignedIdentityArgs) shape() *plan.ExistingIdentity {
	if a == nil {
		return nil
	}
	return &plan.ExistingIdentity{
		ResourceID: valueOf[string](a.ResourceID), PrincipalID: valueOf[string](a.PrincipalID), ClientID: valueOf[string](a.ClientID),
	}
}

func (a *MaintenanceArgs) shape() map[string]plan.Window {
	windows := map[string]plan.Window{}
	for name, w := range map[string]*MaintenanceWindowArgs{plan.ClusterUpgradeWindow: a.Cluster, plan.NodeOSUpgradeWindow: a.NodeOS} {
		if w != nil {
			windows[name] = plan.Window{
				Day: w.Day, StartTime: valueOf[string](w.StartTime), UTCOffset: valueOf[string](w.UTCOffset),
				DurationHours: valueOf[int](w.DurationHours), IntervalWeeks: valueOf[int](w.IntervalWeeks),
			}
		}
	}
	return windows
}

func (a *NodePoolArgs) shape() plan.Pool {
	pool := plan.Pool{
		Name: a.Name, Mode: a.Mode, OSType: a.OSType, OSSKU: a.OSSKU, OSDiskType: a.OSDiskType, ScaleDownMode: a.ScaleDownMode,
		Subnet: a.Subnet, PodSubnet: a.PodSubnet,
		VMSize:                   valueOf[string](a.VMSize),
		KubernetesVersion:        valueOf[string](a.KubernetesVersion),
		Count:                    valueOf[int](a.Count),
		MaxPods:                  valueOf[int](a.MaxPods),
		OSDiskSizeGB:             valueOf[int](a.OSDiskSizeGB),
		Zones:                    valuesOf(a.AvailabilityZones),
		Taints:                   valuesOf(a.NodeTaints),
		NodePublicIP:             a.EnableNodePublicIP,
		NodeIPPrefix:             a.NodeIPPrefix,
		ProximityGroup:           valueOf[string](a.ProximityPlacementGroupID),
		CapacityReservationGroup: a.CapacityReservationGroup,
		HostGroup:                a.HostGroup,
		MaxSurge:                 valueOf[string](a.MaxSurge),
		DrainTimeoutMinutes:      valueOf[int](a.DrainTimeoutMinutes),
		NodeSoakMinutes:          valueOf[int](a.NodeSoakMinutes),
		WindowsOutboundNATOff:    a.DisableWindowsOutboundNAT,
	}
	if a.Autoscaling != nil {
		pool.Autoscaling = &plan.Autoscaling{Min: valueOf[int](a.Autoscaling.Min), Max: valueOf[int](a.Autoscaling.Max)}
	}
	if a.Spot != nil {
		pool.Spot = &plan.Spot{EvictionPolicy: a.Spot.EvictionPolicy, MaxPrice: valueOf[float64](a.Spot.MaxPrice)}
	}
	return pool
}

func (a *NetworkArgs) shape() plan.Network {
	if a == nil {
		return plan.Network{}
	}
	n := plan.Network{
		Plugin: a.Plugin, PluginMode: a.PluginMode, Flat: a.Flat, Dataplane: a.Dataplane, Policy: a.Policy, OutboundType: a.OutboundType,
		PodCIDR: knownIf(a.PodCIDR), ServiceCIDR: knownIf(a.ServiceCIDR), DNSServiceIP: knownIf(a.DNSServiceIP),
		PodCIDRs: knownAll(a.PodCIDRs), ServiceCIDRs: knownAll(a.ServiceCIDRs), IPFamilies: a.IPFamilies,
	}
	if lb := a.LoadBalancer; lb != nil {
		n.LoadBalancer = &plan.LoadBalancer{
			ManagedIPs: knownIf(lb.ManagedIPs), ManagedIPv6s: knownIf(lb.ManagedIPv6s),
			AllocatedPorts: knownIf(lb.AllocatedPorts), IdleTimeoutMinutes: knownIf(lb.IdleTimeoutMinutes),
			BackendPoolType: lb.BackendPoolType,
		}
	}
	if nat := a.NATGateway; nat != nil {
		n.NATGateway = &plan.ManagedNAT{IPs: knownIf(nat.IPs), IdleTimeoutMinutes: knownIf(nat.IdleTimeoutMinutes)}
	}
	return n
}

func (a *APIServerArgs) shape() plan.APIServer {
	if a == nil {
		return plan.APIServer{}
	}
	return plan.APIServer{
		Private: a.Private, Public: a.Public, AuthorizedRanges: valuesIn(a.AuthorizedIPRanges),
		PrivateZone: a.PrivateDNSZone, PublicFQDN: a.PublicFQDN,
	}
}

func (a *EntraArgs) shape() *plan.Entra {
	if a == nil {
		return nil
	}
	return &plan.Entra{AdminGroups: valuesIn(a.AdminGroupObjectIDs), AzureRBAC: a.AzureRBAC, Tenant: valueOf[string](a.TenantID)}
}

func (a *SecurityArgs) shape() plan.Security {
	if a == nil {
		return plan.Security{}
	}
	s := plan.Security{
		ImageCleanerIntervalHour: valueOf[int](a.ImageCleanerIntervalHours),
		DefenderWorkspace:        valueOf[string](a.DefenderWorkspaceID),
	}
	if a.KMS != nil {
		s.KMS = &plan.KMS{KeyID: valueOf[string](a.KMS.KeyID), NetworkAccess: a.KMS.NetworkAccess}
	}
	return s
}
