package provider

import (
	"context"

	p "github.com/pulumi/pulumi-go-provider"

	"github.com/aksidentity/pulumi-aksidentity/internal/run"
)

// inRuns lets the components of one program know of each other, each of which is constructed in a context of its own: an engine has an
// address for each run.
func inRuns(next construct) construct {
	runs := &run.Runs{}
	return func(ctx context.Context, req p.ConstructRequest) (p.ConstructResponse, error) {
		return next(run.With(ctx, runs.Called(req.MonitorEndpoint)), req)
	}
}
