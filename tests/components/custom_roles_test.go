package components_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

const roleType = "azure-native:authorization:RoleDefinition"

// grantChanges are the steps of an operation that change assignments and role definitions, as "op name".
func grantChanges(r simtest.Result) []string {
	var lines []string
	for _, step := range r.Steps.Changing() {
		if step.Type == grantType || step.Type == roleType {
			lines = append(lines, string(step.Op)+" "+step.Name)
		}
	}
	slices.Sort(lines)
	return lines
}

// deletions are the assignments and role definitions that were deleted since.
func deletions(cloud *azuresim.Cloud, since int) (deleted []string) {
	for _, op := range cloud.Operations()[since:] {
		if op.Method == azuresim.MethodDelete && (op.Type == azuresim.RoleAssignmentType || op.Type == azuresim.RoleDefinitionType) {
			deleted = append(deleted, op.ID)
		}
	}
	return deleted
}

// customised is a delegation and the grants of a cluster's kubelet, with generated roles, that a case fills.
type customised struct {
	cloud     *azuresim.Cloud
	principal string
	kubelet   string
}

func newCustomised() customised {
	cloud := azuresim.New()
	return customised{cloud, cloud.MustSeedIdentity("ids", "control").PrincipalID, cloud.MustSeedIdentity("ids", "nodes").PrincipalID}
}

func (c customised) delegation(fill func(*components.VnetDelegationArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &components.VnetDelegationArgs{PrincipalID: pulumi.String(c.principal), RoleStrategy: "custom"}
		fill(args)
		_, err := components.NewVnetDelegation(ctx, "network", args)
		return err
	}
}

func (c customised) registries(names ...string) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &components.AddonIdentityGrantsArgs{KubeletPrincipalID: pulumi.StringPtr(c.kubelet), RoleStrategy: "custom", RegistryIDs: ids{}}
		for _, name := range names {
			args.RegistryIDs[name] = pulumi.String(azuresim.ID(name, azuresim.RegistryType, name))
		}
		_, err := components.NewAddonIdentityGrants(ctx, "pull", args)
		return err
	}
}

// TestGeneratedRolesNeverMove: one thing more, less or renamed leaves every other assignment and every other role as it is. What
// belongs to the thing itself is updated in place where it is there already: at no moment is a right away.
func TestGeneratedRolesNeverMove(t *testing.T) {
	c := newCustomised()
	for _, name := range []string{"alpha", "middle", "omega"} {
		c.cloud.MustSeed(azuresim.ID(name, azuresim.RegistryType, name), nil)
	}
	subnet := pulumi.String(c.cloud.MustSeedSubnet("net", "hub", "nodes"))
	subnets := func(nodes, pods ids) pulumi.RunFunc {
		return c.delegation(func(a *components.VnetDelegationArgs) { a.NodeSubnetIDs, a.PodSubnetIDs = nodes, pods })
	}
	const registry, role = "pull-kubelet-custom-role-registryIds.", "pull-role-kubelet-custom-role-registryIds."
	cases := []struct {
		name, reason  string
		before, after pulumi.RunFunc
		// want are the steps; without any, the one assignment and its role are updated at most.
		want []string
	}{
		{
			"a registry whose group sorts first", "it has an assignment and a role of its own", c.registries("middle", "omega"), c.registries("alpha", "middle", "omega"),
			[]string{"create " + registry + "alpha", "create " + role + "alpha"},
		},
		{
			"the first registry goes", "it takes its own along, and nothing else", c.registries("alpha", "middle", "omega"), c.registries("middle", "omega"),
			[]string{"delete " + registry + "alpha", "delete " + role + "alpha"},
		},
		{
			"a second use with other actions", "the subnet's role takes the union, and the assignment says both reasons",
			c.delegation(func(a *components.VnetDelegationArgs) { a.NodeSubnetIDs = ids{"nodes": subnet} }),
			c.delegation(func(a *components.VnetDelegationArgs) {
				a.NodeSubnetIDs, a.PrivateLinkSubnetIDs = ids{"nodes": subnet}, ids{"nodes": subnet}
			}), nil,
		},
		{
			"a second use with the same actions", "pods join the subnet as nodes do",
			subnets(ids{"nodes": subnet}, nil), subnets(ids{"nodes": subnet}, ids{"pods": subnet}), nil,
		},
		{
			"the second use goes", "what is shared stays for the first one",
			subnets(ids{"nodes": subnet}, ids{"pods": subnet}), subnets(ids{"nodes": subnet}, nil), nil,
		},
		{
			"a second key for the subnet", "the first half of a renaming: both keys share the grant",
			subnets(ids{"old": subnet}, nil), subnets(ids{"old": subnet, "new": subnet}, nil), nil,
		},
		{
			"the first key goes", "the second half: the grant stays for the key that is left",
			subnets(ids{"old": subnet, "new": subnet}, nil), subnets(ids{"new": subnet}, nil), nil,
		},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			s := simtest.New(t, tc.before, simtest.WithCloud(c.cloud))
			must(t, "before", s.Up())
			held, done := c.cloud.RoleAssignments(), len(c.cloud.Operations())
			s.SetProgram(tc.after)
			up := must(t, "after", s.Up())
			got := grantChanges(up)
			if tc.want != nil && !slices.Equal(got, tc.want) {
				t.Errorf("%s: got %q, want %q", tc.reason, got, tc.want)
			}
			if tc.want == nil {
				stays(t, c.cloud, held, done, got)
			}
			if again := must(t, "again", s.Up()); !again.Unchanged() {
				t.Errorf("the second up changes %v", again.Steps.Changing())
			}
			must(t, "destroy", s.Destroy())
		})
	}
}

// stays: the one assignment and its role are what they were, and nothing but updates was asked for.
func stays(t *testing.T, cloud *azuresim.Cloud, held []azuresim.RoleAssignment, since int, steps []string) {
	t.Helper()
	for _, step := range steps {
		if !strings.HasPrefix(step, "update ") {
			t.Errorf("want updates only, got %s", step)
		}
	}
	now := cloud.RoleAssignments()
	if deleted := deletions(cloud, since); len(deleted) > 0 || len(now) != 1 || now[0].ID != held[0].ID || now[0].Role.ID != held[0].Role.ID {
		t.Errorf("deleted %v; was %v, is %v", deleted, held, now)
	}
}

// TestActionsOfAGeneratedRoleChangeInPlace: the definition keeps its GUID, so the assignment need not be made anew.
func TestActionsOfAGeneratedRoleChangeInPlace(t *testing.T) {
	const write = "Microsoft.Network/virtualNetworks/subnets/write"
	c := newCustomised()
	subnet := pulumi.String(c.cloud.MustSeedSubnet("net", "hub", "nodes"))
	run := func(link ids) pulumi.RunFunc {
		return c.delegation(func(a *components.VnetDelegationArgs) {
			a.NodeSubnetIDs, a.PrivateLinkSubnetIDs = ids{"nodes": subnet}, link
		})
	}
	s := simtest.New(t, run(nil), simtest.WithCloud(c.cloud))
	must(t, "up", s.Up())
	first := c.cloud.Assignments()[0]
	for _, link := range []ids{{"nodes": subnet}, nil} {
		s.SetProgram(run(link))
		up := must(t, "change", s.Up())
		if updated := up.Steps.Op("update").Type(roleType); len(updated) != 1 || !slices.Contains(updated[0].Diffs, "permissions") {
			t.Errorf("the role's actions are updated: %v", up.Steps.Changing())
		}
		now := c.cloud.Assignments()
		may := c.cloud.Can(c.principal, rbac.Need{Action: write, Scope: rbac.MustParseScope(string(subnet))}).Allowed()
		if len(now) != 1 || now[0].Role.ID != first.Role.ID || may != (link != nil) {
			t.Errorf("link %v: may write %v; was %v, is %v", link != nil, may, first, now)
		}
	}
}

// TestOneNameUnderTwoParents: each of two components of one name has roles of its own.
func TestOneNameUnderTwoParents(t *testing.T) {
	c := newCustomised()
	other := c.cloud.MustSeedIdentity("ids", "other").PrincipalID
	subnet := pulumi.String(c.cloud.MustSeedSubnet("net", "hub", "nodes"))
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		for name, principal := range map[string]string{"Blue": c.principal, "Green": other} {
			var parent pulumi.ResourceState
			if err := ctx.RegisterComponentResource("test:index:"+name, name, &parent); err != nil {
				return err
			}
			_, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
				PrincipalID: pulumi.String(principal), RoleStrategy: "custom", NodeSubnetIDs: ids{"nodes": subnet},
			}, pulumi.Parent(&parent))
			if err != nil {
				return err
			}
		}
		return nil
	}, simtest.WithCloud(c.cloud))
	lives(t, s)
	must(t, "up", s.Up())
	grants := c.cloud.Assignments()
	if len(grants) != 2 || grants[0].Role.ID == grants[1].Role.ID || grants[0].Role.Name == grants[1].Role.Name {
		t.Errorf("want two assignments with a role each, got %+v", grants)
	}
}

// TestRenamedComponentKeepsItsRoles: an alias on the component carries assignments and definitions along.
func TestRenamedComponentKeepsItsRoles(t *testing.T) {
	c := newCustomised()
	subnet := pulumi.String(c.cloud.MustSeedSubnet("net", "hub", "nodes"))
	run := func(name string, opts ...pulumi.ResourceOption) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			_, err := components.NewVnetDelegation(ctx, name, &components.VnetDelegationArgs{
				PrincipalID: pulumi.String(c.principal), RoleStrategy: "custom", NodeSubnetIDs: ids{"nodes": subnet},
			}, opts...)
			return err
		}
	}
	s := simtest.New(t, run("before"), simtest.WithCloud(c.cloud))
	must(t, "up", s.Up())
	first, done := c.cloud.RoleAssignments(), len(c.cloud.Operations())
	s.SetProgram(run("after", pulumi.Aliases([]pulumi.Alias{{Name: pulumi.String("before")}})))
	up := must(t, "renamed", s.Up())
	stays(t, c.cloud, first, done, grantChanges(up))
}

// TestBuiltinRoleComesBeforeTheGeneratedOneGoes: kubenet's use of a subnet has no documented actions, and the built-in role that it
// takes covers the generated one, which is no longer made. The right is never away.
func TestBuiltinRoleComesBeforeTheGeneratedOneGoes(t *testing.T) {
	c := newCustomised()
	subnet := ids{"nodes": pulumi.String(c.cloud.MustSeedSubnet("net", "hub", "nodes"))}
	run := func(kubenet ids) pulumi.RunFunc {
		return c.delegation(func(a *components.VnetDelegationArgs) { a.NodeSubnetIDs, a.KubenetSubnetIDs = subnet, kubenet })
	}
	s := simtest.New(t, run(nil), simtest.WithCloud(c.cloud))
	must(t, "up", s.Up())
	for _, kubenet := range []ids{subnet, nil} {
		done := len(c.cloud.Operations())
		s.SetProgram(run(kubenet))
		must(t, "change", s.Up())
		made := false
		for _, op := range c.cloud.Operations()[done:] {
			if op.Type == azuresim.RoleAssignmentType {
				made = made || op.Method == azuresim.MethodPut
				if op.Method == azuresim.MethodDelete && !made {
					t.Errorf("kubenet %v: the old assignment goes before the new one is there", kubenet != nil)
				}
			}
		}
		if grants := c.cloud.Assignments(); len(grants) != 1 || grants[0].Role.BuiltIn != (kubenet != nil) {
			t.Errorf("kubenet %v: want one assignment, got %v", kubenet != nil, grants)
		}
	}
}
