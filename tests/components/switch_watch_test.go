package components_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// right is something that a cluster does with a resource of ours.
type right struct {
	capability rbac.CapabilityID
	target     string
}

// watch asks after every single operation whether the working cluster still can what it could: as the identity that it has now, by
// grants that have taken effect. A cluster works until it is gone; then the one that took its place does.
type watch struct {
	cloud  *azuresim.Cloud
	rights []right

	mu      sync.Mutex
	on      bool
	working string
	checked int
	// gaps are the operations after which a right was missing.
	gaps []string
}

// begin starts to watch the one cluster that there is.
func (w *watch) begin(t *testing.T) {
	t.Helper()
	clusters := w.cloud.Clusters()
	if len(clusters) != 1 {
		t.Fatalf("want one cluster, there are %d", len(clusters))
	}
	w.working = clusters[0].ID
	if lost := w.missing(); lost != "" {
		t.Fatalf("the cluster cannot do what is watched: %s", lost)
	}
	w.on = true
}

// observe is called after each operation, by several goroutines.
func (w *watch) observe(op azuresim.Operation) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.on {
		return
	}
	w.checked++
	if lost := w.missing(); lost != "" {
		w.gaps = append(w.gaps, fmt.Sprintf("%s %s: %s", op.Method, op.ID, lost))
	}
}

func (w *watch) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.on = false
}

// missing tells what the working cluster cannot do now.
func (w *watch) missing() string {
	cluster, err := w.cloud.Cluster(w.working)
	if err != nil {
		clusters := w.cloud.Clusters()
		if len(clusters) == 0 {
			return "there is no cluster"
		}
		cluster, w.working = clusters[0], clusters[0].ID
	}
	var lost []string
	for _, r := range w.rights {
		decision, err := cluster.Perform(r.capability, r.target)
		if err != nil || !decision.Allowed() {
			lost = append(lost, string(r.capability))
		}
	}
	return strings.Join(lost, ", ")
}
