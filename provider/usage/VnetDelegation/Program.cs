using System.Collections.Generic;
using AksIdentity.Components;
using Pulumi;

return await Deployment.RunAsync(() =>
{
    var network = new VnetDelegation("network", new()
    {
        PrincipalId = "11111111-1111-4111-8111-111111111111",
        NodeSubnetIds = { ["nodes"] = "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes" },
        RouteTableIds = { ["nodes"] = "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/network/providers/Microsoft.Network/routeTables/nodes" },
    });

    return new Dictionary<string, object?> { ["ready"] = network.Ready };
});
