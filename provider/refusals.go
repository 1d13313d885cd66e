package provider

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

const (
	// quietAfter is for how long nothing may come before a program is taken to have registered all that it can: it does so without
	// waiting for answers, a few milliseconds apart.
	quietAfter = 200 * time.Millisecond
	// heldAtMost bounds how long a refusal is held back while components keep coming.
	heldAtMost = 3 * time.Second
)

// refusals holds components with problems back until the others of the program have been looked at too. The engine ends everything
// at the first error of a component and drops what others answer afterwards (pulumi 3.259.0, source_eval.go), so a person would mend
// one component only to hear of the next.
type refusals struct {
	mu sync.Mutex
	// last is when a component came, or was refused.
	last time.Time
	open *refusedTogether
}

// refusedTogether are components that are refused at about the same time.
type refusedTogether struct {
	members []refused
	told    chan struct{}
}

// refused is a component, and what tells its problems.
type refused struct {
	urn  resource.URN
	tell func()
}

// arrives notes that there is one more component to look at.
func (r *refusals) arrives() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = time.Now()
}

// hold returns when the refused component may answer, and whether it is the only one. With several, tell has been called for each:
// all their problems are out before the first answer ends the run.
func (r *refusals) hold(ctx context.Context, urn resource.URN, tell func()) (alone bool) {
	r.mu.Lock()
	if r.open == nil {
		r.open = &refusedTogether{told: make(chan struct{})}
		go r.close(r.open)
	}
	group := r.open
	group.members = append(group.members, refused{urn, tell})
	r.last = time.Now()
	r.mu.Unlock()
	select {
	case <-group.told:
		return len(group.members) == 1
	case <-ctx.Done():
		return true
	}
}

// close waits until nothing has come for a while, then lets every member of the group answer. They are told by name, so that a run says
// the same as the one before.
func (r *refusals) close(group *refusedTogether) {
	for end := time.Now().Add(heldAtMost); !r.closedIfQuiet(end); {
		time.Sleep(quietAfter / 10)
	}
	if len(group.members) > 1 {
		slices.SortFunc(group.members, func(a, b refused) int { return cmp.Compare(a.urn, b.urn) })
		for _, member := range group.members {
			member.tell()
		}
	}
	close(group.told)
}

func (r *refusals) closedIfQuiet(end time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Since(r.last) < quietAfter && time.Now().Before(end) {
		return false
	}
	r.open = nil
	return true
}

// together answers a refused component: with its problems when it is the only one, else with a word about what has been told.
func (r *refusals) together(ctx context.Context, urn resource.URN, err error) error {
	problems := problemsIn(urn, err)
	if problems == nil {
		return err
	}
	if r.hold(ctx, urn, func() { p.GetLogger(ctx).Error(problems.Error()) }) {
		return err
	}
	return errors.New("its arguments have problems, which are listed above")
}

// problemsIn reads the problems of the arguments out of an error of the protocol; nil when it is another error.
func problemsIn(urn resource.URN, err error) *plan.ComponentError {
	answer, ok := rpcerror.FromError(err)
	if !ok || len(answer.InputPropertiesErrors()) == 0 {
		return nil
	}
	problems := &plan.ComponentError{Type: string(urn.Type().Name()), Name: urn.Name()}
	for _, detail := range answer.InputPropertiesErrors() {
		problems.Problems = append(problems.Problems, plan.Problem{Path: plan.Path(detail.PropertyPath), What: detail.Reason})
	}
	return problems
}
