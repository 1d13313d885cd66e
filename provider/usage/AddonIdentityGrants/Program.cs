using System.Collections.Generic;
using AksIdentity.Components;
using Pulumi;

return await Deployment.RunAsync(() =>
{
    var addons = new AddonIdentityGrants("addons", new()
    {
        KubeletPrincipalId = "11111111-1111-4111-8111-111111111111",
        RegistryIds = { ["shop"] = "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/shopimages" },
    });

    return new Dictionary<string, object?> { ["ready"] = addons.Ready };
});
