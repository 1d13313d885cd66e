package plan_test

import (
	"flag"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/report"
	"github.com/aksidentity/pulumi-aksidentity/tests/golden"
)

var update = flag.Bool("update", false, "rewrite testdata/*.golden")

type (
	value  = plan.Value[string]
	values = map[string]plan.Value[string]
)

const (
	subscription = "/subscriptions/11111111-1111-1111-1111-111111111111"
	vaultKMS     = subscription + "/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/kms"
)

func late() value { return plan.Late[string]() }

// TestGoldenPlans: one file for each scenario, as a reader wants to see it.
func TestGoldenPlans(t *testing.T) {
	seen := map[string]bool{}
	for _, scenario := range append(clusterScenarios(), otherScenarios()...) {
		file := filepath.Join("testdata", scenario.name+".golden")
		seen[file] = true
		t.Run(scenario.name, func(t *testing.T) {
			got := "# " + scenario.story + "\n\n" + report.Plan(scenario.plan)
			golden.Compare(t, file, got, *update, "go test ./plan -run TestGoldenPlans -update")
		})
	}
	files, _ := filepath.Glob(filepath.Join("testdata", "*.golden"))
	for _, file := range files {
		if !seen[file] {
			t.Errorf("%s belongs to no scenario: delete it", file)
		}
	}
}

type scenario struct {
	name, story string
	plan        plan.Plan
}

func clusterScenarios() []scenario {
	userAssigned := plan.ClusterIdentity{Type: plan.UserAssigned}
	inNodes := plan.Pool{Subnet: "nodes"}
	pools := []plan.Pool{{Name: "web", Subnet: "nodes"}, {Name: "batch", Subnet: "batch"}}
	cluster := func(c plan.Cluster) plan.Plan {
		if !c.APIServer.Private {
			c.APIServer = open()
		}
		return plan.ForCluster(c)
	}
	return []scenario{
		{"cluster-smallest", "Nothing outside of the node resource group is mentioned, so nothing is granted.", cluster(plan.Cluster{})},
		{"cluster-subnets-system-assigned", "Own subnets, system-assigned: the grants follow the cluster. Two pools share one of them.",
			cluster(plan.Cluster{SystemPool: inNodes, Pools: pools, Subnets: values{"nodes": late(), "batch": late()}})},
		{"cluster-subnets-user-assigned", "The same with a user-assigned identity: the grants come first.",
			cluster(plan.Cluster{Identity: userAssigned, SystemPool: inNodes, Pools: pools, Subnets: values{"nodes": late(), "batch": late()}})},
		{"cluster-subnets-custom-roles", "The same with generated roles.",
			cluster(plan.Cluster{Identity: userAssigned, Strategy: plan.CustomRoles, SystemPool: inNodes, Pools: pools, Subnets: values{"nodes": late(), "batch": late()}})},
		{"cluster-one-subnet-two-keys", "Two names for one subnet: one grant that carries both reasons.",
			cluster(plan.Cluster{SystemPool: plan.Pool{Subnet: "a"}, Pools: []plan.Pool{{Name: "web", Subnet: "b"}},
				Subnets: values{"a": plan.Known(subnetA), "b": plan.Known(strings.ToUpper(subnetA))}})},
		{"cluster-private-hub", "A private cluster whose zone and network belong to somebody else.", cluster(plan.Cluster{
			Identity: userAssigned, SystemPool: plan.Pool{Subnet: "nodes"}, Subnets: values{"nodes": plan.Known(subnetA)},
			APIServer: plan.APIServer{Private: true}, Mentions: plan.One(plan.PrivateZone, "apiServer.privateDnsZoneId", plan.Known(zone)),
			Network: plan.Network{OutboundType: "userDefinedRouting"},
		})},
		{"cluster-kubenet", "Kubenet: AKS attaches its own route table to the subnet.", cluster(plan.Cluster{
			SystemPool: plan.Pool{Subnet: "nodes"}, Subnets: values{"nodes": late()}, Network: plan.Network{Plugin: "kubenet"},
		})},
		{"cluster-keys-and-hosts", "An own key for etcd, encrypted disks, reserved capacity and dedicated hosts.", cluster(plan.Cluster{
			Identity: userAssigned,
			Mentions: slices.Concat(plan.One(plan.DiskEncryptionSet, "diskEncryptionSetId", late()),
				plan.One(plan.KeyVaultKMS, "security.kms.keyVaultId", plan.Known(vaultKMS))),
			Security:   plan.Security{KMS: &plan.KMS{KeyID: late()}},
			SystemPool: plan.Pool{CapacityReservationGroup: "gold"}, Pools: []plan.Pool{{Name: "hosts", HostGroup: "metal"}},
			CapacityReservationGroups: values{"gold": late()}, HostGroups: values{"metal": late()},
		})},
		{"cluster-own-kubelet", "The nodes get their own identity, so that the right to pull precedes them.", cluster(plan.Cluster{
			Identity: userAssigned, KubeletIdentity: &plan.UserIdentity{},
			Mentions: slices.Concat(plan.Each(plan.Registry, "registryIds", values{"shared": late()}),
				plan.Each(plan.ABACRegistry, "abacRegistryIds", values{"team": late()}),
				plan.One(plan.BootstrapRegistry, "bootstrapRegistryId", late())),
		})},
		{"cluster-addons", "Every add-on that works with something outside.", cluster(plan.Cluster{
			SystemPool: plan.Pool{Subnet: "nodes"}, Subnets: values{"nodes": late()},
			KeyVaults: values{"app": late(), "tls": late(), "mesh": late()},
			Mentions: slices.Concat(
				plan.One(plan.Gateway, "addons.ingressGateway.gatewayId", late()),
				plan.One(plan.GatewayIdentity, "addons.ingressGateway.gatewayIdentityId", late()),
				plan.One(plan.VirtualNodeSubnet, "addons.virtualNode.subnetId", late()),
				plan.Each(plan.PublicZone, "addons.appRouting.publicDnsZoneIds", values{"shop": late()}),
				plan.Each(plan.PrivateRecordZone, "addons.appRouting.privateDnsZoneIds", values{"intra": late()}),
			),
			Network: plan.Network{Flat: true},
			AsOf:    "2026-08-01",
			Addons: plan.Addons{
				Gateway: &plan.GatewayAddon{}, VirtualNode: true,
				Secrets:    &plan.SecretsAddon{SecretVaults: []string{"app"}, CertificateVaults: []string{"tls"}},
				Routing:    &plan.RoutingAddon{Vaults: []string{"tls"}},
				Mesh:       &plan.MeshAddon{OwnAuthority: true, Vault: "mesh"},
				Monitoring: &plan.MonitoringAddon{Workspace: late(), Legacy: true},
			},
		})},
		{"cluster-refused", "What AKS refuses with a system-assigned identity, each with the way out.", cluster(plan.Cluster{
			KubeletIdentity: &plan.UserIdentity{},
			Security:        plan.Security{KMS: &plan.KMS{KeyID: late()}},
			APIServer:       plan.APIServer{Private: true},
			Mentions: append(plan.One(plan.KeyVaultKMS, "security.kms.keyVaultId", late()),
				plan.One(plan.PrivateZone, "apiServer.privateDnsZoneId", late())...),
			SystemPool: plan.Pool{HostGroup: "metal"}, HostGroups: values{"metal": late()},
		})},
		{"cluster-grants-elsewhere", "Grants none: somebody else makes them.",
			cluster(plan.Cluster{Grants: plan.GrantNone, SystemPool: inNodes, Pools: pools, Subnets: values{"nodes": late(), "batch": late()}})},
	}
}

func otherScenarios() []scenario {
	everyUse := plan.Delegation{PrincipalID: late()}
	custom := plan.Delegation{PrincipalID: late(), Strategy: plan.CustomRoles}
	addons := plan.AddonGrants{}
	given := map[plan.Identity]bool{}
	groups := groupUses()
	for _, use := range plan.Uses() {
		info := infoOf(use)
		if groups[use] {
			continue // in place of the single resources: TestGroupsAreGivenOnce
		}
		one := plan.Each(use, argumentOf(use), values{"one": late()})
		if !given[info.Holder] {
			given[info.Holder] = true
			addons.Principals = append(addons.Principals, plan.GivenPrincipal{Identity: info.Holder, Path: "principalId", ID: late()})
		}
		if info.Holder.Kind == plan.ControlPlane {
			everyUse.Mentions, custom.Mentions = append(everyUse.Mentions, one...), append(custom.Mentions, one...)
		} else {
			addons.Mentions = append(addons.Mentions, one...)
		}
	}
	ip := func(name string) value {
		return plan.Known(subscription + "/resourceGroups/net/providers/Microsoft.Network/publicIPAddresses/" + name)
	}
	return []scenario{
		{"delegation-every-use", "A delegation of one resource in each use, all IDs still unknown.", plan.ForDelegation(everyUse)},
		{"delegation-custom-roles", "The same with generated roles.", plan.ForDelegation(custom)},
		{"delegation-addresses-of-one-group", "Two addresses of one group are one grant, because it is on the group.", plan.ForDelegation(plan.Delegation{
			PrincipalID: late(),
			Mentions:    plan.Each(plan.PublicIP, "publicIpIds", values{"web": ip("web"), "mail": ip("mail")}),
		})},
		{"delegation-mistakes", "Mistakes are reported together.", plan.ForDelegation(plan.Delegation{
			IdentityType: plan.SystemAssigned, Strategy: "least",
			Mentions: append(
				plan.Each(plan.NodeSubnet, "nodeSubnetIds", values{"network": plan.Known(vnet), "a b": plan.Known(subnetA), "none": {}}),
				plan.Each(plan.RouteTable, "routeTableIds", values{"firewall": late()})...),
		})},
		{"addon-grants", "Everything that the kubelet, the add-ons and what stands around a cluster can be granted.", plan.ForAddons(addons)},
		{"addon-grants-mistakes", "A principal that is needed and missing is a mistake that names it.", plan.ForAddons(plan.AddonGrants{
			Mentions: plan.Each(plan.PublicZone, "publicDnsZoneIds", values{"shop": plan.Known(zone)}),
		})},
		{"workload", "Pods with an identity of their own.", plan.ForWorkload(plan.Workload{
			Name: "shop", ResourceGroup: late(), Issuer: late(), ServiceAccounts: map[string]plan.ServiceAccount{"web": {Namespace: plan.Known("shop"), Name: plan.Known("web")}},
			Grants: map[string]plan.OwnGrant{"secrets": {Role: "Key Vault Secrets User", Resource: plan.Known(vaultKMS), Reason: "read the payment key"}},
		})},
	}
}

// argumentOf makes a property name of a use: routeTable.
func argumentOf(use plan.Use) plan.Path {
	return plan.Path(strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(string(use), " ", "-"), "'", ""), ",", ""))
}
