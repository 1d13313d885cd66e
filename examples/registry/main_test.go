package main

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/examples/registry/program"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

func TestRegistry(t *testing.T) {
	cloud := azuresim.New()
	team := cloud.MustSeed(azuresim.ID("reg", "Microsoft.ContainerRegistry/registries", "teamshop"), nil)
	company := cloud.MustSeed(azuresim.ID("reg", "Microsoft.ContainerRegistry/registries", "company"), map[string]any{
		"location": "westeurope", "sku": map[string]any{"name": "Premium"},
		"properties": map[string]any{"roleAssignmentMode": "AbacRepositoryPermissions"},
	})
	simtest.Run(t, program.Program, simtest.WithCloud(cloud), simtest.WithNames("shop", "dev"),
		simtest.WithConfig(map[string]string{"shop:registryId": team, "shop:abacRegistryId": company}),
		simtest.WithCheck(func(s *simtest.Stack, up simtest.Result) {
			cluster := s.Cloud().Clusters()[0]
			for capability, registry := range map[string]string{"acr-pull-rbac": team, "acr-pull-abac": company} {
				decision, err := cluster.Perform(rbac.CapabilityID(capability), registry)
				if err != nil || !decision.Allowed() {
					t.Errorf("%s: missing %v %v", capability, decision.Missing, err)
				}
			}
			order := map[string]int{}
			for i, step := range up.Steps.Op("create") {
				if step.Type != "aksidentity:index:ManagedIdentityCluster" {
					order[step.Name] = i
				}
			}
			if order["shop-kubelet-acrpull-registryIds.team"] > order["shop"] {
				t.Error("the pull right must precede the nodes")
			}
		}))
}
