"""The identities of a cluster that exists already are granted what they work with. Nothing but grants is made."""

import pulumi
import pulumi_aksidentity as aksidentity

config = pulumi.Config()

shop = aksidentity.AddonIdentityGrants(
    "shop",
    # Who: the identities of the nodes and the add-ons are read from the cluster.
    cluster_id=config.require("clusterId"),
    # What: each resource under the argument that says what it is used for, and so by whom.
    registry_ids={"shop": config.require("registryId")},
    secret_vault_ids={"shop": config.require("vaultId")},
    public_dns_zone_ids={"shop": config.require("zoneId")},
    gateway_ids={"shop": config.require("gatewayId")},
)

pulumi.export("grants", shop.grants)
pulumi.export("ready", shop.ready)
