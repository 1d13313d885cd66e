import pulumi
import pulumi_aksidentity as aksidentity

network = aksidentity.VnetDelegation(
    "network",
    principal_id="11111111-1111-4111-8111-111111111111",
    node_subnet_ids={"nodes": "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes"},
    route_table_ids={"nodes": "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/network/providers/Microsoft.Network/routeTables/nodes"},
)

pulumi.export("ready", network.ready)
