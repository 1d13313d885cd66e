package components

import (
	"fmt"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// shown is an output of a resource for a preview too in which the resource changes. azure-native 2.92.3 then takes every output for
// unknown, and each grant to a principal that nobody knows would be announced as replaced, which no deployment does. So Azure is
// asked, in a preview and only there, and only about what exists and stays: a resource that is made or replaced has no ID yet.
func (g *granter) shown(of pulumi.CustomResource, output pulumi.StringOutput, ask func(id string) string) pulumi.StringOutput {
	if !g.ctx.DryRun() || g.mocked() {
		return output
	}
	return of.ID().ToStringOutput().ApplyT(func(id string) pulumi.StringOutput {
		if result, err := internals.UnsafeAwaitOutput(g.ctx.Context(), output); err != nil || result.Known {
			return output
		}
		if now := ask(id); now != "" {
			return pulumi.String(now).ToStringOutput()
		}
		return output
	}).(pulumi.StringOutput)
}

// told is the principal of an identity that the cluster tells.
func (b *clusterBuilder) told(holder plan.Identity, principal pulumi.StringOutput) pulumi.StringOutput {
	return b.grants.shown(b.cluster, principal, func(id string) string { return b.clusterNow(id).Principals[holder] })
}

// clusterNow is what Azure answers about the cluster, asked once; nothing when it cannot be read.
type clusterNow struct {
	once sync.Once
	is   plan.ClusterIdentities
}

func (b *clusterBuilder) clusterNow(id string) plan.ClusterIdentities {
	b.now.once.Do(func() {
		scope, err := rbac.ParseScope(id)
		if err == nil {
			b.now.is, err = b.grants.clusterAt(id, scope)
		}
		if err != nil {
			_ = b.ctx.Log.Debug(b.grants.secrets.hide(fmt.Sprintf("%s could not be looked at: %v", id, err)), &pulumi.LogArgs{Resource: b.component})
		}
	})
	return b.now.is
}
