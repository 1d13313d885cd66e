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
			grants, left := madeAndLeft(cloud)
			if len(grants) != 1 || grants[0].PrincipalID != principal {
				t.Errorf("want one grant for %v, got %+v", principal, grants)
			}
			if len(left) != 1 || left[0].PrincipalID == principal || !strings.Contains(up.Diagnostics(), "--assignee "+left[0].PrincipalID+" --role Contributor") {
				t.Errorf("AKS leaves the former identity its right, and the command that takes it away is told: %+v\n%s", left, up.Diagnostics())
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

// madeAndLeft are the role assignments of the stack, and those that AKS left to former control planes.
func madeAndLeft(cloud *azuresim.Cloud) (made, left []azuresim.RoleAssignment) {
	for _, a := range cloud.RoleAssignments() {
		if a.Left {
			left = append(left, a)
		} else {
			made = append(made, a)
		}
	}
	return made, left
}

// TestTheFormerIdentityIsTold: a preview of the switch tells who keeps what, and how to take it away; before and after it nothing is said.
func TestTheFormerIdentityIsTold(t *testing.T) {
	cloud := azuresim.New()
	run := func(kind plan.IdentityType, tag string) pulumi.RunFunc {
		args := smallest()
		args.Identity, args.Tags = &components.ClusterIdentityArgs{Type: kind}, pulumi.StringMap{"tag": pulumi.String(tag)}
		return program(args)
	}
	const told = "az role assignment delete --assignee "
	s := simtest.New(t, run(plan.SystemAssigned, "one"), simtest.WithCloud(cloud))
	first := must(t, "up", s.Up())
	s.SetProgram(run(plan.SystemAssigned, "two"))
	other := must(t, "another change", s.Up())
	former := cloud.Clusters()[0].ControlPlane()
	s.SetProgram(run(plan.UserAssigned, "two"))
	preview := must(t, "preview", s.Preview())
	up := must(t, "switch", s.Up())
	again := must(t, "again", s.Up())
	for when, said := range map[string]bool{
		"at first": strings.Contains(first.Diagnostics(), told), "another change": strings.Contains(other.Diagnostics(), told),
		"afterwards": strings.Contains(again.Diagnostics(), told),
	} {
		if said {
			t.Errorf("%s nothing is left, but it is told", when)
		}
	}
	group := cloud.Clusters()[0].NodeResourceGroup()
	want := told + former + " --role Contributor --resource-group " + group[strings.LastIndex(group, "/")+1:]
	for when, diagnostics := range map[string]string{"preview": preview.Diagnostics(), "switch": up.Diagnostics()} {
		if !strings.Contains(diagnostics, want) {
			t.Errorf("%s: want %q in\n%s", when, want, diagnostics)
		}
	}
	if _, left := madeAndLeft(cloud); len(left) != 1 || !strings.EqualFold(left[0].PrincipalID, former) || left[0].Scope.String() != group || !left[0].Orphan {
		t.Errorf("AKS leaves the former identity Contributor on %s, got %+v", group, left)
	}
}
