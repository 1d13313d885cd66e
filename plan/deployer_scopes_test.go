package plan_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// scopeOfRight is where a right for a resource has to hold.
func scopeOfRight(t *testing.T, p plan.Plan, action, resource string) plan.DeployerScope {
	t.Helper()
	rights := plan.DeployerActions(p)
	at := slices.IndexFunc(rights, func(r plan.DeployerAction) bool { return r.Action == action && r.Resource == resource })
	if at < 0 {
		t.Fatalf("no right %s for %s; problems %v, rights %v", action, resource, p.Problems, rights)
	}
	return rights[at].Scope
}

// withIdentities is a cluster in a given group whose identities exist, the kubelet's with this ID.
func withIdentities(kubelet value) plan.Cluster {
	existing := func(id value) *plan.UserIdentity {
		return &plan.UserIdentity{Existing: &plan.ExistingIdentity{ResourceID: id, PrincipalID: late(), ClientID: late()}}
	}
	return plan.Cluster{
		APIServer: open(), SystemPool: system(), ResourceGroup: plan.Known("shop"), Location: plan.Known("westeurope"),
		Identity: plan.ClusterIdentity{Type: plan.UserAssigned, User: existing(late())}, KubeletIdentity: existing(kubelet),
	}
}

// TestALateIdentityIsNamedByItsArgument: the right to look at an identity whose ID comes later names the argument that takes the ID.
func TestALateIdentityIsNamedByItsArgument(t *testing.T) {
	p := plan.ForCluster(withIdentities(late()))
	for kind, want := range map[plan.IdentityKind]plan.Path{
		plan.ControlPlane: "identity.userAssigned.resourceId", plan.Kubelet: "kubeletIdentity.existing.resourceId",
	} {
		if got := scopeOfRight(t, p, plan.TypeUserAssignedIdentity+"/read", "identity "+string(kind)); got.Path != want || !got.Scope.IsZero() {
			t.Errorf("%s: want it to be named by %s, got %+v", kind, want, got)
		}
	}
}

// TestAGrantOnAnIdentityThatExistsIsMadeThere: only what the deployment makes itself lies in its group.
func TestAGrantOnAnIdentityThatExistsIsMadeThere(t *testing.T) {
	grantOn := func(c plan.Cluster) plan.DeployerScope {
		p := plan.ForCluster(c)
		for _, g := range p.Grants {
			if g.Scope.Own == plan.OwnKubeletIdentity {
				return scopeOfRight(t, p, "Microsoft.Authorization/roleAssignments/write", "grant "+g.Name)
			}
		}
		t.Fatalf("nothing is granted on the kubelet identity: %v", p.Problems)
		return plan.DeployerScope{}
	}
	existing := withIdentities(plan.Known(sharedIdentity))
	if got := grantOn(existing); got.Scope.String() != sharedIdentity {
		t.Errorf("an identity that exists: got %s", got)
	}
	made := existing
	made.KubeletIdentity = &plan.UserIdentity{}
	if got := grantOn(made); got.String() != "the resource group shop" {
		t.Errorf("an identity that is made: got %s", got)
	}
}

// TestTheSolutionIsDeployedWhereTheWorkspaceIs: into the group of a workspace that exists, else to where the cluster is made.
func TestTheSolutionIsDeployedWhereTheWorkspaceIs(t *testing.T) {
	const action = "Microsoft.OperationsManagement/solutions/write"
	for _, tc := range []struct {
		name, reason string
		group        value
	}{
		{"a group that exists", "the workspace is made in it", plan.Known("shop")},
		{"a group of a late name", "the same", late()},
		{"a group that is made", "a right on it cannot exist before", value{}},
	} {
		c := plan.Cluster{
			APIServer: open(), SystemPool: system(), ResourceGroup: tc.group, Location: plan.Known("westeurope"),
			Addons: plan.Addons{Monitoring: &plan.MonitoringAddon{}},
		}
		p := plan.ForCluster(c)
		got, want := scopeOfRight(t, p, action, "cluster"), scopeOfRight(t, p, "Microsoft.ContainerService/managedClusters/write", "cluster")
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %s: want %+v, got %+v", tc.name, tc.reason, want, got)
		}
	}
	c := plan.Cluster{APIServer: open(), SystemPool: system(), ResourceGroup: plan.Known("shop"), Location: plan.Known("westeurope")}
	c.Addons.Monitoring = &plan.MonitoringAddon{
		Workspace: plan.Known(subscription + "/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/logs"),
	}
	if got := scopeOfRight(t, plan.ForCluster(c), action, "cluster"); got.Scope.String() != subscription+"/resourceGroups/logs" {
		t.Errorf("a workspace that exists: got %s", got)
	}
}
