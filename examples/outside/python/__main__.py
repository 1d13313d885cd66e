"""The quickstart's cluster with four things that other teams made: a subnet, a static address, a disk and a registry."""

import pulumi
import pulumi_aksidentity as aksidentity

config = pulumi.Config()

# The cluster is granted what it mentions: the subnet of its nodes and the registry of its images.
cluster = aksidentity.ManagedIdentityCluster(
    "shop",
    location="westeurope",
    new_resource_group_name="myResourceGroup",
    cluster_name="myManagedCluster",
    # Grants of a user-assigned identity precede the cluster.
    identity={"type": aksidentity.IdentityType.USER_ASSIGNED},
    subnets={"nodes": config.require("subnetId")},
    system_pool={"subnet": "nodes"},
    registry_ids={"images": config.require("registryId")},
    # Everybody may reach the API server of this demonstration. In earnest, give ranges or make it private.
    api_server={"public": True},
)

# What only Services and volumes will name one day, and no argument of a cluster: an address and a disk.
volumes = aksidentity.VnetDelegation(
    "workloads",
    principal_id=cluster.principal_id,
    identity_type=aksidentity.IdentityType.USER_ASSIGNED,
    public_ip_ids={"web": config.require("publicIpId")},
    disk_ids={"orders": config.require("diskId")},
)

pulumi.export("clusterId", cluster.cluster_id)
pulumi.export("principalId", cluster.principal_id)
pulumi.export("grants", cluster.grants)
pulumi.export("delegated", volumes.grants)
pulumi.export("kubeconfig", cluster.kubeconfig)
