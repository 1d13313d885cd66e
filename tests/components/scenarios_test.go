package components_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestScenarioG_KubeletGrantMissing: AKS checks the operator right before it accepts the cluster, so nothing of the cluster
// gets into the state, and the next deployment with the grant creates it.
func TestScenarioG_KubeletGrantMissing(t *testing.T) {
	cloud := azuresim.New()
	nodes := cloud.MustSeedIdentity("identities", "nodes")
	run := func(mode components.GrantMode) pulumi.RunFunc {
		args := smallest()
		args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
		args.KubeletIdentity = &components.KubeletIdentityArgs{Existing: &components.UserAssignedIdentityArgs{
			ResourceID: pulumi.String(nodes.ID), PrincipalID: pulumi.String(nodes.PrincipalID), ClientID: pulumi.String(nodes.ClientID),
		}}
		args.GrantMode = mode
		args.Propagation = quick(0)
		return program(args)
	}
	s := simtest.New(t, run(components.GrantNone), simtest.WithCloud(cloud))
	up := s.Up()
	if up.Err == nil || !strings.Contains(up.Diagnostics(), "CustomKubeletIdentityMissingPermissionError") {
		t.Fatalf("want AKS's refusal: %s", up.Explain())
	}
	if _, kept := up.Resources.Find(clusterType, "aks"); kept {
		t.Error("a refused cluster must not be in the state")
	}
	s.SetProgram(run(components.GrantAuto))
	again := must(t, "up with the grant", s.Up())
	if made := again.Steps.Op("create").Type(clusterType); len(made) != 1 {
		t.Errorf("want the cluster created, got %v", again.Steps.Changing())
	}
}

// TestScenarioI_RefreshAfterScaling: what somebody scaled is found by a refresh, and the next deployment proposes to set it
// back; the count of an autoscaled pool is left to the autoscaler.
func TestScenarioI_RefreshAfterScaling(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		autoscaling  *components.AutoscalingArgs
		reverts      bool
	}{
		{"fixed count", "the program says how many nodes there are", nil, true},
		{"autoscaled", "the autoscaler says how many nodes there are", &components.AutoscalingArgs{Min: pulumi.Int(2), Max: pulumi.Int(9)}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			args := smallest()
			args.SystemPool.Autoscaling = tc.autoscaling
			s := simtest.New(t, program(args))
			must(t, "up", s.Up())
			if err := s.Cloud().ScalePool(s.Cloud().Clusters()[0].ID+"/agentPools/system", 5); err != nil {
				t.Fatal(err)
			}
			must(t, "refresh", s.Refresh())
			preview := must(t, "preview", s.Preview())
			if reverts := len(preview.Steps.Op("update").Type(clusterType)) == 1; reverts != tc.reverts {
				t.Errorf("%s: %v", tc.reason, preview.Steps.Changing())
			}
		})
	}
}
