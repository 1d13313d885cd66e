package azuresim_test

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// forward puts the cloud's own clock forward.
func (w world) forward(d time.Duration) {
	w.t.Helper()
	clock, ok := w.Clock().(*sim.SimulatedClock)
	if !ok {
		w.t.Fatal("the cloud has no simulated clock of its own")
	}
	clock.Advance(d)
}

func TestThingsKnowWhenTheyWereMadeAndChanged(t *testing.T) {
	w := newWorld(t)
	_, principal := w.identity("control")
	id := assignmentAt(groupID("aks"), someGUID)
	w.forward(time.Hour)
	w.must(id, assignmentBody(t, principal, "Reader"))
	w.forward(time.Hour)
	body := assignmentBody(t, principal, "Reader")
	body["properties"].(object)["description"] = "why"
	w.must(id, body)
	got := w.get(id)["properties"].(object)
	if got["createdOn"] != "2026-01-01T01:00:00.0000000Z" || got["updatedOn"] != "2026-01-01T02:00:00.0000000Z" {
		t.Errorf("created %v, updated %v", got["createdOn"], got["updatedOn"])
	}
	if listed := w.RoleAssignments()[0].CreatedOn; !listed.Equal(sim.Epoch.Add(time.Hour)) {
		t.Errorf("the list says %s", listed)
	}
	identity, _ := w.get(sim.ID("aks", sim.IdentityType, "control"))["systemData"].(object)
	if identity["createdAt"] != "2026-01-01T00:00:00.0000000Z" {
		t.Errorf("systemData of an identity: %v", identity)
	}
	if _, has := w.get(groupID("aks"))["systemData"]; has {
		t.Error("a resource group has no systemData in its model")
	}
	w.remove(id)
	w.must(id, body)
	if again := w.get(id)["properties"].(object)["createdOn"]; again != "2026-01-01T02:00:00.0000000Z" {
		t.Errorf("what is made anew is new, not of %v", again)
	}
}

func TestSeededThingsAreADayOld(t *testing.T) {
	w := newWorld(t)
	_, principal := w.identity("control")
	w.seedReader(t, principal)
	if got := w.RoleAssignments()[0].CreatedOn; !got.Equal(sim.Epoch.Add(-24 * time.Hour)) {
		t.Errorf("created on %s", got)
	}
}

// seedReader seeds Reader on the group "aks".
func (w world) seedReader(t *testing.T, principal string) {
	t.Helper()
	w.MustSeed(assignmentAt(groupID("aks"), someGUID), assignmentBody(t, principal, "Reader"))
}

func TestGrantsTakeEffectWhenTheirTimeHasCome(t *testing.T) {
	slow := func(a sim.RoleAssignment) time.Duration {
		if strings.Contains(string(a.Role.Name), "Network") {
			return 10 * time.Minute
		}
		return time.Minute
	}
	w := newWorld(t, sim.WithPermissionDelay(slow))
	_, principal := w.identity("control")
	w.must(assignmentAt(groupID("aks"), someGUID), assignmentBody(t, principal, "Reader"))
	w.must(assignmentAt(groupID("aks"), "aaaaaaaa-0000-4000-8000-000000000009"), assignmentBody(t, principal, "Network Contributor"))
	scope, err := rbac.ParseScope(groupID("aks"))
	if err != nil {
		t.Fatal(err)
	}
	may := func(action string) bool {
		return w.Can(principal, rbac.Need{Action: action, Scope: scope}).Effect == rbac.Allow
	}
	read, write := "Microsoft.Resources/subscriptions/resourceGroups/read", "Microsoft.Network/virtualNetworks/write"
	for _, at := range []struct {
		after       time.Duration
		read, write bool
	}{{0, false, false}, {59 * time.Second, false, false}, {time.Second, true, false}, {9 * time.Minute, true, true}} {
		w.forward(at.after)
		if may(read) != at.read || may(write) != at.write {
			t.Errorf("after %s more: may read %t, may write %t", at.after, may(read), may(write))
		}
	}
}

func TestSettleEndsDelaysInTime(t *testing.T) {
	w := newWorld(t, sim.Realistic(), sim.WithLatency(nil))
	_, principal := w.identity("control")
	w.must(assignmentAt(groupID("aks"), someGUID), assignmentBody(t, principal, "Reader"))
	if w.RoleAssignments()[0].Effective {
		t.Fatal("a grant that was just made is effective")
	}
	w.Settle()
	if !w.RoleAssignments()[0].Effective {
		t.Error("the grant is not effective after Settle")
	}
}

func TestTheDirectoryTakesItsTime(t *testing.T) {
	w := newWorld(t, sim.WithReplicationDelay(0, true), sim.WithDirectoryDelay(func(p sim.Principal) time.Duration {
		if p.Name == "slow" {
			return time.Minute
		}
		return 0
	}))
	_, fast := w.identity("fast")
	_, slow := w.identity("slow")
	w.must(assignmentAt(groupID("aks"), someGUID), assignmentBody(t, fast, "Reader"))
	other := assignmentAt(groupID("aks"), "aaaaaaaa-0000-4000-8000-000000000009")
	w.refused(other, assignmentBody(t, slow, "Reader"), sim.CodePrincipalNotFound)
	w.forward(time.Minute)
	w.must(other, assignmentBody(t, slow, "Reader"))
}

func TestOperationsTakeTheirTimeSideBySide(t *testing.T) {
	w := newWorld(t, sim.WithClock(sim.NewSimulatedClock(sim.Epoch).Patient(20*time.Millisecond)), sim.Realistic())
	begun := w.Clock().Now()
	var all sync.WaitGroup
	for _, name := range []string{"one", "two", "three"} {
		all.Add(1)
		go func() {
			defer all.Done()
			if _, err := w.Put(ctx, sim.ID("aks", sim.IdentityType, name), object{"location": location}); err != nil {
				t.Error(err)
			}
		}()
	}
	all.Wait()
	if took := w.Clock().Now().Sub(begun); took != 2*time.Second {
		t.Errorf("three identities at once took %s", took)
	}
	w.get(sim.ID("aks", sim.IdentityType, "one"))
	if took := w.Clock().Now().Sub(begun); took != 2*time.Second {
		t.Errorf("with a look at one of them, %s: reading takes no time", took)
	}
}

func TestTheTimeIsKept(t *testing.T) {
	w := newWorld(t, sim.Realistic(), sim.WithLatency(nil))
	_, principal := w.identity("control")
	w.must(assignmentAt(groupID("aks"), someGUID), assignmentBody(t, principal, "Reader"))
	w.forward(time.Minute)
	path := filepath.Join(t.TempDir(), "azure.json")
	if err := w.Save(path); err != nil {
		t.Fatal(err)
	}
	again, err := sim.Load(path, sim.Realistic(), sim.WithLatency(nil))
	if err != nil {
		t.Fatal(err)
	}
	kept := world{Cloud: again, t: t}
	if now := kept.Clock().Now(); !now.Equal(sim.Epoch.Add(time.Minute)) {
		t.Errorf("it is %s", now)
	}
	if kept.RoleAssignments()[0].Effective {
		t.Error("the grant has not waited to the end")
	}
	kept.forward(time.Minute)
	if !kept.RoleAssignments()[0].Effective {
		t.Error("the grant has waited long enough")
	}
}
