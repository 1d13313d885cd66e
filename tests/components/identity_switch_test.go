package components_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestSwitchingIdentities: the grants of the new identity precede the switch where its principal is known by then, those of
// the old one are removed after it, and none is orphaned.
func TestSwitchingIdentities(t *testing.T) {
	system := func(*azuresim.Cloud) *components.ClusterIdentityArgs { return nil }
	created := func(*azuresim.Cloud) *components.ClusterIdentityArgs {
		return &components.ClusterIdentityArgs{Type: plan.UserAssigned}
	}
	given := func(name string) func(*azuresim.Cloud) *components.ClusterIdentityArgs {
		return func(cloud *azuresim.Cloud) *components.ClusterIdentityArgs {
			id := cloud.MustSeedIdentity("ids", name)
			return &components.ClusterIdentityArgs{Type: plan.UserAssigned, UserAssigned: &components.UserAssignedIdentityArgs{
				ResourceID: pulumi.String(id.ID), PrincipalID: pulumi.String(id.PrincipalID), ClientID: pulumi.String(id.ClientID),
			}}
		}
	}
	cases := []struct {
		name     string
		from, to func(*azuresim.Cloud) *components.ClusterIdentityArgs
		before   bool // the new grant can precede the switch
	}{
		{"system to created", system, created, true},
		{"created to system", created, system, false},
		{"created to given", created, given("first"), true},
		{"a to b", given("first"), given("second"), true},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			subnet := pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))
			run := func(identity *components.ClusterIdentityArgs) pulumi.RunFunc {
				args := smallest()
				args.Identity = identity
				args.Subnets = map[string]pulumi.StringInput{"nodes": subnet}
				args.SystemPool.Subnet = "nodes"
				return program(args)
			}
			s := simtest.New(t, run(tc.from(cloud)), simtest.WithCloud(cloud))
			must(t, "up", s.Up())
			s.SetProgram(run(tc.to(cloud)))
			up := must(t, "switch", s.Up())
			var order []string
			for _, step := range up.Steps.Changing() {
				if strings.HasSuffix(step.Type, ":RoleAssignment") || step.Type == clusterType {
					order = append(order, string(step.Op)+" "+step.Type[strings.LastIndex(step.Type, ":")+1:])
				}
			}
			want := []string{"create RoleAssignment", "update ManagedCluster", "delete RoleAssignment"}
			if !tc.before {
				want[0], want[1] = want[1], want[0]
			}
			if strings.Join(order, ", ") != strings.Join(want, ", ") {
				t.Errorf("order: got %v, want %v", order, want)
			}
			principal, _ := up.Output("principalId")
			grants := cloud.Assignments()
			if len(grants) != 1 || grants[0].PrincipalID != principal {
				t.Errorf("want one grant for %v, got %+v", principal, grants)
			}
			if again := must(t, "again", s.Up()); !again.Unchanged() {
				t.Errorf("the second up changes %v", again.Steps.Changing())
			}
			must(t, "destroy", s.Destroy())
			if !cloud.Empty() {
				t.Errorf("destroy left %v", cloud.Resources())
			}
		})
	}
}
