package azuresim_test

import (
	"errors"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func TestFail(t *testing.T) {
	table := func(name string) string { return sim.ID("aks", sim.RouteTableType, name) }
	body := object{"location": location}
	cases := []struct {
		name, reason string
		match        sim.Match
		want         []string // codes of three PUTs
	}{
		{"once", "the first matching operation", sim.Match{Type: sim.RouteTableType}, []string{"TooManyRequests", "", ""}},
		{"second", "one is skipped", sim.Match{Method: sim.MethodPut, Skip: 1}, []string{"", "TooManyRequests", ""}},
		{"twice", "two in a row", sim.Match{Times: 2}, []string{"TooManyRequests", "TooManyRequests", ""}},
		{"for ever", "a negative number", sim.Match{Times: -1}, []string{"TooManyRequests", "TooManyRequests", "TooManyRequests"}},
		{"by id", "a part of it, any case", sim.Match{ID: "/ROUTETABLES/T1"}, []string{"", "TooManyRequests", ""}},
		{"other method", "does not fit", sim.Match{Method: sim.MethodDelete}, []string{"", "", ""}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			rule := w.Fail(tc.match, sim.Throttled())
			hits := 0
			for i, want := range tc.want {
				w.refused(table("t"+string(rune('0'+i))), body, want)
				if want != "" {
					hits++
				}
			}
			if rule.Hits() != hits {
				t.Errorf("hits: got %d, want %d", rule.Hits(), hits)
			}
			w.ClearRules()
			w.must(table("t9"), body)
		})
	}
}

func TestLoseResponse(t *testing.T) {
	w := newWorld(t)
	_, principal := w.identity("control")
	id := assignmentAt(groupID("aks"), someGUID)
	w.LoseResponse(sim.Match{Method: sim.MethodPut, Type: sim.RoleAssignmentType})
	e := w.refused(id, assignmentBody(t, principal, "Reader"), sim.CodeConnectionReset)
	if e.Status != 0 || e.Accepted {
		t.Errorf("no HTTP answer arrived: %+v", e)
	}
	w.get(id) // the assignment was made
	w.must(id, assignmentBody(t, principal, "Reader"))
	w.LoseResponse(sim.Match{Method: sim.MethodDelete})
	if _, err := w.Delete(ctx, id); sim.Code(err) != sim.CodeConnectionReset {
		t.Errorf("got %v", err)
	}
	if _, err := w.Get(ctx, id); sim.Code(err) != sim.CodeResourceNotFound {
		t.Errorf("the assignment is gone: %v", err)
	}
}

func TestFailAfterAcceptance(t *testing.T) {
	w := newWorld(t)
	w.FailAfterAcceptance(sim.Match{Method: sim.MethodPut, Type: sim.ManagedClusterType}, sim.Error{Status: 500, Code: "InternalOperationError"})
	_, err := w.Put(ctx, clusterID, clusterBody(nil))
	var e *sim.Error
	if !errors.As(err, &e) || !e.Accepted || e.Code != "InternalOperationError" {
		t.Fatalf("got %+v", err)
	}
	if got := w.get(clusterID); at(got, "properties.provisioningState") != "Failed" {
		t.Errorf("got %v", at(got, "properties.provisioningState"))
	}
	if got := w.must(clusterID, clusterBody(nil)); at(got, "properties.provisioningState") != "Succeeded" {
		t.Error("the next update repairs it")
	}
	w.FailAfterAcceptance(sim.Match{Method: sim.MethodDelete}, sim.ServiceUnavailable())
	if _, err := w.Delete(ctx, clusterID); sim.Code(err) != "ServiceUnavailable" {
		t.Errorf("got %v", err)
	}
	w.get(clusterID)
}

func TestOperationLog(t *testing.T) {
	w := newWorld(t)
	w.MustSeedIdentity("elsewhere", "seeded")
	before := len(w.Operations())
	w.refused(clusterID, clusterBody(object{"dnsPrefix": ""}), sim.CodeInvalidParameter)
	_, _ = w.Get(ctx, clusterID)
	log := w.Operations()[before:]
	if len(log) != 2 || log[0].Code != sim.CodeInvalidParameter || log[0].Type != sim.ManagedClusterType || log[1].Status != 404 {
		t.Errorf("got %+v", log)
	}
}
