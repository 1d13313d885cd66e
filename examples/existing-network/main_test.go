package main

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/examples/existing-network/program"
)

func TestExistingNetwork(t *testing.T) {
	for name, run := range map[string]pulumi.RunFunc{"system-assigned": program.SystemAssigned, "user-assigned": program.UserAssigned} {
		t.Run(name, func(t *testing.T) {
			cloud := azuresim.New()
			subnet := cloud.MustSeedSubnet("network-team", "hub", "shop")
			simtest.Run(t, run, simtest.WithCloud(cloud),
				simtest.WithNames("shop", "dev"), simtest.WithConfig(map[string]string{"shop:subnetId": subnet}),
				simtest.WithCheck(func(s *simtest.Stack, up simtest.Result) {
					cluster := s.Cloud().Clusters()[0]
					decision, err := cluster.Perform("internal-lb-external-subnet", subnet)
					if err != nil || !decision.Allowed() {
						t.Errorf("the cluster cannot make an internal load balancer: %+v %v", decision.Missing, err)
					}
				}))
		})
	}
}
