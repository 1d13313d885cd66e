package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

func TestAzureIsAsItWas(t *testing.T) {
	cases := []struct {
		name   string
		reason string
		change func(t *testing.T, w *world)
		says   string // what the error says; empty: there is none
	}{
		{"untouched", "nothing came, went or changed", func(*testing.T, *world) {}, ""},
		{"left behind", "what a deployment forgot is named",
			func(t *testing.T, w *world) {
				put(t, w, azuresim.GroupID(azuresim.DefaultSubscriptionID, "forgotten"), body{"location": "westeurope"})
			},
			"resource group forgotten is left behind"},
		{"gone", "a deployment must not delete what is not its own",
			func(t *testing.T, w *world) {
				if _, err := w.cloud.Delete(context.Background(), w.disk); err != nil {
					t.Fatal(err)
				}
			}, "disks/orders is gone"},
		{"changed", "nor change it",
			func(t *testing.T, w *world) {
				if err := w.cloud.Modify(w.subnet, func(b map[string]any) { b["etag"] = "another" }); err != nil {
					t.Fatal(err)
				}
			}, "network-team/hub/shop has changed"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld()
			tc.change(t, w)
			switch err := w.asItWas(); {
			case tc.says == "" && err != nil:
				t.Errorf("%s: %v", tc.reason, err)
			case tc.says != "" && (err == nil || !strings.Contains(err.Error(), tc.says)):
				t.Errorf("%s: want an error with %q, got %v", tc.reason, tc.says, err)
			}
		})
	}
}

func put(t *testing.T, w *world, id string, b body) {
	t.Helper()
	if _, err := w.cloud.Put(context.Background(), id, b); err != nil {
		t.Fatal(err)
	}
}

// withCluster is the demo's Azure with a cluster that was granted nothing.
func withCluster(t *testing.T) *world {
	t.Helper()
	w := newWorld()
	w.cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "aks"), nil)
	put(t, w, azuresim.ID("aks", azuresim.ManagedClusterType, "web"), body{
		"location": "westeurope", "identity": body{"type": "SystemAssigned"},
		"properties": body{"dnsPrefix": "web", "agentPoolProfiles": []any{body{
			"name": "system", "mode": "System", "count": 3, "vmSize": "Standard_D4ds_v5", "vnetSubnetID": w.subnet,
		}}},
	})
	return w
}

// grantSubnet gives the cluster Network Contributor on the subnet, n times in all, at the subnet and above it.
func grantSubnet(t *testing.T, w *world, n int) {
	t.Helper()
	if n == 0 {
		return
	}
	role, _ := rbac.BuiltinRole(rbac.NetworkContributor)
	principal := w.cloud.Clusters()[0].ControlPlane()
	at := rbac.MustParseScope(w.subnet)
	for range n {
		put(t, w, at.String()+"/providers/"+azuresim.RoleAssignmentType+"/"+rbac.AssignmentName(at, principal, role.ID), body{"properties": body{
			"principalId": principal, "principalType": "ServicePrincipal",
			"roleDefinitionId": role.ID.DefinitionID(azuresim.DefaultSubscriptionID)}})
		at, _ = at.Parent()
	}
}

func TestAnAnswerThatIsNotExpectedFails(t *testing.T) {
	cases := []struct {
		name     string
		reason   string
		world    func(t *testing.T) *world
		granted  int
		expected rbac.Effect
		shows    string
		fails    string
	}{
		{"no, as expected", "the table says which action is missing", withCluster, 0, rbac.Deny, "subnets/join/action", ""},
		{"no, but yes expected", "a grant that is missing ends the demo", withCluster, 0, rbac.Allow, "", "should be yes, and is no"},
		{"yes, as expected", "the table says which grant gives it", withCluster, 1, rbac.Allow, "Network Contributor on network-team/hub/shop", ""},
		{"yes, but no expected", "a grant that nobody wanted ends the demo", withCluster, 1, rbac.Deny, "", "should be no, and is yes"},
		{"no cluster", "there is nobody to ask about", func(*testing.T) *world { return newWorld() }, 0, rbac.Deny, "", "there are 0"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			var out bytes.Buffer
			w := tc.world(t)
			grantSubnet(t, w, tc.granted)
			err := act{demo: demo{out: &out}, world: w}.ask(tc.expected, w.questions()[0])
			if (err != nil) != (tc.fails != "") || err != nil && !strings.Contains(err.Error(), tc.fails) {
				t.Errorf("%s: want an error with %q, got %v", tc.reason, tc.fails, err)
			}
			if !strings.Contains(out.String(), tc.shows) {
				t.Errorf("%s: %q is not in\n%s", tc.reason, tc.shows, &out)
			}
		})
	}
}

func TestTheGrantThatIsTakenAwayIsTheOnlyOne(t *testing.T) {
	for granted, refused := range map[int]bool{0: true, 1: false, 2: true} {
		w := withCluster(t)
		grantSubnet(t, w, granted)
		found, err := w.grantBehind(w.questions()[0])
		if (err != nil) != refused {
			t.Errorf("with %d grants: got %v, want refused %v: taking one of two away would show nothing", granted, err, refused)
		}
		if err == nil && !w.cloud.DeleteAssignment(found.ID) {
			t.Errorf("%s is no grant", found.ID)
		}
	}
}

func TestAsManyGrantsExistAsWerePlanned(t *testing.T) {
	w := withCluster(t)
	grantSubnet(t, w, 1)
	for planned, refused := range map[int]bool{1: false, 2: true} {
		var out bytes.Buffer
		if err := (act{demo: demo{out: &out}, world: w}).showGrants(planned); (err != nil) != refused {
			t.Errorf("one grant exists and %d are planned: got %v, want refused %v", planned, err, refused)
		}
	}
}
