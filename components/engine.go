package components

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// hooksSince is the first Pulumi CLI that asks an error hook about every failed operation (pulumi/pulumi CHANGELOG, 3.244.0 of
// 2026-05-28, #23347). From 3.217.0 (2026-01-23, #21291) on it knows error hooks, and asks them only about what Azure has accepted,
// which is never tried again here. An older one fails the registration of every resource that names a hook, when others are made
// already. The question for the version exists since 3.216.0 (#21429). All read 2026-11-26.
const hooksSince = "3.244.0"

// takesHooks tells whether the engine serves hooks as we need them; reason says why not. Under mocks there is no engine.
func takesHooks(ctx *pulumi.Context) (takes bool, reason error) {
	if ctx.RunningWithMocks() {
		return false, nil
	}
	reason = ctx.RequirePulumiVersion(">=" + hooksSince)
	return reason == nil, reason
}

// warnOfNoWaiting: without hooks a deployment works, unless Azure refuses something because a grant is too young.
func (g *granter) warnOfNoWaiting(reason error, grants []plan.Grant) error {
	if reason == nil || len(grants) == 0 {
		return nil
	}
	return g.ctx.Log.Warn(fmt.Sprintf("This deployment does not wait until permissions take effect: that needs Pulumi CLI %s or later (%v). "+
		"When Azure refuses an operation for lack of a permission that has just been granted, run the deployment again. "+
		"propagation.timeoutSeconds: 0 says that this is as you want it.", hooksSince, reason), &pulumi.LogArgs{Resource: g.component})
}
