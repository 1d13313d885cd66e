import pulumi
import pulumi_aksidentity as aksidentity

shop = aksidentity.ManagedIdentityCluster(
    "shop",
    location="westeurope",
    identity={"type": aksidentity.IdentityType.USER_ASSIGNED},
    subnets={"nodes": "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes"},
    system_pool={"subnet": "nodes"},
    pools=[{"name": "web", "subnet": "nodes", "autoscaling": {"min": 1, "max": 5}}],
    registry_ids={"shop": "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/shopimages"},
    api_server={"authorized_ip_ranges": ["192.0.2.0/24"]},
)

pulumi.export("kubeconfig", shop.kubeconfig)
