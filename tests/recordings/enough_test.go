package recordings

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"
)

// TestGrantsAreEnough: what a capability needs, our assignments allow, at the place where we grant it. The comparison with
// the CLI holds the other side: never more than the CLI's.
func TestGrantsAreEnough(t *testing.T) {
	checked := 0
	for _, s := range situations() {
		if !s.deploys() || s.stops != nil {
			continue
		}
		w := s.mustRun(t).w
		for _, grant := range components.PlanManagedIdentityCluster(argsOf(s.set, newWorld()), worlds.Day).Grants {
			principal := principalOf(w.cloud.Clusters()[0], grant.Identity)
			for _, id := range grant.Capabilities {
				checked++
				capability, _ := rbac.CapabilityByID(id)
				needs := needsOf(capability, grant.Scope.Scope)
				if decision := rbac.Evaluate(w.cloud.Assignments(), principal, needs...); len(needs) == 0 || !decision.Allowed() {
					t.Errorf("%s: %s cannot %s at %s: missing %v", s.name(), grant.Identity, id, grant.Scope, decision.Missing)
				}
			}
		}
	}
	if checked == 0 {
		t.Error("no capability was checked")
	}
}

// principalOf is who an identity of the plan turned out to be.
func principalOf(cluster *azuresim.Cluster, identity plan.Identity) string {
	switch identity.Kind {
	case plan.Kubelet:
		return cluster.Kubelet()
	case plan.Addon:
		return cluster.Addon(identity.Name)
	default:
		return cluster.ControlPlane()
	}
}

func needsOf(capability rbac.Capability, scope rbac.Scope) []rbac.Need {
	var needs []rbac.Need
	for _, action := range capability.Actions {
		needs = append(needs, rbac.Need{Action: action, Scope: scope})
	}
	for _, action := range capability.DataActions {
		needs = append(needs, rbac.Need{Action: action, Data: true, Scope: scope})
	}
	return needs
}
