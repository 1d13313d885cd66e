// The quickstart's cluster with four things that other teams made: a subnet, a static address, a disk and a registry.
import * as pulumi from "@pulumi/pulumi";
import * as aksidentity from "@aksidentity/pulumi";

const config = new pulumi.Config();

// The cluster is granted what it mentions: the subnet of its nodes and the registry of its images.
const cluster = new aksidentity.ManagedIdentityCluster("shop", {
    location: "westeurope",
    newResourceGroupName: "myResourceGroup",
    clusterName: "myManagedCluster",
    // Grants of a user-assigned identity precede the cluster.
    identity: { type: aksidentity.IdentityType.UserAssigned },
    subnets: { nodes: config.require("subnetId") },
    systemPool: { subnet: "nodes" },
    registryIds: { images: config.require("registryId") },
    // Everybody may reach the API server of this demonstration. In earnest, give ranges or make it private.
    apiServer: { public: true },
});

// What only Services and volumes will name one day, and no argument of a cluster: an address and a disk.
const volumes = new aksidentity.VnetDelegation("workloads", {
    principalId: cluster.principalId,
    identityType: aksidentity.IdentityType.UserAssigned,
    publicIpIds: { web: config.require("publicIpId") },
    diskIds: { orders: config.require("diskId") },
});

export const clusterId = cluster.clusterId;
export const principalId = cluster.principalId;
export const grants = cluster.grants;
export const delegated = volumes.grants;
export const kubeconfig = cluster.kubeconfig;
