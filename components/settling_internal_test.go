package components

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/internal/clock"
)

type noMocks struct{}

func (noMocks) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	return args.Name, args.Inputs, nil
}

func (noMocks) Call(pulumi.MockCallArgs) (resource.PropertyMap, error) { return nil, nil }

// TestTheAgeOfTheYoungestGrantCounts, by the time that Azure tells.
func TestTheAgeOfTheYoungestGrantCounts(t *testing.T) {
	ago := func(d time.Duration) string {
		return clock.Machine().Now().Add(-d).UTC().Format("2006-01-02T15:04:05.0000000Z")
	}
	const enough = 3 * time.Minute
	for _, tc := range []struct {
		name, reason string
		births       []string
		want         time.Duration
	}{
		{"no grants", "there is nothing to wait for", nil, 0},
		{"old", "it works by now", []string{ago(time.Hour)}, 0},
		{"young", "the rest of the time is left", []string{ago(time.Hour), ago(time.Minute)}, 2 * time.Minute},
		{"from the future", "the clocks differ, and nobody waits for longer than was asked for", []string{ago(-time.Hour)}, enough},
		{"unreadable", "what does not say when it was made counts as new", []string{"yesterday"}, enough},
		{"absent", "what does not say when it was made counts as new", []string{""}, enough},
	} {
		t.Run(tc.name, func(t *testing.T) {
			err := pulumi.RunErr(func(ctx *pulumi.Context) error {
				got := newGranter(ctx, nil, "", "", nil).young(tc.births, enough).Round(time.Second)
				if got = max(got, 0); got != tc.want {
					t.Errorf("%s: want %s, got %s", tc.reason, tc.want, got)
				}
				return nil
			}, pulumi.WithMocks("project", "stack", noMocks{}))
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestAnUnreadableAgeIsTold once, with the way out.
func TestAnUnreadableAgeIsTold(t *testing.T) {
	var mu sync.Mutex
	var said []string
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		g := newGranter(ctx, nil, "", "", nil)
		g.warn = func(text string) {
			mu.Lock()
			defer mu.Unlock()
			said = append(said, text)
		}
		g.young([]string{"yesterday", ""}, time.Minute)
		return nil
	}, pulumi.WithMocks("project", "stack", noMocks{}))
	if err != nil || len(said) != 1 || !strings.Contains(said[0], `"yesterday"`) || !strings.Contains(said[0], "settleSeconds: 0") {
		t.Errorf("%v, %q", err, said)
	}
}
