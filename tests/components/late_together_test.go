package components_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// TestEachLateMistakeTellsTheOthers: Pulumi tells one error of a program, so each has all that has arrived.
func TestEachLateMistakeTellsTheOthers(t *testing.T) {
	up := simtest.New(t, func(ctx *pulumi.Context) error {
		group, err := resources.NewResourceGroup(ctx, "net", &resources.ResourceGroupArgs{Location: pulumi.StringPtr("westeurope")})
		if err != nil {
			return err
		}
		_, err = components.NewVnetDelegation(ctx, "hub", &components.VnetDelegationArgs{
			PrincipalID:   pulumi.String("11111111-2222-4333-8444-555555555555"),
			NodeSubnetIDs: map[string]pulumi.StringInput{"a": group.ID(), "b": group.ID()}, // a group is no subnet
		})
		return err
	}).Up()
	if up.Err == nil {
		t.Fatal("a group is no subnet")
	}
	for _, path := range []string{"nodeSubnetIds.a", "nodeSubnetIds.b"} {
		if !strings.Contains(up.Diagnostics(), path) {
			t.Errorf("%s is not told: %s", path, up.Explain())
		}
	}
}
