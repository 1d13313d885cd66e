"""Four resources of three other resource groups are delegated to the identity of a cluster, and then the cluster is made with it. Each
step takes its inputs from the one before."""

import pulumi
import pulumi_aksidentity as aksidentity
from pulumi_azure_native import managedidentity, resources

config = pulumi.Config()
subnet_id = config.require("subnetId")

group = resources.ResourceGroup("shop", location="westeurope")
identity = managedidentity.UserAssignedIdentity("shop", resource_group_name=group.name)

delegation = aksidentity.VnetDelegation(
    "shop",
    principal_id=identity.principal_id,
    identity_type=aksidentity.IdentityType.USER_ASSIGNED,
    node_subnet_ids={"shop": subnet_id},
    subnet_route_table_ids={"shop": config.require("routeTableId")},
    public_ip_ids={"shop": config.require("publicIpId")},
    disk_ids={"shop": config.require("diskId")},
)

cluster = aksidentity.ManagedIdentityCluster(
    "shop",
    resource_group_name=group.name,
    identity={
        "user_assigned": {
            "resource_id": identity.id,
            # From the delegation, and so the cluster waits for it: AKS finds the grants when it looks for them, and the cluster is
            # destroyed before they go.
            "principal_id": delegation.principal_id,
            "client_id": identity.client_id,
        },
    },
    subnets={"nodes": subnet_id},
    system_pool={"subnet": "nodes"},
    api_server={"authorized_ip_ranges": ["192.0.2.0/24"]},
    # The delegation has made every grant.
    grant_mode=aksidentity.GrantMode.NONE,
)

pulumi.export("grants", delegation.grants)
pulumi.export("clusterId", cluster.cluster_id)
pulumi.export("kubeconfig", cluster.kubeconfig)
