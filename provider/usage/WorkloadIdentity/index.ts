import * as aksidentity from "@aksidentity/pulumi";

const orders = new aksidentity.WorkloadIdentity("orders", {
    resourceGroupName: "shop",
    issuerUrl: "https://westeurope.oic.prod-aks.azure.com/tenant/cluster/", // cluster.oidcIssuerUrl
    serviceAccounts: { api: { namespace: "orders", name: "api" } },
    roles: {
        secrets: {
            role: "Key Vault Secrets User",
            resourceId: "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/shop-orders",
            reason: "the API reads its connection string",
        },
    },
});

export const clientId = orders.clientId;
