// Four resources of three other resource groups are delegated to the identity of a cluster, and then the cluster is made with it. Each
// step takes its inputs from the one before.
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import * as aksidentity from "@aksidentity/pulumi";

const config = new pulumi.Config();
const subnetId = config.require("subnetId");

const group = new resources.ResourceGroup("shop", { location: "westeurope" });
const identity = new managedidentity.UserAssignedIdentity("shop", { resourceGroupName: group.name });

const delegation = new aksidentity.VnetDelegation("shop", {
    principalId: identity.principalId,
    identityType: aksidentity.IdentityType.UserAssigned,
    nodeSubnetIds: { shop: subnetId },
    subnetRouteTableIds: { shop: config.require("routeTableId") },
    publicIpIds: { shop: config.require("publicIpId") },
    diskIds: { shop: config.require("diskId") },
});

const cluster = new aksidentity.ManagedIdentityCluster("shop", {
    resourceGroupName: group.name,
    identity: {
        userAssigned: {
            resourceId: identity.id,
            // From the delegation, and so the cluster waits for it: AKS finds the grants when it looks for them, and the cluster is
            // destroyed before they go.
            principalId: delegation.principalId,
            clientId: identity.clientId,
        },
    },
    subnets: { nodes: subnetId },
    systemPool: { subnet: "nodes" },
    apiServer: { authorizedIpRanges: ["192.0.2.0/24"] },
    // The delegation has made every grant.
    grantMode: aksidentity.GrantMode.None,
});

export const grants = delegation.grants;
export const clusterId = cluster.clusterId;
export const kubeconfig = cluster.kubeconfig;
