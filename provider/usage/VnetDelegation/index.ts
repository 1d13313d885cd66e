import * as aksidentity from "@aksidentity/pulumi";

const network = new aksidentity.VnetDelegation("network", {
    principalId: "11111111-1111-4111-8111-111111111111",
    nodeSubnetIds: { nodes: "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes" },
    routeTableIds: { nodes: "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/network/providers/Microsoft.Network/routeTables/nodes" },
});

export const ready = network.ready;
