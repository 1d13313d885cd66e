import * as aksidentity from "@aksidentity/pulumi";

const shop = new aksidentity.ManagedIdentityCluster("shop", {
    location: "westeurope",
    identity: { type: aksidentity.IdentityType.UserAssigned },
    subnets: { nodes: "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes" },
    systemPool: { subnet: "nodes" },
    pools: [{ name: "web", subnet: "nodes", autoscaling: { min: 1, max: 5 } }],
    registryIds: { shop: "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/shopimages" },
    apiServer: { authorizedIpRanges: ["192.0.2.0/24"] },
});

export const kubeconfig = shop.kubeconfig;
