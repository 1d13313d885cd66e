package components

import (
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// TestADeployedChildIsToldByItsName, and by nothing that merely resembles it.
func TestADeployedChildIsToldByItsName(t *testing.T) {
	const token = "azure-native:containerservice/v20250101:ManagedCluster"
	cluster := func(name string) string { return "urn:pulumi:dev::shop::" + token + "::" + name }
	const pool = "urn:pulumi:dev::shop::azure-native:containerservice/v20250101:AgentPool::shop-cluster"
	for _, tc := range []struct {
		name, reason string
		resources    []string
		want         deployed
	}{
		{"nothing", "the stack has no such resource", nil, deployedNot},
		{"another type", "the stack has no resource of the type", []string{pool}, deployedNot},
		{"its own", "the component is called so", []string{cluster("shop-cluster")}, deployedAlready},
		{"the former one", "the component was called so", []string{cluster("market-cluster")}, deployedAlready},
		{"beside another component's", "both end alike", []string{cluster("shop-cluster"), cluster("bank-cluster")}, deployedAlready},
		{"another component's alone", "it may be this one under a name that was not told", []string{cluster("bank-cluster")}, deployedUnknown},
		{"another child", "it may be this one under a name that was not told", []string{cluster("shop-something")}, deployedUnknown},
		{"two", "nobody knows which", []string{cluster("shop-cluster"), cluster("market-cluster")}, deployedUnknown},
	} {
		t.Run(tc.name, func(t *testing.T) {
			g := granter{names: []string{"shop", "market"}, state: state{resources: map[string]any{}, known: true}}
			g.state.once.Do(func() {})
			for _, text := range tc.resources {
				g.state.resources[text] = map[string]any{"type": string(urn.URN(text).Type()), "outputs": map[string]any{}}
			}
			if _, got := g.deployedOutputs(t.Context(), token, "-cluster"); got != tc.want {
				t.Errorf("%v, want %v: %s", got, tc.want, tc.reason)
			}
		})
	}
}

// TestEveryAliasThatIsKnownCounts, whatever stands before it.
func TestEveryAliasThatIsKnownCounts(t *testing.T) {
	const token = "aksidentity:index:ManagedIdentityCluster"
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		later := pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) string { return "later" }).(pulumi.StringOutput)
		given := &pulumi.ResourceOptions{Aliases: []pulumi.Alias{
			{URN: pulumi.URN("urn:pulumi:dev::shop::" + token + "::bazaar")},
			{URN: later.ApplyT(func(text string) pulumi.URN { return pulumi.URN(text) }).(pulumi.URNOutput)},
			{Name: later},
			{Name: pulumi.String("market")},
		}}
		var names []string
		for _, was := range formersOf(ctx, token, "shop", given) {
			names = append(names, was.name)
		}
		if want := []string{"bazaar", "market"}; !slices.Equal(names, want) {
			t.Errorf("%v, want %v", names, want)
		}
		return nil
	}, pulumi.WithMocks("shop", "dev", noMocks{}))
	if err != nil {
		t.Fatal(err)
	}
}
