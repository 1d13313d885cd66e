package pages_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

// reading is the code of docs/workload-identity.md, behind a cluster.
func reading(vault string) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		cluster, err := components.NewManagedIdentityCluster(ctx, "shop", &components.ManagedIdentityClusterArgs{
			Location: pulumi.String("westeurope"), APIServer: &components.APIServerArgs{Public: true},
		})
		if err != nil {
			return err
		}
		_, err = components.NewWorkloadIdentity(ctx, "orders", &components.WorkloadIdentityArgs{
			ResourceGroupName: cluster.ResourceGroupName,
			IssuerURL:         cluster.OIDCIssuerURL,
			ServiceAccounts: map[string]*components.ServiceAccountArgs{
				"orders-api": {Namespace: pulumi.String("orders"), Name: pulumi.String("api")},
			},
			SecretVaultIDs: pulumi.StringMap{"shop": pulumi.String(vault)},
		})
		return err
	}
}

// TestTheWorkloadOfThePageIsDeployed in a life of its own, with one role on the vault.
func TestTheWorkloadOfThePageIsDeployed(t *testing.T) {
	cloud := azuresim.New()
	vault := cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "hub")+"/providers/Microsoft.KeyVault/vaults/shop", nil)
	simtest.Run(t, reading(vault), simtest.WithCloud(cloud), simtest.WithConfig(map[string]string{"azure-native:location": "westeurope"}),
		simtest.WithCheck(func(s *simtest.Stack, _ simtest.Result) {
			if n := len(s.Cloud().Assignments()); n != 1 {
				t.Errorf("%d role assignments, want that on the vault", n)
			}
		}))
}

// More credentials than an identity can have, as docs/workload-identity.md shows it.
func Example_credentials() {
	args := &components.WorkloadIdentityArgs{
		ResourceGroupName: pulumi.String("identities"),
		IssuerURLs: pulumi.StringMap{
			"west": pulumi.String("https://west/"), "north": pulumi.String("https://north/"), "east": pulumi.String("https://east/"),
		},
		ServiceAccounts: map[string]*components.ServiceAccountArgs{},
	}
	for _, name := range []string{"api", "batch", "cron", "mail", "orders", "stock", "web"} {
		args.ServiceAccounts[name] = &components.ServiceAccountArgs{Namespace: pulumi.String("shop"), Name: pulumi.String(name)}
	}
	var problems plan.Problems
	if err := components.ValidateWorkloadIdentity(args); errors.As(err, &problems) {
		for _, problem := range problems {
			fmt.Println(strings.Join(report.Wrap(problem.String(), 140), "\n"))
		}
	}
	// Output:
	// serviceAccounts: 7 service accounts for 3 issuers take 21 federated credentials, and one identity has at most 20. Fix: split them over 2
	// WorkloadIdentity components, each with an identity of its own with the same roles: (1) api, batch, cron, mail, orders, stock; (2) web.
}
