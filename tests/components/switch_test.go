package components_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// switchWorld is an Azure in which grants take a while, with a subnet and a registry that the cluster works with.
type switchWorld struct {
	cloud            *azuresim.Cloud
	watch            *watch
	subnet, registry pulumi.String
}

func newSwitchWorld(delay time.Duration) *switchWorld {
	w := &switchWorld{watch: &watch{}}
	w.cloud = azuresim.New(azuresim.WithObserver(w.watch.observe),
		azuresim.WithPermissionDelay(func(azuresim.RoleAssignment) time.Duration { return delay }))
	w.subnet = pulumi.String(w.cloud.MustSeedSubnet("net", "hub", "nodes"))
	w.registry = pulumi.String(w.cloud.MustSeed(azuresim.ID("reg", azuresim.RegistryType, "shopimages"), nil))
	w.watch.cloud = w.cloud
	w.watch.rights = []right{
		{"node-subnet-join", string(w.subnet)}, {"internal-lb-external-subnet", string(w.subnet)}, {"acr-pull-rbac", string(w.registry)},
	}
	return w
}

func (w *switchWorld) identity(name string) *components.UserAssignedIdentityArgs {
	id := w.cloud.MustSeedIdentity("ids", "identity-"+name)
	return &components.UserAssignedIdentityArgs{
		ResourceID: pulumi.String(id.ID), PrincipalID: pulumi.String(id.PrincipalID), ClientID: pulumi.String(id.ClientID),
	}
}

// given is the cluster on an existing identity.
func (w *switchWorld) given(name string) *components.ClusterIdentityArgs {
	return &components.ClusterIdentityArgs{Type: plan.UserAssigned, UserAssigned: w.identity(name)}
}

func created() *components.ClusterIdentityArgs {
	return &components.ClusterIdentityArgs{Type: plan.UserAssigned}
}

// args are those of a cluster with a grant for the control plane and one for the nodes.
func (w *switchWorld) args(identity *components.ClusterIdentityArgs) *components.ManagedIdentityClusterArgs {
	args := smallest()
	args.Identity, args.RegistryIDs = identity, ids{"shop": w.registry}
	args.Subnets, args.SystemPool.Subnet = ids{"nodes": w.subnet}, "nodes"
	return args
}

func (w *switchWorld) cluster(identity *components.ClusterIdentityArgs) pulumi.RunFunc {
	return program(w.args(identity))
}

func (w *switchWorld) with(identity *components.ClusterIdentityArgs, edit func(*components.ManagedIdentityClusterArgs)) pulumi.RunFunc {
	args := w.args(identity)
	edit(args)
	return program(args)
}

// onServicePrincipal is the cluster as it was before managed identities; who made it granted by hand.
func (w *switchWorld) onServicePrincipal() pulumi.RunFunc {
	run := w.with(nil, func(a *components.ManagedIdentityClusterArgs) { a.GrantMode = plan.GrantNone })
	return func(ctx *pulumi.Context) error {
		err := ctx.RegisterResourceTransform(func(_ context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
			if args.Type != clusterType {
				return nil
			}
			delete(args.Props, "identity")
			args.Props["servicePrincipalProfile"] = pulumi.Map{
				"clientId": pulumi.String("11111111-1111-4111-8111-111111111111"), "secret": pulumi.String("secret"),
			}
			return &pulumi.ResourceTransformResult{Props: args.Props, Opts: args.Opts}
		})
		if err != nil {
			return err
		}
		return run(ctx)
	}
}

// grantByHand gives the service principal what it needs, as somebody would who is not in the program.
func (w *switchWorld) grantByHand(t *testing.T) {
	t.Helper()
	role, err := rbac.FindRole(string(rbac.NetworkContributor))
	if err != nil {
		t.Fatal(err)
	}
	w.watch.rights = w.watch.rights[:2] // nodes have no identity of their own
	w.cloud.MustSeed(string(w.subnet)+"/providers/Microsoft.Authorization/roleAssignments/a1111111-1111-4111-8111-111111111111", map[string]any{
		"properties": map[string]any{
			"principalId": w.cloud.Clusters()[0].ControlPlane(), "principalType": "ServicePrincipal",
			"roleDefinitionId": role.ID.DefinitionID(azuresim.DefaultSubscriptionID),
		},
	})
}

// delegated is a cluster whose grants another component makes, for the identity that both are given.
func (w *switchWorld) delegated(identity string, delegations map[string]*components.VnetDelegationArgs) pulumi.RunFunc {
	user := w.identity(identity)
	return func(ctx *pulumi.Context) error {
		args := w.args(&components.ClusterIdentityArgs{Type: plan.UserAssigned, UserAssigned: user})
		for name, delegation := range delegations {
			delegation.PrincipalID = user.PrincipalID
			made, err := components.NewVnetDelegation(ctx, name, delegation)
			if err != nil {
				return err
			}
			if len(delegations) == 1 {
				args.Identity.UserAssigned = &components.UserAssignedIdentityArgs{
					ResourceID: user.ResourceID, ClientID: user.ClientID, PrincipalID: made.PrincipalID,
				}
			}
		}
		args.GrantMode = plan.GrantNone
		return program(args)(ctx)
	}
}

// onlyTheControlPlane: nobody granted the nodes anything.
func (w *switchWorld) onlyTheControlPlane(*testing.T) { w.watch.rights = w.watch.rights[:2] }

// moved is the grant that goes from one component to another.
const moved = "principal-network-contributor-nodeSubnetIds.nodes"

// two are two delegations, one of which makes the grant, or adopts the assignment with the GUID.
func (w *switchWorld) two(holder, adopted string) map[string]*components.VnetDelegationArgs {
	all := map[string]*components.VnetDelegationArgs{}
	for _, name := range []string{"left", "right"} {
		all[name] = &components.VnetDelegationArgs{NodeSubnetIDs: ids{name: pulumi.String(w.cloud.MustSeedSubnet("net", "hub", name))}}
	}
	all[holder].NodeSubnetIDs["nodes"] = w.subnet
	if adopted != "" {
		all[holder].AdoptedAssignments = map[string]string{moved: adopted}
	}
	return all
}

// guidOf names the one assignment on a scope.
func (w *switchWorld) guidOf(scope string) string {
	for _, grant := range w.cloud.RoleAssignments() {
		if strings.EqualFold(grant.Scope.String(), scope) {
			return grant.Name
		}
	}
	return ""
}

func (w *switchWorld) network() map[string]*components.VnetDelegationArgs {
	return map[string]*components.VnetDelegationArgs{"network": {NodeSubnetIDs: ids{"nodes": w.subnet}}}
}

// change is one way from a working cluster to another shape of it.
type change struct {
	name string
	// reason is what holds; forced is why Azure allows no change without a gap: empty where there must be none.
	reason, forced string
	from, to       func(*switchWorld) pulumi.RunFunc
	// before is done when the first program is deployed; refused is what the change is refused with.
	before  func(*switchWorld, *testing.T)
	refused string
	// first is done to the stack before the second program is deployed, while the cluster is watched.
	first func(*simtest.Stack)
	// replaces lets the engine replace the cluster.
	replaces bool
}

const principalComesWithTheSwitch = "AKS makes the principal of a system-assigned identity with the switch: nothing can be granted to it before"

const oldGrantsGoFirst = "Pulumi deletes what names the old cluster's identity right before the old cluster, when the new one is ready"

func changes() []change {
	system := func(w *switchWorld) pulumi.RunFunc { return w.cluster(nil) }
	given := func(name string) func(*switchWorld) pulumi.RunFunc {
		return func(w *switchWorld) pulumi.RunFunc { return w.cluster(w.given(name)) }
	}
	made := func(w *switchWorld) pulumi.RunFunc { return w.cluster(created()) }
	nodes := func(edit func(*switchWorld) *components.KubeletIdentityArgs) func(*switchWorld) pulumi.RunFunc {
		return func(w *switchWorld) pulumi.RunFunc {
			return w.with(created(), func(a *components.ManagedIdentityClusterArgs) { a.KubeletIdentity = edit(w) })
		}
	}
	nodesOf := func(name string) func(*switchWorld) pulumi.RunFunc {
		return nodes(func(w *switchWorld) *components.KubeletIdentityArgs {
			return &components.KubeletIdentityArgs{Existing: w.identity(name)}
		})
	}
	roles := func(strategy plan.RoleStrategy) func(*switchWorld) pulumi.RunFunc {
		return func(w *switchWorld) pulumi.RunFunc {
			return w.with(w.given("a"), func(a *components.ManagedIdentityClusterArgs) { a.RoleStrategy = strategy })
		}
	}
	return []change{
		{
			name: "service principal to system-assigned", forced: principalComesWithTheSwitch,
			from: (*switchWorld).onServicePrincipal, to: system, before: (*switchWorld).grantByHand,
		},
		{name: "system-assigned to a", reason: "a is granted before the switch", from: system, to: given("a")},
		{name: "a to b", reason: "b is granted before the switch", from: given("a"), to: given("b")},
		{name: "b to a made one", reason: "the new one is granted before the switch", from: given("b"), to: made},
		{name: "a to system-assigned", forced: principalComesWithTheSwitch, from: given("a"), to: system},
		{name: "nodes from a to b", reason: "b is granted before the exchange", from: nodesOf("a"), to: nodesOf("b")},
		{
			name: "nodes from a made one to a", reason: "a is granted before the exchange", to: nodesOf("a"),
			from: nodes(func(*switchWorld) *components.KubeletIdentityArgs { return &components.KubeletIdentityArgs{} }),
		},
		{
			name: "nodes given back", reason: "AKS takes no kubelet identity back, so nothing is begun", from: nodesOf("a"),
			to: made, refused: "cannot take it back",
		},
		{name: "built-in to custom roles", reason: "the old grants go when the new ones work", from: roles(plan.BuiltinRoles), to: roles(plan.CustomRoles)},
		{name: "custom to built-in roles", reason: "the old grants go when the new ones work", from: roles(plan.CustomRoles), to: roles(plan.BuiltinRoles)},
		{
			name: "a renamed key", reason: "an alias keeps the grant", from: given("a"), to: func(w *switchWorld) pulumi.RunFunc {
				return w.with(w.given("a"), func(a *components.ManagedIdentityClusterArgs) {
					a.Subnets, a.SystemPool.Subnet = ids{"workers": w.subnet}, "workers"
					a.RenamedKeys = map[string][]string{"subnets.workers": {"subnets.nodes"}}
				})
			},
		},
		{
			name: "a renamed key, not told", reason: "it is refused before anything goes", from: given("a"), to: func(w *switchWorld) pulumi.RunFunc {
				return w.with(w.given("a"), func(a *components.ManagedIdentityClusterArgs) {
					a.Subnets, a.SystemPool.Subnet = ids{"workers": w.subnet}, "workers"
				})
			}, refused: "renamedKeys",
		},
		{
			name: "a renamed component", reason: "an alias keeps everything", from: given("a"), to: func(w *switchWorld) pulumi.RunFunc {
				return func(ctx *pulumi.Context) error {
					c, err := components.NewManagedIdentityCluster(ctx, "shop", w.args(w.given("a")), pulumi.Aliases([]pulumi.Alias{{Name: pulumi.String("aks")}}))
					if err == nil {
						ctx.Export("principalId", c.PrincipalID)
					}
					return err
				}
			},
		},
		{name: "another cluster on a", reason: "the old one works until it is gone, the new one has the grants already", from: nodesOf("a"), to: nodesOf("a"), replaces: true},
		{name: "another cluster, system-assigned", forced: oldGrantsGoFirst, from: system, to: system, replaces: true},
		{
			name: "a to b, granted by another component", reason: "b is granted before a's grants go, and before the switch",
			from:   func(w *switchWorld) pulumi.RunFunc { return w.delegated("a", w.network()) },
			to:     func(w *switchWorld) pulumi.RunFunc { return w.delegated("b", w.network()) },
			before: (*switchWorld).onlyTheControlPlane,
		},
		{
			name: "a grant moved, not handed over", reason: "it is refused before anything goes", before: (*switchWorld).onlyTheControlPlane,
			from: func(w *switchWorld) pulumi.RunFunc { return w.delegated("a", w.two("left", "")) },
			to:   func(w *switchWorld) pulumi.RunFunc { return w.delegated("a", w.two("right", "")) }, refused: "hand the grant over",
		},
		{
			name: "a grant handed over", reason: "the other component adopts it", before: (*switchWorld).onlyTheControlPlane,
			from: func(w *switchWorld) pulumi.RunFunc { return w.delegated("a", w.two("left", "")) },
			first: func(s *simtest.Stack) {
				held, _ := s.Resources().Find(grantType, "left-"+moved)
				s.Forget(string(held.URN))
			},
			to: func(w *switchWorld) pulumi.RunFunc {
				return w.delegated("a", w.two("right", w.guidOf(string(w.subnet))))
			},
		},
	}
}

// TestSwitchesLeaveNoGap: each change of a working cluster, with grants that work at once, after two minutes, and after the ten that
// Microsoft names as the longest.
func TestSwitchesLeaveNoGap(t *testing.T) {
	rows := []string{fmt.Sprintf("%-40s %6s %10s %5s  %s", "change", "delay", "operations", "gaps", "why")}
	for _, c := range changes() {
		for _, delay := range []time.Duration{0, 2 * time.Minute, 10 * time.Minute} {
			t.Run(fmt.Sprintf("%s after %s", c.name, delay), func(t *testing.T) {
				w := newSwitchWorld(delay)
				w.carryOut(t, c)
				why := c.forced
				if len(w.watch.gaps) == 0 {
					why = c.reason
				}
				rows = append(rows, fmt.Sprintf("%-40s %6s %10d %5d  %s", c.name, fmt.Sprintf("%.0f min", delay.Minutes()), w.watch.checked, len(w.watch.gaps), why))
			})
		}
	}
	t.Log("\n" + strings.Join(rows, "\n"))
}

// served is the cluster as a program in another language makes it.
func (w *switchWorld) served(identity plan.IdentityType) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		var cluster struct {
			pulumi.ResourceState
			PrincipalID pulumi.StringOutput `pulumi:"principalId"`
		}
		err := ctx.RegisterRemoteComponentResource(components.ManagedIdentityClusterToken, "aks", pulumi.Map{
			"location": pulumi.String("westeurope"), "apiServer": pulumi.Map{"public": pulumi.Bool(true)},
			"identity": pulumi.Map{"type": pulumi.String(string(identity))}, "subnets": pulumi.Map{"nodes": w.subnet},
			"systemPool": pulumi.Map{"subnet": pulumi.String("nodes")},
		}, &cluster)
		ctx.Export("principalId", cluster.PrincipalID)
		return err
	}
}

// TestServedComponentsSwitchWithoutAGap: they wait in another process, by the same hooks.
func TestServedComponentsSwitchWithoutAGap(t *testing.T) {
	w := newSwitchWorld(10 * time.Minute)
	w.onlyTheControlPlane(t)
	s := simtest.New(t, w.served(plan.SystemAssigned), simtest.WithCloud(w.cloud), serving())
	between(t, "the grants are as young as the cluster", takes(t, w.cloud, s.Up), 3*time.Minute, 4*time.Minute)
	w.cloud.Settle()
	w.watch.begin(t)
	s.SetProgram(w.served(plan.UserAssigned))
	between(t, "the new grants are to work", takes(t, w.cloud, s.Up), 10*time.Minute, 11*time.Minute)
	w.watch.end()
	w.nothingOld(t)
	if w.watch.checked == 0 || len(w.watch.gaps) > 0 {
		t.Errorf("%d operations, without a right after\n%s", w.watch.checked, strings.Join(w.watch.gaps, "\n"))
	}
}

func (w *switchWorld) carryOut(t *testing.T, c change) {
	t.Helper()
	s := simtest.New(t, c.from(w), simtest.WithCloud(w.cloud))
	must(t, "up", s.Up())
	if c.before != nil {
		c.before(w, t)
	}
	w.cloud.Settle()
	w.watch.begin(t)
	if c.first != nil {
		c.first(s)
	}
	s.SetProgram(c.to(w))
	up := s.Up(c.options(s)...)
	w.watch.end()
	if c.refused != "" {
		if up.Err == nil || !strings.Contains(up.Diagnostics(), c.refused) {
			t.Errorf("%s: want a refusal that says %q: %s", c.reason, c.refused, up.Explain())
		}
	} else {
		must(t, "change", up)
		w.nothingOld(t)
	}
	if c.forced != "" {
		t.Logf("%s:\n%s", c.forced, strings.Join(w.watch.gaps, "\n"))
	}
	if len(w.watch.gaps) > 0 && c.forced == "" {
		t.Errorf("%s, but the cluster was without a right:\n%s", c.reason, strings.Join(w.watch.gaps, "\n"))
	}
	if lost := w.watch.missing(); lost != "" {
		t.Errorf("in the end the cluster lacks %s", lost)
	}
}

func (c change) options(s *simtest.Stack) []simtest.OpOption {
	if !c.replaces {
		return nil
	}
	cluster, _ := s.Resources().Find(clusterType, "aks")
	return []simtest.OpOption{simtest.Replace(string(cluster.URN))}
}

// nothingOld: every grant of the program is for an identity that the cluster has.
func (w *switchWorld) nothingOld(t *testing.T) {
	t.Helper()
	clusters := w.cloud.Clusters()
	if len(clusters) != 1 {
		t.Fatalf("%d clusters are left", len(clusters))
	}
	for _, grant := range w.cloud.RoleAssignments() {
		ours := grant.PrincipalID == clusters[0].ControlPlane() || grant.PrincipalID == clusters[0].Kubelet()
		if !grant.Seeded && !grant.Left && (grant.Orphan || !ours) {
			t.Errorf("%s on %s is left to an identity that the cluster does not have", grant.Role.Name, grant.Scope)
		}
	}
}
