package azuresim_test

import (
	"context"
	"sync"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// overlapping runs first, and while it is in progress second; it returns the code of each.
func overlapping(t *testing.T, prepare func(w world), first, second func(w world) error) (string, string) {
	t.Helper()
	var w world
	ready, inside := false, ""
	hook := func(context.Context, sim.Operation) {
		if ready {
			ready = false
			inside = sim.Code(second(w))
		}
	}
	w = newWorld(t, sim.WithOperationHook(hook))
	prepare(w)
	ready = true
	return sim.Code(first(w)), inside
}

func TestOverlappingOperations(t *testing.T) {
	putPool := func(name string) func(w world) error {
		return func(w world) error {
			_, err := w.Put(ctx, clusterID+"/agentPools/"+name, poolBody(nil))
			return err
		}
	}
	putCredential := func(identity, name string) func(w world) error {
		return func(w world) error {
			id := sim.ID("aks", sim.FederatedCredentialType, identity, name)
			_, err := w.Put(ctx, id, credential("https://issuer/", name, "a"))
			return err
		}
	}
	cluster := func(w world) { w.must(clusterID, clusterBody(nil)) }
	identities := func(w world) { w.identity("one"); w.identity("two") }
	cases := []struct {
		name, reason  string
		prepare       func(w world)
		first, second func(w world) error
		code          string // of the second
	}{
		{"two pools", "one operation on a cluster's pools", cluster, putPool("a"), putPool("b"), sim.CodeOperationNotAllowed},
		{"pool and cluster", "the same lock", cluster, putPool("a"), func(w world) error { _, err := w.Put(ctx, clusterID, clusterBody(nil)); return err }, sim.CodeOperationNotAllowed},
		{"pool and cluster delete", "the same lock", cluster, putPool("a"), func(w world) error { _, err := w.Delete(ctx, clusterID); return err }, sim.CodeOperationNotAllowed},
		{"pool and group delete", "the group holds the cluster", cluster, putPool("a"), func(w world) error { _, err := w.Delete(ctx, groupID("aks")); return err }, sim.CodeOperationNotAllowed},
		{"pool and read", "reads go on", cluster, putPool("a"), func(w world) error { _, err := w.Get(ctx, clusterID); return err }, ""},
		{"credentials of one identity", "serial writes", identities, putCredential("one", "first"), putCredential("one", "second"), sim.CodeConcurrentCredentialWrites},
		{"credentials of two identities", "independent", identities, putCredential("one", "first"), putCredential("two", "second"), ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			first, second := overlapping(t, tc.prepare, tc.first, tc.second)
			if first != "" || second != tc.code {
				t.Errorf("%s: got %q and %q, want \"\" and %q", tc.reason, first, second, tc.code)
			}
		})
	}
}

func TestBeginSomebodyElsesOperation(t *testing.T) {
	w := newWorld(t)
	w.must(clusterID, clusterBody(nil))
	end, err := w.Begin(clusterID)
	if err != nil {
		t.Fatal(err)
	}
	w.refused(clusterID+"/agentPools/more", poolBody(nil), sim.CodeOperationNotAllowed)
	if _, err := w.Begin(clusterID + "/agentPools/system"); sim.Code(err) != sim.CodeOperationNotAllowed {
		t.Errorf("got %v", err)
	}
	end()
	w.must(clusterID+"/agentPools/more", poolBody(nil))
}

func TestParallelUse(t *testing.T) {
	w := newWorld(t)
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			name := "id" + string(rune('a'+i)) + "x"
			body, err := w.Put(ctx, sim.ID("aks", sim.IdentityType, name), object{"location": location})
			if err != nil {
				t.Error(err)
				return
			}
			principal := at(body.Body, "properties.principalId").(string)
			if _, err := w.Put(ctx, assignmentID(t, groupID("aks"), principal, "Reader"), assignmentBody(t, principal, "Reader")); err != nil {
				t.Error(err)
			}
		}()
	}
	wg.Wait()
	if got := len(w.Assignments()); got != 20 {
		t.Errorf("got %d assignments", got)
	}
}
