package components_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// TestAccessors reads single values out of the components' maps and lists, as programs do that pass them on.
func TestAccessors(t *testing.T) {
	cloud := azuresim.New()
	args := everything(cloud)
	up := must(t, "up", simtest.New(t, func(ctx *pulumi.Context) error {
		c, err := components.NewManagedIdentityCluster(ctx, "aks", args)
		if err != nil {
			return err
		}
		addon := func(key string) components.IdentityRecordOutput {
			return c.AddonIdentities.MapIndex(pulumi.String(key))
		}
		made, planned := c.Grants.Index(pulumi.Int(0)), c.PlannedGrants.Index(pulumi.Int(0))
		for name, output := range map[string]pulumi.StringOutput{
			"principal": addon("webAppRouting").PrincipalID(), "principal in another letter case": addon("WEBAPPROUTING").PrincipalID(),
			"client": addon("webAppRouting").ClientID(), "resource": addon("webAppRouting").ResourceID(),
			"holder": made.PrincipalID(), "role": made.Role(), "scope": made.Scope(), "reason": made.Reason(), "assignment": made.AssignmentID(),
			"name": made.Name(), "identity": made.Identity(),
			"planned name": planned.Name(), "planned identity": planned.Identity(), "planned role": planned.Role(), "planned on": planned.On(),
			"planned reason": planned.Reason(), "planned phase": planned.Phase(),
		} {
			ctx.Export("some "+name, output)
		}
		ctx.Export("none: an add-on that is off", addon("omsagent").PrincipalID())
		ctx.Export("none: after the last grant", c.Grants.Index(pulumi.Int(1000)).Name())
		ctx.Export("none: before the first", c.PlannedGrants.Index(pulumi.Int(-1)).Name())
		return nil
	}, simtest.WithCloud(cloud)).Up())
	outputs := 0
	for name, value := range up.Outputs {
		outputs++
		if text := simtest.Plain(value); (text == "") != (name[:4] == "none") {
			t.Errorf("%s: %q", name, text)
		}
	}
	if outputs != 20 {
		t.Errorf("%d outputs, want 20", outputs)
	}
	documented, _ := up.Output("some principal")
	if shouted, _ := up.Output("some principal in another letter case"); documented != shouted {
		t.Errorf("webAppRouting is %v, WEBAPPROUTING is %v", documented, shouted)
	}
}
