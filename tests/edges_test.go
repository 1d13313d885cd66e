package tests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

const roleAssignmentToken = "azure-native:authorization:RoleAssignment"

// delegating makes a stack whose program delegates to the seeded cluster. The map is filled when the program runs, since
// late values need a context.
func delegating(w *world, fill func(*pulumi.Context, *components.VnetDelegationArgs) error) *simtest.Stack {
	return simtest.New(w.t, delegation(w, fill), simtest.WithCloud(w.Cloud))
}

func delegation(w *world, fill func(*pulumi.Context, *components.VnetDelegationArgs) error) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &components.VnetDelegationArgs{PrincipalID: pulumi.String(w.cluster.ControlPlane())}
		if err := fill(ctx, args); err != nil {
			return err
		}
		made, err := components.NewVnetDelegation(ctx, "delegation", args)
		if err != nil {
			return err
		}
		ctx.Export("grants", made.Grants)
		ctx.Export("planned", made.PlannedGrants)
		return nil
	}
}

func edgeWorld(t *testing.T) *world {
	w := newWorld(t)
	w.seedCluster(plan.UserAssigned)
	return w
}

// late turns an ID into one that is unknown until a resource group exists.
func late(ctx *pulumi.Context, name, id string) (pulumi.StringOutput, error) {
	group, err := resources.NewResourceGroup(ctx, name, &resources.ResourceGroupArgs{Location: pulumi.StringPtr("westeurope")})
	if err != nil {
		return pulumi.StringOutput{}, err
	}
	return group.ID().ApplyT(func(pulumi.ID) string { return id }).(pulumi.StringOutput), nil
}

func nodeSubnet(id pulumi.StringInput) func(*pulumi.Context, *components.VnetDelegationArgs) error {
	return func(_ *pulumi.Context, a *components.VnetDelegationArgs) error {
		a.NodeSubnetIDs = ids{"nodes": id}
		return nil
	}
}

func TestUnknownID(t *testing.T) {
	w := edgeWorld(t)
	subnet := w.subnet("nodes")
	s := delegating(w, func(ctx *pulumi.Context, a *components.VnetDelegationArgs) error {
		id, err := late(ctx, "group", subnet)
		a.NodeSubnetIDs = ids{"nodes": id}
		return err
	})
	preview := s.Preview()
	if preview.Err != nil {
		t.Fatal(preview.Explain())
	}
	steps := preview.Steps.Type(roleAssignmentToken)
	if len(steps) != 1 {
		t.Fatalf("the preview must list the grant although its scope is unknown:\n%s", preview.Steps)
	}
	if reason := fmt.Sprint(steps[0].Input("description")); !strings.Contains(reason, "join nodes") {
		t.Errorf("the preview shows the reason %q", reason)
	}
	if scope := steps[0].Input("scope"); scope != (simtest.Unknown{}) {
		t.Errorf("the scope should be unknown at preview, got %v", scope)
	}
	if up := s.Up(); up.Err != nil {
		t.Fatal(up.Explain())
	}
	if failing := w.denied(on(subnet, "node-subnet-join")); len(failing) > 0 {
		t.Errorf("denied: %v", failing)
	}
	if again := s.Up(); again.Err != nil || !again.Unchanged() {
		t.Errorf("a second up should change nothing:\n%s", again.Steps.Changing())
	}
}

func TestSecretID(t *testing.T) {
	w := edgeWorld(t)
	subnet := w.subnet("hidden-subnet")
	s := delegating(w, func(_ *pulumi.Context, a *components.VnetDelegationArgs) error {
		a.NodeSubnetIDs = ids{"nodes": pulumi.ToSecret(pulumi.String(subnet)).(pulumi.StringOutput)}
		return nil
	})
	up := s.Up()
	if up.Err != nil {
		t.Fatal(up.Explain())
	}
	if failing := w.denied(on(subnet, "node-subnet-join")); len(failing) > 0 {
		t.Errorf("denied: %v", failing)
	}
	if _, secret := up.Output("grants"); !secret {
		t.Error("the grants show a scope that the user wants to keep secret")
	}
	for _, line := range strings.Split(string(s.Export()), "\n") {
		// The ID of a role assignment begins with its scope, and Pulumi keeps IDs of resources in plain text.
		if strings.Contains(line, "subnets/hidden-subnet") && !strings.HasPrefix(strings.TrimSpace(line), `"id": `) {
			t.Errorf("the secret ID stands in the state in plain text: %s", line)
		}
	}
	if again := s.Up(); again.Err != nil || !again.Unchanged() {
		t.Errorf("a second up should change nothing:\n%s", again.Steps.Changing())
	}
}

func TestIDInOddLetterCase(t *testing.T) {
	w := edgeWorld(t)
	subnet := w.subnet("nodes")
	odd := strings.NewReplacer("resourceGroups", "RESOURCEGROUPS", "virtualNetworks", "VirtualNetworks", "/network/", "/NETWORK/").Replace(subnet)
	simtest.Run(t, delegation(w, nodeSubnet(pulumi.String(odd))), simtest.WithCloud(w.Cloud), simtest.WithCheck(func(*simtest.Stack, simtest.Result) {
		if failing := w.denied(on(subnet, "node-subnet-join")); len(failing) > 0 {
			t.Errorf("denied: %v", failing)
		}
	}))
}

// TestLettersOfAnIDChange: AKS and managed identities spell "resourcegroups" in their IDs, people write "resourceGroups".
// Going from one to the other must not take the grant away, not even for a moment.
func TestLettersOfAnIDChange(t *testing.T) {
	w := edgeWorld(t)
	identity := w.resource(azuresim.IdentityType, "kubelet1", nil)
	written := strings.Replace(identity, "/resourcegroups/", "/resourceGroups/", 1)
	with := func(id string) pulumi.RunFunc {
		return delegation(w, func(_ *pulumi.Context, a *components.VnetDelegationArgs) error {
			a.KubeletIdentityIDs = ids{"nodes": pulumi.String(id)}
			return nil
		})
	}
	s := simtest.New(t, with(identity), simtest.WithCloud(w.Cloud))
	for _, id := range []string{identity, written, identity} {
		s.SetProgram(with(id))
		if up := s.Up(); up.Err != nil {
			t.Fatal(up.Explain())
		}
	}
	for _, o := range w.Operations() {
		if o.Method == azuresim.MethodDelete {
			t.Errorf("the grant was taken away meanwhile: %s %s", o.Method, o.ID)
		}
	}
}

func TestIDOfTheWrongKind(t *testing.T) {
	w := edgeWorld(t)
	network, _ := w.network("hub")
	cases := []struct {
		name, reason string
		id           pulumi.StringInput
		late         bool
		says         string
	}{
		{name: "known network", reason: "a VNet is no subnet", id: pulumi.String(network), says: "is Microsoft.Network/virtualNetworks, not a Microsoft.Network/virtualNetworks/subnets"},
		{name: "known name", reason: "a name is no ID", id: pulumi.String("nodes"), says: "is not a resource ID"},
		{name: "known and empty", reason: "an empty text is no ID", id: pulumi.String(""), says: "is not a resource ID"},
		{name: "late network", reason: "it is checked when it arrives", late: true, says: "is Microsoft.Network/virtualNetworks, not a Microsoft.Network/virtualNetworks/subnets"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			s := delegating(w, func(ctx *pulumi.Context, a *components.VnetDelegationArgs) error {
				id := tc.id
				if tc.late {
					output, err := late(ctx, "group", network)
					if err != nil {
						return err
					}
					id = output
				}
				a.NodeSubnetIDs = ids{"nodes": id}
				return nil
			})
			if preview := s.Preview(); (preview.Err == nil) != tc.late {
				t.Errorf("%s: preview says %s", tc.reason, preview.Explain())
			}
			up := s.Up()
			if up.Err == nil || !strings.Contains(up.Diagnostics(), "nodeSubnetIds.nodes: ") || !strings.Contains(up.Diagnostics(), tc.says) {
				t.Errorf("%s: up says %s", tc.reason, up.Explain())
			}
			if len(w.deployed()) > 0 {
				t.Errorf("%s: a grant was made all the same", tc.reason)
			}
		})
	}
}

func TestNoResources(t *testing.T) {
	for name, none := range map[string]ids{"empty map": {}, "nil map": nil} {
		t.Run(name, func(t *testing.T) {
			w := edgeWorld(t)
			simtest.Run(t, delegation(w, func(_ *pulumi.Context, a *components.VnetDelegationArgs) error {
				a.NodeSubnetIDs = none
				return nil
			}), simtest.WithCloud(w.Cloud), simtest.WithCheck(func(*simtest.Stack, simtest.Result) {
				if made := w.deployed(); len(made) > 0 {
					t.Errorf("nothing is mentioned, so nothing is granted; got %v", made)
				}
			}))
		})
	}
}

// TestNilID: a key with nothing behind it is a mistake, not a grant on nothing.
func TestNilID(t *testing.T) {
	var nothing pulumi.StringInput
	p := components.PlanVnetDelegation(&components.VnetDelegationArgs{
		PrincipalID: pulumi.String(azuresim.DefaultDeployerObjectID), NodeSubnetIDs: ids{"nodes": nothing},
	})
	if len(p.Problems) != 1 || p.Problems[0].Path != "nodeSubnetIds.nodes" {
		t.Errorf("want one problem at nodeSubnetIds.nodes, got %v", p.Problems)
	}
}
