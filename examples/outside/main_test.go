package main

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/examples/outside/program"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

func TestOutside(t *testing.T) {
	cloud := azuresim.New()
	subnet := cloud.MustSeedSubnet("network-team", "hub", "shop")
	address := cloud.MustSeed(azuresim.ID("addresses", azuresim.PublicIPAddressType, "shop"), nil)
	disk := cloud.MustSeed(azuresim.ID("disks", azuresim.DiskType, "orders"), nil)
	registry := cloud.MustSeed(azuresim.ID("images", azuresim.RegistryType, "teamshop"), nil)
	simtest.Run(t, program.Program, simtest.WithCloud(cloud), simtest.WithNames("outside", "dev"),
		simtest.WithConfig(map[string]string{
			"outside:subnetId": subnet, "outside:publicIpId": address, "outside:diskId": disk, "outside:registryId": registry,
		}),
		simtest.WithCheck(func(s *simtest.Stack, _ simtest.Result) {
			for capability, target := range map[rbac.CapabilityID]string{
				"internal-lb-external-subnet": subnet, "lb-public-ip-other-rg": address, "disk-static-other-rg": disk, "acr-pull-rbac": registry,
			} {
				decision, err := s.Cloud().Clusters()[0].Perform(capability, target)
				if err != nil || !decision.Allowed() {
					t.Errorf("%s: missing %v %v", capability, decision.Missing, err)
				}
			}
			if got := len(s.Cloud().RoleAssignments()); got != 4 {
				t.Errorf("four things outside take four grants, not %d", got)
			}
		}))
}
