package azuresim_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func TestWhatRunsAtTheSameTimeTakesAsLongAsTheLongest(t *testing.T) {
	clock := sim.NewSimulatedClock(sim.Epoch).Patient(20 * time.Millisecond)
	var all sync.WaitGroup
	for _, d := range []time.Duration{time.Minute, 10 * time.Minute, 3 * time.Minute} {
		all.Add(1)
		go func() {
			defer all.Done()
			if err := clock.Sleep(ctx, d); err != nil {
				t.Error(err)
			}
		}()
	}
	all.Wait()
	if passed := clock.Now().Sub(sim.Epoch); passed != 10*time.Minute {
		t.Errorf("%s passed, not 10 minutes", passed)
	}
}

func TestWaitsEndInTheOrderOfTheirTimes(t *testing.T) {
	clock := sim.NewSimulatedClock(sim.Epoch).Patient(20 * time.Millisecond)
	var mu sync.Mutex
	var ended []time.Duration
	var all sync.WaitGroup
	for _, d := range []time.Duration{3 * time.Hour, time.Hour, 2 * time.Hour} {
		all.Add(1)
		go func() {
			defer all.Done()
			_ = clock.Sleep(ctx, d)
			mu.Lock()
			defer mu.Unlock()
			ended = append(ended, clock.Now().Sub(sim.Epoch))
		}()
	}
	all.Wait()
	for i, at := range ended {
		if at != time.Duration(i+1)*time.Hour {
			t.Fatalf("the waits ended at %v", ended)
		}
	}
}

func TestAWaitOnASimulatedClockEndsEarly(t *testing.T) {
	clock := sim.NewSimulatedClock(sim.Epoch).Patient(time.Hour)
	canceled, cancel := context.WithCancel(ctx)
	done := make(chan error)
	go func() { done <- clock.Sleep(canceled, time.Minute) }()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("a wait that its caller gave up: %v", err)
	}
	go func() { done <- clock.Sleep(ctx, time.Minute) }()
	for waited := false; !waited; {
		clock.Advance(time.Minute)
		select {
		case err := <-done:
			waited = true
			if err != nil {
				t.Errorf("a wait that is over since the clock was put forward: %v", err)
			}
		default:
		}
	}
	if err := clock.Sleep(ctx, 0); err != nil {
		t.Errorf("no wait: %v", err)
	}
}

func TestNoTimePassesUnlessSomebodyWaits(t *testing.T) {
	w := newWorld(t)
	w.must(groupID("other"), object{"location": location})
	if now := w.Clock().Now(); !now.Equal(sim.Epoch) {
		t.Errorf("it is %s", now)
	}
}
