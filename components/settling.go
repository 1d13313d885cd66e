package components

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"

	"github.com/aksidentity/pulumi-aksidentity/internal/clock"
)

// defaultSettle is how old a grant is before others build on it. Microsoft says that an assignment can take up to 10 minutes (Azure
// RBAC troubleshooting) and, for the identities of a cluster, up to 60 (AKS, use a managed identity; both read 2026-08). It is
// shorter than a cluster takes to make, about 4 minutes, so grants that are made before a cluster cost no wait.
const defaultSettle = 3 * time.Minute

// settling says how old a grant has to be before it is taken to work; zero waits for nothing.
type settling struct {
	// enough is for what is added.
	enough time.Duration
	// replacing is for what takes the place of a right that works: too early, and a cluster that works stops.
	replacing time.Duration
}

func (a *PropagationArgs) settling() settling {
	timeout := newPropagationWait(a, nil).timeout
	enough := defaultSettle
	switch {
	case a != nil && a.SettleSeconds != nil:
		enough = time.Duration(*a.SettleSeconds) * time.Second
	case timeout == 0:
		enough = 0 // whoever does not wait at all does not wait for this either
	}
	if enough == 0 {
		return settling{}
	}
	return settling{enough: enough, replacing: max(enough, timeout)}
}

// settles tells whether this deployment waits for the age of grants. A preview makes none, and those of a mock have no age.
func (g *granter) settles() bool {
	return g.settling.enough > 0 && !g.ctx.DryRun() && !g.mocked()
}

// birthsOf are the times at which Azure made the assignments, as it writes them.
func birthsOf(made []madeGrant) pulumi.StringArrayOutput {
	births := make([]pulumi.StringInput, len(made))
	for i, m := range made {
		births[i] = m.Assignment.CreatedOn
	}
	return textsOf(births...)
}

// namesOfAssignments are their GUIDs.
func namesOfAssignments(made []madeGrant) pulumi.StringArrayOutput {
	names := make([]pulumi.StringInput, len(made))
	for i, m := range made {
		names[i] = m.Assignment.Name
	}
	return textsOf(names...)
}

// settled waits, once everything is there, until all assignments are old enough to work. It holds up nothing but what takes the output.
func (g *granter) settled(there pulumi.BoolOutput, made []madeGrant) pulumi.BoolOutput {
	return pulumi.All(there, birthsOf(made), namesOfAssignments(made)).ApplyTWithContext(g.ctx.Context(),
		func(ctx context.Context, parts []any) (bool, error) {
			births, names := parts[1].([]string), parts[2].([]string)
			enough := g.settling.enough
			if g.young(births, g.settling.replacing) > 0 && (g.switched.Load() || g.takesAway(names)) {
				enough = g.settling.replacing
			}
			return true, g.settle(ctx, births, enough)
		}).(pulumi.BoolOutput)
}

// settle waits until everything that was made at the times is old enough.
func (g *granter) settle(ctx context.Context, births []string, enough time.Duration) error {
	wait := g.young(births, enough)
	if wait <= 0 {
		return ctx.Err()
	}
	text := fmt.Sprintf("Waiting %s until the newest grant works (argument propagation).", wait.Round(time.Second))
	if err := g.ctx.Log.Info(text, &pulumi.LogArgs{Resource: g.component, Ephemeral: true}); err != nil {
		return err
	}
	return clock.From(g.ctx.Context()).Sleep(ctx, wait)
}

// young is how long the youngest still has to wait, at most the whole time: the clocks of Azure and of this machine may differ. What
// says not when it was made counts as made now.
func (g *granter) young(births []string, enough time.Duration) (wait time.Duration) {
	now := clock.From(g.ctx.Context()).Now()
	for _, text := range births {
		born, err := time.Parse(time.RFC3339, text)
		if err != nil {
			g.unreadable.Do(func() { g.warnOfAge(text) })
			born = now
		}
		wait = max(wait, min(enough, enough-now.Sub(born)))
	}
	return wait
}

func (g *granter) warnOfAge(text string) {
	g.warn(fmt.Sprintf("Azure does not say when a grant was made (createdOn is %q), so each deployment waits as if it were new. "+
		"propagation.settleSeconds: 0 switches that off; pulumi refresh reads the time again.", text))
}

// takesAway tells whether the deployment removes assignments of the component: what was deployed is neither among those of now, nor
// forgotten. Where the state cannot be read, nothing is known to go.
func (g *granter) takesAway(now []string) bool {
	kept := map[string]bool{}
	for _, name := range now {
		kept[strings.ToLower(name)] = true
	}
	for name, of := range g.deployedAssignments().resources {
		if !kept[name] && g.isOurs(of) {
			return true
		}
	}
	return false
}

// textsThere are the texts of an output that resources bring which are there already: in a hook of what depends on them.
func (g *granter) textsThere(texts pulumi.StringArrayOutput) ([]string, error) {
	result, err := internals.UnsafeAwaitOutput(g.ctx.Context(), texts)
	if err != nil || !result.Known {
		return nil, err
	}
	values, _ := result.Value.([]string)
	return values, nil
}
