"""A cluster that pulls from two registries, one in RBAC mode and one in ABAC mode, with a kubelet identity of its own: the pull rights
exist before the first node does."""

import pulumi
import pulumi_aksidentity as aksidentity

config = pulumi.Config()

cluster = aksidentity.ManagedIdentityCluster(
    "shop",
    location="westeurope",
    # A kubelet identity of one's own needs a user-assigned control plane.
    identity={"type": aksidentity.IdentityType.USER_ASSIGNED},
    kubelet_identity={},
    registry_ids={"team": config.require("registryId")},
    abac_registry_ids={"company": config.require("abacRegistryId")},
    api_server={"authorized_ip_ranges": ["192.0.2.0/24"]},
)

pulumi.export("kubeletIdentity", cluster.kubelet)
pulumi.export("grants", cluster.grants)
