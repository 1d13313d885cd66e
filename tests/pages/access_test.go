package pages_test

import (
	"fmt"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

const shopTeam = "00000000-0000-4000-8000-00000000000b"

func lettingIn(ctx *pulumi.Context) error {
	args := inSubnet()
	args.Entra, args.DisableLocalAccounts = &components.EntraArgs{}, pulumi.BoolRef(true)
	args.Access = map[string]*components.AccessArgs{"shop": {
		PrincipalID: pulumi.String(shopTeam), PrincipalType: components.PrincipalTypeGroup, Role: components.AccessRoleWriter,
		Namespace: pulumi.String("shop"), Reason: "the team of the shop deploys there",
	}}
	_, err := components.NewManagedIdentityCluster(ctx, "shop", args)
	return err
}

// deployed runs the program in an Azure that has the subnet and the shop's team.
func deployed(t testing.TB, program pulumi.RunFunc) (*azuresim.Cluster, simtest.Result) {
	cloud := azuresim.New()
	cloud.MustSeedSubnet("hub", "hub", "nodes")
	cloud.AddPrincipal(shopTeam, azuresim.Group, "shop")
	up := simtest.New(t, program, simtest.WithCloud(cloud)).Up()
	if up.Err != nil || len(cloud.Clusters()) != 1 {
		t.Fatalf("it makes one cluster: %s", up.Explain())
	}
	return cloud.Clusters()[0], up
}

// bench stands for the *testing.T of a test; an example has none.
type bench struct{ testing.TB }

func (bench) Helper()                           {}
func (bench) Cleanup(func())                    {}
func (bench) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

// Who gets in, as docs/access.md asks.
func Example_access() {
	cluster, _ := deployed(bench{}, lettingIn)
	fmt.Println(cluster.MayUse(shopTeam, "shop", "pods/write").Effect)
	fmt.Println(cluster.MayUse(shopTeam, "billing", "pods/read").Effect)
	fmt.Println(cluster.MayFetchKubeconfig(shopTeam).Effect)
	// Output:
	// allow
	// deny
	// allow
}
