package pages_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/examples/production/daytwo"
)

// TestTheDayTwoPageTellsEachStep of the production cluster's second day, by its name and with what it changes.
func TestTheDayTwoPageTellsEachStep(t *testing.T) {
	text, err := os.ReadFile("../../docs/day-two.md")
	if err != nil {
		t.Fatal(err)
	}
	given := azuresim.SeededIdentity{}
	for _, step := range daytwo.Steps(given, given) {
		if !strings.Contains(string(text), "| "+step.Name+" |") {
			t.Errorf("docs/day-two.md has no row for %q, which changes %v", step.Name, step.Changes)
		}
	}
}

// TestPoolsMoveToAnotherSubnet as docs/day-two.md says: a pool in the new subnet first, then the old pool goes with its subnet. AKS refuses to
// move a pool that is there.
func TestPoolsMoveToAnotherSubnet(t *testing.T) {
	cloud := azuresim.New()
	cloud.MustSeedSubnet("hub", "hub", "nodes")
	before, after := pulumi.String(cloud.MustSeedSubnet("hub", "hub", "web")), pulumi.String(cloud.MustSeedSubnet("hub", "hub", "wide"))
	args := func(subnets pulumi.StringMap, pools ...*components.NodePoolArgs) *components.ManagedIdentityClusterArgs {
		args := inSubnet()
		args.Pools = pools
		for key, id := range subnets {
			args.Subnets[key] = id
		}
		return args
	}
	web, wide := &components.NodePoolArgs{Name: "web", Subnet: "old"}, &components.NodePoolArgs{Name: "wide", Subnet: "new"}
	s := simtest.New(t, nil, simtest.WithCloud(cloud))
	deploy := func(args *components.ManagedIdentityClusterArgs) simtest.Result {
		s.SetProgram(func(ctx *pulumi.Context) error {
			_, err := components.NewManagedIdentityCluster(ctx, "shop", args)
			return err
		})
		return s.Up()
	}
	if up := deploy(args(pulumi.StringMap{"old": before}, web)); up.Err != nil {
		t.Fatal(up.Err)
	}
	mustChange(t, deploy(args(pulumi.StringMap{"old": before, "new": after}, web, wide)),
		"create AgentPool shop-wide", "create RoleAssignment shop-control-plane-created-network-contributor-subnets.new")
	mustChange(t, deploy(args(pulumi.StringMap{"new": after}, wide)),
		"delete AgentPool shop-web", "delete RoleAssignment shop-control-plane-created-network-contributor-subnets.old")
	if up := deploy(args(pulumi.StringMap{"old": before}, &components.NodePoolArgs{Name: "wide", Subnet: "old"})); up.Err == nil ||
		!strings.Contains(up.Explain(), "PropertyChangeNotAllowed") {
		t.Errorf("a pool stays in its subnet: %s", up.Explain())
	}
}

func mustChange(t *testing.T, up simtest.Result, want ...string) {
	t.Helper()
	if up.Err != nil {
		t.Fatal(up.Explain())
	}
	var got []string
	for _, change := range up.Steps.Changing() {
		got = append(got, fmt.Sprintf("%s %s %s", change.Op, change.Type[strings.LastIndex(change.Type, ":")+1:], change.Name))
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
