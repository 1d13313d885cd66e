package run_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/internal/run"
)

type nobody struct{}

func (nobody) NewResource(pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	return "", nil, nil
}
func (nobody) Call(pulumi.MockCallArgs) (resource.PropertyMap, error) { return nil, nil }

func contextOf(t *testing.T) *pulumi.Context {
	t.Helper()
	var made *pulumi.Context
	if err := pulumi.RunErr(func(ctx *pulumi.Context) error { made = ctx; return nil }, pulumi.WithMocks("p", "s", nobody{})); err != nil {
		t.Fatal(err)
	}
	return made
}

// TestComponentsOfOneContextAreInOneRun: and those of another context, or of a context that belongs elsewhere, are not.
func TestComponentsOfOneContextAreInOneRun(t *testing.T) {
	one, other, served := contextOf(t), contextOf(t), &run.Run{}
	if first, again := run.Of(one), run.Of(one); first != again {
		t.Error("one context is two runs")
	}
	if run.Of(one) == run.Of(other) {
		t.Error("two contexts are one run")
	}
	first := run.Of(one).Value("key", func() any { return new(int) })
	if again := run.Of(one).Value("key", func() any { t.Error("it is made twice"); return nil }); again != first {
		t.Error("a value does not stay")
	}
	within, err := pulumi.NewContext(run.With(context.Background(), served), pulumi.RunInfo{Mocks: nobody{}})
	if err != nil {
		t.Fatal(err)
	}
	if run.Of(within) != served {
		t.Error("what was said about a context is not heeded")
	}
}

// TestARunIsForgottenWithItsContext: a tool that runs programs all day keeps none of them.
func TestARunIsForgottenWithItsContext(t *testing.T) {
	gone := make(chan struct{})
	func() {
		ctx := contextOf(t)
		kept := run.Of(ctx).Value("key", func() any { return new([64]byte) }).(*[64]byte)
		runtime.AddCleanup(kept, func(struct{}) { close(gone) }, struct{}{})
	}()
	for range 50 {
		runtime.GC()
		select {
		case <-gone:
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
	t.Error("it is still there")
}

// TestAProviderRemembersTheRunsThatItServes: as long as there are not too many.
func TestAProviderRemembersTheRunsThatItServes(t *testing.T) {
	var runs run.Runs
	first := runs.Called("first")
	for i := range 15 {
		if runs.Called(fmt.Sprint(i)) == first {
			t.Error("two names are one run")
		}
	}
	if runs.Called("first") != first {
		t.Error("it is forgotten too early")
	}
	runs.Called("one more")
	if runs.Called("first") == first {
		t.Error("it is never forgotten")
	}
}
