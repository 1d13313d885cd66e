//go:build unix

package estate_test

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
)

// TestFiveThousandResourcesTakeLessThanTwoSeconds: the worst shape is one with a hundred clusters, each of which leans on all grants before it.
// The time is that of the processor: other programs on the machine do not count.
func TestFiveThousandResourcesTakeLessThanTwoSeconds(t *testing.T) {
	text := hugeState(t, 100, 48)
	begin := processorTime(t)
	e, err := estate.ReadState(strings.NewReader(text))
	if took := processorTime(t) - begin; err != nil || took > 2*time.Second {
		t.Errorf("reading %d bytes took %v: %v", len(text), took, err)
	}
	if len(e.Resources) != 5000 || len(e.Assignments) != 4800 || len(e.Clusters) != 100 {
		t.Errorf("%d resources, %d assignments, %d clusters", len(e.Resources), len(e.Assignments), len(e.Clusters))
	}
	for _, i := range e.Identities {
		if i.Kind == estate.ControlPlane && len(e.AssignmentsOf(i)) != 48 {
			t.Fatalf("%s holds %d", i.Cluster, len(e.AssignmentsOf(i)))
		}
	}
}

// processorTime is what the process has used by now.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
