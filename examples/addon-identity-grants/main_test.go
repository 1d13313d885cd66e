package main

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/examples/addon-identity-grants/program"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

func TestAddonIdentityGrants(t *testing.T) {
	cloud := azuresim.New()
	cluster, ids := somebodysCluster(cloud)
	simtest.Run(t, program.Program, simtest.WithCloud(cloud), simtest.WithNames("shop", "dev"), simtest.WithConfig(ids),
		simtest.WithCheck(func(*simtest.Stack, simtest.Result) { mustWork(t, cluster, ids) }))
}

// somebodysCluster is there before the program, with what it is to work with. None of its identities has a right on any of it.
func somebodysCluster(cloud *azuresim.Cloud) (cluster *azuresim.Cluster, ids map[string]string) {
	seed := func(group, resourceType, name string, body map[string]any) string {
		return cloud.MustSeed(azuresim.ID(group, resourceType, name), body)
	}
	gateway := seed("edge", azuresim.ApplicationGatewayType, "edge", nil)
	on := map[string]any{"enabled": true}
	cluster = cloud.MustSeedCluster("aks", "theirs", map[string]any{"properties": map[string]any{
		"addonProfiles": map[string]any{
			"azureKeyvaultSecretsProvider": on,
			"ingressApplicationGateway":    map[string]any{"enabled": true, "config": map[string]any{"applicationGatewayId": gateway}},
		},
		"ingressProfile": map[string]any{"webAppRouting": on},
	}})
	return cluster, map[string]string{
		"shop:clusterId":  cluster.ID,
		"shop:registryId": seed("images", azuresim.RegistryType, "shopregistry", nil),
		"shop:vaultId":    seed("keys", azuresim.VaultType, "shop", nil),
		"shop:zoneId":     seed("dns", azuresim.DNSZoneType, "shop.example", nil),
		"shop:gatewayId":  gateway,
	}
}

func mustWork(t *testing.T, cluster *azuresim.Cluster, ids map[string]string) {
	t.Helper()
	for capability, argument := range map[rbac.CapabilityID]string{
		"acr-pull-rbac": "registryId", "keyvault-secrets-provider": "vaultId", "approuting-public-dns": "zoneId", "agic-gateway": "gatewayId",
	} {
		if decision, err := cluster.Perform(capability, ids["shop:"+argument]); err != nil || !decision.Allowed() {
			t.Errorf("%s on %s: missing %v %v", capability, argument, decision.Missing, err)
		}
	}
}

// TestTheClusterIsNotTouched: four grants are all that the program makes, and all that goes with it.
func TestTheClusterIsNotTouched(t *testing.T) {
	cloud := azuresim.New()
	_, ids := somebodysCluster(cloud)
	before := len(cloud.Resources())
	s := simtest.New(t, program.Program, simtest.WithCloud(cloud), simtest.WithNames("shop", "dev"), simtest.WithConfig(ids))
	if up := s.Up(); up.Err != nil || len(up.Resources.Custom()) != 4 || len(cloud.Assignments()) != 4 {
		t.Fatalf("want four grants and nothing else: %v %s", up.Resources.Custom(), up.Explain())
	}
	if down := s.Destroy(); down.Err != nil || len(cloud.Resources()) != before || len(cloud.Assignments()) > 0 {
		t.Errorf("destroy: %s, left %v", down.Explain(), cloud.Assignments())
	}
}
