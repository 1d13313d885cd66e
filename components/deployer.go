package components

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// longestLook bounds how long all questions about the deployer's rights may take together. What is not answered by then is not known.
const longestLook = 20 * time.Second

// deployerCheck looks, once and right before the first resource of the component is made, whether whoever deploys has the rights that
// the plan takes (docs/decisions/0012-the-deployers-rights.md). Nothing is asked in a deployment that makes nothing.
type deployerCheck struct {
	*granter
	rights plan.DeployerRights
	// who deploys, as the provider says.
	who   *authorization.GetClientConfigResult
	once  sync.Once
	found string
}

// checkingDeployer binds the look to every resource of the component. It takes hooks, and so an engine that has them and a caller who
// wants any. A component that exists in part is not looked at: what remains to be made may take less than the plan.
//
// The engine is asked here and not in the hook: both questions may make it start a provider, for which it has no worker left
// while its only one waits for the hook (--parallel 1). Asking for the token there starts none: the provider is the one asked here.
func (g *granter) checkingDeployer(asked *bool, decided plan.Plan) error {
	if asked != nil && !*asked || g.hooks == nil || g.begun() {
		return nil
	}
	check := &deployerCheck{granter: g, rights: plan.DeployerActions(decided)}
	var err error
	if check.who, err = authorization.GetClientConfig(g.ctx, pulumi.Parent(g.component)); err != nil {
		check.unknown("who deploys", err)
		return nil //nolint:nilerr // then nobody can tell what is missing
	}
	hook, err := g.ctx.RegisterResourceHook("rights to deploy "+g.name+" ("+unique()+")", check.before, &pulumi.ResourceHookOptions{OnDryRun: true})
	if err != nil {
		return err
	}
	g.first = &pulumi.ResourceHookBinding{BeforeCreate: []*pulumi.ResourceHook{hook}}
	return nil
}

var errSaidAlready = errors.New("nothing is made: whoever deploys lacks rights, as the error of another resource of the component says")

// before keeps the first resource from being made when rights are missing. A preview only warns: whoever previews need not be
// whoever deploys.
func (c *deployerCheck) before(*pulumi.ResourceHookArgs) error {
	first := false
	c.once.Do(func() { first, c.found = true, c.look() })
	switch {
	case c.found == "":
		return nil
	case !first:
		return c.unlessPreview(errSaidAlready)
	case c.ctx.DryRun():
		return c.ctx.Log.Warn(c.found, &pulumi.LogArgs{Resource: c.component})
	default:
		return errors.New("\n" + c.found)
	}
}

func (c *deployerCheck) unlessPreview(err error) error {
	if c.ctx.DryRun() {
		return nil
	}
	return err
}

// look is what to say about missing rights; empty when nothing is known to be missing.
func (c *deployerCheck) look() string {
	ctx, stop := context.WithTimeout(c.ctx.Context(), longestLook)
	defer stop()
	token, err := authorization.GetClientToken(c.ctx, &authorization.GetClientTokenArgs{}, pulumi.Parent(c.component))
	if err != nil {
		return c.unknown("the token of whoever deploys", err)
	}
	azure, err := resourceManager(token.Token)
	if err != nil {
		return c.unknown("Azure Resource Manager", err)
	}
	missing := c.rights.Missing(c.who.SubscriptionId, func(scope rbac.Scope) ([]rbac.Permissions, bool) {
		held, err := azure.permissions(ctx, scope)
		if err != nil {
			c.unknown("what whoever deploys may do on "+scope.String(), err)
		}
		return held, err == nil
	})
	if len(missing) == 0 {
		return ""
	}
	return c.secrets.hide(plan.ExplainMissing(c.who.ObjectId, missing))
}

// unknown tells who looks for it why nothing was found missing.
func (c *deployerCheck) unknown(what string, err error) string {
	text := fmt.Sprintf("%s is not known, so nothing is said about it: %v", what, err)
	_ = c.ctx.Log.Debug(c.secrets.hide(text), &pulumi.LogArgs{Resource: c.component})
	return ""
}

// begun tells whether a resource of the component is in the state.
func (g *granter) begun() bool {
	resources, _ := g.stackResources(g.ctx.Context())
	for text := range resources {
		if g.isOurs(urn.URN(text)) {
			return true
		}
	}
	return false
}
