"""The network team's stack: what it lets the app team's identity do in the hub. The identity comes in as a principal ID; the network
team needs to know nothing else of the cluster."""

import pulumi
import pulumi_aksidentity as aksidentity
import pulumi_azure_native as azure_native

config = pulumi.Config()

hub = azure_native.Provider("hub", subscription_id=config.require("hubSubscriptionId"))

delegation = aksidentity.VnetDelegation(
    "shop",
    principal_id=config.require("principalId"),
    identity_type=aksidentity.IdentityType.USER_ASSIGNED,
    # The hub's own network is not among them: AKS links the zone to the nodes' network only.
    private_dns_zone_ids={"shop": config.require("privateDnsZoneId")},
    subnet_route_table_ids={"shop": config.require("routeTableId")},
    opts=pulumi.ResourceOptions(providers=[hub]),
)

pulumi.export("grants", delegation.grants)
