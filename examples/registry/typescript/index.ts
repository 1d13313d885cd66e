// A cluster that pulls from two registries, one in RBAC mode and one in ABAC mode, with a kubelet identity of its own: the pull rights
// exist before the first node does.
import * as pulumi from "@pulumi/pulumi";
import * as aksidentity from "@aksidentity/pulumi";

const config = new pulumi.Config();

const cluster = new aksidentity.ManagedIdentityCluster("shop", {
    location: "westeurope",
    // A kubelet identity of one's own needs a user-assigned control plane.
    identity: { type: aksidentity.IdentityType.UserAssigned },
    kubeletIdentity: {},
    registryIds: { team: config.require("registryId") },
    abacRegistryIds: { company: config.require("abacRegistryId") },
    apiServer: { authorizedIpRanges: ["192.0.2.0/24"] },
});

export const kubeletIdentity = cluster.kubelet;
export const grants = cluster.grants;
