package main

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

func TestShop(t *testing.T) {
	cloud := azuresim.New()
	subnet := cloud.MustSeedSubnet("hub", "hub", "shop")
	simtest.Run(t, shop, simtest.WithCloud(cloud), simtest.WithNames("shop", "dev"),
		simtest.WithConfig(map[string]string{"azure-native:location": "westeurope", "shop:subnetId": subnet, "shop:myAddress": "192.0.2.7"}),
		simtest.WithCheck(func(s *simtest.Stack, up simtest.Result) {
			decision, err := s.Cloud().Clusters()[0].Perform("internal-lb-external-subnet", subnet)
			if err != nil || !decision.Allowed() {
				t.Errorf("no internal load balancer in the subnet, for want of %v: %v", decision.Missing, err)
			}
		}))
}

func TestWithoutItsGrantTheClusterIsOfNoUse(t *testing.T) {
	cloud := azuresim.New()
	subnet := cloud.MustSeedSubnet("hub", "hub", "shop")
	s := simtest.New(t, shop, simtest.WithCloud(cloud), simtest.WithNames("shop", "dev"),
		simtest.WithConfig(map[string]string{"azure-native:location": "westeurope", "shop:subnetId": subnet, "shop:myAddress": "192.0.2.7"}))
	if up := s.Up(); up.Err != nil {
		t.Fatal(up.Err)
	}
	cloud.DeleteAssignment(cloud.RoleAssignments()[0].ID)
	if decision, err := cloud.Clusters()[0].Perform("internal-lb-external-subnet", subnet); err != nil || decision.Allowed() {
		t.Errorf("somebody took the grant away, and the cluster still may: %v", err)
	}
	if up := s.Up(simtest.WithRefresh()); up.Err != nil || len(cloud.Assignments()) != 1 {
		t.Errorf("refresh and up bring it back: %v, %v", up.Err, cloud.Assignments())
	}
}
