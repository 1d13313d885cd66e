package components_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// What the components say about a refused grant is done here, word by word, and no right is away at any moment.

// advised is a deployment whose grants are watched.
type advised struct {
	*simtest.Stack
	t     *testing.T
	held  []azuresim.RoleAssignment
	since int
}

// watched deploys the program; from then on, nothing that is held may go.
func watched(t *testing.T, cloud *azuresim.Cloud, program pulumi.RunFunc) *advised {
	t.Helper()
	a := &advised{Stack: simtest.New(t, program, simtest.WithCloud(cloud)), t: t}
	must(t, "up", a.Up())
	a.watch()
	return a
}

func (a *advised) watch() { a.held, a.since = a.Cloud().RoleAssignments(), len(a.Cloud().Operations()) }

// refused runs a program that is refused, and is what was said.
func (a *advised) refused(program pulumi.RunFunc) string {
	a.t.Helper()
	a.SetProgram(program)
	up := a.Up()
	if up.Err == nil {
		a.t.Fatal("it should be refused")
	}
	a.keeps()
	return strings.Join(up.Errors(), "\n")
}

// follows runs the program that does what was said: once, and once more without any change.
func (a *advised) follows(program pulumi.RunFunc) simtest.Result {
	a.t.Helper()
	a.SetProgram(program)
	up := must(a.t, "as advised", a.Up())
	if again := must(a.t, "again", a.Up()); !again.Unchanged() {
		a.t.Errorf("a second up changes %v", again.Steps.Changing())
	}
	a.keeps()
	return up
}

// keeps: what was held is held, and was at every moment.
func (a *advised) keeps() {
	a.t.Helper()
	if deleted := deletions(a.Cloud(), a.since); len(deleted) > 0 {
		a.t.Errorf("deleted: %v", deleted)
	}
	now := map[string]bool{}
	for _, assignment := range a.Cloud().RoleAssignments() {
		now[assignment.ID] = true
	}
	for _, assignment := range a.held {
		if !now[assignment.ID] {
			a.t.Errorf("%s on %s is lost", assignment.Role.Name, assignment.Scope)
		}
	}
}

// argument reads an argument out of what was said, with the former key filled in.
func argument[T any](t *testing.T, said, name, formerKey string) (value T) {
	t.Helper()
	found := regexp.MustCompile(name + `: (\{.*\})`).FindStringSubmatch(said)
	if found == nil {
		t.Fatalf("%s is not advised in\n%s", name, said)
	}
	if err := json.Unmarshal([]byte(strings.ReplaceAll(found[1], "<former key>", formerKey)), &value); err != nil {
		t.Fatal(err)
	}
	return value
}

func says(t *testing.T, said, words string) {
	t.Helper()
	if !strings.Contains(said, words) {
		t.Errorf("%q is not said in\n%s", words, said)
	}
}

// delegates is a delegation of one subnet.
type delegates struct {
	name, key, principal string
	subnet               pulumi.StringInput
	former               map[string][]string
	adopted              map[string]string
	opts                 []pulumi.ResourceOption
}

func delegations(all ...delegates) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		for _, d := range all {
			args := &components.VnetDelegationArgs{
				PrincipalID: pulumi.String(d.principal), RenamedKeys: d.former, AdoptedAssignments: d.adopted,
			}
			if d.key != "" {
				args.NodeSubnetIDs = ids{d.key: d.subnet}
			}
			if _, err := components.NewVnetDelegation(ctx, d.name, args, d.opts...); err != nil {
				return err
			}
		}
		return nil
	}
}

func newDelegates() (*azuresim.Cloud, delegates) {
	cloud := azuresim.New()
	return cloud, delegates{
		name: "network", key: "workers", principal: cloud.MustSeedIdentity("ids", "control").PrincipalID,
		subnet: pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes")),
	}
}

func TestAdviceOnARenamedKey(t *testing.T) {
	cloud, d := newDelegates()
	a := watched(t, cloud, delegations(d))
	d.key = "nodes"
	said := a.refused(delegations(d))
	d.former = argument[map[string][]string](t, said, "renamedKeys", "workers")
	if up := a.follows(delegations(d)); !up.Unchanged() {
		t.Errorf("it changes %v", up.Steps.Changing())
	}
}

func TestAdviceOnARenamedComponent(t *testing.T) {
	cloud, d := newDelegates()
	a := watched(t, cloud, delegations(d))
	d.name = "wires"
	says(t, a.refused(delegations(d)), "Go back and deploy, then change it again with an alias (docs/renaming.md).")
	d.name = "network"
	a.follows(delegations(d))
	d.name = "wires"
	d.opts = []pulumi.ResourceOption{pulumi.Aliases([]pulumi.Alias{{Name: pulumi.String("network")}})}
	if up := a.follows(delegations(d)); !up.Unchanged() {
		t.Errorf("it changes %v", up.Steps.Changing())
	}
}

func TestAdviceOnAGrantOfAnotherComponent(t *testing.T) {
	cloud, d := newDelegates()
	other := d
	other.name = "other"
	a := watched(t, cloud, delegations(d))
	said := a.refused(delegations(d, other))
	t.Run("left to that one", func(t *testing.T) {
		a.t = t
		says(t, said, "leave nodeSubnetIds.workers to that one, or hand the grant over (docs/renaming.md).")
		without := other
		without.key = ""
		a.follows(delegations(d, without))
	})
	t.Run("handed over", func(t *testing.T) { // docs/renaming.md
		a.t = t
		grant, found := a.Resources().Find(grantType, "network-principal-network-contributor-nodeSubnetIds.workers")
		if !found {
			t.Fatal("the first component holds no grant")
		}
		a.Forget(string(grant.URN))
		d.key = ""
		other.adopted = argument[map[string]string](t, said, "adoptedAssignments", "")
		a.follows(delegations(d, other))
	})
}

func TestAdviceOnAnInterruptedDeployment(t *testing.T) {
	cloud, d := newDelegates()
	a := watched(t, cloud, delegations(d))
	grant, _ := a.Resources().Find(grantType, "network-principal-network-contributor-nodeSubnetIds.workers")
	a.Forget(string(grant.URN))
	d.adopted = argument[map[string]string](t, a.refused(delegations(d)), "adoptedAssignments", "")
	a.follows(delegations(d))
}

// TestAdviceOnAGrantMadeByHand: it is taken over as it is, under its own name, whether or not the ID of the resource is known.
func TestAdviceOnAGrantMadeByHand(t *testing.T) {
	for name, late := range map[string]bool{"known": false, "late": true} {
		t.Run(name, func(t *testing.T) {
			cloud, d := newDelegates()
			role, _ := rbac.BuiltinRole(rbac.NetworkContributor)
			subnet := string(d.subnet.(pulumi.String))
			cloud.MustSeed(subnet+"/providers/Microsoft.Authorization/roleAssignments/11111111-2222-4333-8444-555555555555", map[string]any{
				"properties": map[string]any{
					"principalId": d.principal, "principalType": "ServicePrincipal", "description": "by hand",
					"roleDefinitionId": role.ID.DefinitionID(azuresim.DefaultSubscriptionID),
				},
			})
			if late {
				d.subnet = d.subnet.ToStringOutput()
			}
			a := watched(t, cloud, func(*pulumi.Context) error { return nil })
			said := a.refused(delegations(d))
			d.adopted = argument[map[string]string](t, said, "adoptedAssignments", "")
			a.follows(delegations(d))
			if now := cloud.RoleAssignments(); len(now) != 1 || now[0].ID != a.held[0].ID {
				t.Errorf("was %v, is %v", a.held, now)
			}
			must(t, "destroy", a.Destroy())
			if left := cloud.RoleAssignments(); len(left) > 0 {
				t.Errorf("destroy left %v", left)
			}
		})
	}
}

func TestAdviceOnACredential(t *testing.T) {
	cloud := azuresim.New()
	a := watched(t, cloud, workload(cloud, "orders", nil))
	said := a.refused(func(ctx *pulumi.Context) error {
		return workload(cloud, "queue", map[string][]string{"roles.queue": {"roles.orders"}})(ctx)
	})
	former := argument[map[string][]string](t, said, "renamedKeys", "orders")
	former["roles.queue"] = []string{"roles.orders"}
	if up := a.follows(workload(cloud, "queue", former)); !up.Unchanged() {
		t.Errorf("it changes %v", up.Steps.Changing())
	}
}

// TestAdviceOnAForbiddenGrant: another team makes the grants of a new cluster in a stack of its own.
func TestAdviceOnAForbiddenGrant(t *testing.T) {
	cloud, d := newDelegates()
	identity := cloud.MustSeedIdentity("ids", "control")
	args := smallest()
	args.Identity = &components.ClusterIdentityArgs{UserAssigned: identityOf(identity)}
	args.Subnets, args.SystemPool.Subnet = ids{"nodes": d.subnet}, "nodes"
	a := watched(t, cloud, func(*pulumi.Context) error { return nil })
	forbidden := azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.RoleAssignmentType, Times: 1}
	cloud.Fail(forbidden, azuresim.Error{Status: 403, Code: "AuthorizationFailed", Message: "refused"})
	says(t, a.refused(program(args)), "with VnetDelegation or AddonIdentityGrants in a stack of its own; the cluster then says grantMode: none.")
	team := watched(t, cloud, delegations(d))
	args.GrantMode = plan.GrantNone
	a.follows(program(args))
	team.keeps()
	if decision, err := cloud.Clusters()[0].Perform("internal-lb-external-subnet", string(d.subnet.(pulumi.String))); err != nil || !decision.Allowed() {
		t.Errorf("the cluster cannot use the subnet: %v %v", decision.Missing, err)
	}
}

// TestAdviceOnLateGrantsThatCoincide: two late IDs turn out to be one scope; each way out keeps the grant of the first.
func TestAdviceOnLateGrantsThatCoincide(t *testing.T) {
	cloud := azuresim.New()
	principal := pulumi.String(cloud.MustSeedIdentity("ids", "control").PrincipalID)
	prefix := func(name string) pulumi.String {
		return pulumi.String(cloud.MustSeed(azuresim.ID("net", azuresim.PublicIPPrefixType, name), nil))
	}
	first, second := prefix("first"), prefix("second")
	run := func(fill func(*components.VnetDelegationArgs)) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			args := &components.VnetDelegationArgs{PrincipalID: principal}
			fill(args)
			_, err := components.NewVnetDelegation(ctx, "network", args)
			return err
		}
	}
	group := pulumi.String(azuresim.GroupID(azuresim.DefaultSubscriptionID, "net"))
	for _, tc := range []struct {
		name, says            string
		before, refused, then func(*components.VnetDelegationArgs)
	}{
		{
			"the group once", "give the resource group once, in nodeIpPrefixGroupIds.",
			func(a *components.VnetDelegationArgs) { a.NodeIPPrefixIDs = ids{"first": first.ToStringOutput()} },
			func(a *components.VnetDelegationArgs) {
				a.NodeIPPrefixIDs = ids{"first": first.ToStringOutput(), "second": second.ToStringOutput()}
			},
			func(a *components.VnetDelegationArgs) {
				a.NodeIPPrefixIDs = ids{"first": first.ToStringOutput(), "second": second.ToStringOutput()}
				a.NodeIPPrefixGroupIDs = ids{"net": group.ToStringOutput()}
			},
		},
		{
			"one key", "use one key for the resource",
			func(a *components.VnetDelegationArgs) { a.OutboundIPPrefixIDs = ids{"first": first.ToStringOutput()} },
			func(a *components.VnetDelegationArgs) {
				a.OutboundIPPrefixIDs = ids{"first": first.ToStringOutput(), "again": first.ToStringOutput()}
			},
			func(a *components.VnetDelegationArgs) { a.OutboundIPPrefixIDs = ids{"first": first.ToStringOutput()} },
		},
		{
			"IDs that are known", "IDs that are known before the deployment",
			func(a *components.VnetDelegationArgs) { a.OutboundIPPrefixIDs = ids{"first": first.ToStringOutput()} },
			func(a *components.VnetDelegationArgs) {
				a.OutboundIPPrefixIDs = ids{"first": first.ToStringOutput(), "again": first.ToStringOutput()}
			},
			func(a *components.VnetDelegationArgs) { a.OutboundIPPrefixIDs = ids{"first": first, "again": first} },
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := watched(t, cloud, run(tc.before))
			// Which of the two grants is asked for first is chance, and so is whether Azure's refusal or ours comes first.
			if said := a.refused(run(tc.refused)); !strings.Contains(said, tc.says) && !strings.Contains(said, "or hand the grant over") {
				t.Errorf("neither %q nor who may hold the grant is said in\n%s", tc.says, said)
			}
			a.follows(run(tc.then))
			must(t, "destroy", a.Destroy())
		})
	}
}
