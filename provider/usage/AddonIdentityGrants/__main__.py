import pulumi
import pulumi_aksidentity as aksidentity

addons = aksidentity.AddonIdentityGrants(
    "addons",
    kubelet_principal_id="11111111-1111-4111-8111-111111111111",
    registry_ids={"shop": "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/shopimages"},
)

pulumi.export("ready", addons.ready)
