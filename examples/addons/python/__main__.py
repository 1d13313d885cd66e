"""A cluster with every add-on that has an identity of its own, each granted what it works with."""

import pulumi
import pulumi_aksidentity as aksidentity

config = pulumi.Config()

cluster = aksidentity.ManagedIdentityCluster(
    "shop",
    location="westeurope",
    identity={"type": aksidentity.IdentityType.USER_ASSIGNED},
    subnets={"nodes": config.require("nodeSubnetId")},
    key_vault_ids={"shop": config.require("vaultId")},
    system_pool={"subnet": "nodes"},
    # Virtual nodes do not work with authorised ranges.
    api_server={"private": True},
    # Virtual nodes do not work with overlay: pods take addresses of the subnet.
    network={"flat": True, "policy": aksidentity.NetworkPolicy.CALICO},
    addons={
        # Needs no role: logs go through Entra authentication. The workspace lies in the cluster's region, else it is said here.
        "monitoring": {"workspace_id": config.require("workspaceId")},
        "ingress_gateway": {"gateway_id": config.require("gatewayId")},
        "virtual_node": {"subnet_id": config.require("virtualNodeSubnetId")},
        "secrets_provider": {"secret_vaults": ["shop"], "certificate_vaults": ["shop"]},
        # In the place of application routing with NGINX, which ends in November 2026: Istio's gateways take the traffic.
        "istio": {"external_ingress": True},
        "keda": True,
        "vertical_pod_autoscaler": True,
        "prometheus": True,
    },
)

# external-dns, which you deploy, writes the records of the gateways.
dns = aksidentity.WorkloadIdentity(
    "dns",
    resource_group_name=cluster.resource_group_name,
    location="westeurope",
    issuer_url=cluster.oidc_issuer_url,
    service_accounts={"external-dns": {"namespace": "external-dns", "name": "external-dns"}},
    roles={
        "public": {
            "role": "DNS Zone Contributor",
            "resource_id": config.require("publicZoneId"),
            "reason": "write the records of gateways",
        },
        "private": {
            "role": "Private DNS Zone Contributor",
            "resource_id": config.require("privateZoneId"),
            "reason": "write the records of gateways",
        },
    },
)

pulumi.export("addonIdentities", cluster.addon_identities)
pulumi.export("grants", cluster.grants)
pulumi.export("dnsGrants", dns.grants)
