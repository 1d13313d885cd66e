package provider

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	perrors "github.com/pulumi/pulumi/sdk/v3/go/pulumi/errors"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// withPaths turns problems of the arguments into the error that the protocol has for them: the engine prints each with its
// property path, in every language. Other errors stay as they are.
func withPaths(err error) error {
	var problems plan.Problems
	if !errors.As(err, &problems) {
		return err
	}
	// The engine names the component itself.
	heading, _, _ := strings.Cut(problems.Error(), "\n")
	out := perrors.NewInputPropertiesError(heading)
	for _, problem := range problems {
		out = out.WithDetails(perrors.InputPropertyErrorDetails{PropertyPath: string(problem.Path), Reason: reason(problem)})
	}
	return out
}

// reason is a problem without its path.
func reason(problem plan.Problem) string {
	text := problem.What
	if problem.Code != "" {
		text += " (Azure: " + problem.Code + ")"
	}
	if problem.Fix != "" {
		text += " Fix: " + problem.Fix
	}
	return text
}

type construct = func(context.Context, p.ConstructRequest) (p.ConstructResponse, error)

// guarded refuses arguments of the wrong shape before a constructor sees them, and turns a panic into an error: one program's
// mistake must not end the process that serves others.
func guarded(shapes *shapes, next construct) construct {
	refused := &refusals{}
	return func(ctx context.Context, req p.ConstructRequest) (p.ConstructResponse, error) {
		refused.arrives()
		response, err := checked(ctx, req, shapes, next)
		// An engine says how many operations it runs at once; whoever asks without one has no other components.
		if err != nil && req.Parallel > 0 {
			err = refused.together(ctx, req.Urn, err)
		}
		return response, withoutValues(err, req.Inputs)
	}
}

func checked(ctx context.Context, req p.ConstructRequest, shapes *shapes, next construct) (response p.ConstructResponse, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("%s %q: internal error, please report it at "+
				"https://github.com/aksidentity/pulumi-aksidentity/issues: %v\n%s", req.Urn.Type(), req.Urn.Name(), cause, debug.Stack())
		}
	}()
	inputs, problems := shapes.check(string(req.Urn.Type()), req.Inputs)
	if err := problems.Err(); err != nil {
		return p.ConstructResponse{}, rpcerror.WrapDetailedError(withPaths(err))
	}
	req.Inputs = inputs
	response, err = next(ctx, req)
	return response, ofArguments(err)
}

// ofArguments is an error that an argument which came late is the cause of as those are that are told at once. The SDK says in front of
// it which property of which resource it was waiting for, and that is another one each time (v3.259.0, marshalInputs).
func ofArguments(err error) error {
	var late *plan.ComponentError
	if !errors.As(err, &late) {
		return err
	}
	return rpcerror.WrapDetailedError(withPaths(late))
}
