using System.Collections.Generic;
using AksIdentity.Components;
using AksIdentity.Components.Inputs;
using Pulumi;

return await Deployment.RunAsync(() =>
{
    var shop = new ManagedIdentityCluster("shop", new()
    {
        Location = "westeurope",
        Identity = new ClusterIdentityArgs { Type = IdentityType.UserAssigned },
        Subnets = { ["nodes"] = "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes" },
        SystemPool = new NodePoolArgs { Subnet = "nodes" },
        Pools = { new NodePoolArgs { Name = "web", Subnet = "nodes", Autoscaling = new AutoscalingArgs { Min = 1, Max = 5 } } },
        RegistryIds = { ["shop"] = "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/shopimages" },
        ApiServer = new APIServerArgs { AuthorizedIpRanges = { "192.0.2.0/24" } },
    });

    return new Dictionary<string, object?> { ["kubeconfig"] = shop.Kubeconfig };
});
