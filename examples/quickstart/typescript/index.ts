// The quickstart: a resource group, an AKS cluster with a managed identity, and its credentials.
import * as pulumi from "@pulumi/pulumi";
import * as aksidentity from "@aksidentity/pulumi";

const config = new pulumi.Config();

const cluster = new aksidentity.ManagedIdentityCluster("quickstart", {
    location: config.get("location") ?? "westus2",
    newResourceGroupName: "myResourceGroup",
    clusterName: "myManagedCluster",
    // Everybody may reach the API server of this demonstration. In earnest, give ranges or make it private.
    apiServer: { public: true },
});

export const clusterId = cluster.clusterId;
export const clusterName = cluster.clusterName;
export const resourceGroup = cluster.resourceGroupName;
export const identityType = cluster.identityType;
export const principalId = cluster.principalId;
export const kubeletIdentity = cluster.kubelet;
export const addonIdentities = cluster.addonIdentities;
export const grants = cluster.grants;
export const oidcIssuerUrl = cluster.oidcIssuerUrl;
export const kubeconfig = cluster.kubeconfig;
