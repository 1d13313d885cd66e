package tests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"
)

type clusterArgs = components.ManagedIdentityClusterArgs

// mention is an external resource that the cluster's own arguments name.
type mention struct {
	name string
	// into seeds what is mentioned and writes it into the arguments. It returns what the cluster has to be able to do.
	into func(w *world, a *clusterArgs) []probe
	// late are further probes on what the deployment itself makes.
	late func(w *world) []probe
	// userOnly mentions are refused for a system-assigned control plane.
	userOnly bool
	// code is the error with which AKS refuses the cluster when nobody made the grants; empty when AKS accepts it and
	// the cluster fails later.
	code string
	// spare names a grant that may be taken away, by a part of its scope and the strategy, and says why.
	spare map[string]string
}

// TestLawsOfManagedIdentityCluster: for everything that the arguments can mention, the cluster can use it; without our
// grants it cannot, and each single grant is needed.
func TestLawsOfManagedIdentityCluster(t *testing.T) {
	for _, m := range append(networkMentions(), append(identityMentions(), addonMentions()...)...) {
		for _, way := range ways() {
			t.Run(fmt.Sprintf("%s/%s", m.name, way), func(t *testing.T) {
				if m.userOnly && way.identity == plan.SystemAssigned {
					args := baseCluster(way)
					m.into(newWorld(t), args)
					if p := components.PlanManagedIdentityCluster(args, worlds.Day); len(p.Problems) == 0 {
						t.Error("AKS refuses it with a system-assigned identity, but the plan does not")
					}
					return
				}
				m.fails(t, way)
				m.works(t, way)
			})
		}
	}
}

func baseCluster(way way) *clusterArgs {
	now := 0
	return &clusterArgs{
		Location:     pulumi.StringPtr("westeurope"),
		Identity:     &components.ClusterIdentityArgs{Type: way.identity},
		SystemPool:   &components.NodePoolArgs{},
		APIServer:    &components.APIServerArgs{Public: true},
		RoleStrategy: way.strategy,
		Propagation:  &components.PropagationArgs{TimeoutSeconds: &now},
	}
}

func clusterProgram(args *clusterArgs) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		_, err := components.NewManagedIdentityCluster(ctx, "aks", args)
		return err
	}
}

// fails: with the same arguments, but without our grants, AKS refuses the cluster or the cluster cannot do it.
func (m mention) fails(t *testing.T, way way) {
	t.Helper()
	w, args := newWorld(t), baseCluster(way)
	probes := m.into(w, args)
	args.GrantMode = components.GrantNone
	s := simtest.New(t, clusterProgram(args), simtest.WithCloud(w.Cloud))
	up := s.Up()
	if m.code != "" {
		if up.Err == nil || !strings.Contains(up.Explain(), m.code) {
			t.Errorf("enough: without grants AKS should refuse the cluster with %s, got %s", m.code, up.Explain())
		}
		return
	}
	if up.Err != nil {
		t.Fatalf("without grants: %s", up.Explain())
	}
	w.cluster = w.Clusters()[0]
	for _, p := range append(probes, m.more(w)...) {
		if w.decide(p).Allowed() {
			t.Errorf("enough: %s on %s works without us, so the grant is for nothing", p.capability, p.target)
		}
	}
}

func (m mention) more(w *world) []probe {
	if m.late == nil {
		return nil
	}
	return m.late(w)
}

func (m mention) works(t *testing.T, way way) {
	t.Helper()
	w, args := newWorld(t), baseCluster(way)
	probes := m.into(w, args)
	s := simtest.New(t, clusterProgram(args), simtest.WithCloud(w.Cloud))
	if up := s.Up(); up.Err != nil {
		t.Fatal(up.Explain())
	}
	w.cluster = w.Clusters()[0]
	probes = append(probes, m.more(w)...)
	w.spare = m.spare[string(way.strategy)]
	enoughAndNoMore(t, w, probes)
	if destroyed := s.Destroy(); destroyed.Err != nil || !w.Empty() || len(w.deployed()) > 0 {
		t.Errorf("destroy: %s, left %d assignments", destroyed.Explain(), len(w.deployed()))
	}
}

const (
	ownZone  = "privatelink.westeurope.azmk8s.io"
	ownVault = "kms-vault"
)

func networkMentions() []mention {
	return []mention{
		{name: "node subnet", into: func(w *world, a *clusterArgs) []probe {
			id := inSubnet(w, a)
			return on(id, "node-subnet-join", "internal-lb-external-subnet")
		}},
		{name: "pod subnet", into: func(w *world, a *clusterArgs) []probe {
			nodes, pods := inSubnet(w, a), w.subnet("pods")
			a.Subnets["pods"], a.SystemPool.PodSubnet = pulumi.String(pods), "pods"
			return append(on(nodes, "node-subnet-join"), on(pods, "node-subnet-join")...)
		}},
		{name: "kubenet subnet", into: func(w *world, a *clusterArgs) []probe {
			id := inSubnet(w, a)
			a.Network = &components.NetworkArgs{Plugin: "kubenet"}
			return on(id, "node-subnet-join", "internal-lb-external-subnet", "kubenet-associate-managed-route-table")
		}},
		{name: "outbound addresses", into: func(w *world, a *clusterArgs) []probe {
			id := w.resource(azuresim.PublicIPAddressType, "egress", nil)
			a.Network = &components.NetworkArgs{LoadBalancer: &components.LoadBalancerArgs{OutboundIPIDs: ids{"one": pulumi.String(id)}}}
			return on(id, "outbound-own-public-ip")
		}},
		{name: "outbound prefixes", into: func(w *world, a *clusterArgs) []probe {
			id := w.resource(azuresim.PublicIPPrefixType, "egress", nil)
			a.Network = &components.NetworkArgs{LoadBalancer: &components.LoadBalancerArgs{OutboundIPPrefixIDs: ids{"one": pulumi.String(id)}}}
			return on(id, "outbound-own-ip-prefix")
		}},
		{name: "node addresses", into: func(w *world, a *clusterArgs) []probe {
			id := w.resource(azuresim.PublicIPPrefixType, "nodes", nil)
			a.NodeIPPrefixIDs = ids{"nodes": pulumi.String(id)}
			a.SystemPool.EnableNodePublicIP, a.SystemPool.NodeIPPrefix = true, "nodes"
			return on(id, "node-public-ip-prefix")
		}},
		{name: "node addresses by their group", into: func(w *world, a *clusterArgs) []probe {
			id := w.resource(azuresim.PublicIPPrefixType, "nodes", nil)
			a.NodeIPPrefixIDs, a.NodeIPPrefixGroupIDs = ids{"nodes": pulumi.String(id)}, ids{"nodes": pulumi.String(w.groupOf("nodes"))}
			a.SystemPool.EnableNodePublicIP, a.SystemPool.NodeIPPrefix = true, "nodes"
			return on(id, "node-public-ip-prefix")
		}},
		{name: "network security group", into: func(w *world, a *clusterArgs) []probe {
			group, nodes := w.resource(azuresim.NetworkSecurityGroupType, "ports", nil), inSubnet(w, a)
			w.MustSeed(nodes, object{"properties": object{"networkSecurityGroup": object{"id": group}}})
			a.NetworkSecurityGroupIDs = ids{"ports": pulumi.String(group)}
			return append(on(nodes, "node-subnet-join"), on(group, "nsg-other-rg", "subnet-rewrite-linked-joins")...)
		}},
		{
			name: "route table", userOnly: true, code: "CustomRouteTableMissingPermission",
			into: func(w *world, a *clusterArgs) []probe {
				table, nodes := w.resource(azuresim.RouteTableType, "routes", nil), inSubnet(w, a)
				w.MustSeed(nodes, object{"properties": object{"routeTable": object{"id": table}}})
				a.Network = &components.NetworkArgs{Plugin: "kubenet", OutboundType: "userDefinedRouting"}
				a.RouteTableIDs = ids{"routes": pulumi.String(table)}
				return append(on(nodes, "node-subnet-join"), on(table, "custom-route-table", "subnet-rewrite-linked-joins")...)
			},
		},
		{name: "route table with the azure plugin", into: func(w *world, a *clusterArgs) []probe {
			table, nodes := w.resource(azuresim.RouteTableType, "routes", nil), inSubnet(w, a)
			w.MustSeed(nodes, object{"properties": object{"routeTable": object{"id": table}}})
			a.RouteTableIDs = ids{"routes": pulumi.String(table)}
			return append(on(nodes, "node-subnet-join"), does("subnet-rewrite-linked-joins", table))
		}},
		{name: "NAT gateway", into: func(w *world, a *clusterArgs) []probe {
			gateway, nodes := w.resource(azuresim.NatGatewayType, "out", nil), inSubnet(w, a)
			w.MustSeed(nodes, object{"properties": object{"natGateway": object{"id": gateway}}})
			a.NATGatewayIDs = ids{"out": pulumi.String(gateway)}
			return append(on(nodes, "node-subnet-join"), does("subnet-rewrite-linked-joins", gateway))
		}},
		{name: "network of AKS's own zone", into: func(w *world, a *clusterArgs) []probe {
			nodes := inSubnet(w, a)
			network, _, _ := strings.Cut(nodes, "/subnets/")
			a.APIServer = &components.APIServerArgs{Private: true, PrivateDNSZoneNetworkIDs: ids{"nodes": pulumi.String(network)}}
			return append(on(nodes, "internal-lb-external-subnet"), does("private-dns-vnet-link", network))
		}},
		{
			name: "own private zone", userOnly: true, code: "CustomPrivateDNSZoneMissingPermissionError",
			into: func(w *world, a *clusterArgs) []probe {
				nodes, zone := inSubnet(w, a), w.resource(azuresim.PrivateDNSZoneType, ownZone, nil)
				network, _, _ := strings.Cut(nodes, "/subnets/")
				a.APIServer = &components.APIServerArgs{
					Private: true, PrivateDNSZoneID: pulumi.StringPtr(zone),
				}
				return append(on(nodes, "node-subnet-join"), does("private-dns-zone-custom", zone), does("private-dns-vnet-link", network))
			},
		},
	}
}

// inSubnet puts the system pool into a seeded subnet.
func inSubnet(w *world, a *clusterArgs) string {
	id := w.subnet("nodes")
	a.Subnets = ids{"nodes": pulumi.String(id)}
	a.SystemPool.Subnet = "nodes"
	return id
}

func identityMentions() []mention {
	return []mention{
		{
			name: "own kubelet identity", userOnly: true, code: "CustomKubeletIdentityMissingPermissionError",
			into: func(w *world, a *clusterArgs) []probe { return on(ownKubelet(w, a), "kubelet-identity-assign") },
		},
		{name: "encryption set", into: func(w *world, a *clusterArgs) []probe {
			id := w.resource(azuresim.DiskEncryptionSetType, "set", nil)
			a.DiskEncryptionSetID = pulumi.StringPtr(id)
			return on(id, "disk-encryption-set")
		}},
		{
			name: "capacity reservation", userOnly: true, code: "LinkedAuthorizationFailed",
			into: func(w *world, a *clusterArgs) []probe {
				id := w.resource(azuresim.CapacityReservationGroupType, "reserved", nil)
				a.SystemPool.CapacityReservationGroup, a.CapacityReservationGroupIDs = "gold", ids{"gold": pulumi.String(id)}
				return on(id, "capacity-reservation-group")
			},
		},
		{
			name: "dedicated hosts", userOnly: true, code: "LinkedAuthorizationFailed",
			into: func(w *world, a *clusterArgs) []probe {
				id := w.resource(azuresim.HostGroupType, "hosts", nil)
				a.SystemPool.HostGroup, a.HostGroupIDs = "metal", ids{"metal": pulumi.String(id)}
				return on(id, "dedicated-host-group")
			},
		},
		{
			name: "capacity reservation by its group", userOnly: true, code: "LinkedAuthorizationFailed",
			into: func(w *world, a *clusterArgs) []probe {
				id := w.resource(azuresim.CapacityReservationGroupType, "reserved", nil)
				a.SystemPool.CapacityReservationGroup, a.CapacityReservationGroupIDs = "gold", ids{"gold": pulumi.String(id)}
				a.CapacityReservationResourceGroupIDs = ids{"gold": pulumi.String(w.groupOf("reserved"))}
				return on(id, "capacity-reservation-group")
			},
		},
		{
			name: "dedicated hosts by their group", userOnly: true, code: "LinkedAuthorizationFailed",
			into: func(w *world, a *clusterArgs) []probe {
				id := w.resource(azuresim.HostGroupType, "hosts", nil)
				a.SystemPool.HostGroup, a.HostGroupIDs = "metal", ids{"metal": pulumi.String(id)}
				a.HostResourceGroupIDs = ids{"metal": pulumi.String(w.groupOf("hosts"))}
				return on(id, "dedicated-host-group")
			},
		},
		{
			name: "KMS", userOnly: true, code: "AzureKeyVaultKmsValidateIdentityPermissionCustomerError",
			into: func(w *world, a *clusterArgs) []probe { return on(withKMS(w, a), "kms-public-vault") },
		},
		{name: "registry", into: func(w *world, a *clusterArgs) []probe {
			id := w.resource(azuresim.RegistryType, "registry1", nil)
			a.RegistryIDs = ids{"one": pulumi.String(id)}
			return on(id, "acr-pull-rbac")
		}},
		{name: "registry in ABAC mode", into: func(w *world, a *clusterArgs) []probe {
			id := w.resource(azuresim.RegistryType, "registry1", object{"properties": object{"roleAssignmentMode": "AbacRepositoryPermissions"}})
			a.ABACRegistryIDs = ids{"one": pulumi.String(id)}
			return on(id, "acr-pull-abac")
		}},
		{
			name: "bootstrap registry", userOnly: true, code: "CustomKubeletIdentityMissingPermissionError",
			into: func(w *world, a *clusterArgs) []probe {
				id := w.resource(azuresim.RegistryType, "registry1", nil)
				a.BootstrapRegistryID = pulumi.StringPtr(id)
				return append(on(ownKubelet(w, a), "kubelet-identity-assign"), does("acr-bootstrap-cache", id))
			},
		},
		{
			name: "bootstrap registry in ABAC mode", userOnly: true, code: "CustomKubeletIdentityMissingPermissionError",
			into: func(w *world, a *clusterArgs) []probe {
				id := w.resource(azuresim.RegistryType, "registry1", object{"properties": object{"roleAssignmentMode": "AbacRepositoryPermissions"}})
				a.ABACBootstrapRegistryID = pulumi.StringPtr(id)
				return append(on(ownKubelet(w, a), "kubelet-identity-assign"), does("acr-pull-abac", id))
			},
		},
	}
}

// ownKubelet gives the nodes an identity that exists: one that the component makes is refused without grants.
func ownKubelet(w *world, a *clusterArgs) string {
	nodes := w.MustSeedIdentity("nodes", "nodes")
	a.KubeletIdentity = &components.KubeletIdentityArgs{Existing: &components.UserAssignedIdentityArgs{
		ResourceID: pulumi.String(nodes.ID), PrincipalID: pulumi.String(nodes.PrincipalID), ClientID: pulumi.String(nodes.ClientID),
	}}
	return nodes.ID
}

func withKMS(w *world, a *clusterArgs) string {
	id := w.resource(azuresim.VaultType, ownVault, nil)
	a.Security = &components.SecurityArgs{KMS: &components.KMSArgs{
		KeyID: pulumi.String("https://" + ownVault + ".vault.azure.net/keys/etcd/1"), KeyVaultID: pulumi.String(id),
	}}
	return id
}

// named finds what a deployment made by the beginning of its name.
func (w *world) named(resourceType, prefix string) string {
	for _, r := range w.Resources() {
		if name := r.ID[strings.LastIndex(r.ID, "/")+1:]; r.Type == resourceType && strings.HasPrefix(name, prefix) {
			return r.ID
		}
	}
	w.t.Fatalf("there is no %s %s", resourceType, prefix)
	return ""
}

// TestLegacyMonitoringIsJudgedByThePlan: the component refuses it since 2026-09-30, so no deployment can show it any more;
// until then the plan's grant was enough and no more.
func TestLegacyMonitoringIsJudgedByThePlan(t *testing.T) {
	shape := plan.Cluster{
		SystemPool: plan.Pool{}, APIServer: plan.APIServer{Public: true},
		AsOf:   "2026-08-01",
		Addons: plan.Addons{Monitoring: &plan.MonitoringAddon{Workspace: plan.Late[string](), Legacy: true}},
	}
	grants := plan.ForCluster(shape).Grants
	if len(grants) != 1 {
		t.Fatalf("want one grant, got %+v", grants)
	}
	capability, _ := rbac.CapabilityByID("monitoring-legacy-metrics")
	role, _ := rbac.BuiltinRoleByID(grants[0].Role.ID)
	cluster := rbac.MustParseScope(azuresim.ID("aks", azuresim.ManagedClusterType, "aks"))
	held := []rbac.Assignment{{PrincipalID: "p", Role: role, Scope: cluster}}
	if d := rbac.Evaluate(held, "p", capability.Needs(cluster)...); !d.Allowed() {
		t.Errorf("enough: missing %v", d.Missing)
	}
	if d := rbac.Evaluate(nil, "p", capability.Needs(cluster)...); d.Allowed() {
		t.Error("no more than enough: it works without the grant")
	}
	shape.AsOf = "2026-09-30"
	if p := plan.ForCluster(shape); len(p.Problems) != 1 {
		t.Errorf("from 2026-09-30 on it is refused, got %v", p.Problems)
	}
}
