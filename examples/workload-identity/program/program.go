// Package program lets the pods of one service account read a key vault, without any secret: the cluster issues tokens,
// Entra accepts them for an identity, and the identity holds one role on one vault.
package program

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Program makes a cluster and an identity for its orders service. The vault's ID is the configuration value vaultId.
func Program(ctx *pulumi.Context) error {
	vault, err := config.Try(ctx, "vaultId")
	if err != nil {
		return err
	}
	cluster, err := components.NewManagedIdentityCluster(ctx, "shop", &components.ManagedIdentityClusterArgs{
		Location:  pulumi.StringPtr("westeurope"),
		APIServer: &components.APIServerArgs{AuthorizedIPRanges: pulumi.StringArray{pulumi.String("192.0.2.0/24")}},
	})
	if err != nil {
		return err
	}
	orders, err := components.NewWorkloadIdentity(ctx, "orders", &components.WorkloadIdentityArgs{
		ResourceGroupName: cluster.ResourceGroupName,
		Location:          pulumi.StringPtr("westeurope"),
		IssuerURL:         cluster.OIDCIssuerURL,
		ServiceAccounts: map[string]*components.ServiceAccountArgs{
			"orders-api":    {Namespace: pulumi.String("orders"), Name: pulumi.String("api")},
			"orders-worker": {Namespace: pulumi.String("orders"), Name: pulumi.String("worker")},
		},
		Roles: map[string]*components.WorkloadGrantArgs{
			"vault": {Role: rbac.KeyVaultSecretsUser, ResourceID: pulumi.String(vault), Reason: "read the payment provider's key"},
		},
	})
	if err != nil {
		return err
	}
	// The annotation azure.workload.identity/client-id of both service accounts.
	ctx.Export("clientId", orders.ClientID)
	ctx.Export("grants", orders.Grants)
	return nil
}
