package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/examples/hub-and-spoke/program"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

const hubSubscription = "00000000-0000-4000-8000-0000000000bb"

// place is what was there before both stacks: the hub, the spoke and the identity.
type place struct {
	*azuresim.Cloud
	zone, table, spoke, subnet string
	identity                   azuresim.SeededIdentity
}

func newPlace() place {
	p := place{Cloud: azuresim.New()}
	p.AddSubscription(hubSubscription)
	inHub := func(resourceType string, names ...string) string {
		id := azuresim.ID("hub", resourceType, names...)
		return strings.Replace(id, azuresim.DefaultSubscriptionID, hubSubscription, 1)
	}
	p.zone = p.MustSeed(inHub(azuresim.PrivateDNSZoneType, "privatelink.westeurope.azmk8s.io"), nil)
	p.table = p.MustSeed(inHub(azuresim.RouteTableType, "to-firewall"), nil)
	p.subnet = p.MustSeed(azuresim.ID("spoke", azuresim.SubnetType, "spoke", "nodes"), map[string]any{
		"properties": map[string]any{"routeTable": map[string]any{"id": p.table}},
	})
	p.spoke, _, _ = strings.Cut(p.subnet, "/subnets/")
	p.identity = p.MustSeedIdentity("shop-identities", "shop")
	return p
}

func (p place) networkStack(t *testing.T) *simtest.Stack {
	return simtest.New(t, program.Network, simtest.WithCloud(p.Cloud), simtest.WithNames("hub", "prod"),
		simtest.WithConfig(map[string]string{
			"hub:hubSubscriptionId": hubSubscription, "hub:principalId": p.identity.PrincipalID, "hub:privateDnsZoneId": p.zone,
			"hub:routeTableId": p.table,
		}))
}

func (p place) appStack(t *testing.T) *simtest.Stack {
	return simtest.New(t, program.App, simtest.WithCloud(p.Cloud), simtest.WithNames("shop", "prod"),
		simtest.WithConfig(map[string]string{
			"shop:subnetId": p.subnet, "shop:privateDnsZoneId": p.zone, "shop:identityId": p.identity.ID,
			"shop:principalId": p.identity.PrincipalID, "shop:clientId": p.identity.ClientID,
		}))
}

// TestHubAndSpoke: the network team delegates, the app team deploys; both change nothing when they deploy again; the app team
// goes first when all is taken down.
func TestHubAndSpoke(t *testing.T) {
	p := newPlace()
	network, app := p.networkStack(t), p.appStack(t)
	owners := map[*simtest.Stack]string{network: hubSubscription, app: azuresim.DefaultSubscriptionID}
	for _, s := range []*simtest.Stack{network, app} {
		p.deployAs(t, owners[s])
		if preview := s.Preview(); preview.Err != nil {
			t.Fatal(preview.Explain())
		}
		if up := s.Up(); up.Err != nil {
			t.Fatal(up.Explain())
		}
		if again := s.Up(); again.Err != nil || !again.Unchanged() {
			t.Errorf("a second up should change nothing: %s\n%s", again.Explain(), again.Steps.Changing())
		}
	}
	p.mustBeAble(t)
	for _, a := range p.Assignments() {
		if a.Scope.HasType(azuresim.VirtualNetworkType) && a.Scope.String() != p.spoke {
			t.Errorf("AKS links the zone to the nodes' network only, but %s was granted on %s", a.Role.Name, a.Scope)
		}
	}
	cluster, _ := app.Resources().Find("azure-native:containerservice/v20250101:ManagedCluster", "shop")
	for _, grant := range app.Resources().ByType("azure-native:authorization:RoleAssignment") {
		if !slices.Contains(cluster.Dependencies, grant.URN) {
			t.Errorf("the cluster must come after %s", grant.Name)
		}
	}
	for _, grant := range network.Resources().ByType("azure-native:authorization:RoleAssignment") {
		if !strings.Contains(grant.Provider, "::hub::") {
			t.Errorf("%s is made by %s, not by the provider of the hub's subscription", grant.Name, grant.Provider)
		}
	}
	for _, s := range []*simtest.Stack{app, network} {
		p.deployAs(t, owners[s])
		if down := s.Destroy(); down.Err != nil {
			t.Fatal(down.Explain())
		}
	}
	if !p.Empty() {
		t.Errorf("left behind: %v", p.Assignments())
	}
}

// deployAs makes the deployer Owner of one subscription and nothing else: neither team needs rights in the other's.
func (p place) deployAs(t *testing.T, subscription string) {
	t.Helper()
	owner, ok := rbac.BuiltinRole("Owner")
	if !ok {
		t.Fatal("there is no role Owner")
	}
	p.Configure(azuresim.WithDeployer(rbac.Assignment{Role: owner, Scope: rbac.MustParseScope("/subscriptions/" + subscription)}))
}

func (p place) mustBeAble(t *testing.T) {
	t.Helper()
	for capability, targets := range map[rbac.CapabilityID][]string{
		"private-dns-zone-custom": {p.zone}, "subnet-rewrite-linked-joins": {p.table}, "private-dns-vnet-link": {p.spoke},
		"node-subnet-join": {p.subnet},
	} {
		for _, target := range targets {
			if d, err := p.Clusters()[0].Perform(capability, target); err != nil || !d.Allowed() {
				t.Errorf("%s on %s: missing %v %v", capability, target, d.Missing, err)
			}
		}
	}
}
