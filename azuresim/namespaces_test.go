package azuresim_test

import (
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

const (
	writer       = "Azure Kubernetes Service RBAC Writer"
	reader       = "Azure Kubernetes Service RBAC Reader"
	clusterAdmin = "Azure Kubernetes Service RBAC Cluster Admin"
)

// team puts a group into the directory.
func (w world) team() string {
	w.AddPrincipal(someGUID, sim.Group, "team")
	return someGUID
}

// withEntra is a world with a cluster that has Entra.
func withEntra(t *testing.T, entra object) (world, *sim.Cluster) {
	w := newWorld(t)
	entra["managed"] = true
	w.must(clusterID, clusterBody(object{"aadProfile": entra}))
	cluster, err := w.Cluster(clusterID)
	if err != nil {
		t.Fatal(err)
	}
	return w, cluster
}

// TestRolesMayUses: a role holds where it is assigned and everywhere below, and nowhere else.
func TestRolesMayUses(t *testing.T) {
	for _, tc := range []struct {
		name, reason, role, scope, namespace, does string
		want                                       bool
	}{
		{"its own namespace", "the scope is the namespace", writer, "/namespaces/shop", "shop", "pods/write", true},
		{"another namespace", "it is beside the scope", writer, "/namespaces/shop", "cart", "pods/read", false},
		{"a namespace whose name begins alike", "names are whole", writer, "/namespaces/shop", "shop2", "pods/read", false},
		{"the whole cluster", "it is above the scope", writer, "/namespaces/shop", "", "nodes/read", false},
		{"from the cluster", "it is above the namespace", reader, "", "shop", "pods/read", true},
		{"more than the role", "a reader reads", reader, "", "shop", "pods/write", false},
		{"secrets", "a reader sees none", reader, "", "shop", "secrets/read", false},
		{"the administrator", "all of it", clusterAdmin, "", "", "namespaces/write", true},
		{"the owner of the cluster", "Owner has no data actions", "Owner", "", "shop", "pods/read", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w, cluster := withEntra(t, object{"enableAzureRBAC": true})
			w.must(assignmentID(t, clusterID+tc.scope, w.team(), tc.role), groupBody(t, someGUID, tc.role))
			if d := cluster.MayUse(someGUID, tc.namespace, tc.does); d.Allowed() != tc.want {
				t.Errorf("%s: %s", tc.reason, d.Effect)
			}
		})
	}
	w, cluster := withEntra(t, object{"enableAzureRBAC": true})
	w.must(assignmentID(t, groupID("aks"), w.team(), reader), groupBody(t, someGUID, reader))
	if !cluster.MayUse(someGUID, "shop", "pods/read", "services/read").Allowed() {
		t.Error("a role on the resource group holds in every namespace of its clusters")
	}
}

func groupBody(t *testing.T, principal, role string) object {
	return object{"properties": object{"principalId": principal, "roleDefinitionId": roleID(t, role), "principalType": sim.Group}}
}

// TestWhoGetsInWithoutAzureRBAC: role assignments have no effect inside the cluster then, and admin groups need none.
func TestWhoGetsInWithoutAzureRBAC(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		entra        object
		want         bool
	}{
		{"a role without Azure RBAC", "nobody asks Azure", object{"enableAzureRBAC": false}, false},
		{"an admin group without Azure RBAC", "AKS lets it in", object{"enableAzureRBAC": false, "adminGroupObjectIDs": []any{someGUID}}, true},
		{"a role with Azure RBAC", "Azure says yes", object{"enableAzureRBAC": true}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w, cluster := withEntra(t, tc.entra)
			w.must(assignmentID(t, clusterID, w.team(), reader), groupBody(t, someGUID, reader))
			if d := cluster.MayUse(someGUID, "shop", "pods/read"); d.Allowed() != tc.want {
				t.Errorf("%s: %s", tc.reason, d.Effect)
			}
			if d := cluster.MayUse(otherGUID, "shop", "pods/read"); d.Allowed() {
				t.Error("a stranger gets in")
			}
		})
	}
}

// TestANamespaceIsAScope: the cluster has to exist, and the namespace need not; it goes with the cluster.
func TestANamespaceIsAScope(t *testing.T) {
	w, cluster := withEntra(t, object{"enableAzureRBAC": true})
	w.team()
	other := sim.ID("aks", sim.ManagedClusterType, "none")
	w.refused(assignmentID(t, other+"/namespaces/shop", someGUID, writer), groupBody(t, someGUID, writer), sim.CodeResourceNotFound)
	w.must(assignmentID(t, clusterID+"/namespaces/shop", someGUID, writer), groupBody(t, someGUID, writer))
	w.refused(assignmentID(t, clusterID+"/namespaces/cart", someGUID, writer), object{"properties": object{
		"principalId": someGUID, "roleDefinitionId": roleID(t, writer), "principalType": sim.User,
	}}, sim.CodeUnmatchedPrincipalType)
	w.remove(cluster.ID)
	if left := w.RoleAssignments(); len(left) > 0 {
		t.Errorf("the cluster is gone, and there is %v", left)
	}
	if cluster.MayUse(someGUID, "shop", "pods/read").Allowed() {
		t.Error("somebody gets into a cluster that is gone")
	}
}

// TestWhoMayFetchAKubeconfig: a right on the cluster, which no role in a namespace gives.
func TestWhoMayFetchAKubeconfig(t *testing.T) {
	for _, tc := range []struct {
		role, scope string
		want        bool
	}{
		{"Azure Kubernetes Service Cluster User Role", "", true}, {clusterAdmin, "", true}, {reader, "", false},
		{"Azure Kubernetes Service RBAC Admin", "/namespaces/shop", false},
	} {
		w, cluster := withEntra(t, object{"enableAzureRBAC": true})
		w.must(assignmentID(t, clusterID+tc.scope, w.team(), tc.role), groupBody(t, someGUID, tc.role))
		if cluster.MayFetchKubeconfig(someGUID).Allowed() != tc.want {
			t.Errorf("%s on the cluster%s: want %v", tc.role, tc.scope, tc.want)
		}
	}
}
