// A cluster with every add-on that has an identity of its own, each granted what it works with.
import * as pulumi from "@pulumi/pulumi";
import * as aksidentity from "@aksidentity/pulumi";

const config = new pulumi.Config();

const cluster = new aksidentity.ManagedIdentityCluster("shop", {
    location: "westeurope",
    identity: { type: aksidentity.IdentityType.UserAssigned },
    subnets: { nodes: config.require("nodeSubnetId") },
    // Given once, because the secrets provider and application routing both read it.
    keyVaultIds: { shop: config.require("vaultId") },
    systemPool: { subnet: "nodes" },
    // Virtual nodes do not work with authorised ranges.
    apiServer: { private: true },
    // Virtual nodes do not work with overlay: pods take addresses of the subnet.
    network: { flat: true, policy: aksidentity.NetworkPolicy.Azure },
    addons: {
        // Needs no role: logs go through Entra authentication. The workspace lies in the cluster's region, else it is said here.
        monitoring: { workspaceId: config.require("workspaceId") },
        ingressGateway: { gatewayId: config.require("gatewayId") },
        virtualNode: { subnetId: config.require("virtualNodeSubnetId") },
        secretsProvider: { secretVaults: ["shop"] },
        appRouting: {
            publicDnsZoneIds: { shop: config.require("publicZoneId") },
            privateDnsZoneIds: { shop: config.require("privateZoneId") },
            vaults: ["shop"],
        },
        keda: true,
        verticalPodAutoscaler: true,
        prometheus: true,
    },
});

export const addonIdentities = cluster.addonIdentities;
export const grants = cluster.grants;
