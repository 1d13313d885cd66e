"""A cluster with every add-on that has an identity of its own, each granted what it works with."""

import pulumi
import pulumi_aksidentity as aksidentity

config = pulumi.Config()

cluster = aksidentity.ManagedIdentityCluster(
    "shop",
    location="westeurope",
    identity={"type": aksidentity.IdentityType.USER_ASSIGNED},
    subnets={"nodes": config.require("nodeSubnetId")},
    # Given once, because the secrets provider and application routing both read it.
    key_vault_ids={"shop": config.require("vaultId")},
    system_pool={"subnet": "nodes"},
    # Virtual nodes do not work with authorised ranges.
    api_server={"private": True},
    # Virtual nodes do not work with overlay: pods take addresses of the subnet.
    network={"flat": True, "policy": aksidentity.NetworkPolicy.AZURE},
    addons={
        # Needs no role: logs go through Entra authentication. The workspace lies in the cluster's region, else it is said here.
        "monitoring": {"workspace_id": config.require("workspaceId")},
        "ingress_gateway": {"gateway_id": config.require("gatewayId")},
        "virtual_node": {"subnet_id": config.require("virtualNodeSubnetId")},
        "secrets_provider": {"secret_vaults": ["shop"]},
        "app_routing": {
            "public_dns_zone_ids": {"shop": config.require("publicZoneId")},
            "private_dns_zone_ids": {"shop": config.require("privateZoneId")},
            "vaults": ["shop"],
        },
        "keda": True,
        "vertical_pod_autoscaler": True,
        "prometheus": True,
    },
)

pulumi.export("addonIdentities", cluster.addon_identities)
pulumi.export("grants", cluster.grants)
