package components

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// lateTogether is for how long a problem of an argument that came late waits for the other arguments. In another language all have come
// by then; in a Go program one of them may come out of a cluster that takes half an hour.
const lateTogether = 5 * time.Second

// lateProblems find what is wrong with arguments that came late. Each of them fails resources of its own, and Pulumi tells one error
// only, whichever is first: so each error tells all of them, and it is the same whoever tells it.
type lateProblems struct {
	checks []lateCheck
	// built is closed once all children have been asked for: then there is no further check.
	built chan struct{}
}

// lateCheck judges arguments that have come; what has not is no problem. The claims are those of the checks before it.
type lateCheck func(ctx context.Context, claims *claims) plan.Problems

// all are the problems of all arguments that have come, by path.
func (l *lateProblems) all(ctx context.Context) (all plan.Problems) {
	ctx, cancel := context.WithTimeout(ctx, lateTogether)
	defer cancel()
	select {
	case <-l.built:
	case <-ctx.Done():
		return nil
	}
	claims := &claims{}
	for _, check := range l.checks {
		all = append(all, check(ctx, claims)...)
	}
	return all
}

// with is the problems of one late argument together with those of the others, without those that are told twice.
func (l *lateProblems) with(ctx context.Context, problems plan.Problems) plan.Problems {
	all := slices.Concat(problems, l.all(ctx))
	slices.SortStableFunc(all, plan.Problem.Compare)
	return slices.Compact(all)
}

// grantCheck judges the ID and the principal of a grant, as far as arguments give them.
func (g *granter) grantCheck(grant plan.Grant, id, principal pulumi.StringInput) lateCheck {
	argument, given := g.arguments[grant.Identity]
	return func(ctx context.Context, claims *claims) plan.Problems {
		// What no argument names is the same for all grants of the identity.
		holder, known := grant.Identity.String(), true
		var problems plan.Problems
		if given {
			if holder, known = g.arrived(ctx, principal); known {
				problems = problemsOf(plan.CheckPrincipalID(argument, holder))
			}
		}
		text, come := g.arrived(ctx, id)
		if !come {
			return problems
		}
		resolved, err := grant.Resolve(text, cmp.Or(holder, grant.Identity.String()))
		if err == nil && known {
			err = claims.take(resolved, holder, grant)
		}
		return append(problems, problemsOf(err)...)
	}
}

// problemsOf are the problems in an error; none when it is another one, as that of a role which is not generated yet.
func problemsOf(err error) (problems plan.Problems) {
	errors.As(err, &problems)
	return problems
}

// arrived is a late text, when it is there in time. What is secret in it is learned.
func (g *granter) arrived(ctx context.Context, in pulumi.StringInput) (string, bool) {
	value, come := g.come(ctx, in.ToStringOutput())
	text, isText := value.(string)
	return text, come && isText
}

// come is a late value, when it is there in time. What is secret in it is learned.
func (g *granter) come(ctx context.Context, in pulumi.Output) (any, bool) {
	var value any
	var known bool
	come := make(chan struct{})
	go func() { // it waits for the value, whatever becomes of ctx (SDK v3.259.0, OutputState.awaitOnce)
		defer close(come)
		result, err := internals.UnsafeAwaitOutput(ctx, in)
		if err == nil && result.Known {
			g.learn(in)
			value, known = result.Value, true
		}
	}()
	select {
	case <-come:
		return value, known
	case <-ctx.Done():
		return nil, false
	}
}
