using System.Collections.Generic;
using AksIdentity.Components;
using AksIdentity.Components.Inputs;
using Pulumi;

return await Deployment.RunAsync(() =>
{
    var orders = new WorkloadIdentity("orders", new()
    {
        ResourceGroupName = "shop",
        IssuerUrl = "https://westeurope.oic.prod-aks.azure.com/tenant/cluster/", // cluster.OidcIssuerUrl
        ServiceAccounts = { ["api"] = new ServiceAccountArgs { Namespace = "orders", Name = "api" } },
        Roles =
        {
            ["secrets"] = new WorkloadGrantArgs
            {
                Role = "Key Vault Secrets User",
                ResourceId = "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/shop-orders",
                Reason = "the API reads its connection string",
            },
        },
    });

    return new Dictionary<string, object?> { ["clientId"] = orders.ClientId };
});
