"""The quickstart: a resource group, an AKS cluster with a managed identity, and its credentials."""

import pulumi
import pulumi_aksidentity as aksidentity

config = pulumi.Config()

cluster = aksidentity.ManagedIdentityCluster(
    "quickstart",
    location=config.get("location", "westus2"),
    new_resource_group_name="myResourceGroup",
    cluster_name="myManagedCluster",
    # Everybody may reach the API server of this demonstration. In earnest, give ranges or make it private.
    api_server={"public": True},
)

pulumi.export("clusterId", cluster.cluster_id)
pulumi.export("clusterName", cluster.cluster_name)
pulumi.export("resourceGroup", cluster.resource_group_name)
pulumi.export("identityType", cluster.identity_type)
pulumi.export("principalId", cluster.principal_id)
pulumi.export("kubeletIdentity", cluster.kubelet)
pulumi.export("addonIdentities", cluster.addon_identities)
pulumi.export("grants", cluster.grants)
pulumi.export("oidcIssuerUrl", cluster.oidc_issuer_url)
pulumi.export("kubeconfig", cluster.kubeconfig)
