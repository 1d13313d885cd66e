package main

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/examples/production/daytwo"
)

// TestATeamUsesItsNamespaceAndNoOther: Azure's own roles decide, on the assignments that the program made.
func TestATeamUsesItsNamespaceAndNoOther(t *testing.T) {
	world := daytwo.NewWorld()
	mustSucceed(t, "the first day", newStack(t, world).Up())
	cluster := world.Cloud.Clusters()[0]
	for _, tc := range []struct {
		reason, who, namespace, does string
		want                         bool
	}{
		{"the shop's team deploys in its namespace", daytwo.ShopTeam, "shop", "apps/deployments/write", true},
		{"it reads its secrets", daytwo.ShopTeam, "shop", "secrets/read", true},
		{"it gives nobody else rights", daytwo.ShopTeam, "shop", "rbac.authorization.k8s.io/rolebindings/write", false},
		{"another namespace is none of its business", daytwo.ShopTeam, "billing", "pods/read", false},
		{"nor is what belongs to no namespace", daytwo.ShopTeam, "", "nodes/read", false},
		{"the platform team gets in everywhere", daytwo.AdminGroup, "billing", "secrets/write", true},
		{"the pipeline makes namespaces", azuresim.DefaultDeployerObjectID, "", "namespaces/write", true},
	} {
		if decision := cluster.MayUse(tc.who, tc.namespace, tc.does); decision.Allowed() != tc.want {
			t.Errorf("%s: %s", tc.reason, decision.Effect)
		}
	}
	for _, group := range []string{daytwo.ShopTeam, daytwo.AdminGroup} {
		if !cluster.MayFetchKubeconfig(group).Allowed() {
			t.Errorf("%s cannot fetch a kubeconfig", group)
		}
	}
}
