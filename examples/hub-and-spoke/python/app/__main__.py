"""The app team's stack: it grants what lies in its own subscription, and makes the private cluster."""

import pulumi
import pulumi_aksidentity as aksidentity
from pulumi_azure_native import resources

config = pulumi.Config()
subnet_id = config.require("subnetId")

own = aksidentity.VnetDelegation(
    "spoke",
    principal_id=config.require("principalId"),
    identity_type=aksidentity.IdentityType.USER_ASSIGNED,
    node_subnet_ids={"shop": subnet_id},
    # The network of the subnet.
    zone_link_network_ids={"shop": subnet_id.split("/subnets/")[0]},
)

group = resources.ResourceGroup("shop", location="westeurope")

cluster = aksidentity.ManagedIdentityCluster(
    "shop",
    resource_group_name=group.name,
    identity={
        "type": aksidentity.IdentityType.USER_ASSIGNED,
        "user_assigned": {
            "resource_id": config.require("identityId"),
            # From this stack's own grants, so the cluster waits for them.
            "principal_id": own.principal_id,
            "client_id": config.require("clientId"),
        },
    },
    subnets={"nodes": subnet_id},
    system_pool={"subnet": "nodes"},
    # All traffic leaves through the hub's firewall.
    network={
        "outbound_type": aksidentity.OutboundType.USER_DEFINED_ROUTING,
    },
    api_server={"private": True, "private_dns_zone_id": config.require("privateDnsZoneId")},
    # The network team has granted what is in the hub; this team has granted its own part above.
    grant_mode=aksidentity.GrantMode.NONE,
)

pulumi.export("clusterId", cluster.cluster_id)
pulumi.export("fqdn", cluster.fqdn)
