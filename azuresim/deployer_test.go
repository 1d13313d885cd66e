package azuresim_test

import (
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

func holds(t *testing.T, role, scope string) rbac.Assignment {
	t.Helper()
	r, ok := rbac.BuiltinRole(rbac.RoleName(role))
	if !ok {
		t.Fatalf("no role %q", role)
	}
	return rbac.Assignment{Role: r, Scope: rbac.MustParseScope(scope)}
}

func TestDeployerPermissions(t *testing.T) {
	aks, network := groupID("aks"), groupID("network")
	subnet := sim.ID("network", sim.SubnetType, "vnet", "nodes")
	identity := sim.ID("network", sim.IdentityType, "control")
	withSubnet := clusterBody(pools(pool(object{"vnetSubnetID": subnet})))
	withIdentity := clusterBody(object{"identity": userAssigned(identity)})
	grant := assignmentAt(subnet, someGUID)
	cases := []struct {
		name, reason string
		grants       [][2]string
		id           string
		body         object
		code         string
	}{
		{"nothing", "no right at all", nil, clusterID, clusterBody(nil), sim.CodeAuthorizationFailed},
		{"contributor", "of the group", [][2]string{{"Contributor", aks}}, clusterID, clusterBody(nil), ""},
		{"subnet elsewhere", "join is a linked right", [][2]string{{"Contributor", aks}}, clusterID, withSubnet, sim.CodeLinkedAuthorizationFailed},
		{"subnet granted", "Network Contributor there", [][2]string{{"Contributor", aks}, {"Network Contributor", subnet}}, clusterID, withSubnet, ""},
		{"identity elsewhere", "assign is a linked right", [][2]string{{"Contributor", aks}}, clusterID, withIdentity, sim.CodeLinkedAuthorizationFailed},
		{"identity granted", "Managed Identity Operator there", [][2]string{{"Contributor", aks}, {"Managed Identity Operator", identity}}, clusterID, withIdentity, ""},
		{"grant as contributor", "Contributor cannot grant", [][2]string{{"Contributor", network}}, grant, assignmentBody(t, nobody, "Reader"), sim.CodeAuthorizationFailed},
		{"grant as administrator", "authorisation comes first, then the principal", [][2]string{{"Role Based Access Control Administrator", network}}, grant, assignmentBody(t, nobody, "Reader"), sim.CodePrincipalNotFound},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			w.MustSeed(subnet, nil)
			w.MustSeed(identity, nil)
			grants := []rbac.Assignment{}
			for _, g := range tc.grants {
				grants = append(grants, holds(t, g[0], g[1]))
			}
			w.Configure(sim.WithDeployer(grants...))
			w.refused(tc.id, tc.body, tc.code)
		})
	}
}

func TestDeployerGrantedInTheCloud(t *testing.T) {
	w := newWorld(t)
	w.Configure(sim.WithDeployer())
	w.refused(sim.ID("aks", sim.RouteTableType, "t"), object{"location": location}, sim.CodeAuthorizationFailed)
	w.MustSeed(assignmentAt(groupID("aks"), someGUID), assignmentBody(t, w.ClientConfig().ObjectID, "Contributor"))
	w.must(sim.ID("aks", sim.RouteTableType, "t"), object{"location": location})
	if _, err := w.Get(ctx, sim.ID("network", sim.RouteTableType, "t")); sim.Code(err) != sim.CodeAuthorizationFailed {
		t.Errorf("reading needs a right too: %v", err)
	}
}

func TestDeployerOperations(t *testing.T) {
	cases := []struct {
		name, reason string
		grants       []rbac.Assignment
		want         rbac.Effect
	}{
		{"owner", "by default", nil, rbac.Allow},
		{"contributor", "the most reported blocker (AKS#614)", []rbac.Assignment{holds(t, "Contributor", groupID("network"))}, rbac.Deny},
		{"administrator", "of role assignments", []rbac.Assignment{holds(t, "Role Based Access Control Administrator", groupID("network"))}, rbac.Allow},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			subnet := w.MustSeedSubnet("network", "vnet", "nodes")
			w.must(clusterID, clusterBody(nil))
			if tc.grants != nil {
				w.Configure(sim.WithDeployer(tc.grants...))
			}
			d, err := w.cluster(clusterID).Perform("deployer-role-assignments", subnet)
			if err != nil || d.Effect != tc.want {
				t.Errorf("%s: got %v %v", tc.reason, d.Effect, err)
			}
		})
	}
}
