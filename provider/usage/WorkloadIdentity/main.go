// Command WorkloadIdentity gives the pods of a service account an identity.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		orders, err := components.NewWorkloadIdentity(ctx, "orders", &components.WorkloadIdentityArgs{
			ResourceGroupName: pulumi.String("shop"),
			IssuerURL:         pulumi.String("https://westeurope.oic.prod-aks.azure.com/tenant/cluster/"), // cluster.OIDCIssuerURL
			ServiceAccounts: map[string]*components.ServiceAccountArgs{
				"api": {Namespace: pulumi.String("orders"), Name: pulumi.String("api")},
			},
			Roles: map[string]*components.WorkloadGrantArgs{"secrets": {
				Role:       "Key Vault Secrets User",
				ResourceID: pulumi.String("/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/shop-orders"),
				Reason:     "the API reads its connection string",
			}},
		})
		if err != nil {
			return err
		}
		ctx.Export("clientId", orders.ClientID)
		return nil
	})
}
