package azuresim_test

import (
	"context"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func TestStartedOperationShowsItsState(t *testing.T) {
	pool := clusterID + "/agentPools/more"
	cases := []struct {
		name, reason string
		prepare      func(w world)
		method       sim.Method
		id           string
		body         object
		shown        string // while it runs
		after        string // "": gone
	}{
		{"new cluster", "it is being made", func(world) {}, sim.MethodPut, clusterID, clusterBody(nil), "Creating", "Succeeded"},
		{"cluster again", "it is there", func(w world) { w.must(clusterID, clusterBody(nil)) }, sim.MethodPut, clusterID, clusterBody(nil), "Updating", "Succeeded"},
		{"tags", "a change like others", func(w world) { w.must(clusterID, clusterBody(nil)) }, sim.MethodPatch, clusterID, object{"tags": object{"a": "b"}}, "Updating", "Succeeded"},
		{"new pool", "it is being made", func(w world) { w.must(clusterID, clusterBody(nil)) }, sim.MethodPut, pool, poolBody(nil), "Creating", "Succeeded"},
		{"delete", "it goes at the end", func(w world) { w.must(clusterID, clusterBody(nil)) }, sim.MethodDelete, clusterID, nil, "Deleting", ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			tc.prepare(w)
			started, err := w.Start(ctx, tc.method, tc.id, tc.body)
			if err != nil {
				t.Fatal(err)
			}
			if got := at(w.get(tc.id), "properties.provisioningState"); got != tc.shown {
				t.Errorf("%s: got %v, want %s", tc.reason, got, tc.shown)
			}
			w.refused(clusterID+"/agentPools/other", poolBody(nil), sim.CodeOperationNotAllowed)
			if _, err := started.Finish(); err != nil {
				t.Fatal(err)
			}
			if _, err := started.Finish(); err != nil {
				t.Errorf("the end stays the same, got %v", err)
			}
			r, err := w.Get(ctx, tc.id)
			if tc.after == "" {
				if sim.Code(err) != sim.CodeResourceNotFound {
					t.Errorf("%s: got %v", tc.reason, err)
				}
				return
			}
			if got := at(r.Body, "properties.provisioningState"); got != tc.after {
				t.Errorf("afterwards: got %v", got)
			}
		})
	}
}

func TestStartedOperationIsLoggedOnceWhenItEnds(t *testing.T) {
	w := newWorld(t)
	before := len(w.Operations())
	started, err := w.Start(ctx, sim.MethodPut, clusterID, clusterBody(nil))
	if err != nil || len(w.Operations()) != before {
		t.Fatalf("it runs, got %v", err)
	}
	_, _ = started.Finish()
	_, _ = started.Finish()
	if got := len(w.Operations()); got != before+1 {
		t.Errorf("got %d more", got-before)
	}
}

func TestStartedOperationThatFails(t *testing.T) {
	w := newWorld(t)
	w.FailAfterAcceptance(sim.Match{Type: sim.ManagedClusterType}, sim.Error{Status: 400, Code: "QuotaExceeded"})
	started, err := w.Start(ctx, sim.MethodPut, clusterID, clusterBody(nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := started.Finish(); sim.Code(err) != "QuotaExceeded" {
		t.Errorf("got %v", err)
	}
	if got := at(w.get(clusterID), "properties.provisioningState"); got != "Failed" {
		t.Errorf("the cluster stays, got %v", got)
	}
}

func TestStartedOperationWhoseAnswerIsLost(t *testing.T) {
	w := newWorld(t)
	before := len(w.Operations())
	w.LoseResponse(sim.Match{Times: 2})
	if _, err := w.Start(ctx, sim.MethodPut, clusterID, clusterBody(nil)); sim.Code(err) != sim.CodeConnectionReset {
		t.Errorf("got %v", err)
	}
	if _, err := w.Start(ctx, sim.MethodDelete, clusterID+"/agentPools/none", nil); sim.Code(err) != sim.CodeConnectionReset {
		t.Errorf("got %v", err)
	}
	if got := len(w.Operations()); got != before+2 {
		t.Errorf("each is logged once, got %d", got-before)
	}
	if got := at(w.get(clusterID), "properties.provisioningState"); got != "Succeeded" {
		t.Errorf("it was done all the same, got %v", got)
	}
}

func TestHookSeesTheState(t *testing.T) {
	var w world
	var seen any
	w = newWorld(t, sim.WithOperationHook(func(context.Context, sim.Operation) {
		seen = at(w.get(clusterID), "properties.provisioningState")
	}))
	w.must(clusterID, clusterBody(nil))
	if seen != "Creating" {
		t.Errorf("while a cluster is being made, a GET says so; got %v", seen)
	}
}

func TestPatch(t *testing.T) {
	w := newWorld(t)
	id, _ := w.identity("one")
	cases := []struct {
		name, reason, id string
		body             object
		code             string
	}{
		{"tags", "they are replaced", id, object{"tags": object{"new": "1"}}, ""},
		{"tags and location", "its own", id, object{"location": "West Europe", "tags": object{"new": "1"}}, ""},
		{"another location", "by name", id, object{"location": "eastus"}, "NotImplemented"},
		{"properties", "by name", id, object{"properties": object{}}, "NotImplemented"},
		{"nothing there", "no upsert", sim.ID("aks", sim.IdentityType, "none"), object{"tags": object{}}, sim.CodeResourceNotFound},
		{"no tags", "a subnet has none", sim.ID("network", sim.SubnetType, "vnet", "nodes"), object{"tags": object{}}, "MethodNotAllowed"},
	}
	w.MustSeedSubnet("network", "vnet", "nodes")
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := w.Patch(ctx, tc.id, tc.body); sim.Code(err) != tc.code {
				t.Errorf("%s: got %v, want %q", tc.reason, err, tc.code)
			}
		})
	}
	if got := at(w.get(id), "tags.new"); got != "1" {
		t.Errorf("got %v", got)
	}
}

func TestListNeedsTheRightToRead(t *testing.T) {
	w := world{Cloud: sim.New(sim.WithDeployer()), t: t}
	w.MustSeedIdentity("aks", "one")
	for name, list := range map[string]func() ([]map[string]any, error){
		"resources":   func() ([]map[string]any, error) { return w.List(ctx, groupID("aks"), sim.IdentityType) },
		"assignments": func() ([]map[string]any, error) { return w.AssignmentsAround(ctx, groupID("aks")) },
		"roles":       func() ([]map[string]any, error) { return w.Roles(ctx, groupID("aks")) },
	} {
		if _, err := list(); sim.Code(err) != sim.CodeAuthorizationFailed {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if got, err := w.Permissions(ctx, groupID("aks")); err != nil || len(got) != 0 {
		t.Errorf("everybody may ask for the own permissions, got %v %v", got, err)
	}
}

// TestOwnKubeletIdentityShowsWhileTheClusterIsMade: what AKS makes is shown when it is there, what the caller gave at once.
func TestOwnKubeletIdentityShowsWhileTheClusterIsMade(t *testing.T) {
	cases := []struct {
		name, reason string
		own, shown   bool
	}{
		{"the caller's", "the recordings of the Azure CLI send it, and a PUT answers what was sent", true, true},
		{"AKS's", "it is being made", false, false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			control, principal := w.identity("control")
			kubelet, _ := w.identity("kubelet")
			w.grant(principal, "Managed Identity Operator", kubelet)
			changes := object{"identity": userAssigned(control)}
			if tc.own {
				changes["identityProfile"] = object{"kubeletidentity": object{"resourceId": kubelet}}
			}
			started, err := w.Start(ctx, sim.MethodPut, clusterID, clusterBody(changes))
			if err != nil {
				t.Fatal(err)
			}
			for _, body := range []object{started.Response.Body, w.get(clusterID)} {
				if got := at(body, "properties.identityProfile.kubeletidentity.resourceId"); (got != nil) != tc.shown {
					t.Errorf("%s: got %v", tc.reason, got)
				}
			}
			end, err := started.Finish()
			if err != nil || at(end.Body, "properties.identityProfile.kubeletidentity.objectId") == nil {
				t.Errorf("afterwards: %v, %v", end.Body, err)
			}
		})
	}
}
