package gosdk

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/sdk/go/aksidentity"
)

// overview is the program of docs/_index.md.
func overview(subnet string) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		cluster, err := aksidentity.NewManagedIdentityCluster(ctx, "shop", &aksidentity.ManagedIdentityClusterArgs{
			Location:   pulumi.StringPtr("westeurope"),
			ApiServer:  aksidentity.APIServerArgs{Public: pulumi.BoolRef(true)},
			Subnets:    map[string]pulumi.StringInput{"nodes": pulumi.String(subnet)},
			SystemPool: &aksidentity.NodePoolArgs{Subnet: pulumi.StringRef("nodes")},
		})
		if err != nil {
			return err
		}
		ctx.Export("kubeconfig", cluster.Kubeconfig)
		ctx.Export("grants", cluster.Grants)
		return nil
	}
}

func TestTheOverviewDeploys(t *testing.T) {
	cloud := azuresim.New()
	program := overview(cloud.MustSeedSubnet("network", "hub", "nodes"))
	simtest.Run(t, program, asPlugin(t), simtest.WithCloud(cloud))
}
