package simtest

import (
	"errors"

	"github.com/pulumi/pulumi/pkg/v3/engine"
	pkgresource "github.com/pulumi/pulumi/pkg/v3/resource"
	"github.com/pulumi/pulumi/pkg/v3/resource/deploy"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// Pending is an operation of which the state knows the beginning and not the end, because the process was killed meanwhile.
// Pulumi drops those that are no creation at its next operation, and keeps the creations until somebody says how they ended.
type Pending struct {
	// Op is "creating", "updating", "deleting", "importing" or "reading".
	Op string
	Resource
}

// Pending lists the operations that were interrupted, as the state has them now.
func (s *Stack) Pending() []Pending { return pendingOf(s.snapshot) }

// ClearPendingCreates takes the interrupted creations out of the state, as "pulumi refresh --clear-pending-creates" does before it
// refreshes. What they made in the cloud stays there.
func (s *Stack) ClearPendingCreates() {
	s.t.Helper()
	if s.snapshot == nil {
		return
	}
	cleared := cloneSnapshot(s.snapshot)
	cleared.PendingOperations = nil
	for _, op := range s.snapshot.PendingOperations {
		if op.Type != pkgresource.OperationTypeCreating {
			cleared.PendingOperations = append(cleared.PendingOperations, op)
		}
	}
	s.snapshot = cleared
}

func pendingOf(snapshot *deploy.Snapshot) []Pending {
	if snapshot == nil {
		return nil
	}
	var out []Pending
	for _, op := range snapshot.PendingOperations {
		out = append(out, Pending{Op: string(op.Type), Resource: resourceOf(op.Resource)})
	}
	return out
}

// errKilled ends the operation of a process that was killed.
var errKilled = errors.New("the process was killed")

// journal is that of a process which a fault of the cloud may end (azuresim.Cloud.Kill): from then on it records nothing, so what
// had begun stays pending in the state, as after kill -9 of the CLI.
type journal struct {
	*engine.TestJournal
	killed func() bool
}

// BeginMutation begins nothing in a process that is gone.
func (j journal) BeginMutation(step deploy.Step) (engine.SnapshotMutation, error) {
	if j.killed() {
		return nil, errKilled
	}
	if _, err := j.TestJournal.BeginMutation(step); err != nil {
		return nil, err
	}
	return j, nil
}

// End records the end of a step, unless the process did not live to see it.
func (j journal) End(step deploy.Step, successful bool) error {
	if j.killed() {
		return nil
	}
	return j.TestJournal.End(step, successful)
}

// killedSince tells whether the process was killed after a moment.
func (s *Stack) killedSince(since moment) bool {
	for _, operation := range s.cloud.Operations()[since.operations:] {
		if operation.Code == azuresim.CodeProcessKilled {
			return true
		}
	}
	return false
}
