// A cluster in a subnet that another team made, with either kind of control-plane identity.
import * as pulumi from "@pulumi/pulumi";
import * as aksidentity from "@aksidentity/pulumi";

const config = new pulumi.Config();

// UserAssigned makes an identity, grants it the subnet, and then makes the cluster. SystemAssigned grants the subnet right after the
// cluster exists; ready and the kubeconfig wait for the grant.
const identityType = config.require<aksidentity.IdentityType>("identityType", {
    allowedValues: Object.values(aksidentity.IdentityType),
});

const cluster = new aksidentity.ManagedIdentityCluster("shop", {
    location: "westeurope",
    identity: { type: identityType },
    subnets: { nodes: config.require("subnetId") },
    systemPool: { subnet: "nodes" },
    apiServer: { authorizedIpRanges: ["192.0.2.0/24"] },
});

export const principalId = cluster.principalId;
export const grants = cluster.grants;
export const kubeconfig = cluster.kubeconfig;
