package clock_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/internal/clock"
)

type stopped struct{ at time.Time }

func (s stopped) Now() time.Time                             { return s.at }
func (s stopped) Sleep(context.Context, time.Duration) error { return nil }

func TestAContextBringsItsClock(t *testing.T) {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if got := clock.From(clock.With(context.Background(), stopped{at})).Now(); !got.Equal(at) {
		t.Errorf("the time is %s, not that of the clock in the context", got)
	}
	if got := clock.From(context.Background()).Now(); time.Since(got) > time.Minute {
		t.Errorf("without a clock in the context the time is that of the machine, not %s", got)
	}
}

func TestAWaitEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, d := range []time.Duration{0, time.Hour} {
		if err := clock.From(ctx).Sleep(ctx, d); !errors.Is(err, context.Canceled) {
			t.Errorf("waiting %s in a context that has ended: %v", d, err)
		}
	}
	if err := clock.From(ctx).Sleep(context.Background(), time.Millisecond); err != nil {
		t.Errorf("a wait that nobody ends: %v", err)
	}
}
