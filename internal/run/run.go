// Package run tells which components belong to one run of a program: what one of them has begun, another may have to wait for.
//
// A Go program has one Pulumi context for all its components:
//
//	chains := run.Of(ctx).Value(key{}, func() any { return &chains{} }).(*chains)
//
// A provider makes one for each component that it serves, and says which belong together:
//
//	var runs run.Runs
//	ctx = run.With(ctx, runs.Called(request.MonitorEndpoint))
//
// It keeps no program from being collected, and nothing of it is written anywhere.
package run

import (
	"context"
	"runtime"
	"sync"
	"weak"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Run is one run of a program. The zero Run is ready.
type Run struct {
	mu     sync.Mutex
	values map[any]any
}

// Value is what the components of the run have in common under a key, made by the first that asks.
func (r *Run) Value(key any, first func() any) any {
	r.mu.Lock()
	defer r.mu.Unlock()
	if value, there := r.values[key]; there {
		return value
	}
	if r.values == nil {
		r.values = map[any]any{}
	}
	r.values[key] = first()
	return r.values[key]
}

type contextKey struct{}

// With is a context whose components belong to the run.
func With(ctx context.Context, r *Run) context.Context {
	return context.WithValue(ctx, contextKey{}, r)
}

// Of is the run that components of the context belong to.
func Of(ctx *pulumi.Context) *Run {
	if said, ok := ctx.Value(contextKey{}).(*Run); ok {
		return said
	}
	return byContext.of(ctx)
}

// byContext are the runs of programs that are under way: Pulumi's context (SDK v3.259.0) keeps nothing of others.
var byContext contexts

type contexts struct {
	mu   sync.Mutex
	runs map[weak.Pointer[pulumi.Context]]*Run
}

func (c *contexts) of(ctx *pulumi.Context) *Run {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := weak.Make(ctx)
	if known, there := c.runs[key]; there {
		return known
	}
	if c.runs == nil {
		c.runs = map[weak.Pointer[pulumi.Context]]*Run{}
	}
	c.runs[key] = &Run{}
	runtime.AddCleanup(ctx, c.forget, key)
	return c.runs[key]
}

func (c *contexts) forget(key weak.Pointer[pulumi.Context]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.runs, key)
}

// mostCalled is how many runs are remembered. One process serves one run, or a few when somebody attaches to it.
const mostCalled = 16

// Runs are those that a provider serves at the same time. The zero Runs is ready.
type Runs struct {
	mu     sync.Mutex
	runs   map[string]*Run
	oldest []string
}

// Called is the run with a name that no other has at the same time, as the address of the engine that asks.
func (n *Runs) Called(name string) *Run {
	n.mu.Lock()
	defer n.mu.Unlock()
	if known, there := n.runs[name]; there {
		return known
	}
	if n.runs == nil {
		n.runs = map[string]*Run{}
	}
	if len(n.oldest) == mostCalled {
		delete(n.runs, n.oldest[0])
		n.oldest = n.oldest[1:]
	}
	n.runs[name], n.oldest = &Run{}, append(n.oldest, name)
	return n.runs[name]
}
