package components_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"
)

const home = "/subscriptions/" + azuresim.DefaultSubscriptionID + "/resourceGroups/"

// everything is a user-assigned cluster that touches ten external resources.
func everything(cloud *azuresim.Cloud) *components.ManagedIdentityClusterArgs {
	seed := func(id string, body map[string]any) pulumi.String {
		return pulumi.String(cloud.MustSeed(home+id, body))
	}
	nodes := pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))
	web := pulumi.String(cloud.MustSeedSubnet("net", "hub", "web"))
	args := smallest()
	args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
	args.KubeletIdentity = &components.KubeletIdentityArgs{}
	args.Subnets = map[string]pulumi.StringInput{"nodes": nodes, "web": web}
	args.SystemPool.Subnet, args.Pools = "nodes", []*components.NodePoolArgs{{Name: "web", Subnet: "web"}, {Name: "batch", Subnet: "web"}}
	args.DiskEncryptionSetID = pulumi.StringPtr(string(seed("keys/providers/Microsoft.Compute/diskEncryptionSets/des", nil)))
	args.RegistryIDs = map[string]pulumi.StringInput{"shared": seed("reg/providers/Microsoft.ContainerRegistry/registries/shared", nil)}
	args.Network = &components.NetworkArgs{LoadBalancer: &components.LoadBalancerArgs{OutboundIPIDs: map[string]pulumi.StringInput{
		"one": seed("net/providers/Microsoft.Network/publicIPAddresses/one", nil),
	}}}
	args.APIServer = &components.APIServerArgs{
		Private:          true,
		PrivateDNSZoneID: pulumi.StringPtr(string(seed("dns/providers/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io", nil))),
	}
	args.KeyVaultIDs = map[string]pulumi.StringInput{"app": seed("keys/providers/Microsoft.KeyVault/vaults/app", nil)}
	args.Addons = &components.AddonsArgs{
		SecretsProvider: &components.SecretsProviderArgs{SecretVaults: []string{"app"}},
		AppRouting: &components.AppRoutingArgs{PublicDNSZoneIDs: map[string]pulumi.StringInput{
			"shop": seed("dns/providers/Microsoft.Network/dnsZones/shop.example", nil),
		}},
	}
	return args
}

func TestEverythingIsGrantedInOrder(t *testing.T) {
	for _, strategy := range []components.RoleStrategy{components.BuiltinRoles, components.CustomRoles} {
		t.Run(string(strategy), func(t *testing.T) {
			cloud := azuresim.New()
			args := everything(cloud)
			args.RoleStrategy = strategy
			s := simtest.New(t, program(args), simtest.WithCloud(cloud))
			preview := must(t, "preview", s.Preview())
			for _, step := range preview.Steps.Type("azure-native:authorization:RoleAssignment") {
				if !strings.Contains(fmt.Sprint(step.Input("description")), ": ") {
					t.Errorf("%s shows no reason at preview", step.Name)
				}
			}
			planned := components.PlanManagedIdentityCluster(args, worlds.Day).Grants
			if got := len(preview.Steps.Type("azure-native:authorization:RoleAssignment")); got != len(planned) {
				t.Errorf("preview shows %d grants, the plan has %d", got, len(planned))
			}
			lives(t, s)
		})
	}
}

func TestOrderOfGrantsAndCluster(t *testing.T) {
	for _, identityType := range []plan.IdentityType{plan.SystemAssigned, plan.UserAssigned} {
		t.Run(string(identityType), func(t *testing.T) {
			cloud := azuresim.New()
			args := smallest()
			args.Identity = &components.ClusterIdentityArgs{Type: identityType}
			args.Subnets = map[string]pulumi.StringInput{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))}
			args.SystemPool.Subnet, args.Pools = "nodes", []*components.NodePoolArgs{{Name: "web", Subnet: "nodes"}}
			s := simtest.New(t, program(args), simtest.WithCloud(cloud))
			up := must(t, "up", s.Up())
			order := map[string]int{}
			for i, step := range up.Steps.Op("create") {
				if !strings.HasPrefix(step.Type, "aksidentity:") {
					order[step.Name] = i
				}
			}
			grant, cluster, web := order["aks-control-plane-network-contributor-subnets.nodes"], order["aks"], order["aks-web"]
			if (grant < cluster) != (identityType == plan.UserAssigned) || web < grant || web < cluster {
				t.Errorf("grant %d, cluster %d, further pool %d", grant, cluster, web)
			}
			must(t, "destroy", s.Destroy())
			if !cloud.Empty() || len(cloud.Assignments()) > 0 {
				t.Errorf("destroy left %v %v", cloud.Resources(), cloud.Assignments())
			}
		})
	}
}
