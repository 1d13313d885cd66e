import pulumi
import pulumi_aksidentity as aksidentity

orders = aksidentity.WorkloadIdentity(
    "orders",
    resource_group_name="shop",
    issuer_url="https://westeurope.oic.prod-aks.azure.com/tenant/cluster/",  # cluster.oidc_issuer_url
    service_accounts={"api": {"namespace": "orders", "name": "api"}},
    roles={
        "secrets": {
            "role": "Key Vault Secrets User",
            "resource_id": "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/shop-orders",
            "reason": "the API reads its connection string",
        },
    },
)

pulumi.export("client_id", orders.client_id)
