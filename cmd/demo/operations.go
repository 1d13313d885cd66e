package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optdestroy"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optpreview"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optrefresh"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
)

// changes are how many resources an operation has to change, by Pulumi's name for the change; what stays the same is not
// counted. nil stands for any changes, an empty value for none.
type changes map[string]int

// Pulumi's own list of outputs is left out everywhere: it has lines of any length, and the demo shows the outputs itself.

// preview returns the grants that the program would make.
func (a act) preview(ctx context.Context) ([]plannedGrant, error) {
	out := fold(a.progress)
	seen := listen()
	_, err := a.stack.Preview(ctx, optpreview.ProgressStreams(out), optpreview.Color(a.color), optpreview.SuppressOutputs(),
		optpreview.EventStreams(seen.events))
	if err := errors.Join(err, out.Close()); err != nil {
		return nil, fmt.Errorf("pulumi preview: %w", err)
	}
	return plannedIn(seen.all()), nil
}

func (a act) up(ctx context.Context, want changes) (auto.OutputMap, error) {
	out := fold(a.progress)
	result, err := a.stack.Up(ctx, optup.ProgressStreams(out), optup.Color(a.color), optup.SuppressOutputs())
	err = errors.Join(err, out.Close())
	if err == nil {
		err = want.check(result.Summary)
	}
	if err != nil {
		return nil, fmt.Errorf("pulumi up: %w", err)
	}
	return result.Outputs, nil
}

func (a act) refresh(ctx context.Context, want changes) error {
	out := fold(a.progress)
	result, err := a.stack.Refresh(ctx, optrefresh.ProgressStreams(out), optrefresh.Color(a.color), optrefresh.SuppressOutputs())
	err = errors.Join(err, out.Close())
	if err == nil {
		err = want.check(result.Summary)
	}
	if err != nil {
		return fmt.Errorf("pulumi refresh: %w", err)
	}
	return nil
}

func (a act) destroy(ctx context.Context) error {
	out := fold(a.progress)
	_, err := a.stack.Destroy(ctx, optdestroy.ProgressStreams(out), optdestroy.Color(a.color), optdestroy.SuppressOutputs())
	if err := errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("pulumi destroy: %w", err)
	}
	return nil
}

// check is an error when an operation changed something else than was wanted, or knows no resources at all.
func (want changes) check(summary auto.UpdateSummary) error {
	if want == nil {
		return nil
	}
	if summary.ResourceChanges == nil {
		return errors.New("the engine reported no change summary")
	}
	got := *summary.ResourceChanges
	if got["same"] == 0 {
		return errors.New("it knows no resources at all")
	}
	for operation, count := range got {
		if operation != "same" && count != want[operation] {
			return fmt.Errorf("it should change %v, but the change summary is %v", want, got)
		}
	}
	for operation, count := range want {
		if got[operation] != count {
			return fmt.Errorf("it should change %v, but the change summary is %v", want, got)
		}
	}
	return nil
}
