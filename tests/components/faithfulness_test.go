package components_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	aks "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// The scenarios A to J with our component, beside what a program of bare azure-native resources meets. Most bare halves stand
// in azuresim/simtest; E and J have theirs here.

const grantType = "azure-native:authorization:RoleAssignment"

// inSubnet is a cluster with one grant, on the subnet of its nodes.
func inSubnet(cloud *azuresim.Cloud, identity plan.IdentityType) *components.ManagedIdentityClusterArgs {
	args := smallest()
	args.ClusterName = pulumi.StringPtr("shop")
	args.Identity = &components.ClusterIdentityArgs{Type: identity}
	args.Subnets = map[string]pulumi.StringInput{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))}
	args.SystemPool.Subnet = "nodes"
	return args
}

func both(t *testing.T, check func(t *testing.T, identity plan.IdentityType)) {
	t.Helper()
	for _, identity := range []plan.IdentityType{plan.SystemAssigned, plan.UserAssigned} {
		t.Run(string(identity), func(t *testing.T) { check(t, identity) })
	}
}

// bare is the same cluster and grant as a program without our component makes them. The resource group is seeded.
func bare(cloud *azuresim.Cloud, identity *azuresim.SeededIdentity, pools ...string) pulumi.RunFunc {
	subnet := cloud.MustSeedSubnet("net", "hub", "nodes")
	cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "apps"), nil)
	return func(ctx *pulumi.Context) error {
		args := &aks.ManagedClusterArgs{
			ResourceGroupName: pulumi.String("apps"), DnsPrefix: pulumi.String("shop"),
			Identity: aks.ManagedClusterIdentityArgs{Type: aks.ResourceIdentityTypeSystemAssigned},
			AgentPoolProfiles: aks.ManagedClusterAgentPoolProfileArray{aks.ManagedClusterAgentPoolProfileArgs{
				Name: pulumi.String("system"), Mode: pulumi.String("System"), Count: pulumi.Int(1), VmSize: pulumi.String("Standard_D4s_v5"),
				VnetSubnetID: pulumi.String(subnet),
			}},
		}
		if identity != nil {
			args.Identity = aks.ManagedClusterIdentityArgs{
				Type: aks.ResourceIdentityTypeUserAssigned, UserAssignedIdentities: pulumi.StringArray{pulumi.String(identity.ID)},
			}
		}
		cluster, err := aks.NewManagedCluster(ctx, "shop", args)
		if err != nil {
			return err
		}
		principal := cluster.Identity.ApplyT(func(i *aks.ManagedClusterIdentityResponse) string {
			if identity != nil {
				return identity.PrincipalID
			}
			return i.PrincipalId
		}).(pulumi.StringOutput)
		role, _ := rbac.BuiltinRole(rbac.NetworkContributor)
		_, err = authorization.NewRoleAssignment(ctx, "nodes", &authorization.RoleAssignmentArgs{
			PrincipalId: principal, PrincipalType: pulumi.String("ServicePrincipal"), Scope: pulumi.String(subnet),
			RoleDefinitionId: pulumi.String(role.ID.DefinitionID(azuresim.DefaultSubscriptionID)),
		})
		if err != nil {
			return err
		}
		for _, pool := range pools {
			_, err := aks.NewAgentPool(ctx, pool, &aks.AgentPoolArgs{
				ResourceGroupName: pulumi.String("apps"), ResourceName: cluster.Name, AgentPoolName: pulumi.String(pool),
				Mode: pulumi.String("User"), Count: pulumi.Int(1), VmSize: pulumi.String("Standard_D4s_v5"), VnetSubnetID: pulumi.String(subnet),
			})
			if err != nil {
				return err
			}
		}
		return nil
	}
}

// orphans are assignments of the stack whose principal is gone. What AKS leaves to a former control plane is none of them.
func orphans(cloud *azuresim.Cloud) (out []azuresim.RoleAssignment) {
	made, _ := madeAndLeft(cloud)
	for _, a := range made {
		if a.Orphan {
			out = append(out, a)
		}
	}
	return out
}

func TestScenarioA_ComponentNamesThePrincipalType(t *testing.T) {
	both(t, func(t *testing.T, identity plan.IdentityType) {
		cloud := azuresim.New(azuresim.WithReplicationDelay(3, false))
		args := inSubnet(cloud, identity)
		args.Propagation = quick(0)
		must(t, "up, although the directory does not know the identity yet", simtest.New(t, program(args), simtest.WithCloud(cloud)).Up())
		for _, a := range cloud.RoleAssignments() {
			if a.PrincipalType != "ServicePrincipal" {
				t.Errorf("%s was granted to a %q: the SDK's default, User, fails for identities", a.ID, a.PrincipalType)
			}
		}
	})
}

func TestScenarioB_RenamedComponent(t *testing.T) {
	both(t, func(t *testing.T, identity plan.IdentityType) {
		cloud := azuresim.New()
		args := inSubnet(cloud, identity)
		args.DNSPrefix = pulumi.StringPtr("shop")
		run := func(name string, opts ...pulumi.ResourceOption) pulumi.RunFunc {
			return func(ctx *pulumi.Context) error {
				_, err := components.NewManagedIdentityCluster(ctx, name, args, opts...)
				return err
			}
		}
		s := simtest.New(t, run("before"), simtest.WithCloud(cloud))
		must(t, "up", s.Up())
		s.SetProgram(run("after", pulumi.Aliases([]pulumi.Alias{{Name: pulumi.String("before")}})))
		if up := must(t, "renamed", s.Up()); len(up.Steps.Changing()) > 0 {
			t.Errorf("an alias on the component carries every child along, but:\n%s", up.Steps.Changing())
		}
		if again := must(t, "again", s.Up()); !again.Unchanged() {
			t.Errorf("nothing is left to do, but:\n%s", again.Steps.Changing())
		}
	})
}

// TestScenarioC_ComponentAndTags: tags go on the cluster and on what the component creates. Where a principal comes out of a
// resource that is being updated, azure-native's preview does not know it; Azure is asked, and no grant is announced as replaced.
func TestScenarioC_ComponentAndTags(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		identity     plan.IdentityType
		given        bool
	}{
		{"system-assigned", "the principal comes out of the cluster", plan.SystemAssigned, false},
		{"created", "the identity is tagged as well", plan.UserAssigned, false},
		{"given", "nothing that the grants depend on changes", plan.UserAssigned, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			args := inSubnet(cloud, tc.identity)
			if tc.given {
				id := cloud.MustSeedIdentity("ids", "control-plane")
				args.Identity.UserAssigned = &components.UserAssignedIdentityArgs{
					ResourceID: pulumi.String(id.ID), PrincipalID: pulumi.String(id.PrincipalID), ClientID: pulumi.String(id.ClientID),
				}
			}
			s := simtest.New(t, program(args), simtest.WithCloud(cloud))
			must(t, "up", s.Up())
			grants := cloud.RoleAssignments()
			args.Tags = pulumi.StringMap{"team": pulumi.String("shop")}
			preview := must(t, "preview", s.Preview())
			if got := preview.Steps.Type(grantType).Changing(); len(got) > 0 {
				t.Errorf("%s, but grants change in the preview:\n%s", tc.reason, got)
			}
			up := must(t, "up with tags", s.Up())
			if got := up.Steps.Type(grantType).Changing(); len(got) > 0 || len(up.Steps.Op("update").Type(clusterType)) != 1 {
				t.Errorf("the deployment updates the cluster and leaves the grants, but:\n%s", up.Steps.Changing())
			}
			if after := cloud.RoleAssignments(); len(after) != 1 || after[0].ID != grants[0].ID {
				t.Errorf("the grant was %v, is %v", grants, after)
			}
		})
	}
}

func TestScenarioD_ComponentGrantsReplaced(t *testing.T) {
	both(t, func(t *testing.T, identity plan.IdentityType) {
		cloud := azuresim.New()
		s := simtest.New(t, program(inSubnet(cloud, identity)), simtest.WithCloud(cloud))
		up := must(t, "up", s.Up())
		before := cloud.RoleAssignments()
		var urns []string
		for _, r := range up.Resources.ByType(grantType) {
			urns = append(urns, string(r.URN))
		}
		replaced := must(t, "replace", s.Up(simtest.Replace(urns...)))
		if got := replaced.Steps.Op("create-replacement").Type(grantType); len(got) != len(urns) {
			t.Errorf("want %d grants replaced, got:\n%s", len(urns), replaced.Steps.Changing())
		}
		if after := cloud.RoleAssignments(); len(after) != 1 || after[0].ID != before[0].ID {
			t.Errorf("the replaced grant has its old name again: was %v, is %v", before, after)
		}
	})
}

// TestScenarioE_OrphanOfBareResources: a grant that somebody else made for the old identity stays behind for ever, and the
// program's own one until its deletion has worked.
func TestScenarioE_OrphanOfBareResources(t *testing.T) {
	cloud := azuresim.New()
	s := simtest.New(t, bare(cloud, nil), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	identity := cloud.MustSeedIdentity("ids", "control-plane")
	s.SetProgram(bare(cloud, &identity))
	failDeletion(cloud)
	if up := s.Up(); up.Err == nil {
		t.Fatal("the deletion of the old grant was to fail")
	}
	if left := orphans(cloud); len(left) != 1 {
		t.Errorf("the old principal died with the switch, its grant did not: %v", cloud.RoleAssignments())
	}
	must(t, "again", s.Up())
	if grants, _ := madeAndLeft(cloud); len(grants) != 1 || grants[0].PrincipalID != identity.PrincipalID {
		t.Errorf("the grant points to the new identity: %v", grants)
	}
}

func failDeletion(cloud *azuresim.Cloud) {
	cloud.Fail(azuresim.Match{Method: azuresim.MethodDelete, Type: azuresim.RoleAssignmentType},
		azuresim.Error{Status: 403, Code: azuresim.CodeAuthorizationFailed, Message: "not now"})
}

// TestScenarioE_ComponentCleansUpLater: TestSwitchingIdentities has the switches that work at once.
func TestScenarioE_ComponentCleansUpLater(t *testing.T) {
	for _, tc := range []struct {
		name     string
		from, to plan.IdentityType
	}{
		{"system to user", plan.SystemAssigned, plan.UserAssigned}, {"user to system", plan.UserAssigned, plan.SystemAssigned},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			s := simtest.New(t, program(inSubnet(cloud, tc.from)), simtest.WithCloud(cloud))
			must(t, "up", s.Up())
			s.SetProgram(program(inSubnet(cloud, tc.to)))
			failDeletion(cloud)
			if up := s.Up(); up.Err == nil {
				t.Fatal("the deletion of the old grant was to fail")
			}
			up := must(t, "again", s.Up())
			principal, _ := up.Output("principalId")
			if grants, _ := madeAndLeft(cloud); len(grants) != 1 || grants[0].PrincipalID != principal || len(orphans(cloud)) > 0 {
				t.Errorf("the state still knew the old grant, so the next deployment removes it: %v", grants)
			}
			must(t, "destroy", s.Destroy())
			if !cloud.Empty() {
				t.Errorf("destroy left %v", cloud.Resources())
			}
		})
	}
}

// TestScenarioF_ComponentReplaced: the prefix replaces a named cluster. The system-assigned principal goes with it and comes
// back as another one; a user-assigned one keeps its grants.
func TestScenarioF_ComponentReplaced(t *testing.T) {
	both(t, func(t *testing.T, identity plan.IdentityType) {
		cloud := azuresim.New()
		args := inSubnet(cloud, identity)
		s := simtest.New(t, program(args), simtest.WithCloud(cloud))
		must(t, "up", s.Up())
		before := cloud.RoleAssignments()
		args.DNSPrefix = pulumi.StringPtr("other")
		up := must(t, "replace", s.Up())
		var order []string
		for _, step := range up.Steps.Op("delete-replaced", "create-replacement") {
			if step.Type == grantType || step.Type == clusterType {
				order = append(order, string(step.Op)+" "+step.Type[strings.LastIndex(step.Type, ":")+1:])
			}
		}
		want := "delete-replaced ManagedCluster, create-replacement ManagedCluster"
		if identity == plan.SystemAssigned {
			want += ", create-replacement RoleAssignment, delete-replaced RoleAssignment"
		}
		if got := strings.Join(order, ", "); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		after := cloud.RoleAssignments()
		if len(after) != 1 || after[0].Orphan || (after[0].ID == before[0].ID) != (identity == plan.UserAssigned) {
			t.Errorf("the grant was %v, is %v", before, after)
		}
	})
}

func TestScenarioH_ComponentAcceptedThenFailed(t *testing.T) {
	both(t, func(t *testing.T, identity plan.IdentityType) {
		cloud := azuresim.New()
		cloud.FailAfterAcceptance(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.ManagedClusterType},
			azuresim.Error{Status: 500, Code: "InternalOperationError", Message: "try again"})
		s := simtest.New(t, program(inSubnet(cloud, identity)), simtest.WithCloud(cloud))
		if up := s.Up(); up.Err == nil {
			t.Fatal("a cluster that failed is an error")
		}
		again := must(t, "up again", s.Up())
		if got := again.Steps.Type(clusterType); len(got) != 1 || got[0].Op != "update" {
			t.Errorf("the half-made cluster is updated, not made again:\n%s", again.Steps)
		}
		if grants, _ := madeAndLeft(cloud); len(grants) != 1 || grants[0].PrincipalID != cloud.Clusters()[0].ControlPlane() {
			t.Errorf("and its grant exists once: %v", grants)
		}
		if third := must(t, "third", s.Up()); !third.Unchanged() {
			t.Errorf("the third deployment changes %v", third.Steps.Changing())
		}
	})
}

// collisions counts the pool operations that AKS refused because another one was running.
func collisions(cloud *azuresim.Cloud) int {
	n := 0
	for _, op := range cloud.Operations() {
		if op.Type == azuresim.AgentPoolType && op.Code == azuresim.CodeOperationNotAllowed {
			n++
		}
	}
	return n
}

func TestScenarioJ_PoolsOfBareResourcesCollide(t *testing.T) {
	var cloud *azuresim.Cloud
	cloud = azuresim.New(azuresim.WithOperationHook(func(_ context.Context, op azuresim.Operation) {
		// The pool takes as long as the other one needs to arrive.
		for until := time.Now().Add(10 * time.Second); op.Type == azuresim.AgentPoolType && collisions(cloud) == 0 && time.Now().Before(until); {
			time.Sleep(time.Millisecond)
		}
	}))
	up := simtest.New(t, bare(cloud, nil, "one", "two"), simtest.WithCloud(cloud)).Up()
	if up.Err == nil || !strings.Contains(up.Diagnostics(), azuresim.CodeOperationNotAllowed) {
		t.Errorf("two pools without an order are made at the same time, which AKS refuses: %s", up.Explain())
	}
}

func TestScenarioJ_ComponentPoolsNeverCollide(t *testing.T) {
	both(t, func(t *testing.T, identity plan.IdentityType) {
		cloud := azuresim.New(azuresim.WithOperationHook(func(_ context.Context, op azuresim.Operation) {
			if op.Type == azuresim.AgentPoolType {
				time.Sleep(20 * time.Millisecond)
			}
		}))
		args := inSubnet(cloud, identity)
		for _, name := range []string{"one", "two", "three"} {
			args.Pools = append(args.Pools, &components.NodePoolArgs{Name: name, Subnet: "nodes"})
		}
		s := simtest.New(t, program(args), simtest.WithCloud(cloud))
		must(t, "up", s.Up())
		for _, pool := range args.Pools {
			pool.Count = pulumi.IntPtr(4)
		}
		must(t, "scale", s.Up())
		must(t, "destroy", s.Destroy())
		// A retry would hide a collision from the result, so the log of the cloud is asked.
		if n := collisions(cloud); n > 0 {
			t.Errorf("%d pool operations met another one", n)
		}
	})
}
