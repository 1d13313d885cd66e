"""A cluster in a subnet that another team made, with either kind of control-plane identity."""

import pulumi
import pulumi_aksidentity as aksidentity

config = pulumi.Config()

# UserAssigned makes an identity, grants it the subnet, and then makes the cluster. SystemAssigned grants the subnet right after the
# cluster exists; ready and the kubeconfig wait for the grant.
identity_type = aksidentity.IdentityType(config.require("identityType"))

cluster = aksidentity.ManagedIdentityCluster(
    "shop",
    location="westeurope",
    identity={"type": identity_type},
    subnets={"nodes": config.require("subnetId")},
    system_pool={"subnet": "nodes"},
    api_server={"authorized_ip_ranges": ["192.0.2.0/24"]},
)

pulumi.export("principalId", cluster.principal_id)
pulumi.export("grants", cluster.grants)
pulumi.export("kubeconfig", cluster.kubeconfig)
