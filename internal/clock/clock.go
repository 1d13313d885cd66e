// Package clock lets a program run on another time than that of the machine: a test that waits ten minutes for a grant does not
// take ten minutes.
package clock

import (
	"context"
	"time"
)

// Clock tells the time, and waits.
type Clock interface {
	Now() time.Time
	// Sleep waits for d, or until ctx ends; then it returns the error of ctx. It does not wait when d is not positive.
	Sleep(ctx context.Context, d time.Duration) error
}

type contextKey struct{}

// With puts a clock into a context.
func With(ctx context.Context, c Clock) context.Context {
	return context.WithValue(ctx, contextKey{}, c)
}

// From is the clock of a context, else that of the machine.
func From(ctx context.Context) Clock {
	if c, ok := ctx.Value(contextKey{}).(Clock); ok {
		return c
	}
	return Machine()
}

// Machine is the time of the machine.
func Machine() Clock { return machine{} }

type machine struct{}

func (machine) Now() time.Time { return time.Now() }

func (machine) Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
