package main

import (
	"slices"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/examples/vnet-delegation/program"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

func TestVnetDelegation(t *testing.T) {
	cloud := azuresim.New()
	table := cloud.MustSeed(azuresim.ID("network-team", azuresim.RouteTableType, "to-firewall"), nil)
	subnet := cloud.MustSeed(azuresim.ID("network-team", azuresim.SubnetType, "hub", "shop"), map[string]any{
		"properties": map[string]any{"routeTable": map[string]any{"id": table}},
	})
	address := cloud.MustSeed(azuresim.ID("addresses", azuresim.PublicIPAddressType, "shop"), nil)
	disk := cloud.MustSeed(azuresim.ID("disks", azuresim.DiskType, "orders"), nil)
	run := simtest.Run(t, program.Program, simtest.WithCloud(cloud), simtest.WithNames("shop", "dev"),
		simtest.WithConfig(map[string]string{
			"shop:subnetId": subnet, "shop:routeTableId": table, "shop:publicIpId": address, "shop:diskId": disk,
		}),
		simtest.WithCheck(func(s *simtest.Stack, _ simtest.Result) {
			for capability, target := range map[rbac.CapabilityID]string{
				"internal-lb-external-subnet": subnet, "subnet-rewrite-linked-joins": table, "lb-public-ip-other-rg": address, "disk-static-other-rg": disk,
			} {
				decision, err := s.Cloud().Clusters()[0].Perform(capability, target)
				if err != nil || !decision.Allowed() {
					t.Errorf("%s: missing %v %v", capability, decision.Missing, err)
				}
			}
		}))
	cluster, _ := run.Up.Resources.Find("azure-native:containerservice/v20250101:ManagedCluster", "shop")
	for _, grant := range run.Up.Resources.ByType("azure-native:authorization:RoleAssignment") {
		if !slices.Contains(cluster.Dependencies, grant.URN) {
			t.Errorf("the cluster must come after %s and be destroyed before it", grant.Name)
		}
	}
}
