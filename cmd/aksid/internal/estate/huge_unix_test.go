//go:build unix

package estate_test

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
)

// TestFiveThousandResourcesAreRead: the worst shape is one with a hundred clusters, each of which leans on all grants before it. The time,
// that of the processor, is told and not judged: 0.2 seconds on 2026-11-26. What is judged is that twice as much is no more than twice the
// work, with a quarter for tables that grow.
func TestFiveThousandResourcesAreRead(t *testing.T) {
	text, half := hugeState(t, 100, 48), hugeState(t, 50, 48)
	begin := processorTime(t)
	e, err := estate.ReadState(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("reading %d bytes took %v of the processor", len(text), processorTime(t)-begin)
	read := func(text string) float64 {
		return testing.AllocsPerRun(1, func() { _, _ = estate.ReadState(strings.NewReader(text)) })
	}
	if all, part := read(text), read(half); all > 2.25*part {
		t.Errorf("5,000 resources take %.0f allocations, half of them %.0f", all, part)
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
