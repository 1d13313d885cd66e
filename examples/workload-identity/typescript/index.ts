// The pods of two service accounts read a key vault without any secret: the cluster issues tokens, Entra accepts them for an identity,
// and the identity holds one role on one vault.
import * as pulumi from "@pulumi/pulumi";
import * as aksidentity from "@aksidentity/pulumi";

const config = new pulumi.Config();

const cluster = new aksidentity.ManagedIdentityCluster("shop", {
    location: "westeurope",
    apiServer: { authorizedIpRanges: ["192.0.2.0/24"] },
});

const orders = new aksidentity.WorkloadIdentity("orders", {
    resourceGroupName: cluster.resourceGroupName,
    location: "westeurope",
    issuerUrl: cluster.oidcIssuerUrl,
    serviceAccounts: {
        "orders-api": { namespace: "orders", name: "api" },
        "orders-worker": { namespace: "orders", name: "worker" },
    },
    roles: {
        vault: {
            role: "Key Vault Secrets User",
            resourceId: config.require("vaultId"),
            reason: "read the payment provider's key",
        },
    },
});

// The annotation azure.workload.identity/client-id of both service accounts.
export const clientId = orders.clientId;
export const grants = orders.grants;
