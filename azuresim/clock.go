package azuresim

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Clock is the time that a cloud lives in. Sleep returns the error of ctx when that ends first.
type Clock interface {
	Now() time.Time
	Sleep(ctx context.Context, d time.Duration) error
}

// Epoch is when a cloud begins, unless WithClock says otherwise.
var Epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// quiet is how long, in true time, nobody asks a simulated clock before it jumps to the end of the next wait.
const quiet = 5 * time.Millisecond

// SimulatedClock stands still while anybody works, and jumps to the end of the earliest wait as soon as everybody waits: hours
// cost milliseconds. Its waits end in the order of their times, so what runs at the same time takes as long as the longest.
type SimulatedClock struct {
	mu      sync.Mutex
	now     time.Time
	quiet   time.Duration
	waiting []*wait // by their ends
	jump    *time.Timer
}

// wait is one caller of Sleep.
type wait struct {
	end  time.Time
	over chan struct{}
}

// NewSimulatedClock makes a clock that shows start.
func NewSimulatedClock(start time.Time) *SimulatedClock {
	return &SimulatedClock{now: start, quiet: quiet}
}

// Patient makes the clock wait for a longer silence, in true time, before it jumps. The default of 5 ms suits a program that does
// little between its waits; who measures how long something takes in simulated time on a busy machine gives more.
func (c *SimulatedClock) Patient(quiet time.Duration) *SimulatedClock {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.quiet = quiet
	return c
}

// Now is the simulated time. To ask for it is a sign of life: the clock does not jump right after it.
func (c *SimulatedClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.listen()
	return c.now
}

// Sleep waits until the clock shows d more than now.
func (c *SimulatedClock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil || d <= 0 {
		return err
	}
	w := c.add(d)
	select {
	case <-w.over:
		return nil
	case <-ctx.Done():
		c.giveUp(w)
		return ctx.Err()
	}
}

// Advance puts the clock forward. Waits that end meanwhile are over.
func (c *SimulatedClock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d > 0 {
		c.moveTo(c.now.Add(d))
	}
}

func (c *SimulatedClock) add(d time.Duration) *wait {
	c.mu.Lock()
	defer c.mu.Unlock()
	w := &wait{end: c.now.Add(d), over: make(chan struct{})}
	at, _ := slices.BinarySearchFunc(c.waiting, w.end, func(w *wait, end time.Time) int {
		if w.end.After(end) {
			return 1
		}
		return -1
	})
	c.waiting = slices.Insert(c.waiting, at, w)
	c.listen()
	return w
}

func (c *SimulatedClock) giveUp(w *wait) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting = slices.DeleteFunc(c.waiting, func(other *wait) bool { return other == w })
}

// listen begins to wait for silence anew.
func (c *SimulatedClock) listen() {
	if len(c.waiting) == 0 {
		return
	}
	if c.jump == nil {
		c.jump = time.AfterFunc(c.quiet, c.next)
		return
	}
	c.jump.Reset(c.quiet)
}

// next jumps to the end of the earliest wait.
func (c *SimulatedClock) next() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.waiting) > 0 {
		c.moveTo(c.waiting[0].end)
		c.listen()
	}
}

func (c *SimulatedClock) moveTo(t time.Time) {
	c.now = t
	for len(c.waiting) > 0 && !c.waiting[0].end.After(t) {
		close(c.waiting[0].over)
		c.waiting = c.waiting[1:]
	}
}

// WithClock lets the cloud live in another time than that of its own, which begins at Epoch and passes only while somebody waits
// for it: one that several clouds share, or that of the machine.
func WithClock(clock Clock) Option { return func(c *Cloud) { c.clock = clock } }

// Clock is the time that the cloud lives in. A program under test that waits for something in Azure has to wait on it; package
// simtest sees to that.
func (c *Cloud) Clock() Clock { return c.clock }

// timestamp is a time as ARM writes it.
func timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.0000000Z") }
