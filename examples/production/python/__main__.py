"""A cluster as a platform team runs it, on its first day: three pools over three zones that scale by themselves, in the network team's
subnets and behind its NAT gateway, with Entra for people, a registry of its own, windows for AKS's upgrades, and logs."""

import pulumi
import pulumi_aksidentity as aksidentity

from pools import KUBERNETES_VERSION, job_pool, system_pool, web_pool

config = pulumi.Config()


def early(day: aksidentity.Weekday) -> aksidentity.MaintenanceWindowArgs:
    """Early in the morning, so that whoever looks after the cluster is there a few hours later."""
    return aksidentity.MaintenanceWindowArgs(day=day, start_time="02:00", utc_offset="+01:00", duration_hours=4)


cluster = aksidentity.ManagedIdentityCluster(
    "shop",
    # Names that people type are given; Pulumi makes up the others.
    new_resource_group_name="shop-production",
    cluster_name="shop-production",
    location="westeurope",
    kubernetes_version=KUBERNETES_VERSION,
    tags={"team": "platform", "environment": "production"},
    # Both identities exist, and are granted, before the cluster: AKS checks the subnets while it creates it, and no pull of an image
    # fails while a grant is on its way.
    identity={"type": aksidentity.IdentityType.USER_ASSIGNED},
    kubelet_identity={},
    registry_ids={"shop": config.require("registryId")},
    subnets={"system": config.require("systemSubnetId"), "workloads": config.require("workloadSubnetId")},
    nat_gateway_ids={"egress": config.require("natGatewayId")},
    network={"outbound_type": aksidentity.OutboundType.USER_ASSIGNED_NAT_GATEWAY},
    api_server={"private": True},
    system_pool=system_pool,
    pools=[web_pool, job_pool],
    # People sign in with Entra, and Azure role assignments say what they may do. With an admin group, local accounts are off.
    entra={"admin_group_object_ids": [config.require("adminGroupObjectId")]},
    # Whoever has signed in to the Azure CLI, a pipeline too, uses the kubeconfig as it is.
    kubeconfig_login=aksidentity.KubeconfigLogin.AZURECLI,
    # The platform team gets in everywhere, the shop's team in its namespace.
    access={
        "platform": aksidentity.AccessArgs(
            principal_id=config.require("adminGroupObjectId"),
            principal_type=aksidentity.PrincipalType.GROUP,
            role=aksidentity.AccessRole.CLUSTER_ADMIN,
            reason="the platform team runs the cluster",
        ),
        "shop": aksidentity.AccessArgs(
            principal_id=config.require("shopTeamObjectId"),
            principal_type=aksidentity.PrincipalType.GROUP,
            role=aksidentity.AccessRole.WRITER,
            namespace="shop",
            reason="the team of the shop deploys and looks after its pods",
        ),
    },
    # For the pipeline that runs this program.
    deployer_access={
        "principal_type": aksidentity.PrincipalType.SERVICE_PRINCIPAL,
        "role": aksidentity.AccessRole.CLUSTER_ADMIN,
        "reason": "the pipeline makes the namespaces, and what every one of them has",
    },
    upgrade={"channel": aksidentity.UpgradeChannel.PATCH, "node_os_channel": aksidentity.NodeOSChannel.NODE_IMAGE},
    # The nodes two days after the control plane.
    maintenance=aksidentity.MaintenanceArgs(
        cluster=early(aksidentity.Weekday.TUESDAY),
        node_os=early(aksidentity.Weekday.THURSDAY),
    ),
    addons={"monitoring": {"workspace_id": config.require("workspaceId")}},
)

pulumi.export("clusterId", cluster.cluster_id)
pulumi.export("oidcIssuerUrl", cluster.oidc_issuer_url)
pulumi.export("principalId", cluster.principal_id)
pulumi.export("grants", cluster.grants)
pulumi.export("kubeconfig", cluster.kubeconfig)
