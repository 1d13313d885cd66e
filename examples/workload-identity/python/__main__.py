"""The pods of two service accounts read a key vault without any secret: the cluster issues tokens, Entra accepts them for an identity,
and the identity holds one role on one vault."""

import pulumi
import pulumi_aksidentity as aksidentity

config = pulumi.Config()

cluster = aksidentity.ManagedIdentityCluster(
    "shop",
    location="westeurope",
    api_server={"authorized_ip_ranges": ["192.0.2.0/24"]},
)

orders = aksidentity.WorkloadIdentity(
    "orders",
    resource_group_name=cluster.resource_group_name,
    location="westeurope",
    issuer_url=cluster.oidc_issuer_url,
    service_accounts={
        "orders-api": {"namespace": "orders", "name": "api"},
        "orders-worker": {"namespace": "orders", "name": "worker"},
    },
    roles={
        "vault": {
            "role": "Key Vault Secrets User",
            "resource_id": config.require("vaultId"),
            "reason": "read the payment provider's key",
        },
    },
)

# The annotation azure.workload.identity/client-id of both service accounts.
pulumi.export("clientId", orders.client_id)
pulumi.export("grants", orders.grants)
