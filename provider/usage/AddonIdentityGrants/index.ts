import * as aksidentity from "@aksidentity/pulumi";

const addons = new aksidentity.AddonIdentityGrants("addons", {
    kubeletPrincipalId: "11111111-1111-4111-8111-111111111111",
    registryIds: { shop: "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/shopimages" },
});

export const ready = addons.ready;
