package simtest_test

import (
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// Team is a component as a platform team would write it.
type Team struct {
	pulumi.ResourceState

	GroupID pulumi.StringOutput `pulumi:"groupId"`
}

// TeamArgs are its arguments.
type TeamArgs struct {
	Location pulumi.StringInput `pulumi:"location"`
}

// NewTeam makes a resource group.
func NewTeam(ctx *pulumi.Context, name string, args TeamArgs, opts ...pulumi.ResourceOption) (*Team, error) {
	team := &Team{}
	if err := ctx.RegisterComponentResource("team:index:Team", name, team, opts...); err != nil {
		return nil, err
	}
	id, err := raw(ctx, groupToken, name+"-rg", pulumi.Map{"location": args.Location}, pulumi.Parent(team))
	if err != nil {
		return nil, err
	}
	team.GroupID = id.ToStringOutput()
	return team, ctx.RegisterResourceOutputs(team, pulumi.Map{"groupId": team.GroupID})
}

func teamProvider() (pulumirpc.ResourceProviderServer, error) {
	provider, err := infer.NewProviderBuilder().
		WithComponents(infer.ComponentF(NewTeam)).
		WithModuleMap(map[tokens.ModuleName]tokens.ModuleName{"simtest_test": "index", "simtest": "index"}).
		Build()
	if err != nil {
		return nil, err
	}
	return p.RawServer("team", "1.0.0", provider)(nil)
}

func TestComponentNativeAndServed(t *testing.T) {
	programs := map[string]pulumi.RunFunc{
		"native": func(ctx *pulumi.Context) error {
			team, err := NewTeam(ctx, "core", TeamArgs{Location: pulumi.String("westeurope")})
			if err == nil {
				ctx.Export("group", team.GroupID)
			}
			return err
		},
		"served": func(ctx *pulumi.Context) error {
			var team Team
			err := ctx.RegisterRemoteComponentResource("team:index:Team", "core",
				pulumi.Map{"location": pulumi.String("westeurope")}, &team)
			ctx.Export("group", team.GroupID)
			return err
		},
	}
	for name, program := range programs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := simtest.Run(t, program, simtest.WithProvider("team", "1.0.0", teamProvider))
			group, ok := l.Up.Resources.Find(groupToken, "core-rg")
			if !ok {
				t.Fatalf("the component makes a resource group, got:\n%s", l.Up.Steps)
			}
			if id, _ := l.Up.Output("group"); id != group.ID {
				t.Errorf("its output is the group's id, got %v, want %v", id, group.ID)
			}
			if group.Parent.Name() != "core" {
				t.Errorf("the group is a child of the component, got %v", group.Parent)
			}
		})
	}
}
