package main

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/examples/addons/program"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

func TestAddons(t *testing.T) {
	cloud := azuresim.New()
	seed := func(group, resourceType, name string) string {
		return cloud.MustSeed(azuresim.ID(group, resourceType, name), nil)
	}
	ids := map[string]string{
		"shop:nodeSubnetId":        cloud.MustSeedSubnet("net", "hub", "nodes"),
		"shop:virtualNodeSubnetId": cloud.MustSeedSubnet("net", "hub", "virtual"),
		"shop:gatewayId":           seed("edge", "Microsoft.Network/applicationGateways", "edge"),
		"shop:vaultId":             seed("keys", "Microsoft.KeyVault/vaults", "shop"),
		"shop:publicZoneId":        seed("dns", "Microsoft.Network/dnsZones", "shop.example"),
		"shop:privateZoneId":       seed("dns", "Microsoft.Network/privateDnsZones", "shop.internal"),
		"shop:workspaceId":         seed("logs", "Microsoft.OperationalInsights/workspaces", "logs"),
	}
	simtest.Run(t, program.Program, simtest.WithCloud(cloud), simtest.WithNames("shop", "dev"), simtest.WithConfig(ids),
		simtest.WithCheck(func(s *simtest.Stack, _ simtest.Result) {
			cluster := s.Cloud().Clusters()[0]
			if got := cluster.Collects(); len(got.Workspaces) != 1 || got.Workspaces[0] != ids["shop:workspaceId"] || len(got.Gaps) > 0 {
				t.Errorf("Container Insights collects %+v", got)
			}
			for capability, argument := range map[rbac.CapabilityID]string{
				"node-subnet-join": "nodeSubnetId", "virtual-node-subnet": "virtualNodeSubnetId", "agic-gateway": "gatewayId",
				"keyvault-secrets-provider": "vaultId",
			} {
				decision, err := cluster.Perform(capability, ids["shop:"+argument])
				if err != nil || !decision.Allowed() {
					t.Errorf("%s on %s: missing %v %v", capability, argument, decision.Missing, err)
				}
			}
			for argument, action := range map[string]string{
				"publicZoneId": "Microsoft.Network/dnsZones/A/write", "privateZoneId": "Microsoft.Network/privateDnsZones/A/write",
			} {
				if !somebodyMay(s.Cloud(), action, rbac.MustParseScope(ids["shop:"+argument])) {
					t.Errorf("external-dns cannot write the records of %s", argument)
				}
			}
		}))
}

// somebodyMay tells whether an identity that was granted something there may do it.
func somebodyMay(cloud *azuresim.Cloud, action string, scope rbac.Scope) bool {
	for _, a := range cloud.Assignments() {
		if a.Scope == scope && cloud.Can(a.PrincipalID, rbac.Need{Action: action, Scope: scope}).Allowed() {
			return true
		}
	}
	return false
}
