package components_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestARenameThatStopsHalfwayLosesNothing: a component gets another name or another parent, and the deployment fails before it has come
// to all children. The next one goes on where it stopped: nothing is made anew, and nothing is deleted.
func TestARenameThatStopsHalfwayLosesNothing(t *testing.T) {
	owned := func(ctx *pulumi.Context) (pulumi.Resource, error) {
		var own pulumi.ResourceState
		return &own, ctx.RegisterComponentResource("acme:index:Platform", "platform", &own)
	}
	for _, tc := range []struct {
		name, reason, called string
		options              func(*pulumi.Context) ([]pulumi.ResourceOption, error)
	}{
		{"another name", "the alias says the former name", "store", func(*pulumi.Context) ([]pulumi.ResourceOption, error) {
			return []pulumi.ResourceOption{pulumi.Aliases([]pulumi.Alias{{Name: pulumi.String("shop")}})}, nil
		}},
		{"another parent", "the alias says that there was none", "shop", func(ctx *pulumi.Context) ([]pulumi.ResourceOption, error) {
			own, err := owned(ctx)
			return []pulumi.ResourceOption{pulumi.Parent(own), pulumi.Aliases([]pulumi.Alias{{NoParent: pulumi.Bool(true)}})}, err
		}},
		{"both by URN", "the alias is all of it", "store", func(ctx *pulumi.Context) ([]pulumi.ResourceOption, error) {
			own, err := owned(ctx)
			urn := pulumi.URN("urn:pulumi:test::simtest::" + components.ManagedIdentityClusterToken + "::shop")
			return []pulumi.ResourceOption{pulumi.Parent(own), pulumi.Aliases([]pulumi.Alias{{URN: urn}})}, err
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			subnet := pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))
			run := func(name string, tags pulumi.StringMap, options func(*pulumi.Context) ([]pulumi.ResourceOption, error)) pulumi.RunFunc {
				return func(ctx *pulumi.Context) error {
					args := smallest()
					args.Identity, args.Tags = &components.ClusterIdentityArgs{Type: plan.UserAssigned}, tags
					args.Subnets, args.SystemPool.Subnet = ids{"nodes": subnet}, "nodes"
					args.Pools = []*components.NodePoolArgs{{Name: "web", Subnet: "nodes"}}
					opts, err := options(ctx)
					if err != nil {
						return err
					}
					_, err = components.NewManagedIdentityCluster(ctx, name, args, opts...)
					return err
				}
			}
			s := simtest.New(t, run("shop", nil, func(*pulumi.Context) ([]pulumi.ResourceOption, error) { return nil, nil }), simtest.WithCloud(cloud))
			must(t, "up", s.Up())
			s.SetProgram(run(tc.called, pulumi.StringMap{"day": pulumi.String("two")}, tc.options))
			cloud.Fail(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.ManagedClusterType},
				azuresim.Error{Status: 400, Code: "InvalidParameter", Message: "not today"})
			if half := s.Up(); half.Err == nil {
				t.Fatal("it has to stop halfway")
			}
			up := must(t, "up again", s.Up())
			for _, step := range up.Steps.Changing() {
				if step.Op != "update" {
					t.Errorf("%s: %s %s", tc.reason, step.Op, step.Name)
				}
			}
			if again := must(t, "up once more", s.Up()); !again.Unchanged() {
				t.Errorf("nothing is left to do: %v", again.Steps.Changing())
			}
			must(t, "destroy", s.Destroy())
			if !cloud.Empty() {
				t.Errorf("destroy left %v", cloud.Resources())
			}
		})
	}
}
